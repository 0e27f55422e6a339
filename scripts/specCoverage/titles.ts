// What a test file promises: the titles of its tests with the ids of the specification (M5, M20–M25) that they carry, read from
// the source. A test that is skipped promises nothing.
import ts from 'typescript';

export interface Title {
  /** Of the describes around it and the test's own. */
  text: string;
  /** Those of the describes too. */
  ids: readonly string[];
}

const BLOCKS = ['describe', 'it', 'test'];
const NOT_RUN = ['skip', 'todo', 'failing'];

/** `M5`, `B3`, and `M20–M22` for all three. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(/\b([MB])(\d+)\b(?:\s*[–-]\s*\1(\d+)\b)?/g)].flatMap(([, prefix, first, last]) => {
    const from = Number(first);
    const count = Math.max(0, Number(last ?? first) - from) + 1;
    return Array.from({ length: count }, (_, index) => `${prefix}${from + index}`);
  });
}

/** The titles of a file's tests, and of its table's rows: each an object with `id` and `promise`. */
export function titlesIn(source: string, fileName: string): Title[] {
  const titles: Title[] = [];
  const visit = (node: ts.Node, around: readonly string[]): void => {
    const block = ts.isCallExpression(node) ? blockOf(node) : undefined;
    if (block?.isRun === false) return;
    const row = rowOf(node);
    if (row !== undefined) titles.push(titleOf([...around, row]));
    const within = block ? [...around, block.title] : around;
    if (block && block.kind !== 'describe') titles.push(titleOf(within));
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true), []);
  return titles;
}

const titleOf = (parts: readonly string[]): Title => ({
  text: parts.join(' › '),
  ids: [...new Set(parts.flatMap(idsIn))],
});

/** `it('…')`, `it.each(rows)('…')`, `describe.skip('…')`. */
function blockOf(call: ts.CallExpression): { kind: string; title: string; isRun: boolean } | undefined {
  const names: string[] = [];
  let callee: ts.Expression = call.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) names.push(callee.name.text);
    else if (!ts.isCallExpression(callee)) return undefined;
    callee = callee.expression;
  }
  const kind = callee.text;
  const [first] = call.arguments;
  const title = first && wordsOf(first);
  if (!BLOCKS.includes(kind) || title === undefined) return undefined;
  return { kind, title, isRun: !names.some((name) => NOT_RUN.includes(name)) };
}

function rowOf(node: ts.Node): string | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const words = (name: string): string | undefined => {
    const property = node.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText() === name);
    return property && ts.isPropertyAssignment(property) ? wordsOf(property.initializer) : undefined;
  };
  const [id, promise] = [words('id'), words('promise')];
  return id === undefined || promise === undefined ? undefined : `${id} ${promise}`;
}

/** A text, with `…` for what is put into it when it runs. */
function wordsOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

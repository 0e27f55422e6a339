// Holds the source of the bridge to the catalogue of codes: a code, and what is said of it, stands there and nowhere else, and
// everything that stands there is used.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { CATALOGUE } from '../../bridge/model/catalogue/catalogue.ts';
import type { Entry } from '../../bridge/model/catalogue/entry.ts';

const CODE = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;
const WORDS = ['reason', 'sentence', 'action'];
/** Functions that make words of an entry: their first argument is its id. */
const SPEAKERS = ['explain'];

export interface Catalogued {
  entries: Readonly<Record<string, Entry>>;
  /** Names of files, for what is reported. */
  sources: Readonly<Record<string, string>>;
}

/** @param root of the repository */
export function ofRepository(root: string): Catalogued {
  const paths = globSync('bridge/**/*.ts', { cwd: root }).filter((path) => !path.startsWith('bridge/model/catalogue/'));
  return {
    entries: CATALOGUE,
    sources: Object.fromEntries(paths.toSorted().map((path) => [path, readFileSync(join(root, path), 'utf8')])),
  };
}

/** @returns a line for each code that stands outside the catalogue, and each wording of it that is not used */
export function checkCodes({ entries, sources }: Catalogued): string[] {
  const problems: string[] = [];
  const used = new Set<string>();
  const literals = new Set<string>();
  for (const [path, source] of Object.entries(sources)) {
    const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
    const report = (node: ts.Node, what: string): void => {
      problems.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) literals.add(node.text.replaceAll('.', '_').toUpperCase());
      if (ts.isObjectLiteralExpression(node)) judgeObject(node, entries, report);
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && SPEAKERS.includes(node.expression.text)) {
        for (const id of textsOf(node.arguments[0])) used.add(id);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return [...problems, ...unused(entries, used, literals)];
}

function judgeObject(
  node: ts.ObjectLiteralExpression,
  entries: Catalogued['entries'],
  report: (node: ts.Node, what: string) => void,
): void {
  const members = new Map(
    node.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) && (ts.isIdentifier(one.name) || ts.isStringLiteral(one.name))
        ? [[one.name.text, one.initializer] as const]
        : [],
    ),
  );
  for (const code of textsOf(members.get('code')).filter((text) => CODE.test(text))) {
    if (!(code in entries)) report(node, `${code} is not in the catalogue`);
    if (WORDS.some((name) => members.has(name))) report(node, `what is said of ${code} is not from the catalogue`);
  }
  const isRow = textsOf(members.get('outcome')).some((text) => ['Skipped', 'Refused', 'Failed'].includes(text));
  if (isRow && WORDS.some((name) => members.has(name))) report(node, 'a report row has words of its own');
}

/** The texts that an expression may be: a literal, or either branch of a choice. */
function textsOf(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return textsOf(node.right);
  return ts.isAsExpression(node) ? textsOf(node.expression) : [];
}

function unused(entries: Catalogued['entries'], used: Set<string>, literals: Set<string>): string[] {
  return Object.entries(entries).flatMap(([code, { sentence, cases }]) => {
    const ids = cases ? Object.keys(cases).map((name) => `${code}.${name}`) : [code];
    // A peer's answer is not spoken by the bridge: it is enough that the bridge knows the code.
    const isKnown = (id: string): boolean =>
      used.has(id) || (sentence === undefined && !cases && literals.has(code.toUpperCase()));
    return ids.filter((id) => !isKnown(id)).map((id) => `the catalogue: ${id} is used nowhere`);
  });
}

// The texts that a component writes out itself: in its template, and in the values that its script binds to visible properties.
import ts from 'typescript';
import { nodesOf, type TemplateNode } from './compile.ts';
import { camelCase } from './platform.ts';

/** Names of attributes, and of properties in a script, whose value people read. */
const VISIBLE =
  /^(title|label|text|header|heading|message|messageWhen\w+|placeholder|helpText|fieldLevelHelp|alternativeText|alt|ariaLabel|ariaDescription|buttonLabel|\w+Label)$/;
const LETTER = /\p{L}/u;

export function textsInTemplate(root: TemplateNode): string[] {
  return nodesOf(root).flatMap((node) => [
    ...(node.type === 'Text' ? literals(node.value) : []),
    ...[...(node.attributes ?? []), ...(node.properties ?? [])]
      .filter(({ name }) => VISIBLE.test(camelCase(name)))
      .flatMap(({ value }) => literals(value)),
  ]);
}

function literals(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('value' in value)) return [];
  return value.type === 'Literal' && typeof value.value === 'string' && LETTER.test(value.value)
    ? [value.value.trim()]
    : [];
}

/** @param name of the file, for the parser */
export function textsInScript(name: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) {
      const { initializer } = node;
      const named = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : '';
      if (initializer && VISIBLE.test(named)) found.push(...wordsOf(initializer));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true));
  return found;
}

/** Of a text, or of one put together: the parts that are written out. */
function wordsOf(node: ts.Node): string[] {
  const texts: string[] = [];
  if (ts.isStringLiteralLike(node)) texts.push(node.text);
  if (ts.isTemplateExpression(node)) {
    texts.push(node.head.text, ...node.templateSpans.map(({ literal }) => literal.text));
  }
  if (ts.isConditionalExpression(node)) return [...wordsOf(node.whenTrue), ...wordsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...wordsOf(node.left), ...wordsOf(node.right)];
  return texts.filter((text) => LETTER.test(text)).map((text) => text.trim());
}

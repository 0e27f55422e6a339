// Makes mutants of a TypeScript source mechanically: each changes one expression or leaves out one statement, so that the program
// still parses. The same source gives the same mutants in the same order.
import ts from 'typescript';

export interface Mutant {
  /** `<file>:<line>:<column>:<number of the mutant at this place>`, by which a run is resumed. */
  id: string;
  /** Relative to the root of the repository. */
  file: string;
  /** From 1. */
  line: number;
  /** Offsets in the source that are replaced. */
  start: number;
  end: number;
  replacement: string;
  original: string;
}

/** Operators, each with what stands in its place. */
const OPERATORS = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
]);

/** Methods that select or ask, each with its opposite. */
const METHODS = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
]);

/** @param file relative to the root of the repository */
export function mutantsOf(file: string, source: string): Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const add = (node: ts.Node, replacement: string): void => {
    const [start, end] = [node.getStart(tree), node.getEnd()];
    const { line, character } = tree.getLineAndCharacterOfPosition(start);
    const place = `${file}:${line + 1}:${character + 1}`;
    const before = mutants.filter(({ id }) => id.startsWith(`${place}:`)).length;
    const original = source.slice(start, end);
    if (original !== replacement)
      mutants.push({ id: `${place}:${before}`, file, line: line + 1, start, end, replacement, original });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isTypeAliasDeclaration(node)) return;
    mutate(node, add);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return mutants;
}

function mutate(node: ts.Node, add: (node: ts.Node, replacement: string) => void): void {
  if (ts.isBinaryExpression(node)) {
    const operator = OPERATORS.get(node.operatorToken.kind);
    if (operator !== undefined) add(node.operatorToken, operator);
    if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) add(node, node.left.getText());
  } else if (ts.isIfStatement(node)) {
    add(node.expression, 'true');
    add(node.expression, 'false');
  } else if (ts.isConditionalExpression(node)) {
    add(node, `(${node.whenTrue.getText()})`);
    add(node, `(${node.whenFalse.getText()})`);
  } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    add(node, `(${node.operand.getText()})`);
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false');
  else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true');
  else if (ts.isNumericLiteral(node) && ts.isBinaryExpression(node.parent)) add(node, `(${node.getText()} + 1)`);
  else if (ts.isExpressionStatement(node)) add(node, ';');
  else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    mutateCall(node, node.expression, add);
}

function mutateCall(
  node: ts.CallExpression,
  { name, expression }: ts.PropertyAccessExpression,
  add: (node: ts.Node, replacement: string) => void,
): void {
  const opposite = METHODS.get(name.text);
  if (opposite !== undefined) add(name, opposite);
  if (name.text === 'filter' && node.arguments.length === 1) add(node, expression.getText());
}

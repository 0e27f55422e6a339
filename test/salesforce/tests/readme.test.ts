// The READMEs of the local systems list behaviours that are documented, and each names a test that exists.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

// The table of a README is a promise: every row names a test that exists.
const BOOKS = [
  { book: 'the README', file: '../README.md', tests: './', fewest: 120 },
  { book: 'the README of the pages', file: '../lightning/README.md', tests: '../lightning/tests/', fewest: 40 },
];

interface Row {
  behaviour: string;
  source: string;
  file: string;
  test: string;
}

/** Rows of the tables that name tests. */
function rowsOf(markdown: string): Row[] {
  const rows: Row[] = [];
  let named = false;
  for (const line of markdown.split('\n')) {
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|'));
    if (cells.length !== 3) named = false;
    else if (cells[0] === 'Documented behaviour') named = true;
    else if (named && !/^-+$/.test(cells[0] ?? '')) {
      const [behaviour = '', source = '', place = ''] = cells;
      const at = place.indexOf(': ');
      rows.push({ behaviour, source, file: place.slice(0, at), test: place.slice(at + 2) });
    }
  }
  return rows;
}

/** The titles of a file's tests, each after those of the groups that it stands in. */
function titlesOf(folder: string, file: string): Set<string> {
  const path = fileURLToPath(new URL(`${folder}${file}.test.ts`, import.meta.url));
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const titles = new Set<string>();
  const visit = (node: ts.Node, trail: readonly string[]): void => {
    const [title, ...rest] = ts.isCallExpression(node) ? node.arguments : [];
    const kind = ts.isCallExpression(node) ? calleeOf(node) : '';
    if ((kind === 'describe' || kind === 'it') && title && ts.isStringLiteralLike(title)) {
      const here = [...trail, title.text];
      if (kind === 'it') titles.add(here.join(' › '));
      else for (const argument of rest) visit(argument, here);
      return;
    }
    ts.forEachChild(node, (child) => visit(child, trail));
  };
  visit(source, []);
  return titles;
}

/** `it` for `it(…)`, and for `it.each(…)(…)` and `it.each<…>(…)(…)`. */
function calleeOf({ expression }: ts.CallExpression): string {
  const called = ts.isCallExpression(expression) ? expression.expression : expression;
  return ts.isPropertyAccessExpression(called) ? called.expression.getText() : called.getText();
}

describe.each(BOOKS)('$book', ({ file: book, tests, fewest }) => {
  const rows = rowsOf(readFileSync(fileURLToPath(new URL(book, import.meta.url)), 'utf8'));

  it(`lists at least ${fewest} documented behaviours, each once, with a source`, () => {
    expect(rows.length).toBeGreaterThanOrEqual(fewest);
    expect(rows.filter(({ behaviour, source }) => behaviour === '' || source === '')).toEqual([]);
    expect(new Set(rows.map(({ behaviour }) => behaviour)).size).toBe(rows.length);
  });

  it('names a test that exists in every row', () => {
    const known = new Map<string, Set<string>>();
    const missing = rows.filter(({ file, test }) => {
      const titles = known.get(file) ?? titlesOf(tests, file);
      known.set(file, titles);
      return !titles.has(test);
    });
    expect(missing).toEqual([]);
  });
});

// Cells of a file that a person opens in a spreadsheet.
import { expect, it } from '@jest/globals';
import { asText, sheet } from '../../../bridge/requests/sheet.ts';

it.each([
  ['=HYPERLINK("https://example.com/"&A1)'],
  ['+1+cmd|calc!A1'],
  ['-2+3'],
  ['@SUM(A1)'],
  [' =1+1'],
  ['\t=1+1'],
  ['\r=1+1'],
  ['\uFF1D1+1'],
])('%j is text in a spreadsheet and no formula', (cell) => {
  expect(asText(cell)).toBe(`'${cell}`);
});

it.each([['+15125550101'], ['-129.50'], ['2026-11-24'], ['Blue Door = Bakery'], [''], ['+1 (512) 555 0101']])(
  '%j stays as it is',
  (cell) => {
    expect(asText(cell)).toBe(cell);
  },
);

it.each([
  ['Blue Door;=HYPERLINK("https://example.com/"&A1)', `Blue Door;'=HYPERLINK("https://example.com/"&A1)`],
  ['Blue Door; @SUM(A1);-2+3', `Blue Door;' @SUM(A1);'-2+3`],
  ['Blue Door\n=1+1\r\n\t=2+2', `Blue Door\n'=1+1\r\n\t'=2+2`],
  ['=1+1;=2+2', `'=1+1;'=2+2`],
  ['call; +1 512 555 0101; ask', 'call; +1 512 555 0101; ask'],
  ['a;b', 'a;b'],
])('%j holds no formula where a spreadsheet divides it', (cell, expected) => {
  expect(asText(cell)).toBe(expected);
});

it('a quote of a formula cannot leave its cell', () => {
  expect(sheet([['a', '="b",c']])).toBe('a,"\'=""b"",c"\n');
});

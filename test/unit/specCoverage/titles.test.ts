// Which ids of the specification a test file carries, by its source.
import { describe, expect, it } from '@jest/globals';
import { idsIn, titlesIn } from '../../../scripts/specCoverage/titles.ts';

describe('ids in a text', () => {
  it.each([
    ['the four sync rules (M5)', ['M5']],
    ['a sale (M22–M25)', ['M22', 'M23', 'M24', 'M25']],
    ['M4, M5 and spec §3', ['M4', 'M5']],
    ['a dry run (B3, M9)', ['B3', 'M9']],
    ['the Account by phone (M23, step 1)', ['M23']],
    ['MB5, 5M and M', []],
  ])('"%s"', (text, ids) => {
    expect(idsIn(text)).toEqual(ids);
  });
});

describe('the titles of a file', () => {
  const titles = (source: string) => titlesIn(source, 'some.test.ts').map(({ text, ids }) => [text, ...ids]);

  it('are those of its tests, with the ids of what is around them', () => {
    expect(
      titles(
        "describe('a lead (M5)', () => { it('comes', () => {}); describe('too', () => it(`goes ${x} (M4)`, f)); });",
      ),
    ).toEqual([
      ['a lead (M5) › comes', 'M5'],
      ['a lead (M5) › too › goes … (M4)', 'M5', 'M4'],
    ]);
  });

  it('are there for tests of a table, and for its rows', () => {
    expect(titles("describe.each(a)('%s (M8)', () => { it.each([1])('is %i', f); test.only('x', f); });")).toEqual([
      ['%s (M8) › is %i', 'M8'],
      ['%s (M8) › x', 'M8'],
    ]);
    expect(titles("export const ROWS = [{ id: 'M6', promise: 'nothing syncs', run() {} }, { id: 'M7' }];")).toEqual([
      ['M6 nothing syncs', 'M6'],
    ]);
  });

  it('are not there for what is not run', () => {
    expect(
      titles("it.skip('a (M1)', f); it.todo('b (M1)'); describe.skip('c (M1)', () => { it('d (M1)', f); });"),
    ).toEqual([]);
    expect(titles("// it('a (M1)', f)\nsubmit('b (M1)');")).toEqual([]);
  });
});

// Formulas of flows: what they compute, and what is refused.
import { describe, expect, it } from '@jest/globals';
import { parseFormula } from '../flows/formula.ts';

describe('formulas', () => {
  const evaluate = (expression: string): unknown =>
    parseFormula(expression).evaluate((path) => ({ 'a.b': 'text', n: 4, empty: null })[path] ?? null, {
      isNew: false,
      now: new Date('2026-11-24T10:00:00Z'),
      isChanged: (path) => path === 'a.b',
      priorValue: () => 'before',
    });

  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * -3', -9],
    ['"a" & "b" & TEXT(1.5)', 'ab1.5'],
    ['IF({!n} >= 4 && NOT(ISBLANK(a.b)), "yes", "no")', 'yes'],
    ['CASE({!n}, 1, "one", 4, "four", "other")', 'four'],
    ['BLANKVALUE({!empty}, "none")', 'none'],
    ['{!empty} = ""', true],
    ['LEFT(UPPER({!a.b}), 2) <> RIGHT("xxTE", 2)', false],
    ['SUBSTITUTE(TRIM("  a-b "), "-", "+")', 'a+b'],
    ['ISCHANGED({!a.b}) || ISNEW()', true],
    ['PRIORVALUE({!a.b})', 'before'],
    ['TODAY()', '2026-11-24'],
    ['"say \\"hi\\""', 'say "hi"'],
    ['{!empty} > 1', false],
    ["'single' & /* a comment */ 'quotes'", 'singlequotes'],
    ['REGEX("+4930123", "\\\\+[0-9]{5,}")', true],
    ['REGEX("x+4930123", "\\\\+[0-9]{5,}")', false],
    ['TODAY() + 7', '2026-12-01'],
    ['DATE(2026, 12, 1) - TODAY()', 7],
    ['YEAR(TODAY()) * 100 + MONTH(TODAY())', 202611],
    ['DATEVALUE(NOW()) = TODAY()', true],
    ['INCLUDES("a;b", "b") && !INCLUDES("ab", "b")', true],
    ['MID("abcdef", 2, 3) & FIND("c", "abc")', 'bcd3'],
    ['ROUND(-2.5, 0) + MOD(-7, 3) + MAX(1, {!n})', 3],
    ['ISNUMBER("1.5") && NOT(ISNUMBER("1,5"))', true],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  it.each(['1 +', 'IF(1)', 'VLOOKUP(1)', '"open', 'LEFT("a")', '2 ^ 3', '1 2', 'ISCHANGED("a")'])(
    '%s is refused',
    (expression) => {
      expect(() => parseFormula(expression)).toThrow();
    },
  );
});

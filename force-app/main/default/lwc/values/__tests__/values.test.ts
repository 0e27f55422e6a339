import { valueWord } from 'c/values';

describe('a value of a field', () => {
  it.each([
    [undefined, '(blank)'],
    [null, '(blank)'],
    ['', '(blank)'],
    [[], '(blank)'],
    [true, 'Yes'],
    [false, 'No'],
    [12, '12'],
    [['a', true], 'a, Yes'],
    [{ a: 1 }, '{"a":1}'],
    ['<b>', '<b>'],
  ])('%j is %s', (value, word) => {
    expect(valueWord(value)).toBe(word);
  });
});

// Which fields a change event's header lists.
import { describe, expect, it } from '@jest/globals';
import { fieldPositions } from '../../../../bridge/salesforce/pubsub/bitmap.ts';

const plain = (list: string[]) => {
  const { top, nested } = fieldPositions(list);
  return { top: [...top], nested: Object.fromEntries([...nested].map(([parent, parts]) => [parent, [...parts]])) };
};

describe('a list of fields', () => {
  it('the documented example: one field, and one part of a compound', () => {
    expect(plain(['0x400000', '4-0x01'])).toEqual({ top: [22], nested: { 4: [0] } });
  });

  it('the lowest bit is the first field', () => {
    expect(plain(['0x01']).top).toEqual([0]);
    expect(plain(['0x8000000000000001']).top).toEqual([0, 63]);
  });

  it('reads upper and lower case, and an odd number of digits', () => {
    expect(plain(['0xAB'])).toEqual(plain(['0xab']));
    expect(plain(['0XF'])).toEqual(plain(['0x0f']));
  });

  it('has more positions than a number has bits', () => {
    const bits = `0x1${'0'.repeat(200)}`;
    expect(plain([bits]).top).toEqual([800]);
  });

  it('the top level may be missing, and a nested part may stand alone', () => {
    expect(plain(['2-0x05'])).toEqual({ top: [], nested: { 2: [0, 2] } });
  });

  it('several parts of several compounds', () => {
    expect(plain(['0x6', '2-0x3', '31-0x80'])).toEqual({ top: [1, 2], nested: { 2: [0, 1], 31: [7] } });
  });

  it('an empty list and an empty bitmap list nothing', () => {
    expect(plain([])).toEqual({ top: [], nested: {} });
    expect(plain(['0x'])).toEqual({ top: [], nested: {} });
  });

  it.each(['', '400000', '0xZZ', '-0x1', 'a-0x1', '1-2-0x1', '0x1 '])('%j is refused, not guessed at', (entry) => {
    expect(() => fieldPositions([entry])).toThrow(RangeError);
  });
});

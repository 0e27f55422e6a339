import { isBridgeAway, silenceOf } from 'c/bridgeSilence';

const SEEN = '2026-11-30T10:00:00.000Z';
const after = (seconds: number): number => Date.parse(SEEN) + seconds * 1_000;

describe('a bridge', () => {
  it('is away when three of its reports are missing', () => {
    expect(silenceOf(SEEN, after(180))).toBeUndefined();
    expect(silenceOf(SEEN, after(181))).toBe(181);
    expect([isBridgeAway(SEEN, after(180)), isBridgeAway(SEEN, after(181))]).toEqual([false, true]);
  });

  it('that has never reported is away, and its silence has no length', () => {
    expect(silenceOf(undefined, after(0))).toBeUndefined();
    expect(isBridgeAway(undefined, after(0))).toBe(true);
  });
});

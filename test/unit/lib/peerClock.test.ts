// How far the clock of the bridge is from a peer's, by what the peer's answers say.
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createPeerClock } from '../../../bridge/lib/peerClock.ts';

const AT = Date.parse('2026-03-29T00:59:59Z');
afterEach(() => {
  jest.restoreAllMocks();
});

/** @param passed ms of the steady clock since the first answer */
function clockAt(wall: () => number, passed: () => number) {
  jest.spyOn(performance, 'now').mockImplementation(passed);
  return createPeerClock(wall);
}
const header = (ms: number): string => new Date(ms).toUTCString();

describe('the clock of a peer', () => {
  it('is not known before its first answer, nor by one without its time', () => {
    const clock = clockAt(
      () => AT,
      () => 0,
    );
    for (const text of [undefined, 'soon', ['a', 'b']]) clock.saw(text, 0);
    expect(clock.ahead()).toBeUndefined();
  });

  it.each([
    ['agrees within its whole seconds and the round trip', AT + 1_900, 1_000, 0],
    ['is behind by what the round trip does not explain', AT + 3_601_900, 900, 3_600_000],
    ['is ahead of an answer from the future', AT - 60_000, 1_000, -60_000],
  ])('%s', (_, answeredAt, roundTrip, ahead) => {
    const clock = clockAt(
      () => answeredAt,
      () => 5_000 + roundTrip,
    );
    clock.saw(header(AT), 5_000);
    expect(clock.ahead()).toBe(ahead);
  });

  it('is known to have stayed when this one is set, before the next answer', () => {
    let [wall, passed] = [AT, 0];
    const clock = clockAt(
      () => wall,
      () => passed,
    );
    clock.saw(header(AT), 0);
    [wall, passed] = [AT + 10_000 + 7_200_000, 10_000];
    expect(clock.ahead()).toBe(7_200_000);
    [wall, passed] = [AT + 20_000 - 7_200_000, 20_000];
    expect(clock.ahead()).toBe(-7_200_000);
  });
});

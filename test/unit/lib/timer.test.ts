// A pause ends when its time is over, or as soon as it is aborted.
import { expect, it } from '@jest/globals';
import { pause } from '../../../bridge/lib/timer.ts';
import { createClock, settled } from '../../helpers/clock.ts';

it('a pause ends when its time is over, or as soon as it is aborted', async () => {
  const clock = createClock();
  const stopping = new AbortController();
  const ended: string[] = [];
  void pause(clock, 100).then(() => ended.push('in time'));
  void pause(clock, 1_000, stopping.signal).then(() => ended.push('aborted'));
  await settled();
  expect(ended).toEqual([]);
  clock.pass(100);
  await settled();
  expect(ended).toEqual(['in time']);
  stopping.abort();
  await settled();
  expect(ended).toEqual(['in time', 'aborted']);
  expect(clock.due()).toEqual([]);
  await pause(clock, 1_000, stopping.signal);
  expect(clock.due()).toEqual([]);
});

// Periodic work with a clock that the test advances.
import { beforeEach, expect, it } from '@jest/globals';
import { every, type Every, type EveryOptions } from '../../../bridge/lib/every.ts';
import { createClock, settled, type Clock } from '../../helpers/clock.ts';

let clock: Clock;
/** When each run started, in ms since the start. */
let runs: number[];
let failures: unknown[];
let work: () => Promise<unknown>;
let start: number;

function begin(options: Partial<EveryOptions> = {}): Every {
  return every({
    ms: 1_000,
    work: () => {
      runs.push(clock.now() - start);
      return work();
    },
    onFailure: (error) => failures.push(error),
    timer: clock,
    ...options,
  });
}

/** Advances time in small steps, so that a run can end. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed <= ms; passed += 100) {
    clock.pass(passed === 0 ? 0 : 100);
    await settled();
  }
}

beforeEach(() => {
  clock = createClock();
  [start, runs, failures] = [clock.now(), [], []];
  work = async () => undefined;
});

it('runs on request, and again a fixed time after each end', async () => {
  const one = begin();
  await pass(5_000);
  expect(runs).toEqual([]);
  one.within(0);
  await pass(2_500);
  expect(runs).toEqual([5_000, 6_000, 7_000]);
  await one.stop();
});

it('never overlaps: the next begins after the end of a slow one', async () => {
  const slow = Promise.withResolvers<undefined>();
  const one = begin();
  work = () => slow.promise;
  one.within(0);
  await pass(3_000);
  expect(runs).toEqual([0]);
  work = async () => undefined;
  slow.resolve(undefined);
  await settled();
  await pass(1_000);
  expect(runs).toEqual([0, 4_000]);
  await one.stop();
});

it('runs once more when a run is requested during a run', async () => {
  const slow = Promise.withResolvers<undefined>();
  const one = begin();
  work = () => slow.promise;
  const first = one.run();
  const second = one.run();
  one.within(200);
  await pass(500);
  expect(runs).toEqual([0]);
  work = async () => undefined;
  slow.resolve(undefined);
  await Promise.all([first, second]);
  expect(runs).toEqual([0, 500]);
  await one.stop();
});

it('continues after a failure, and reports it', async () => {
  const one = begin();
  work = async () => Promise.reject(new Error('away'));
  one.within(0);
  await pass(1_500);
  expect(runs).toEqual([0, 1_000]);
  expect(failures).toHaveLength(2);
  await one.stop();
});

it('waits by its back-off after failures in a row, and as ever after a success', async () => {
  const one = begin({ backoff: { first: 200, longest: 400 } });
  work = async () => Promise.reject(new Error('away'));
  one.within(0);
  await pass(900);
  work = async () => undefined;
  await pass(2_000);
  expect(runs).toEqual([0, 200, 600, 1_000, 2_000]);
  await one.stop();
});

it('rejects the request of a run that failed, and continues', async () => {
  const one = begin();
  work = async () => Promise.reject(new Error('away'));
  await expect(one.run()).rejects.toThrow('away');
  work = async () => undefined;
  await pass(1_000);
  expect(runs).toEqual([0, 1_000]);
  expect(failures).toEqual([]);
  await one.stop();
});

it('within: at the earlier of two times; after: at the time of the last call', async () => {
  const one = begin({ ms: Infinity });
  one.within(500);
  one.within(900);
  one.within(300);
  await pass(1_000);
  expect(runs).toEqual([300]);
  one.after(300);
  await pass(200);
  one.after(300);
  await pass(1_000);
  expect(runs).toEqual([300, 1_500]);
  expect(clock.due()).toEqual([]);
  await one.stop();
});

it('stops after the run in progress, and starts no other', async () => {
  const slow = Promise.withResolvers<undefined>();
  const one = begin();
  work = () => slow.promise;
  void one.run();
  const asked = one.run();
  let stopped = false;
  const stopping = one.stop().then(() => (stopped = true));
  await settled();
  expect(stopped).toBe(false);
  slow.resolve(undefined);
  await Promise.all([stopping, asked]);
  one.within(0);
  await one.run();
  await pass(5_000);
  expect(runs).toEqual([0]);
  expect(clock.due()).toEqual([]);
});

it('runs when it is asked to, also where somebody sets the clock', async () => {
  const steady = clock.now;
  let setBy = 0;
  const one = begin({ ms: 60_000, timer: { ...clock, now: () => clock.now() + setBy, steady } });
  await one.run();
  setBy = 3_600_000;
  one.within(0);
  await pass(0);
  expect(runs).toEqual([0, 0]);
  setBy = -3_600_000;
  one.within(1_000);
  one.within(50_000);
  await pass(1_000);
  expect(runs).toEqual([0, 0, 1_000]);
});

// The gatherer puts single requests into few calls, and gives each its own answer or failure.
import { afterEach, describe, it, expect, jest } from '@jest/globals';
import { createGatherer } from '../../../bridge/lib/gather.ts';
import { settled } from '../../helpers/clock.ts';

/** A call that waits until the test releases its answer. */
function heldCalls() {
  const calls: { keys: number[]; answer: () => void }[] = [];
  const run = (keys: number[]): Promise<number[]> =>
    new Promise((resolve) => calls.push({ keys, answer: () => resolve(keys.map((key) => key * 10)) }));
  const reached = async (count: number): Promise<void> => {
    while (calls.length < count) await settled();
  };
  return { calls, run, reached };
}

afterEach(() => void jest.useRealTimers());

describe('the gatherer', () => {
  it('gathers concurrent requests into one call and returns each its own answer', async () => {
    const calls: string[][] = [];
    const gatherer = createGatherer<string, string>({
      run: async (keys) => {
        calls.push(keys);
        return keys.map((key) => key.toUpperCase());
      },
    });
    await expect(Promise.all(['a', 'b', 'c'].map((key) => gatherer.load(key)))).resolves.toEqual(['A', 'B', 'C']);
    expect(calls).toEqual([['a', 'b', 'c']]);
  });

  it('never exceeds the limit of a call', async () => {
    const sizes: number[] = [];
    const gatherer = createGatherer<number, number>({
      limit: 200,
      run: async (keys) => {
        sizes.push(keys.length);
        return keys;
      },
    });
    const keys = Array.from({ length: 450 }, (_, i) => i);
    await expect(Promise.all(keys.map((key) => gatherer.load(key)))).resolves.toEqual(keys);
    expect(sizes).toEqual([200, 200, 50]);
  });

  it('sends a full call without waiting for the time to pass', async () => {
    const gatherer = createGatherer<number, number>({ limit: 2, waitMs: 2 ** 30, run: async (keys) => keys });
    await expect(Promise.all([gatherer.load(1), gatherer.load(2)])).resolves.toEqual([1, 2]);
  });

  it('fails a failed record alone', async () => {
    const gatherer = createGatherer<number, number>({
      run: async (keys) => keys.map((key) => (key === 2 ? new Error('too long') : key)),
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((key) => gatherer.load(key)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('rejects every job of a call that failed as a whole, and continues with the next', async () => {
    let calls = 0;
    const gatherer = createGatherer<number, number>({
      concurrency: 1,
      run: (keys) => {
        calls += 1;
        if (calls === 1) throw new Error('connection lost');
        return Promise.resolve(keys);
      },
    });
    const outcomes = await Promise.allSettled([gatherer.load(1), gatherer.load(2)]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason))).toEqual([
      'Error: connection lost',
      'Error: connection lost',
    ]);
    await expect(gatherer.load(3)).resolves.toBe(3);
  });

  it('refuses a call that answered too few', async () => {
    const gatherer = createGatherer<number, number>({ run: async (keys) => keys.slice(1) });
    const outcomes = await Promise.allSettled([gatherer.load(1), gatherer.load(2)]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  });

  it('keeps to the number of calls in flight, and fills the next call meanwhile', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const { calls, run, reached } = heldCalls();
    const gatherer = createGatherer<number, number>({ run, concurrency: 1, waitMs: 4 });
    const first = gatherer.load(1);
    jest.advanceTimersByTime(4);
    await reached(1);
    const second = gatherer.load(2);
    // The second call is due, and only the first delays it.
    jest.advanceTimersByTime(4);
    await settled();
    const third = gatherer.load(3);
    expect(calls).toHaveLength(1);
    calls[0]?.answer();
    await expect(first).resolves.toBe(10);
    await reached(2);
    expect(calls[1]?.keys).toEqual([2, 3]);
    calls[1]?.answer();
    await expect(Promise.all([second, third])).resolves.toEqual([20, 30]);
  });
});

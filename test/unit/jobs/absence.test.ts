// Work goes on within seconds of the return of a peer that was away.
import { describe, expect, it } from '@jest/globals';
import { createScheduler } from '../../../bridge/jobs/scheduler.ts';
import { createClock, seeded, settled } from '../../helpers/clock.ts';
import { away, fault, held } from './heldScheduler.ts';

const LONG = { first: 1e9, longest: 1e9 };

describe('the scheduler, of a peer that is away,', () => {
  it('works on every key within five seconds of the return of a peer that was away for ten minutes', async () => {
    const clock = createClock();
    const random = seeded(1);
    let isAway = true;
    const calls: number[] = [];
    const worked = new Set<string>();
    const scheduler = createScheduler({
      concurrency: 4,
      timer: clock,
      random,
      process: async (key) => {
        calls.push(clock.now());
        if (isAway) throw away();
        worked.add(key);
        return 'idle';
      },
    });
    scheduler.start();
    const names = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    scheduler.wake(names);
    const pass = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 100) {
        clock.pass(100);
        await settled();
      }
    };
    await pass(600_000);
    // Some fifteen attempts of each key with growing delays, and a look every four seconds.
    expect(calls.length).toBeLessThan(50 * 15 + 150);
    isAway = false;
    await pass(5_000);
    expect(worked).toEqual(new Set(names));
    await scheduler.drain();
    expect(clock.due()).toEqual([]);
  });

  it('lets the return of one peer hurry nobody who waits for another, or for a lock', async () => {
    const { scheduler, clock, started, end } = held({ concurrency: 3 });
    scheduler.wake(['a', 'b', 'c']);
    await end('a', away());
    await end('b', away('sellfire'));
    await end('c', fault('retry', 'UNABLE_TO_LOCK_ROW'));
    expect(clock.due()).toEqual([100, 100, 100, 4_000, 4_000]);
    clock.pass(100);
    await settled();
    for (const key of ['b', 'c']) await end(key, key === 'b' ? away('sellfire') : fault('retry'));
    started.length = 0;
    await end('a');
    expect(started).toEqual([]);
    expect(clock.due()).toEqual([200, 200, 3_900]);
  });

  it('looks less often for a peer that is away for long, since each look is a call', async () => {
    const { scheduler, clock, started, end } = held({ random: () => 1, backoff: LONG });
    scheduler.wake(['a']);
    await end('a', away());
    for (const ms of Array.from({ length: 225 }, () => 4_000)) {
      clock.pass(ms);
      await settled();
      await end('a', away());
    }
    started.length = 0;
    clock.pass(29_999);
    expect(started).toEqual([]);
    clock.pass(1);
    expect(started).toEqual(['a']);
  });

  it('goes on looking where the key that was tried meets something else', async () => {
    const { scheduler, clock, started, end } = held({ random: () => 1, backoff: LONG });
    scheduler.wake(['a', 'b']);
    await end('a', away());
    await end('b', away());
    started.length = 0;
    clock.pass(4_000);
    await end('a', new Error('a fault of the program'));
    clock.pass(4_000);
    await end('b');
    expect(started).toEqual(['a', 'b']);
    expect(clock.due()).toEqual([1e9 - 4_000]);
  });

  it('takes a refusal for an answer, and has no second key tried before the first has ended', async () => {
    const { scheduler, clock, started, end } = held({ concurrency: 3, random: () => 1, backoff: LONG });
    scheduler.wake(['a', 'b', 'c']);
    for (const key of ['a', 'b', 'c']) await end(key, away());
    started.length = 0;
    clock.pass(12_000);
    expect(started).toEqual(['a']);
    await end('a', fault('retry', 'UNABLE_TO_LOCK_ROW'));
    expect(started).toEqual(['a', 'b', 'c']);
  });
});

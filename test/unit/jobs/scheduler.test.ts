// The scheduler: one job a key at a time, in the order of arrival, and none lost.
import { describe, it, expect } from '@jest/globals';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import { BridgeError, type FaultClass } from '../../../bridge/model/fault.ts';
import { say } from '../../../bridge/model/message.ts';
import { backoffDelay } from '../../../bridge/lib/backoff.ts';
import { BACKOFF, createScheduler } from '../../../bridge/jobs/scheduler.ts';
import { createClock, seeded, settled } from '../../helpers/clock.ts';
import { fault, held } from './heldScheduler.ts';

const DISCONNECTED = say('whyDisconnected', { by: 'an admin' });
const AUTH = 'Salesforce answered AUTH: said the peer. It is tried again after the next sign-in.';

describe('the scheduler', () => {
  it('starts nothing before its start, and then all it was woken for', async () => {
    const started: string[] = [];
    const scheduler = createScheduler({
      concurrency: 5,
      process: async (key) => {
        started.push(key);
        return 'idle';
      },
    });
    scheduler.wake(['a', 'b']);
    await settled();
    expect(started).toEqual([]);
    expect(scheduler.stats()).toEqual({ running: 0, waiting: 2, delayed: 0 });
    scheduler.start();
    await scheduler.idle();
    expect(started).toEqual(['a', 'b']);
  });

  it('runs different keys side by side, up to its concurrency', async () => {
    const { scheduler, started, end } = held();
    scheduler.wake(['a', 'b', 'c']);
    expect(started).toEqual(['a', 'b']);
    expect(scheduler.stats()).toEqual({ running: 2, waiting: 1, delayed: 0 });
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('makes one run of many wakes before it', async () => {
    const { scheduler, started, end } = held({ concurrency: 1 });
    scheduler.wake(['a', 'b']);
    scheduler.wake(['b', 'b']);
    scheduler.wake(['b']);
    await end('a');
    await end('b');
    expect(started).toEqual(['a', 'b']);
    expect(scheduler.stats()).toEqual({ running: 0, waiting: 0, delayed: 0 });
  });

  it('runs a key once more that was woken while it ran, and never twice at once', async () => {
    const { scheduler, started, end } = held();
    scheduler.wake(['a']);
    scheduler.wake(['a']);
    scheduler.wake(['a']);
    expect(started).toEqual(['a']);
    await end('a');
    expect(started).toEqual(['a', 'a']);
    await end('a');
    expect(started).toEqual(['a', 'a']);
  });

  it('lets a key that is always busy starve nobody', async () => {
    const { scheduler, started, end } = held({ concurrency: 1 });
    scheduler.wake(['busy', 'a', 'b']);
    await end('busy', 'more');
    scheduler.wake(['busy']);
    await end('a');
    await end('b');
    await end('busy', 'more');
    expect(started).toEqual(['busy', 'a', 'b', 'busy', 'busy']);
  });

  it('delays a key alone that met a passing fault, longer each time, and forgets that with a success', async () => {
    const { scheduler, clock, started, errors, end } = held();
    scheduler.wake(['a', 'b']);
    for (const ms of [100, 200, 400]) {
      await end('a', fault('retry', 'UNABLE_TO_LOCK_ROW'));
      expect(clock.due()).toEqual([ms]);
      expect(scheduler.stats()).toEqual({ running: 1, waiting: 0, delayed: 1 });
      const before = started.length;
      clock.pass(ms - 1);
      expect(started).toHaveLength(before);
      clock.pass(1);
      expect(started).toHaveLength(before + 1);
    }
    await end('a', 'more');
    await end('a', fault('retry'));
    expect(clock.due()).toEqual([100]);
    expect(errors).toEqual([]);
  });

  it('does not let a wake shorten a delay', async () => {
    const { scheduler, clock, started, end } = held();
    scheduler.wake(['a']);
    await end('a', fault('retry'));
    scheduler.wake(['a']);
    expect(started).toEqual(['a']);
    clock.pass(100);
    expect(started).toEqual(['a', 'a']);
    await end('a');
    expect(started).toEqual(['a', 'a']);
  });

  it('spreads delays over the whole span, and never beyond five minutes', () => {
    const spans = Array.from({ length: 20 }, (_, i) => backoffDelay(BACKOFF, i + 1, () => 0.999_999));
    expect(spans.slice(0, 3).map(Math.round)).toEqual([200, 400, 800]);
    expect(Math.max(...spans)).toBeLessThan(300_000);
    expect(spans.at(-1)).toBeGreaterThan(299_000);
    expect(backoffDelay(BACKOFF, 5, () => 0)).toBe(0);
    expect(backoffDelay(BACKOFF, 5_000, () => 0.5)).toBe(150_000);
  });

  it.each<FaultClass>(['auth', 'stop'])(
    'pauses everything for a fault of class %s until it is resumed',
    async (kind) => {
      const { scheduler, clock, started, pauses, errors, end } = held({ concurrency: 1 });
      scheduler.wake(['a', 'b']);
      await end('a', fault(kind, 'INVALID_SESSION_ID'));
      clock.pass(24 * 3_600_000);
      expect(started).toEqual(['a']);
      const reason =
        'Salesforce answered INVALID_SESSION_ID: said the peer. Nothing is to be done: the bridge signs in again.';
      expect(scheduler.stats()).toEqual({
        running: 0,
        waiting: 2,
        delayed: 0,
        paused: expect.objectContaining({ sentence: reason }),
      });
      expect(pauses).toEqual([reason]);
      expect(errors).toEqual([]);
      scheduler.resume();
      await end('b');
      await end('a');
      expect(started).toEqual(['a', 'b', 'a']);
      expect(scheduler.stats()).toEqual({ running: 0, waiting: 0, delayed: 0 });
    },
  );

  it('ends by itself a pause for a used-up allocation', async () => {
    const { scheduler, clock, started, end } = held({ limitPause: 30_000 });
    scheduler.wake(['a']);
    await end('a', fault('limit', 'REQUEST_LIMIT_EXCEEDED'));
    clock.pass(29_999);
    expect(started).toEqual(['a']);
    clock.pass(1);
    expect(started).toEqual(['a', 'a']);
    expect(scheduler.stats().paused).toBeUndefined();
  });

  it('keeps a pause that somebody has to end, whichever came first', async () => {
    for (const order of [['limit', 'auth'] as const, ['auth', 'limit'] as const]) {
      const { scheduler, clock, pauses, end } = held({ limitPause: 30_000 });
      scheduler.wake(['a', 'b']);
      await end('a', fault(order[0]));
      await end('b', fault(order[1]));
      clock.pass(3_600_000);
      expect(scheduler.stats().paused?.sentence).toBe(AUTH);
      expect(pauses.at(-1)).toBe(AUTH);
    }
  });

  it('does not end a pause of somebody else together with one for an allocation', async () => {
    const { scheduler, clock, end } = held({ limitPause: 30_000 });
    scheduler.wake(['a']);
    await end('a', fault('limit'));
    scheduler.pause(DISCONNECTED);
    clock.pass(3_600_000);
    expect(scheduler.stats().paused).toBe(DISCONNECTED);
  });

  it('does not pause again for a fault of a run that began before it was resumed', async () => {
    const { scheduler, started, pauses, end } = held();
    scheduler.wake(['a', 'b']);
    await end('a', fault('auth'));
    scheduler.resume();
    await end('b', fault('auth'));
    expect(scheduler.stats().paused).toBeUndefined();
    expect(started).toEqual(['a', 'b', 'a', 'b']);
    await end('b', fault('auth'));
    expect(pauses).toHaveLength(2);
  });

  it('lets what runs go on while it is paused, and remembers what it is woken for', async () => {
    const { scheduler, started, end } = held();
    scheduler.wake(['a']);
    scheduler.pause(DISCONNECTED);
    scheduler.wake(['a', 'b']);
    await end('a', 'more');
    expect(started).toEqual(['a']);
    scheduler.resume();
    expect(started).toEqual(['a', 'b', 'a']);
  });

  it('reports an error of the program, and tries again later', async () => {
    const { scheduler, clock, started, errors, pauses, end } = held();
    scheduler.wake(['a', 'b']);
    const bug = new TypeError('undefined is not a function');
    await end('a', bug);
    // A record's own fault is an outcome; thrown, it is a mistake of ours.
    const record = fault('record');
    await end('b', record);
    expect(errors).toEqual([
      ['a', bug],
      ['b', record],
    ]);
    expect(pauses).toEqual([]);
    clock.pass(100);
    expect(started).toEqual(['a', 'b', 'a', 'b']);
  });

  it('tries every key again a second after the lease of its process has run out, however often that was, and reports none', async () => {
    const { scheduler, clock, started, errors, end } = held();
    scheduler.wake(['a']);
    for (let times = 1; times <= 5; times += 1) {
      await end('a', new BridgeError(explain('STORE_LEASE_EXPIRED')));
      clock.pass(1_000);
      expect(started).toHaveLength(times + 1);
    }
    expect(errors).toEqual([]);
  });

  it('takes a process that throws at once for one that fails', async () => {
    const { scheduler, clock, errors } = held({
      process: () => {
        throw new Error('at once');
      },
    });
    scheduler.wake(['a']);
    await settled();
    expect(errors).toHaveLength(1);
    expect(clock.due()).toEqual([100]);
  });

  it('drains: what runs ends, nothing else starts, and no timer is left', async () => {
    const { scheduler, clock, started, end } = held();
    scheduler.wake(['a', 'b', 'c', 'd']);
    await end('a', fault('retry'));
    let drained = false;
    const draining = scheduler.drain().then(() => {
      drained = true;
    });
    scheduler.wake(['e']);
    scheduler.start();
    await end('b', 'more');
    expect(drained).toBe(false);
    await end('c', fault('limit'));
    await draining;
    expect(started).toEqual(['a', 'b', 'c']);
    expect(clock.due()).toEqual([]);
    await scheduler.idle();
  });

  it('is idle when nothing runs, waits or is delayed', async () => {
    const { scheduler, clock, end } = held();
    await scheduler.idle();
    let idle = false;
    scheduler.wake(['a']);
    void scheduler.idle().then(() => {
      idle = true;
    });
    await end('a', fault('retry'));
    expect(idle).toBe(false);
    clock.pass(100);
    await end('a');
    expect(idle).toBe(true);
  });

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'loses no wake and never runs a key twice at once, whatever fails (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const chance = (share: number) => random() < share;
      const clock = createClock();
      const names = Array.from({ length: 1 + Math.floor(random() * 30) }, (_, i) => `key-${i}`);
      const concurrency = 1 + Math.floor(random() * 6);
      let step = 0;
      let calm = false;
      const woken = new Map<string, number>();
      const begun = new Map<string, number>();
      const succeeded = new Map<string, number>();
      const active = new Set<string>();
      let overlaps = 0;
      let most = 0;

      const scheduler = createScheduler({
        concurrency,
        timer: clock,
        random,
        limitPause: 1_000,
        process: async (key) => {
          if (active.has(key)) overlaps += 1;
          active.add(key);
          most = Math.max(most, active.size);
          const start = ++step;
          begun.set(key, start);
          try {
            for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await settled();
            if (!calm && chance(0.1)) throw fault('retry');
            if (!calm && chance(0.05)) throw new Error('a mistake');
            if (!calm && chance(0.02)) throw fault('limit');
            if (!calm && chance(0.02)) throw fault('auth');
            succeeded.set(key, start);
            return !calm && chance(0.2) ? 'more' : 'idle';
          } finally {
            active.delete(key);
          }
        },
      });
      scheduler.start();
      for (let round = 0; round < 400; round += 1) {
        const some = names.filter(() => chance(0.1));
        for (const key of some) woken.set(key, ++step);
        scheduler.wake(some);
        if (chance(0.02)) scheduler.pause(say('whyPaused', { by: 'hand' }));
        if (chance(0.1)) scheduler.resume();
        if (chance(0.3)) clock.pass(Math.floor(random() * 500));
        if (chance(0.7)) await settled();
      }
      calm = true;
      const idle = scheduler.idle();
      let finished = false;
      void idle.then(() => {
        finished = true;
      });
      while (!finished) {
        scheduler.resume();
        clock.pass(BACKOFF.longest);
        await settled();
      }

      expect(overlaps).toBe(0);
      expect(most).toBeLessThanOrEqual(concurrency);
      for (const [key, at] of woken) {
        expect({ key, begunAfterWoken: (begun.get(key) ?? -1) > at }).toEqual({ key, begunAfterWoken: true });
        // The last run of each key is one that did its work.
        expect(succeeded.get(key)).toBe(begun.get(key));
      }
      expect(scheduler.stats()).toEqual({ running: 0, waiting: 0, delayed: 0 });
    },
  );

  it('works off a long backlog in the order in which it was woken', async () => {
    const started: string[] = [];
    const scheduler = createScheduler({
      concurrency: 8,
      process: async (key) => {
        started.push(key);
        return 'idle';
      },
    });
    const backlog = Array.from({ length: 100_000 }, (_, i) => `key-${i}`);
    scheduler.start();
    scheduler.wake(backlog);
    await scheduler.idle();
    expect(started).toEqual(backlog);
  });

  it('runs a key whose work can wait a minute later, and at once when it is woken or all is resumed', async () => {
    const { scheduler, clock, started, end } = held();
    scheduler.wake(['a', 'b', 'c']);
    await end('a', 'later');
    await end('b', 'later');
    await end('c', 'later');
    expect(clock.due()).toEqual([60_000, 60_000, 60_000]);
    // A sweep that finds it in the store again does not hurry it.
    scheduler.offer(['a', 'd']);
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    scheduler.wake(['b']);
    expect(started.at(-1)).toBe('b');
    await end('d');
    await end('b');
    scheduler.resume();
    expect(started.slice(-2)).toEqual(['a', 'c']);
    await end('a', 'later');
    await end('c');
    clock.pass(60_000);
    expect(started.at(-1)).toBe('a');
    await end('a');
    await scheduler.idle();
    expect(clock.due()).toEqual([]);
  });

  it('runs a key again at once whose work could wait in a turn that began before all was resumed', async () => {
    const { scheduler, clock, started, end } = held();
    scheduler.wake(['a']);
    scheduler.resume();
    await end('a', 'later');
    expect(started).toEqual(['a', 'a']);
    await end('a', 'later');
    expect(started).toEqual(['a', 'a']);
    expect(clock.due()).toEqual([60_000]);
  });

  it('runs a key again at once that was woken while it said that it can wait', async () => {
    const { scheduler, started, end } = held();
    scheduler.wake(['a']);
    scheduler.wake(['a']);
    await end('a', 'later');
    expect(started).toEqual(['a', 'a']);
    await end('a');
    await scheduler.idle();
  });
});

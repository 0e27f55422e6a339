// The sweep finds what was stored and never woken.
import { describe, it, expect } from '@jest/globals';
import { pino } from 'pino';
import { createScheduler } from '../../../bridge/jobs/scheduler.ts';
import { createSweep } from '../../../bridge/jobs/sweep.ts';
import { openSqliteStore } from '../../../bridge/store/sqlite/store.ts';
import { entry, ORG, recordId, settlement } from '../../store/fixtures.ts';
import { createClock, settled } from '../../helpers/clock.ts';

describe('the sweep', () => {
  it('has everything worked off that was stored when the bridge died, and what was stored without a wake', async () => {
    const store = await openSqliteStore({ file: ':memory:' });
    const clock = createClock(Date.now());
    const processed: string[] = [];
    const [one, two, late] = [recordId(1), recordId(2), recordId(3)];
    const scheduler = createScheduler({
      concurrency: 2,
      process: async (key) => {
        const { rows } = await store.load(ORG, key, 10);
        await store.settle(ORG, settlement(key, { done: rows.map((row) => row.seq) }));
        processed.push(key);
        return 'idle';
      },
    });
    scheduler.start();
    await store.append(ORG, [entry('e1', one), entry('e2', two), entry('e3', one)]);
    const sweep = createSweep({ store, connection: ORG, scheduler, timer: clock, logger: pino({ level: 'silent' }) });
    await sweep.start();
    await scheduler.idle();
    expect([...processed].sort()).toEqual([one, two]);

    await store.append(ORG, [entry('e4', late)]);
    while (!processed.includes(late)) {
      clock.pass(2_000);
      await settled();
    }
    await sweep.stop();
    await scheduler.drain();
    await expect(store.counts(ORG)).resolves.toMatchObject({ pending: 0, parked: 0 });
    await store.close();
  });

  it('leaves young rows to their own wake', async () => {
    const clock = createClock();
    const asked: (number | undefined)[] = [];
    const sweep = createSweep({
      store: {
        async pendingKeys(_connection, _limit, receivedBefore) {
          asked.push(receivedBefore);
          return [];
        },
      },
      connection: ORG,
      scheduler: createScheduler({ concurrency: 1, process: async () => 'idle' }),
      every: 2_000,
      olderThan: 5_000,
      timer: clock,
      logger: pino({ level: 'silent' }),
    });
    const start = clock.now();
    await sweep.start();
    clock.pass(2_000);
    await settled();
    clock.pass(2_000);
    await settled();
    await sweep.stop();
    clock.pass(60_000);
    expect(asked).toEqual([undefined, start - 3_000, start - 1_000]);
    expect(clock.due()).toEqual([]);
  });

  it('finds keys that are unknown behind any number of known ones, a page at a time', async () => {
    const clock = createClock();
    const pending = Array.from({ length: 25 }, (_, i) => `key-${i}`);
    const scheduler = createScheduler({ concurrency: 1, process: async () => 'idle' });
    const sweep = createSweep({
      store: { pendingKeys: async (_connection, limit) => pending.slice(0, limit) },
      connection: ORG,
      scheduler,
      page: 10,
      timer: clock,
      logger: pino({ level: 'silent' }),
    });
    await sweep.start();
    expect(scheduler.stats().waiting).toBe(10);
    for (const known of [20, 25, 25]) {
      clock.pass(2_000);
      await settled();
      expect(scheduler.stats().waiting).toBe(known);
    }
    await sweep.stop();
  });

  it('goes on after the store could not be asked', async () => {
    const clock = createClock();
    const errors: unknown[] = [];
    let calls = 0;
    const scheduler = createScheduler({ concurrency: 1, process: async () => 'idle' });
    const sweep = createSweep({
      store: {
        async pendingKeys() {
          calls += 1;
          if (calls === 2) throw new Error('disk');
          return calls === 3 ? ['a'] : [];
        },
      },
      connection: ORG,
      scheduler,
      timer: clock,
      logger: pino({ level: 'error' }, { write: (line) => void errors.push(JSON.parse(line)) }),
    });
    await sweep.start();
    clock.pass(2_000);
    await settled();
    clock.pass(2_000);
    await settled();
    expect(errors).toMatchObject([{ event: 'sweep_failed' }]);
    expect(scheduler.stats().waiting).toBe(1);
    await sweep.stop();
  });
});

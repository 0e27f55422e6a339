// Turns that are handed to other processes: who gets which, and what becomes of them, over a store in memory.
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createDispatcher } from '../../../bridge/jobs/dispatcher.ts';
import { createScheduler } from '../../../bridge/jobs/scheduler.ts';
import { readSettings } from '../../../bridge/jobs/sharedCalls.ts';
import { HandBackError, type TurnResult } from '../../../bridge/jobs/turn.ts';
import { answerText, endOf, resultOf, type TurnAnswer } from '../../../bridge/jobs/turnAnswer.ts';
import { explain } from '../../../bridge/model/catalogue/catalogue.ts';
import type { SyncConfig } from '../../../bridge/model/config.ts';
import { BridgeError, PeerError, type Fault } from '../../../bridge/model/fault.ts';
import type { Exchange, Handover, WorkerRow } from '../../../bridge/store/handover.ts';
import { createClock, settled } from '../../helpers/clock.ts';
import { config } from '../sync/fixtures.ts';

const ORG = '00D000000000001AAA';
const AWAY: Fault = {
  ...{ class: 'retry', code: 'ECONNREFUSED', message: 'Nobody answers.', fields: [], unknownOutcome: true },
  isAway: true,
};
const NO_CALLS = { salesforce: 0, sellfire: 0 };
const worker = (number: number, build = 'b'): WorkerRow => ({ number, process: `p${number}`, build, takes: true });

/** A store with the turns of workers that the test plays. */
function storeOf(workers: WorkerRow[]) {
  const rows = new Map<number, Exchange['given'][number] & { answer?: string }>();
  const exchanges: Exchange[] = [];
  let fails: Error | undefined;
  const handover: Handover = {
    async exchange(exchange) {
      exchanges.push(exchange);
      if (fails) throw fails;
      for (const id of exchange.read) rows.delete(id);
      for (const row of exchange.given) {
        if ([...rows.values()].some(({ key }) => key === row.key)) throw new Error(`${row.key} is with two.`);
        if (workers.some(({ number, takes }) => number === row.worker && takes)) rows.set(row.id, row);
      }
      return exchange.given.map(({ id }) => id).filter((id) => !rows.has(id));
    },
    async answers() {
      return [...rows.values()].flatMap(({ id, answer: text }) => (text === undefined ? [] : [{ id, text }]));
    },
    look: async () => ({ workers, ids: [...rows.keys()] }),
  };
  return {
    ...{ handover, rows, exchanges },
    failWith: (error: Error | undefined) => void (fails = error),
    async answer(id: number, answer: Partial<TurnAnswer>) {
      const row = rows.get(id);
      const whole = {
        ended: { result: 'idle' as const },
        woken: [],
        broken: [],
        turns: [],
        calls: NO_CALLS,
        ...answer,
      };
      if (row) row.answer = answerText(whole);
    },
  };
}

function play({ workers = [worker(1), worker(2)], concurrency = 2, mayHandOver = true, hasOthers = true } = {}) {
  const store = storeOf(workers);
  const clock = createClock();
  const here = new Map<string, (result: TurnResult) => void>();
  const answers: TurnAnswer[] = [];
  let syncConfig: SyncConfig = config();
  const dispatcher = createDispatcher({
    ...{ handover: store.handover, build: 'b', concurrency, hasOthers: () => hasOthers, timer: clock },
    logger: pino({ level: 'silent' }),
  });
  const turns = dispatcher.open({
    connection: ORG,
    run: (key) => new Promise((resolve) => here.set(key, resolve)),
    config: () => syncConfig,
    ...{ defers: () => false, mayHandOver: () => mayHandOver },
    onAnswer: (answer) => void answers.push(answer),
    onRoom: () => scheduler.wake([]),
  });
  const scheduler = createScheduler({ concurrency: turns.room, process: turns.process, timer: clock, random: () => 0 });
  scheduler.start();
  const pass = async (ms = 0): Promise<void> => {
    clock.pass(ms);
    for (let turn = 0; turn < 10; turn += 1) await settled();
  };
  return {
    ...{ store, here, answers, dispatcher, scheduler, turns, pass },
    use: (next: SyncConfig) => void (syncConfig = next),
    /** By key, the worker that has it. */
    handed: () => Object.fromEntries([...store.rows.values()].map((row) => [row.key, row.worker])),
    async notice() {
      dispatcher.onNotice('answered');
      await pass();
    },
  };
}

const keys = (count: number): string[] => Array.from({ length: count }, (_, index) => `k${index + 1}`);

describe('the turns of a connection', () => {
  it('are run here as long as this process has room, then by the workers with the fewest, which have some ahead', async () => {
    const { scheduler, here, handed, pass } = play();
    await pass(1_000);
    scheduler.wake(keys(2));
    await pass();
    expect([[...here.keys()], handed()]).toEqual([['k1', 'k2'], {}]);
    scheduler.wake(keys(12));
    await pass();
    expect(scheduler.stats()).toMatchObject({ running: 8, waiting: 4 });
    expect(handed()).toEqual({ k3: 1, k4: 2, k5: 1, k6: 2, k7: 1, k8: 2 });
  });

  it('are all run here where nobody works for this process, and nothing is asked of the store', async () => {
    const { scheduler, here, store, turns, pass } = play({ hasOthers: false });
    await pass(60_000);
    scheduler.wake(keys(5));
    await pass();
    expect([[...here.keys()], turns.room(), store.exchanges]).toEqual([['k1', 'k2'], 2, []]);
  });

  it('are not handed to a process of another build, nor to one that leaves, nor while calls are used up', async () => {
    const leaving = { ...worker(2), takes: false };
    for (const options of [{ workers: [worker(1, 'other'), leaving] }, { mayHandOver: false }]) {
      const { scheduler, handed, turns, pass } = play(options);
      await pass(1_000);
      scheduler.wake(keys(5));
      await pass();
      expect([handed(), turns.room()]).toEqual([{}, 2]);
    }
  });

  it('end here with what the other process has said, and the key may be handed over again', async () => {
    const { scheduler, store, answers, handed, pass, notice } = play({ workers: [worker(1)] });
    await pass(1_000);
    scheduler.wake(keys(3));
    await pass();
    expect(handed()).toEqual({ k3: 1 });
    scheduler.wake(['k3']);
    await store.answer(1, { woken: ['k9'], calls: { salesforce: 2, sellfire: 1 } });
    await notice();
    expect(answers).toMatchObject([{ woken: ['k9'], calls: { salesforce: 2, sellfire: 1 } }]);
    // It was woken while it ran.
    expect([...store.rows.keys()]).toEqual([2]);
    expect(handed()).toEqual({ k3: 1 });
  });

  it('wait as those of this process do for a peer that is away', async () => {
    const { scheduler, store, pass, notice } = play({ workers: [worker(1)] });
    await pass(1_000);
    scheduler.wake(keys(3));
    await pass();
    await store.answer(1, { ended: { peer: 'sellfire', fault: AWAY } });
    await notice();
    expect(scheduler.stats()).toMatchObject({ running: 2, delayed: 1 });
    expect(scheduler.lastFailure()?.message.sentence).toContain('Sellfire');
  });

  it('that need what the leader alone has are run here', async () => {
    const { scheduler, store, here, pass, notice } = play({ workers: [worker(1)] });
    await pass(1_000);
    scheduler.wake(keys(3));
    await pass();
    await store.answer(1, { ended: { handedBack: true } });
    await notice();
    expect([...here.keys()]).toEqual(['k1', 'k2', 'k3']);
  });

  it('of a process that is gone run again at once, elsewhere, and no sooner than the store has taken them back', async () => {
    const workers = [worker(1)];
    const { scheduler, store, handed, answers, pass, notice } = play({ workers });
    await pass(1_000);
    scheduler.wake(keys(3));
    await pass(5_000);
    expect(handed()).toEqual({ k3: 1 });
    workers.splice(0, 1, worker(7));
    store.rows.clear();
    await pass(1_000);
    expect(handed()).toEqual({ k3: 7 });
    expect([scheduler.stats().delayed, scheduler.lastFailure()]).toEqual([0, undefined]);
    // What the one that is gone may still say has nobody who hears it.
    await store.answer(1, {});
    await notice();
    expect([answers, handed()]).toEqual([[], { k3: 7 }]);
  });

  it('that a worker does not take any more are run elsewhere at once', async () => {
    const workers = [worker(1), worker(2)];
    const { scheduler, store, handed, pass } = play({ workers });
    await pass(1_000);
    // It has left, and the leader has not heard of it yet.
    workers.splice(0, 1);
    scheduler.wake(keys(4));
    await pass();
    expect(handed()).toEqual({ k3: 2, k4: 2 });
    expect(store.exchanges.length).toBeLessThan(4);
    expect(scheduler.lastFailure()).toBeUndefined();
  });

  it('whose exchange has no answer are not run anywhere else: it is repeated until it has one', async () => {
    const { scheduler, store, here, handed, pass } = play({ workers: [worker(1)] });
    await pass(1_000);
    store.failWith(new BridgeError(explain('STORE_UNUSABLE.database', { place: 'db', cause: 'x' })));
    scheduler.wake(keys(3));
    await pass();
    await pass(3_000);
    expect([[...here.keys()], handed(), scheduler.stats().running]).toEqual([['k1', 'k2'], {}, 3]);
    store.failWith(undefined);
    await pass(200);
    expect(handed()).toEqual({ k3: 1 });
    expect(new Set(store.exchanges.map(({ given }) => JSON.stringify(given))).size).toBe(1);
  });

  it('fail where another process has taken the lead', async () => {
    const { scheduler, store, turns, pass } = play({ workers: [worker(1)] });
    await pass(1_000);
    store.failWith(new BridgeError(explain('STORE_TAKEN_OVER')));
    scheduler.wake(keys(3));
    await pass();
    expect(scheduler.stats()).toMatchObject({ running: 2, delayed: 1 });
    expect(turns.room()).toBe(2);
  });

  it('name the configuration that they have to be run with, which is kept once for each change', async () => {
    const { scheduler, store, use, pass } = play({ workers: [worker(1), worker(2)] });
    await pass(1_000);
    scheduler.wake(keys(4));
    await pass();
    use({ ...config(), country: 'NO' });
    scheduler.wake(keys(6));
    await pass();
    const configs = store.exchanges.flatMap((one) => one.configs);
    expect(configs.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(configs.map((one) => readSettings(one.settings).config)).toEqual([config(), { ...config(), country: 'NO' }]);
    expect([...store.rows.values()].map(({ revision }) => revision)).toEqual([1, 1, 2, 2]);
  });
});

/** Calls that an org takes at once of the bridge's workers: 25 of all clients, ten of them of the leader. */
const CALLS_OF_WORKERS = 15;

describe('the calls that an org takes at once', () => {
  it('are shared among all workers, also while some come and go with turns under way', async () => {
    const workers: WorkerRow[] = [];
    const { scheduler, store, here, pass, notice } = play({ workers, concurrency: 2 });
    /** Of each worker with turns, the calls that it may have under way, by all settings that its turns were given with. */
    const used = (): number => {
      const settings = new Map(store.exchanges.flatMap(({ configs }) => configs).map((one) => [one.revision, one]));
      const most = new Map<number, number>();
      for (const { worker: number, revision } of store.rows.values()) {
        const { calls } = readSettings(settings.get(revision)?.settings ?? '');
        expect(calls).toBeGreaterThan(0);
        // Of different settings a worker has two sets of connections.
        most.set(number * 1_000 + calls, calls);
      }
      return [...most.values()].reduce((sum, calls) => sum + calls, 0);
    };
    const seen = new Map<number, number>();
    let key = 0;
    for (const count of [1, 3, 4, 5, 12, 15, 20, 6, 2, 4]) {
      workers.length = 0;
      for (let number = 1; number <= count; number += 1) workers.push(worker(number));
      // Enough for all of them, twice: while the shares change the turns of before end one by one.
      for (let round = 0; round < 40; round += 1) {
        await pass(round === 0 ? 1_000 : 0);
        scheduler.wake(Array.from({ length: 10 }, () => `k${(key += 1)}`));
        await pass();
        expect(used()).toBeLessThanOrEqual(CALLS_OF_WORKERS);
        seen.set(count, new Set([...store.rows.values()].map((row) => row.worker)).size);
        const [first] = store.rows.values();
        if (first) await store.answer(first.id, {});
        await notice();
        for (const end of here.values()) end('idle');
        here.clear();
        expect(used()).toBeLessThanOrEqual(CALLS_OF_WORKERS);
      }
      for (const { id } of [...store.rows.values()]) await store.answer(id, {});
      await notice();
    }
    // All of them work, as long as there is a call for each.
    expect(Object.fromEntries(seen)).toEqual({ 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 12: 12, 15: 12, 20: 12 });
  });
});

describe('the answer of a turn', () => {
  const through = async (turn: () => Promise<TurnResult>) => {
    const ended = JSON.parse(JSON.stringify(await endOf(turn()))) as TurnAnswer['ended'];
    return resultOf(ended);
  };

  it('is what the turn has ended with', async () => {
    for (const result of ['idle', 'more', 'later', 'busy'] as const)
      expect(await through(async () => result)).toBe(result);
    const handedBack = async (): Promise<TurnResult> => Promise.reject(new HandBackError());
    expect(await through(handedBack)).toBe('handedBack');
  });

  it('throws the fault of a peer, an error of the bridge and one of the program as what they were', async () => {
    const errors = [
      [PeerError, new PeerError('salesforce', AWAY)],
      [BridgeError, new BridgeError(explain('UNDECIDED', { key: 'k1' }))],
      [Error, new TypeError('x is not a function')],
    ] as const;
    for (const [kind, error] of errors) {
      const thrown = await through(async () => Promise.reject(error)).catch((one: unknown) => one);
      expect(thrown).toBeInstanceOf(kind);
      expect(thrown).toMatchObject({ ...error, name: error.name, message: error.message });
    }
    const late = async (): Promise<TurnResult> => Promise.reject(new BridgeError(explain('STORE_LEASE_EXPIRED')));
    await expect(through(late)).rejects.toMatchObject({ code: 'STORE_LEASE_EXPIRED' });
  });
});

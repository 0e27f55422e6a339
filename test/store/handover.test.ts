// Turns that the process that leads hands to others, on a real PostgreSQL: a worker that was given up, or whose leader has lost the lead,
// writes nothing and calls nobody, and no key is with two of them.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { WorkerStore } from '../../bridge/store/handover.ts';
import { openPostgresStore } from '../../bridge/store/postgres/store.ts';
import { openWorkerStore } from '../../bridge/store/postgres/workerStore.ts';
import type { LedStore } from '../../bridge/store/shared.ts';
import { createClock } from '../helpers/clock.ts';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';
import { until } from '../helpers/until.ts';
import { entry, LEAD_RECORD, ORG } from './fixtures.ts';

let postgres: Postgres;
let url: string;
let leader: LedStore;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});
afterAll(() => postgres.stop());

/** Long enough that nothing runs out by itself where a test does not wait for it. */
const LONG_MS = 30_000;
/** The shortest that a busy machine renews in time. */
const SHORT_MS = 1_500;

async function lead(leaseMs = LONG_MS): Promise<LedStore> {
  const store = await openPostgresStore({ url, process: 'leader', leaseMs });
  opened.push(store);
  return store;
}

async function work(options: Partial<Parameters<typeof openWorkerStore>[0]> = {}): Promise<WorkerStore> {
  const store = await openWorkerStore({ url, process: 'worker', build: 'b', leaseMs: LONG_MS, ...options });
  if (!store) throw new Error('Nobody leads.');
  opened.push(store);
  return store;
}

const turn = (id: number, worker: number, key = LEAD_RECORD) => ({
  ...{ id, connection: ORG, key, worker, revision: 1, defers: false },
});
const give = (...given: ReturnType<typeof turn>[]): Promise<number[]> =>
  leader.handover.exchange({ read: [], given, configs: [] });

async function sql(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The worker's lease has run out, by the clock of the database. */
const letItRunOut = (number: number) =>
  sql(`UPDATE worker SET expires_at = clock_timestamp() - interval '1 second' WHERE number = ${number}`);
const attemptsOf = async (): Promise<number[]> =>
  (await leader.load(ORG, LEAD_RECORD, 10)).rows.map(({ attempts }) => attempts);

async function begin(): Promise<void> {
  url = await postgres.schema();
  leader = await lead();
}

describe('a turn that is handed to another process', () => {
  it('is found by its worker with what it is run with, and its answer by the leader, once each', async () => {
    await begin();
    const worker = await work();
    const config = { connection: ORG, revision: 1, session: 's', settings: '{"country":"US"}' };
    await leader.handover.exchange({ read: [], given: [turn(1, worker.number)], configs: [config] });
    // Repeating it changes nothing: whether an exchange without an answer was made is not known.
    await leader.handover.exchange({ read: [], given: [turn(1, worker.number)], configs: [config] });
    expect(await worker.assignments()).toEqual([
      { id: 1, connection: ORG, key: LEAD_RECORD, revision: 1, defers: false },
    ]);
    expect(await worker.config(ORG)).toEqual(config);
    expect(await leader.handover.answers()).toEqual([]);
    await worker.answer([{ id: 1, text: 'done' }]);
    await worker.answer([{ id: 1, text: 'done again' }]);
    expect(await worker.assignments()).toEqual([]);
    expect(await leader.handover.answers()).toEqual([{ id: 1, text: 'done' }]);
    await leader.handover.exchange({ read: [1], given: [turn(2, worker.number)], configs: [] });
    expect(await leader.handover.answers()).toEqual([]);
    expect(await worker.assignments()).toMatchObject([{ id: 2 }]);
    expect(await leader.handover.look()).toEqual({
      workers: [{ number: worker.number, process: 'worker', build: 'b', takes: true }],
      ids: [2],
    });
  });

  it('is never with two: the database refuses a key that is still with somebody', async () => {
    await begin();
    const [first, second] = [await work(), await work({ process: 'other' })];
    await give(turn(1, first.number));
    await expect(give(turn(2, second.number))).rejects.toMatchObject({ code: '23505' });
    expect(await second.assignments()).toEqual([]);
  });

  it('writes what it does while the leader leads, in the order of all writes', async () => {
    await begin();
    const worker = await work();
    await leader.append(ORG, [entry('e1')]);
    await worker.append(ORG, [entry('e2')]);
    await leader.append(ORG, [entry('e3')]);
    const { rows } = await worker.load(ORG, LEAD_RECORD, 10);
    expect(rows.map(({ change }) => change.eventId)).toEqual(['e1', 'e2', 'e3']);
    expect(worker.token).toBe(leader.token);
  });
});

describe('a worker', () => {
  it('that does not renew its lease is given up once it has run out: it writes nothing, its answer is dropped, and its turn reads before it writes', async () => {
    await begin();
    // Its clock stands still, as of a process that was stopped: it renews nothing.
    const worker = await work({ timer: createClock() });
    await leader.append(ORG, [entry('e1')]);
    await give(turn(1, worker.number));
    expect((await leader.handover.look()).ids).toEqual([1]);
    expect(await attemptsOf()).toEqual([0]);
    await letItRunOut(worker.number);
    expect(await leader.handover.look()).toEqual({ workers: [], ids: [] });
    expect(await attemptsOf()).toEqual([1]);
    await expect(worker.append(ORG, [entry('late')])).rejects.toMatchObject({ code: 'STORE_TAKEN_OVER' });
    await worker.answer([{ id: 1, text: 'late' }]);
    expect(await leader.handover.answers()).toEqual([]);
    // The key may be with another one now.
    const next = await work({ process: 'other' });
    await give(turn(2, next.number));
    await worker.answer([{ id: 2, text: 'not its own' }]);
    expect(await leader.handover.answers()).toEqual([]);
  });

  it('that was given up after it has answered is believed: what it wrote was written before', async () => {
    await begin();
    const worker = await work({ timer: createClock() });
    await leader.append(ORG, [entry('e1')]);
    await give(turn(1, worker.number));
    await worker.answer([{ id: 1, text: 'done' }]);
    await letItRunOut(worker.number);
    expect(await leader.handover.look()).toEqual({ workers: [], ids: [1] });
    expect(await leader.handover.answers()).toEqual([{ id: 1, text: 'done' }]);
    expect(await attemptsOf()).toEqual([0]);
  });

  it('finds that it was given up when it renews its lease', async () => {
    await begin();
    const worker = await work({ leaseMs: SHORT_MS });
    await letItRunOut(worker.number);
    await leader.handover.look();
    await expect(worker.lost).resolves.toMatchObject({ code: 'STORE_TAKEN_OVER' });
    expect(worker.leads()).toBe(false);
  });

  it('works for nobody once another process leads, and what it had to do is forgotten', async () => {
    await begin();
    const worker = await work({ leaseMs: SHORT_MS });
    await give(turn(1, worker.number));
    // Its machine was stopped, and another process has taken the lead.
    await sql("UPDATE leadership SET expires_at = '-infinity'");
    const next = await openPostgresStore({ url, process: 'next', leaseMs: LONG_MS });
    opened.push(next);
    await expect(worker.append(ORG, [entry('late')])).rejects.toMatchObject({ code: 'STORE_TAKEN_OVER' });
    await expect(worker.lost).resolves.toMatchObject({ code: 'STORE_TAKEN_OVER' });
    expect(await next.handover.look()).toEqual({ workers: [], ids: [] });
    expect(await sql('SELECT 1 FROM turn')).toEqual([]);
  });

  it('has a lease that ends with that of the leader, by its own clock, however long its own would be', async () => {
    await begin();
    const clock = createClock();
    await sql("UPDATE leadership SET expires_at = clock_timestamp() + interval '20 seconds'");
    const worker = await work({ timer: clock, steady: clock.now, leaseMs: LONG_MS });
    clock.pass(9_000);
    expect(worker.leads()).toBe(true);
    clock.pass(11_000);
    expect(worker.leads()).toBe(false);
    await expect(worker.load(ORG, LEAD_RECORD, 10)).rejects.toMatchObject({ code: 'STORE_LEASE_EXPIRED' });
    const [row] = await sql('SELECT worker.expires_at <= leadership.expires_at AS within FROM worker, leadership');
    expect(row).toEqual({ within: true });
  });

  it('is renewed no longer than its leader', async () => {
    url = await postgres.schema();
    leader = await lead(SHORT_MS);
    const worker = await work({ leaseMs: LONG_MS / 10 });
    const [first] = await sql('SELECT expires_at AS ends FROM worker');
    await until('both were renewed', async () => {
      const [row] = await sql(
        `SELECT worker.expires_at > '${(first?.['ends'] as Date).toISOString()}' AS renewed,
           worker.expires_at <= leadership.expires_at AS within FROM worker, leadership`,
      );
      expect(row?.['within']).toBe(true);
      return row?.['renewed'];
    });
    expect(worker.leads()).toBe(true);
  });

  it('that leaves takes no more, and what it has not begun is taken back', async () => {
    await begin();
    const worker = await work();
    expect(await give(turn(1, worker.number))).toEqual([]);
    await worker.leave();
    expect(await worker.assignments()).toMatchObject([{ id: 1 }]);
    expect((await leader.handover.look()).workers).toMatchObject([{ takes: false }]);
    expect(await give(turn(2, worker.number, 'another key'))).toEqual([2]);
    expect((await leader.handover.look()).ids).toEqual([1]);
    opened.splice(opened.indexOf(worker), 1);
    await worker.close();
    expect(await leader.handover.look()).toEqual({ workers: [], ids: [] });
  });

  it('is none where nobody leads', async () => {
    url = await postgres.schema();
    const store = await openPostgresStore({ url });
    await store.close();
    expect(await openWorkerStore({ url, process: 'worker', build: 'b', leaseMs: LONG_MS })).toBeUndefined();
  });
});

describe('a lead that is given back', () => {
  it('is free at once where no turn is with a worker, and with the last lease of one otherwise', async () => {
    await begin();
    const worker = await work();
    await give(turn(1, worker.number));
    opened.splice(opened.indexOf(leader), 1);
    await leader.close();
    const [held] = await sql(
      'SELECT leadership.expires_at > clock_timestamp() AND leadership.expires_at >= worker.expires_at AS held FROM leadership, worker',
    );
    expect(held).toEqual({ held: true });
    await expect(openPostgresStore({ url, waitMs: 0 })).rejects.toMatchObject({ code: 'STORE_IN_USE' });
    await worker.answer([{ id: 1, text: 'done' }]);
    await begin();
    opened.splice(opened.indexOf(leader), 1);
    await leader.close();
    await (await openPostgresStore({ url, waitMs: 0 })).close();
  });
});

describe('a refresh token that the leader and a worker use', () => {
  const saved = { id: ORG, createdAt: 1, details: '{}', sealed: 'a' };

  it('is sent by one of them at a time, also where both begin at once: the other one gets what came in its place', async () => {
    await begin();
    const worker = await work();
    await leader.saveConnection(saved);
    const begun: string[] = [];
    const both = Promise.all(
      [leader, worker].map(async (store) => {
        const found = await store.beginRotation(ORG);
        begun.push(found?.sealed ?? '');
        if (begun.length > 1) return;
        // The other one has looked by now, or looks again.
        await store.cursor(ORG, 'rotation');
        expect(begun).toEqual(['a']);
        expect(await store.endRotation(ORG, 'a', 'b')).toBe(true);
      }),
    );
    await both;
    expect(begun).toEqual(['a', 'b']);
  });

  it('is free at once where nothing came in its place', async () => {
    await begin();
    const worker = await work();
    await leader.saveConnection(saved);
    await leader.beginRotation(ORG);
    const next = worker.beginRotation(ORG);
    await leader.endRotation(ORG, 'a', 'a');
    expect((await next)?.sealed).toBe('a');
    // Who has it now is not disturbed by whoever had it before.
    await leader.endRotation(ORG, 'a', 'a');
    const [note] = await sql("SELECT value FROM cursor WHERE name = 'rotation'");
    expect(JSON.parse(String(note?.['value']))).toMatchObject({ process: 'worker' });
  });
});

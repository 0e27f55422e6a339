// The count of API calls and the budget that they are held to.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createBudget, essential, type Budget } from '../../../../bridge/connection/budget/budget.ts';
import { createCallCounter } from '../../../../bridge/connection/budget/callCounter.ts';
import { PeerError, SHARE_USED } from '../../../../bridge/model/fault.ts';
import type { Call, Rest } from '../../../../bridge/salesforce/api/rest.ts';
import type { Sellfire } from '../../../../bridge/sellfire/client.ts';
import { openSqliteStore } from '../../../../bridge/store/sqlite/store.ts';
import type { Store } from '../../../../bridge/store/store.ts';
import { ORG } from '../../../store/fixtures.ts';
import { answerTo } from '../../salesforce/fakeRest.ts';

const HOUR_MS = 3_600_000;
/** On the hour. */
const START = 1_795_500_000_000;

let store: Store;
let time: number;
beforeEach(async () => {
  store = await openSqliteStore({ file: ':memory:' });
  time = START;
});
afterEach(() => store.close());

const counter = () => createCallCounter(store, ORG, () => time);

describe('the count of calls', () => {
  it('holds the last 24 hours, hour by hour', () => {
    const calls = counter();
    calls.count();
    time += 23 * HOUR_MS;
    calls.count();
    calls.count();
    expect(calls.last24h()).toBe(3);
    time += 2 * HOUR_MS - 1;
    expect(calls.last24h()).toBe(3);
    time += 1;
    expect(calls.last24h()).toBe(2);
    time += 24 * HOUR_MS;
    expect(calls.last24h()).toBe(0);
  });

  it('survives a restart, whatever was counted before the old one was read', async () => {
    const first = counter();
    for (let n = 0; n < 5; n += 1) first.count();
    await first.save();
    time += HOUR_MS;
    const second = counter();
    second.count();
    await second.load();
    expect(second.last24h()).toBe(6);
    await second.save();
    time += 24 * HOUR_MS;
    const third = counter();
    await third.load();
    // The five have fallen out of the day.
    expect(third.last24h()).toBe(1);
  });

  it('is kept again when the store failed', async () => {
    const calls = counter();
    calls.count();
    await store.close();
    await expect(calls.save()).rejects.toThrow();
    store = await openSqliteStore({ file: ':memory:' });
    const other = createCallCounter(store, ORG, () => time);
    await other.load();
    expect(other.last24h()).toBe(0);
  });

  it('reports when there is room again', () => {
    const calls = counter();
    for (let n = 0; n < 10; n += 1) calls.count();
    time += 5 * HOUR_MS;
    for (let n = 0; n < 10; n += 1) calls.count();
    expect(calls.below(21)).toBeUndefined();
    expect(calls.below(20)).toBe(START + 25 * HOUR_MS);
    expect(calls.below(10)).toBe(START + 30 * HOUR_MS);
  });
});

describe('the budget', () => {
  let used: number;
  let share: number;
  let sent: string[];
  let alerts: { key: string; body: string }[];
  let budget: Budget;
  const rest = (): Rest => ({
    usage: { used, allowed: 100 },
    calls: 0,
    apiVersion: '67.0',
    async call<T>(call: Call<T>): Promise<T> {
      await budget.acquire(call.essential ?? false);
      sent.push(call.path);
      used += 1;
      return answerTo(call, { DailyApiRequests: { Max: 100, Remaining: 100 - used } });
    },
    close: async () => undefined,
  });
  const anything = { method: 'GET', path: '/x', schema: { parse: (value: unknown) => value } } as Call<unknown>;
  const codeOf = (error: unknown) => (error instanceof PeerError ? `${error.fault.class} ${error.fault.code}` : error);
  const begin = async (): Promise<void> => {
    const alert: Sellfire['alert'] = async (key, { body }) => void alerts.push({ key, body });
    budget = createBudget({
      store,
      connection: ORG,
      rest,
      share: () => share,
      alert,
      logger: pino({ level: 'silent' }),
      timer: { now: () => time, after: () => () => undefined },
    });
    await budget.start();
  };
  const spend = async (calls: number): Promise<void> => {
    for (let n = 0; n < calls; n += 1) await rest().call(anything);
  };

  beforeEach(async () => {
    [used, share, sent, alerts] = [0, 50, [], []];
    await begin();
  });
  afterEach(() => budget.stop());

  it('reads the limits when it starts', () => {
    expect(sent).toEqual(['/services/data/v67.0/limits']);
    expect(budget.status()).toMatchObject({ tier: 'normal', allowance: 50, left: 49 });
  });

  it('puts off what can wait at 95 %, refuses at 100 %, and lets the settings be read whatever is left', async () => {
    await spend(47);
    expect(budget.defers()).toBe(true);
    await expect(budget.deferrable(rest()).call(anything).catch(codeOf)).resolves.toBe(`limit ${SHARE_USED}`);
    await spend(2);
    expect(budget.status()).toMatchObject({
      tier: 'paused',
      left: 0,
      reason: expect.stringContaining('goes on from'),
    });
    await expect(rest().call(anything).catch(codeOf)).resolves.toBe(`limit ${SHARE_USED}`);
    expect(sent).toHaveLength(50);
    await essential(rest()).call(anything);
    expect(sent).toHaveLength(51);
    share = 60;
    await spend(1);
    expect(sent).toHaveLength(52);
  });

  it('goes on when the calls of yesterday fall out of the count', async () => {
    await spend(49);
    expect(budget.status().tier).toBe('paused');
    time += 25 * HOUR_MS;
    used = 0;
    await spend(1);
    expect(budget.status().tier).toBe('normal');
  });

  it('counts what other processes have spent on its behalf, and keeps it', async () => {
    budget.spent(0);
    expect(budget.status()).toMatchObject({ tier: 'normal', left: 49 });
    budget.spent(40);
    expect(budget.status()).toMatchObject({ left: 9 });
    expect(budget.allocations()).toMatchObject({ own: 41 });
    budget.spent(9);
    expect(budget.status()).toMatchObject({ tier: 'paused', left: 0 });
    await expect(rest().call(anything).catch(codeOf)).resolves.toBe(`limit ${SHARE_USED}`);
    await budget.stop();
    await begin();
    expect(budget.status().tier).toBe('paused');
    // They fall out of the count with the hour in which they were said.
    time += 25 * HOUR_MS;
    expect(budget.status()).toMatchObject({ tier: 'normal' });
  });

  it('still holds after a restart', async () => {
    await spend(49);
    await budget.stop();
    await begin();
    expect(budget.status().tier).toBe('paused');
    await expect(rest().call(anything).catch(codeOf)).resolves.toBe(`limit ${SHARE_USED}`);
  });

  it('alerts once a day from 80 % on, also over a restart', async () => {
    await spend(38);
    expect(alerts).toEqual([]);
    await spend(11);
    await budget.stop();
    await begin();
    expect(alerts).toEqual([
      {
        key: `budget:${ORG}:${new Date(START).toISOString().slice(0, 10)}`,
        body: expect.stringContaining('of the 50'),
      },
    ]);
    await budget.stop();
    await begin();
    await budget.stop();
    expect(alerts).toHaveLength(1);
    time += 23 * HOUR_MS;
    await begin();
    expect(alerts).toHaveLength(2);
  });
});

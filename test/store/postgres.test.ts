// The conformance suite on PostgreSQL, and what only a store that is reached over a network has to promise.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openPostgresStore } from '../../bridge/store/postgres/store.ts';
import type { Store } from '../../bridge/store/store.ts';
import { createClock } from '../helpers/clock.ts';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';
import { storeConformance } from './conformance.ts';
import { entry, LEAD_RECORD, ORG } from './fixtures.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

storeConformance('PostgreSQL', async () => {
  const url = await postgres.schema();
  let store: Store = await openPostgresStore({ url });
  return {
    store,
    async reopen() {
      await store.close();
      store = await openPostgresStore({ url });
      return store;
    },
    remove: () => store.close(),
  };
});

/** The rows of one statement, read past the store. */
async function inspect(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a store on PostgreSQL', () => {
  it('refuses a second opener until it is closed, and says where it is without its password', async () => {
    const url = new URL(await postgres.schema());
    url.password = 'very-secret';
    const store = await openPostgresStore({ url: url.href });
    const refused = openPostgresStore({ url: url.href });
    await expect(refused).rejects.toMatchObject({ code: 'STORE_IN_USE', message: expect.stringContaining(url.host) });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('very-secret') });
    await store.close();
    await (await openPostgresStore({ url: url.href })).close();
  });

  it('has each change once and in order, however often its connections end in the middle', async () => {
    const url = await postgres.schema();
    const store = await openPostgresStore({ url });
    let failures = 0;
    let number = 0;
    // On a fast machine no call is under way at some of the cuts.
    while (number < 60 || (failures === 0 && number < 2_000)) {
      number += 1;
      const cut = number % 6 === 0 ? postgres.cutConnections() : undefined;
      const cursor = { name: 'feed', value: String(number), at: number };
      // As the subscription does: what was not confirmed is delivered again.
      for (;;) {
        try {
          await store.append(ORG, [entry(String(number))], cursor);
          break;
        } catch (error) {
          expect(error).toMatchObject({ code: 'STORE_UNUSABLE' });
          expect(store.problem()).toMatchObject({ code: 'STORE_UNUSABLE' });
          failures += 1;
        }
      }
      expect(store.problem()).toBeUndefined();
      await cut;
    }
    await postgres.cutConnections();
    await expect(store.append(ORG, [])).resolves.toEqual({ stored: 0, keys: [] });
    await expect(store.cursor(ORG, 'feed')).resolves.toMatchObject({ value: String(number) });
    const { rows } = await store.load(ORG, LEAD_RECORD, 3_000);
    expect(rows.map(({ change }) => Number(change.eventId))).toEqual(Array.from({ length: number }, (_, i) => i + 1));
    expect(failures).toBeGreaterThan(0);
    await store.close();
  });

  it('writes nothing for a process that has lost it to another one', async () => {
    const url = await postgres.schema();
    // Its clock stands still, as of a process that was stopped: it renews nothing.
    const clock = createClock();
    const first = await openPostgresStore({ url, leaseMs: 200, timer: clock });
    await first.append(ORG, [entry('e1')]);
    const second = await openPostgresStore({ url });
    expect(second.token).toBeGreaterThan(first.token);
    await expect(first.append(ORG, [entry('e2')])).rejects.toMatchObject({ code: 'STORE_TAKEN_OVER' });
    // What ends a turn is sent before it is known whether the process may write.
    const end = { key: LEAD_RECORD, done: [1], parked: [], link: undefined, reports: [] };
    const late = await Promise.allSettled([first.settle(ORG, end), first.append(ORG, [entry('e2')])]);
    expect(late).toMatchObject([{ reason: { code: 'STORE_TAKEN_OVER' } }, { reason: { code: 'STORE_TAKEN_OVER' } }]);
    await expect(second.append(ORG, [entry('e3')])).resolves.toMatchObject({ stored: 1 });
    const { rows } = await second.load(ORG, LEAD_RECORD, 10);
    expect(rows.map(({ change }) => change.eventId)).toEqual(['e1', 'e3']);
    // Its own clock says so before the database does; once it asks, it knows for good.
    clock.pass(200);
    expect(first.leads()).toBe(false);
    await expect(first.load(ORG, LEAD_RECORD, 10)).rejects.toMatchObject({ code: 'STORE_LEASE_EXPIRED' });
    await expect(first.lost).resolves.toMatchObject({ code: 'STORE_TAKEN_OVER' });
    await first.close();
    expect(second.leads()).toBe(true);
    await second.close();
  });

  it('keeps ids and reasons that hold what a text of PostgreSQL cannot hold', async () => {
    const store = await openPostgresStore({ url: await postgres.schema() });
    const strange = entry('e\u00001', LEAD_RECORD);
    await expect(store.append(ORG, [strange])).resolves.toMatchObject({ stored: 1 });
    await expect(store.append(ORG, [strange])).resolves.toMatchObject({ stored: 0 });
    const { rows } = await store.load(ORG, LEAD_RECORD, 10);
    expect(rows.map(({ change }) => change.eventId)).toEqual(['e\u00001']);
    const parked = rows.map(({ seq }) => ({ seq, code: 'X', reason: 'cut \u0000 here \uD83D' }));
    await store.settle(ORG, { key: LEAD_RECORD, done: [], parked, link: undefined, reports: [] });
    await expect(store.parked(ORG, 10)).resolves.toMatchObject([{ reason: 'cut \uFFFD here \uFFFD' }]);
    await store.close();
  });

  it('that a newer version has written is refused, and what cannot be reached is said with its place', async () => {
    const url = await postgres.schema();
    await (await openPostgresStore({ url })).close();
    await inspect(url, "INSERT INTO migration (name, applied_at) VALUES ('0999-later.sql', 0)");
    await expect(openPostgresStore({ url })).rejects.toMatchObject({ code: 'STORE_NEWER' });
    const nowhere = 'postgres://test:very-secret@127.0.0.1:1/nothing';
    await expect(openPostgresStore({ url: nowhere })).rejects.toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringContaining('127.0.0.1:1/nothing'),
      action: expect.stringContaining('DATABASE_URL'),
    });
  });
});

const APPENDER = fileURLToPath(new URL('./appender.ts', import.meta.url));
const CONNECTIONS = ['org-1', 'org-2'];
const KILLS = 5;

/** Kills a process on the store after its so-maniest confirmation. @returns what was confirmed to it */
async function runAndKill(url: string, confirmations: number): Promise<string[][]> {
  const child = spawn(process.execPath, [APPENDER, url, ...CONNECTIONS], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[][] = [];
  const said = createInterface({ input: child.stdout });
  said.on('line', (line) => {
    if (lines.push(line.split(' ')) === confirmations) child.kill('SIGKILL');
  });
  await Promise.all([once(said, 'close'), once(child, 'exit')]);
  return lines;
}

describe('a process on PostgreSQL that is killed', () => {
  it('leaves every confirmed change once, no cursor ahead of its changes and no half settlement', async () => {
    const url = await postgres.schema();
    const last = new Map<string, number>();
    const settled = new Map<string, number>();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      for (const [what, connection = '', number] of await runAndKill(url, kill * 7)) {
        if (what === 'appended') last.set(connection, Number(number));
        else if (what === 'settled') settled.set(connection, (settled.get(connection) ?? 0) + 1);
        else throw new Error(`The process said: ${what} ${connection}`);
      }
      const found = await inspect(
        url,
        `SELECT connection, count(*)::int AS rows, count(DISTINCT event_id)::int AS events, max(event_id::int) AS highest,
           (SELECT value::int FROM cursor WHERE cursor.connection = inbox.connection AND name = 'feed') AS cursor,
           count(*) FILTER (WHERE state = 'done')::int AS done,
           (SELECT coalesce(sum(revision), 0)::int FROM link WHERE link.connection = inbox.connection) AS saves,
           (SELECT count(*)::int FROM report WHERE report.connection = inbox.connection) AS reports,
           (SELECT coalesce(sum(substring(body FROM 'finished (\\d+)')::int), 0)::int FROM report
            WHERE report.connection = inbox.connection) AS finished
         FROM inbox GROUP BY connection`,
      );
      expect(found).toHaveLength(CONNECTIONS.length);
      for (const { connection, rows, events, highest, cursor, done, saves, reports, finished } of found) {
        expect({ rows, events, highest }).toEqual({ rows: cursor, events: cursor, highest: cursor });
        expect(cursor).toBeGreaterThanOrEqual(last.get(String(connection)) ?? 0);
        expect({ saves, done }).toEqual({ saves: reports, done: finished });
        expect(saves).toBeGreaterThanOrEqual(settled.get(String(connection)) ?? 0);
      }
    }
  }, 120_000);
});

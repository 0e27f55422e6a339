// A store that is moved from its file to PostgreSQL, by the command, interrupted and not.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { run } from '../../bridge/cli.ts';
import { openPostgresStore } from '../../bridge/store/postgres/store.ts';
import { openSqliteStore } from '../../bridge/store/sqlite/store.ts';
import type { Store } from '../../bridge/store/store.ts';
import { LEAST_ENVIRONMENT } from '../helpers/environment.ts';
import { startPostgres, type Postgres } from '../helpers/postgres.ts';
import { ACCOUNT, entry, linked, ORG, recordId, report, settlement } from './fixtures.ts';

const CLI = fileURLToPath(new URL('../../bridge/cli.ts', import.meta.url));
/** More than two pages. */
const LEADS = 2_300;
const OTHER = '00D000000000002AAA';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

let folder: string;
let file: string;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'move-'));
  file = join(folder, 'bridge.sqlite');
  env = { ...LEAST_ENVIRONMENT, DATA_DIR: folder, DATABASE_URL: await postgres.schema(), LEASE_SECONDS: '2' };
});
afterEach(() => rm(folder, { recursive: true }));

/** Something in every table. */
async function fill(store: Store): Promise<void> {
  const numbers = Array.from({ length: LEADS }, (_, index) => index + 1);
  await store.append(
    ORG,
    numbers.map((number) => entry(`e${number}`, recordId(number), { leadId: `lead-${number}` })),
    { name: 'salesforce:/data/x', value: 'AAAA', at: 1 },
  );
  await Promise.all(
    numbers.map(async (number) => {
      const key = `lead-${number}`;
      const { rows } = await store.load(ORG, key, 10);
      // Some wait, and some are parked with a text that PostgreSQL keeps otherwise.
      const seqs = rows.map(({ seq }) => seq);
      const done = number % 5 === 0 ? [] : seqs;
      const parked = number % 10 === 0 ? seqs.map((seq) => ({ seq, code: 'X', reason: 'cut \u0000 \uD83D' })) : [];
      const link = linked(key, recordId(number), number < 4 ? ACCOUNT : undefined);
      await store.settle(
        ORG,
        settlement(key, { done, parked, link, reports: number % 100 === 0 ? [report(key)] : [] }),
      );
    }),
  );
  await store.claim(ORG, { recordId: recordId(LEADS + 1), key: 'lead-5', leadId: null, revision: 0 });
  await store.append(OTHER, [entry('other', recordId(1))], { name: 'feed', value: '7', at: 7 });
  await store.saveConnection({ id: ORG, createdAt: 3, details: '{"a":1}', sealed: 'v1.sealed' });
}

/** What both stores are to say alike. */
async function contents(store: Store) {
  const links = [];
  for (let after = ''; ;) {
    const page = await store.links(ORG, after, 500);
    links.push(...page);
    const last = page.at(-1);
    if (!last) break;
    after = last.leadId;
  }
  const keys = await store.pendingKeys(ORG, 10_000);
  const { oldestPendingAt: _, oldestFromSalesforceAt: __, ...counts } = await store.counts(ORG);
  return {
    links,
    keys,
    counts,
    work: await Promise.all(keys.slice(0, 20).map((key) => store.load(ORG, key, 10))),
    parked: (await store.parked(ORG, 10_000)).map(({ reason, ...row }) => row),
    reports: await store.reports(ORG, 100),
    cursor: await store.cursor(ORG, 'salesforce:/data/x'),
    other: await store.load(OTHER, recordId(1), 10),
    ofAccount: await store.linkOfRecord(ORG, ACCOUNT),
    connections: await store.connections(),
  };
}

/** Runs the command here. */
async function move(): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  return { code: await run(['move-store'], { env, out: say, err: say }), text: said.join('') };
}

/** Runs the command in a process, and kills it after its so-maniest line. @returns whether it was killed before it ended */
async function moveAndKill(lines: number): Promise<boolean> {
  const child = spawn(process.execPath, [CLI, 'move-store'], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = 0;
  createInterface({ input: child.stderr }).on('line', () => {
    said += 1;
    if (said === lines) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return child.signalCode === 'SIGKILL';
}

/** Has each page take its time, so that a kill meets a move under way however fast the machine is. */
const SLOW = `
  CREATE FUNCTION slow() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$ LANGUAGE plpgsql;
  DO $$ DECLARE name TEXT; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
      EXECUTE format('CREATE TRIGGER slow BEFORE INSERT ON %I FOR EACH STATEMENT EXECUTE FUNCTION slow()', name);
    END LOOP;
  END $$`;

/** At the database. */
async function ask(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: env['DATABASE_URL'] });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The next move has the lead within the lease of the one that was killed. */
const led = (url: string): Promise<Store> => openPostgresStore({ url, leaseMs: 2_000, waitMs: 20_000 });

describe('a store that is moved from its file to PostgreSQL', () => {
  it('holds the same afterwards, goes on counting where the file ended, and leaves the file under another name', async () => {
    const before = await openSqliteStore({ file });
    await fill(before);
    await before.close();
    const again = await openSqliteStore({ file });
    const expected = await contents(again);
    await again.close();
    const { code, text } = await move();
    expect([code, text]).toEqual([0, expect.stringContaining(`link ${LEADS}`)]);
    expect([existsSync(file), existsSync(`${file}.moved`)]).toEqual([false, true]);
    const moved = await led(env['DATABASE_URL'] ?? '');
    const found = await contents(moved);
    // Opening counts what was pending as tried.
    const tried = expected.work.map(({ rows, ...rest }) => ({
      ...rest,
      rows: rows.map((row) => ({ ...row, attempts: row.attempts + 1 })),
    }));
    const otherTried = {
      ...expected.other,
      rows: expected.other.rows.map((row) => ({ ...row, attempts: row.attempts + 1 })),
    };
    expect(found).toEqual({ ...expected, work: tried, other: otherTried });
    const { keys } = await moved.append(ORG, [entry('later', recordId(LEADS + 9))]);
    const [row] = (await moved.load(ORG, keys[0] ?? '', 10)).rows;
    expect(row?.seq).toBeGreaterThan(Math.max(...found.parked.map(({ seq }) => seq)));
    await moved.close();
  });

  it('goes on after each kill where it ended, and no process opens it half moved', async () => {
    const before = await openSqliteStore({ file });
    await fill(before);
    await before.close();
    const expected = await openSqliteStore({ file }).then(async (store) => {
      const all = await contents(store);
      await store.close();
      return all;
    });
    let kills = 0;
    for (const lines of [1, 2, 4, 7]) {
      if (!(await moveAndKill(lines))) break;
      kills += 1;
      await expect(led(env['DATABASE_URL'] ?? '')).rejects.toMatchObject({ code: 'STORE_HALF_MOVED' });
      if (kills === 1) await ask(SLOW);
    }
    expect(kills).toBe(4);
    await ask('DROP FUNCTION slow() CASCADE');
    const { code, text } = await move();
    expect([code, text]).toEqual([0, expect.stringContaining('Goes on where it was interrupted')]);
    const moved = await led(env['DATABASE_URL'] ?? '');
    const found = await contents(moved);
    expect({ links: found.links, keys: found.keys, counts: found.counts, parked: found.parked }).toEqual({
      links: expected.links,
      keys: expected.keys,
      counts: expected.counts,
      parked: expected.parked,
    });
    await moved.close();
  }, 120_000);

  it('copies everything anew where the file was worked on after the move had begun', async () => {
    const before = await openSqliteStore({ file });
    await fill(before);
    await before.close();
    expect(await moveAndKill(5)).toBe(true);
    const between = await openSqliteStore({ file });
    await between.settle(ORG, settlement('lead-1', { link: { ...linked('lead-1', recordId(1)), revision: 1 } }));
    await between.append(ORG, [entry('between', recordId(2))]);
    await between.close();
    // Its lease is that of the one that was killed.
    await (await led(env['DATABASE_URL'] ?? '').catch(() => undefined))?.close();
    const { code, text } = await move();
    expect([code, text]).toEqual([0, expect.stringContaining('everything is copied anew')]);
    const moved = await led(env['DATABASE_URL'] ?? '');
    await expect(moved.linkOfLead(ORG, 'lead-1')).resolves.toMatchObject({ revision: 2 });
    await moved.close();
  }, 60_000);

  it('is refused where the database is in use or has a store, where the bridge runs on the file, and where there is none', async () => {
    expect(await move()).toMatchObject({ code: 1, text: expect.stringContaining('MOVE_SOURCE_MISSING') });
    const store = await openSqliteStore({ file });
    await store.append(ORG, [entry('e1')]);
    expect(await move()).toMatchObject({ code: 1, text: expect.stringContaining('STORE_IN_USE') });
    await store.close();
    const used = await led(env['DATABASE_URL'] ?? '');
    expect(await move()).toMatchObject({ code: 1, text: expect.stringContaining('STORE_IN_USE') });
    await used.append(ORG, [entry('e2')]);
    await used.close();
    expect(await move()).toMatchObject({ code: 1, text: expect.stringContaining('MOVE_TARGET_USED') });
    expect(existsSync(file)).toBe(true);
  });
});

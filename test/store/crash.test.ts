// What is left of a store whose process is killed at any moment, or that two processes want.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteStore } from '../../bridge/store/sqlite/store.ts';
import type { Store } from '../../bridge/store/store.ts';
import { until } from '../helpers/until.ts';
import { entry, ORG } from './fixtures.ts';

const APPENDER = fileURLToPath(new URL('./appender.ts', import.meta.url));
const STORE = new URL('../../bridge/store/sqlite/store.ts', import.meta.url).href;
const CONNECTIONS = ['org-1', 'org-2', 'org-3'];
const KILLS = 20;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sellfire-crash-'));
  file = join(folder, 'bridge.db');
});
let stores: Store[];
beforeEach(() => {
  stores = [];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await rm(folder, { recursive: true });
});

async function open(): Promise<Store> {
  const store = await openSqliteStore({ file });
  stores.push(store);
  return store;
}

/** Starts a process on the store and kills it a moment after its so-maniest confirmation. @returns the lines that it said. */
async function runAndKill(confirmations: number): Promise<string[][]> {
  const child = spawn(process.execPath, [APPENDER, file, ...CONNECTIONS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[][] = [];
  const said = createInterface({ input: child.stdout });
  said.on('line', (line) => {
    if (lines.push(line.split(' ')) === confirmations) setTimeout(() => child.kill('SIGKILL'), Math.random() * 5);
  });
  await Promise.all([once(said, 'close'), once(child, 'exit')]);
  return lines;
}

/** What stands in the file, read past the store. */
function inspect() {
  const db = new DatabaseSync(file);
  try {
    const one = (sql: string, ...values: string[]) => Object.values(db.prepare(sql).get(...values) ?? {})[0];
    return {
      integrity: one('PRAGMA integrity_check'),
      connections: CONNECTIONS.map((connection) => ({
        connection,
        cursor: Number(one("SELECT value FROM cursor WHERE connection = ? AND name = 'feed'", connection) ?? 0),
        rows: Number(one('SELECT count(*) FROM inbox WHERE connection = ?', connection)),
        events: Number(one('SELECT count(DISTINCT event_id) FROM inbox WHERE connection = ?', connection)),
        highest: Number(
          one('SELECT coalesce(max(CAST(event_id AS INTEGER)), 0) FROM inbox WHERE connection = ?', connection),
        ),
        done: Number(one("SELECT count(*) FROM inbox WHERE connection = ? AND state = 'done'", connection)),
        saves: Number(one('SELECT coalesce(sum(revision), 0) FROM link WHERE connection = ?', connection)),
        reports: db.prepare('SELECT body FROM report WHERE connection = ?').all(connection) as { body: string }[],
      })),
    };
  } finally {
    db.close();
  }
}

describe('a store whose process is killed', () => {
  it(
    `has every confirmed change once, no cursor ahead of its changes and no half settlement, ${KILLS} times`,
    async () => {
      const confirmed = new Map(CONNECTIONS.map((connection) => [connection, { last: 0, settled: 0, finished: 0 }]));
      for (let kill = 0; kill < KILLS; kill += 1) {
        const lines = await runAndKill(1 + Math.floor(Math.random() * 100));
        for (const [what, connection = '', number] of lines) {
          const known = confirmed.get(connection);
          if (!known) throw new Error(`The process said: ${what} ${connection}`);
          if (what === 'appended') known.last = Number(number);
          else {
            known.settled += 1;
            known.finished += Number(number);
          }
        }
        const { integrity, connections } = inspect();
        expect(integrity).toBe('ok');
        for (const { connection, cursor, rows, events, highest, done, saves, reports } of connections) {
          const known = confirmed.get(connection);
          // Exactly the changes 1 to cursor are there, each once, and at least the confirmed ones.
          expect({ connection, rows, events, highest }).toEqual({
            connection,
            rows: cursor,
            events: cursor,
            highest: cursor,
          });
          expect(cursor).toBeGreaterThanOrEqual(known?.last ?? 0);
          // A settlement's link, its report and its rows went together.
          const finished = reports.reduce((sum, { body }) => sum + Number(/finished (\d+)/.exec(body)?.[1]), 0);
          expect({ connection, saves, done }).toEqual({ connection, saves: reports.length, done: finished });
          expect(saves).toBeGreaterThanOrEqual(known?.settled ?? 0);
          expect(done).toBeGreaterThanOrEqual(known?.finished ?? 0);
        }
      }
      expect([...confirmed.values()].every(({ last, finished }) => last > 0 && finished > 0)).toBe(true);
    },
    // Twenty processes are started one after the other.
    180_000,
  );
});

it('the thread of a store whose process is killed leaves what it has compiled to the next one', async () => {
  const compiled = join(folder, 'compiled');
  const [module, options] = [STORE, { file }].map((one) => JSON.stringify(one));
  const script = `import(${module}).then((m) => m.openSqliteStore(${options})).then(() => console.log('open'));
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ['-e', script], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    // What the process itself has loaded it would write at its end, which does not come.
    await until('files are in the cache', async () => (await readdir(compiled, { recursive: true })).length > 10);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

describe('a store that is in use', () => {
  it('refuses a second process and a second opener, until it is closed', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_IN_USE',
      message: `Another process has the store ${file} open.`,
      action: expect.stringContaining('Stop the other bridge first'),
    });
    await expect(runAndKill(1)).resolves.toEqual([['failed', 'STORE_IN_USE']]);
    await expect(store.append(ORG, [entry('e1')])).resolves.toMatchObject({ stored: 1 });
    await store.close();
    const next = await open();
    await expect(next.counts(ORG)).resolves.toMatchObject({ pending: 1 });
    await next.close();
  });

  it('is opened by one of two that come at the same moment', async () => {
    const outcomes = await Promise.allSettled([open(), open()]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'STORE_IN_USE' });
  });
});

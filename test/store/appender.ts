// A process that fills and works off a store as fast as it can and says what was confirmed to it, until it is killed.
// Usage: node test/store/appender.ts <file or address of a database> <connection> [<connection> …]
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { BridgeError } from '../../bridge/model/fault.ts';
import { openStore } from '../../bridge/store/open.ts';
import { openPostgresStore } from '../../bridge/store/postgres/store.ts';
import type { Cursor, Store } from '../../bridge/store/store.ts';
import { until } from '../helpers/until.ts';
import { entry, recordId, report } from './fixtures.ts';

const LEADS = 5;
const [file = '', ...connections] = process.argv.slice(2);

/** Said before anything else happens, also where whoever reads is slow: then the pipe is full for a moment (EAGAIN). */
function say(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PIPE_MS);
    }
}
const PIPE_MS = 5;

async function work(store: Store, connection: string, from: Cursor | undefined): Promise<never> {
  for (let last = Number(from?.value ?? 0), size = 1; ; size = (size % 20) + 1) {
    const entries = Array.from({ length: size }, (_, i) => {
      const number = last + i + 1;
      return entry(String(number), recordId(number), { leadId: `lead-${number % LEADS}` });
    });
    last += size;
    await store.append(connection, entries, { name: 'feed', value: String(last), at: last });
    say(`appended ${connection} ${last}`);

    const key = `lead-${size % LEADS}`;
    // On a machine that is slow for a moment the lease has to be renewed first.
    await until('this process leads', () => store.leads());
    const { rows, link = { leadId: key, revision: 0, fields: {} } } = await store.load(connection, key, 10);
    await store.settle(connection, {
      key,
      done: rows.map((row) => row.seq),
      parked: [],
      link,
      reports: [report(`finished ${rows.length}`)],
    });
    say(`settled ${connection} ${rows.length}`);
  }
}

/**
 * The process after a kill has the lead within the lease. It is also how long the store waits for a lock that the killed one has
 * left: a second was too short for a database whose machine had ten times as much to do as it can.
 */
const LEASE_MS = 2_000;
const LEAD_MS = 30_000;

try {
  const store = file.startsWith('postgres:')
    ? await openPostgresStore({ url: file, leaseMs: LEASE_MS, waitMs: LEAD_MS })
    : await openStore({ databaseFile: file, databaseUrl: undefined });
  // It never ends by itself, and the next one need not compile all of it again.
  flushCompileCache();
  // All begin together: one that has to wait for a connection to read its cursor may not have begun when the process is killed.
  const cursors = await Promise.all(connections.map((connection) => store.cursor(connection, 'feed')));
  await Promise.all(connections.map((connection, i) => work(store, connection, cursors[i])));
} catch (error) {
  console.error(error);
  say(`failed ${error instanceof BridgeError ? error.code : String(error)}`);
  process.exit(1);
}

// The one connection that writes. It holds a lock of the database as long as it lives, so that what two processes write never mixes:
// a process that has lost it writes nothing before it has it again.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import { commitTogether, type Outcome } from './commit.ts';
import { explained, placeOf } from './faults.ts';
import { sessionOf, types, type Session } from './session.ts';

/** ms that opening waits for the lock: a predecessor that is just being stopped takes about that long to let go. */
const LOCK_WAIT = 2_000;
const LOCK_LOOK = 50;
const CONNECT_MS = 5_000;
/** A statement without an answer for so long has none to come: the connection is given up. */
const ANSWER_MS = 60_000;

/** What every connection of the bridge has in common. */
export const clientOptions = (url: string) => ({
  connectionString: url,
  types,
  keepAlive: true,
  connectionTimeoutMillis: CONNECT_MS,
  query_timeout: ANSWER_MS,
  application_name: 'sellfire-bridge',
});

export interface Writer {
  /** Connects where there is no connection. @throws BridgeError STORE_IN_USE, STORE_UNUSABLE */
  session(): Promise<Session>;
  /** Runs the calls in one transaction. @returns their outcomes: where the transaction fails, that is the outcome of each */
  commit(calls: readonly ((db: Session) => Promise<unknown>)[]): Promise<Outcome[]>;
  close(): Promise<void>;
}

export function createWriter(url: string): Writer {
  const place = placeOf(url);
  let client: pg.Client | undefined;

  async function connect(): Promise<pg.Client> {
    const opening = new pg.Client(clientOptions(url));
    // A connection that ends while nothing is asked says so here; the next call opens another one.
    opening.on('error', () => drop(opening));
    opening.on('end', () => drop(opening));
    try {
      await opening.connect();
      await lock(sessionOf(opening), place);
    } catch (error) {
      opening.end().catch(() => undefined);
      throw explained(error, place);
    }
    return opening;
  }

  function drop(one: pg.Client | undefined): void {
    if (client === one) client = undefined;
    one?.end().catch(() => undefined);
  }

  async function session(): Promise<Session> {
    client ??= await connect();
    return sessionOf(client);
  }

  return {
    session,
    async commit(calls) {
      try {
        const db = await session();
        const outcomes = await commitTogether(
          db,
          calls.map((call) => () => call(db)),
        );
        return outcomes.map((one) => (one.ok ? one : { ok: false, error: explained(one.error, place) }));
      } catch (thrown) {
        // Whether a transaction is committed whose answer is lost, only another look tells: the connection is not used again.
        drop(client);
        const error = explained(thrown, place);
        return calls.map(() => ({ ok: false, error }));
      }
    },
    async close() {
      const open = client;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
}

/** The lock is of the schema, and goes with the connection, however that ends. @throws BridgeError STORE_IN_USE */
async function lock(db: Session, place: string): Promise<void> {
  const until = Date.now() + LOCK_WAIT;
  for (;;) {
    const row = await db.get<{ locked: boolean }>(
      "SELECT pg_try_advisory_lock(hashtext('sellfire-bridge'), hashtext(current_schema())) AS locked",
    );
    if (row?.locked) return;
    if (Date.now() >= until) throw new BridgeError(explain('STORE_IN_USE', { file: place }));
    await sleep(LOCK_LOOK);
  }
}

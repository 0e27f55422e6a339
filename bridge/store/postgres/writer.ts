// The one connection by which a process writes. Each transaction has the write lock and checks that the process may write, so that one
// which has lost the lead, or the leader's trust, however long it was stopped, writes nothing.
import pg from 'pg';
import type { Fence } from './fence.ts';
import type { Session } from './session.ts';
import { sessionOf } from './session.ts';
import { commitTogether, type Call, type Outcome } from './commit.ts';
import { clientOptions } from './connect.ts';
import { explained, placeOf } from './faults.ts';

export interface WriterOptions {
  url: string;
  /** The id of this process. */
  process: string;
  /** ms that a transaction waits for the write lock. */
  leaseMs: number;
  /** ms: a transaction that stands still for so long is ended by the database, so that it keeps nobody from the lead. */
  standstillMs: number;
}

export interface Writer {
  /** Connects where there is no connection. @throws BridgeError STORE_UNUSABLE */
  session(): Promise<Session>;
  /**
   * Runs the calls in one transaction.
   * @returns their outcomes: where the transaction fails, that is the outcome of each
   */
  commit(fence: Fence, calls: readonly Call[], beforeCommit?: (db: Session) => Promise<unknown>): Promise<Outcome[]>;
  /** Connects no more. @param last what is said to the database before, where it still answers */
  close(last?: (db: Session) => Promise<unknown>): Promise<void>;
}

export function createWriter({ url, process, leaseMs, standstillMs }: WriterOptions): Writer {
  const place = placeOf(url);
  let client: pg.Client | undefined;

  async function connect(): Promise<pg.Client> {
    const opening = new pg.Client({
      ...clientOptions(url, process),
      idle_in_transaction_session_timeout: Math.ceil(standstillMs),
      lock_timeout: leaseMs,
    });
    // A connection that ends while nothing is asked says so here; the next call opens another one.
    opening.on('error', () => drop(opening));
    opening.on('end', () => drop(opening));
    try {
      await opening.connect();
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
    async commit(fence, calls, beforeCommit) {
      try {
        const db = await session();
        const outcomes = await commitTogether(db, fence, calls, beforeCommit);
        return outcomes.map((one) => (one.ok ? one : { ok: false, error: explained(one.error, place) }));
      } catch (thrown) {
        // Whether a transaction is committed whose answer is lost, only another look tells: the connection is not used again.
        drop(client);
        const error = explained(thrown, place);
        return calls.map(() => ({ ok: false, error }));
      }
    },
    async close(last) {
      if (last)
        await session()
          .then(last)
          .catch(() => undefined);
      const open = client;
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
}

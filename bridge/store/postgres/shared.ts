// The store on PostgreSQL as any of its processes has it: it sees who leads, takes the lead where nobody has it, and keeps what it receives
// for the one that leads.
import pg from 'pg';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import type { Leadership, LedStore, Notice, SharedStore } from '../shared.ts';
import { entryText } from '../entryText.ts';
import { writes } from './calls.ts';
import { clientOptions } from './connect.ts';
import { cursor } from './cursors.ts';
import { explained, placeOf } from './faults.ts';
import { beginLocked, prepareLeadership } from './lease.ts';
import { isOurSchema } from './migrations.ts';
import { notify } from './notices.ts';
import { createPresence, seeLeadership } from './presence.ts';
import { inTransaction, sessionOf, type Session } from './session.ts';
import { LEASE_MS, openPostgresStore, type PostgresOptions } from './store.ts';
import { openWorkerStore } from './workerStore.ts';

/** Connections that keep what is received: those who send wait for each other at the write lock anyway. */
const RECEIVERS = 2;

export interface SharedOptions extends Pick<PostgresOptions, 'url' | 'leaseMs' | 'logger'> {
  /** The id of this process. */
  process: string;
  /** Of the bridge. */
  version: string;
  /** The version and what the process is configured with. */
  build: string;
}

/** Who leads and who stands by, seen by somebody who does neither. @throws BridgeError STORE_UNUSABLE */
export async function readLeadership(url: string, leaseMs: number): Promise<Leadership> {
  const client = new pg.Client(clientOptions(url, 'status'));
  client.on('error', () => undefined);
  try {
    await client.connect();
    const db = sessionOf(client);
    await prepareLeadership(db);
    return await seeLeadership(db, leaseMs);
  } catch (error) {
    throw explained(error, placeOf(url));
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function openSharedPostgres(options: SharedOptions): SharedStore {
  const { url, process, leaseMs = LEASE_MS } = options;
  const place = placeOf(url);
  const listeners: ((notice: Notice) => void)[] = [];
  const presence = createPresence({
    ...options,
    leaseMs,
    onNotice(notice) {
      for (const listener of listeners) listener(notice);
    },
  });
  const pool = new pg.Pool({ ...clientOptions(url, process), max: RECEIVERS, lock_timeout: leaseMs });
  pool.on('error', () => undefined);

  async function explaining<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explained(error, place);
    }
  }

  /** Runs the work in a transaction that has the write lock. */
  const locked = <T>(work: (db: Session) => Promise<T>): Promise<T> => inTransaction(pool, beginLocked, work);

  return {
    process,
    look: presence.look,
    async lead(): Promise<LedStore | undefined> {
      try {
        return await openPostgresStore({ ...options, leaseMs, waitMs: 0 });
      } catch (error) {
        if (error instanceof BridgeError && error.code === 'STORE_IN_USE') return undefined;
        throw error;
      }
    },
    work: () => openWorkerStore({ ...options, leaseMs }),
    receive: (connection, entries, to) =>
      explaining(() =>
        locked(async (db) => {
          if (!(await isOurSchema(db))) throw new BridgeError(explain('STORE_OTHER_VERSION'));
          return writes.append(db, connection, entries.map(entryText), to);
        }),
      ),
    cursor: (connection, name) => explaining(() => cursor(sessionOf(pool), connection, name)),
    notify: (notice) => explaining(() => notify(sessionOf(pool), notice)),
    onNotice: (listener) => void listeners.push(listener),
    async close() {
      await Promise.all([presence.close(), pool.end()]);
    },
  };
}

// The store on PostgreSQL. Calls that write wait for each other and are committed together, so that they are done in the order in which
// they were made; calls that read have connections of their own.
import pg from 'pg';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import { storeOn, type Dialect } from '../dialect.ts';
import type { Store } from '../store.ts';
import { reads, writes, type Read, type Write } from './calls.ts';
import { explained, placeOf } from './faults.ts';
import { allAttempted } from './inbox.ts';
import { migrate } from './migrations.ts';
import { sessionOf, type Session } from './session.ts';
import { clientOptions, createWriter } from './writer.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  logger?: { info(context: object, message: string): void };
}

/** Connections that read at the same time. */
const READERS = 4;
/** Calls in one transaction at most: the first of them waits for the last. */
const TOGETHER = 100;

interface Waiting {
  run: (db: Session) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Opens the store and brings its schema up to date. One process at a time has it open.
 * @throws BridgeError STORE_IN_USE, STORE_UNUSABLE, STORE_NEWER
 */
export async function openPostgresStore({ url, logger }: PostgresOptions): Promise<Store> {
  const place = placeOf(url);
  const writer = createWriter(url);
  try {
    const db = await writer.session();
    const migrations = await migrate(db);
    if (migrations.length > 0)
      logger?.info({ event: 'store_migrated', file: place, migrations }, 'The store was migrated');
    await allAttempted(db);
  } catch (error) {
    await writer.close();
    throw explained(error, place);
  }
  const readers = new pg.Pool({ ...clientOptions(url), max: READERS });
  // An idle connection has ended; the pool opens another one.
  readers.on('error', () => undefined);
  const reader = sessionOf(readers);
  const reading = new Set<Promise<unknown>>();
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  let problem: BridgeError | undefined;

  async function work(): Promise<void> {
    // All calls that one event has caused go together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const together = waiting.slice(0, TOGETHER);
      waiting = waiting.slice(TOGETHER);
      const outcomes = await writer.commit(together.map(({ run }) => run));
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.ok) problem = undefined;
        else if (outcome.error instanceof BridgeError && outcome.error.code.startsWith('STORE_'))
          problem = outcome.error;
        if (outcome.ok) together[index]?.resolve(outcome.value);
        else together[index]?.reject(outcome.error);
      }
    }
    working = undefined;
  }

  function write<M extends Write>(method: M) {
    const call = writes[method] as (db: Session, ...args: Parameters<Dialect[M]>) => Promise<unknown>;
    return (...args: Parameters<Dialect[M]>): ReturnType<Dialect[M]> => {
      const answer = new Promise((resolve, reject) => {
        if (closing) throw new BridgeError(explain('STORE_CLOSED'));
        waiting.push({ run: (db) => call(db, ...args), resolve, reject });
        working ??= work();
      });
      // A method's call is answered with what that method returns.
      return answer as ReturnType<Dialect[M]>;
    };
  }

  function read<M extends Read>(method: M) {
    const call = reads[method] as (db: Session, ...args: Parameters<Dialect[M]>) => Promise<unknown>;
    return (...args: Parameters<Dialect[M]>): ReturnType<Dialect[M]> => {
      const answer = (async () => {
        if (closing) throw new BridgeError(explain('STORE_CLOSED'));
        try {
          return await call(reader, ...args);
        } catch (error) {
          throw explained(error, place);
        }
      })();
      const ended = answer.catch(() => undefined).finally(() => reading.delete(ended));
      reading.add(ended);
      return answer as ReturnType<Dialect[M]>;
    };
  }

  const pruneSome = write('prune');
  return storeOn({
    // Another process may have written it, of another version.
    isOurs: () => false,
    append: write('append'),
    cursor: read('cursor'),
    pendingKeys: read('pendingKeys'),
    load: read('load'),
    settle: write('settle'),
    park: write('park'),
    attempted: write('attempted'),
    rekey: write('rekey'),
    parked: read('parked'),
    claim: write('claim'),
    release: write('release'),
    requestProgress: read('requestProgress'),
    withdrawRequest: write('withdrawRequest'),
    links: read('links'),
    linkOfLead: read('linkOfLead'),
    linkOfRecord: read('linkOfRecord'),
    reports: read('reports'),
    addReports: write('addReports'),
    dropReports: write('dropReports'),
    connections: read('connections'),
    saveConnection: write('saveConnection'),
    removeConnection: write('removeConnection'),
    problem: () => problem,
    counts: read('counts'),
    async prune(before) {
      let removed = 0;
      for (;;) {
        const some = await pruneSome(before);
        removed += some;
        if (some === 0) return removed;
      }
    },
    close() {
      closing ??= (async () => {
        await working;
        await Promise.all(reading);
        await Promise.all([writer.close(), readers.end()]);
      })();
      return closing;
    },
  });
}

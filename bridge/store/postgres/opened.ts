// An opened store on PostgreSQL, whatever its process may do with it: calls that write wait for each other and are committed together, so
// that they are done in the order in which they were made; calls that read have connections of their own.
import pg from 'pg';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import { storeOn, type Dialect } from '../dialect.ts';
import { mustLead } from '../leads.ts';
import type { Store } from '../store.ts';
import { reads as readCalls, writes, type Read, type Write } from './calls.ts';
import { clientOptions } from './connect.ts';
import { explained, placeOf } from './faults.ts';
import { createLoads } from './loads.ts';
import type { Queue } from './queue.ts';
import { createRotations } from './rotation.ts';
import { sessionOf, type Session } from './session.ts';

/** Connections that read at the same time. */
const READERS = 4;

export interface OpenedOptions {
  url: string;
  /** The id of this process. */
  process: string;
  queue: Queue;
  /** Whether this process may work now. */
  leads: () => boolean;
  logger?: { info(context: object, message: string): void } | undefined;
  /** Called once nobody asks any more: lets go of what allowed this process to work. */
  release: () => Promise<void>;
}

export interface Opened {
  store: Store;
  /** Reads with a connection of its own. @throws BridgeError STORE_UNUSABLE, STORE_CLOSED */
  reads<T>(work: (db: Session) => Promise<T>): Promise<T>;
}

export function openedStore({ url, process, queue, leads, logger, release }: OpenedOptions): Opened {
  const place = placeOf(url);
  const readers = new pg.Pool({ ...clientOptions(url, process), max: READERS });
  // An idle connection has ended; the pool opens another one.
  readers.on('error', () => undefined);
  const reader = sessionOf(readers);
  const reading = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await queue.close();
    await Promise.all(reading);
    await release();
    await readers.end();
  }

  function write<M extends Write>(method: M) {
    const call = writes[method] as (db: Session, ...args: Parameters<Dialect[M]>) => Promise<unknown>;
    // A method's call is answered with what that method returns.
    return (...args: Parameters<Dialect[M]>) => queue.call((db) => call(db, ...args)) as ReturnType<Dialect[M]>;
  }

  function reads<T>(work: (db: Session) => Promise<T>): Promise<T> {
    const answer = (async () => {
      if (closing) throw new BridgeError(explain('STORE_CLOSED'));
      try {
        return await work(reader);
      } catch (error) {
        throw explained(error, place);
      }
    })();
    const ended = answer.catch(() => undefined).finally(() => reading.delete(ended));
    reading.add(ended);
    return answer;
  }

  function read<M extends Read>(method: M) {
    const call = readCalls[method] as (db: Session, ...args: Parameters<Dialect[M]>) => Promise<unknown>;
    return (...args: Parameters<Dialect[M]>) => reads((db) => call(db, ...args)) as ReturnType<Dialect[M]>;
  }

  const loads = createLoads(reader, READERS / 2);
  const pruneSome = write('prune');
  const rotations = createRotations({
    process,
    read: reader,
    // What the work returns is what the call is answered with.
    write: <T>(work: (db: Session) => Promise<T>) => queue.call(work) as Promise<T>,
    onWait: (connection, other) =>
      logger?.info(
        { event: 'rotation_awaited', connection, other },
        'Another process is using the refresh token; what it gets is waited for',
      ),
  });
  const store = storeOn({
    // Another process may have written it, of another version.
    isOurs: () => false,
    append: write('append'),
    cursor: read('cursor'),
    pendingKeys: read('pendingKeys'),
    async load(connection, key, limit, known) {
      mustLead({ leads });
      return reads(() => loads({ connection, key, limit, known }));
    },
    leads,
    settle: (connection, settlement) =>
      // As above.
      queue.call((db) => writes.settle(db, connection, settlement), {
        settles: { connection, settlement },
      }) as ReturnType<Dialect['settle']>,
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
    beginRotation: (id) =>
      reads(async () => {
        const found = await rotations.begin(id);
        // It may have been stopped since: then the token is another process's.
        mustLead({ leads });
        return found;
      }),
    endRotation: (id, from, to) => reads(() => rotations.end(id, from, to)),
    problem: queue.problem,
    counts: read('counts'),
    async prune(before) {
      let removed = 0;
      for (;;) {
        const some = await pruneSome(before);
        removed += some;
        if (some === 0) return removed;
      }
    },
    close: () => (closing ??= close()),
  });
  return { store, reads };
}

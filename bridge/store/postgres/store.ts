// The store on PostgreSQL, for the process that leads. Calls that write wait for each other and are committed together, so that they are
// done in the order in which they were made; calls that read have connections of their own.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import { storeOn, type Dialect } from '../dialect.ts';
import { mustLead } from '../leads.ts';
import { mustBeWhole } from '../move/progress.ts';
import type { LedStore } from '../shared.ts';
import { reads as readCalls, writes, type Read, type Write } from './calls.ts';
import { clientOptions } from './connect.ts';
import { explained, placeOf } from './faults.ts';
import { allAttempted } from './inbox.ts';
import { prepareLeadership, releaseLead, renewLease, takeLead } from './lease.ts';
import { migrate } from './migrations.ts';
import { createQueue, type Queue } from './queue.ts';
import { nowOf, startRenewal, type Renewal, type RenewalOptions } from './renewal.ts';
import { beginRotation, endRotation } from './rotation.ts';
import { sessionOf, type Session } from './session.ts';
import { createWriter, type Writer } from './writer.ts';

export interface PostgresOptions extends Pick<RenewalOptions, 'timer' | 'steady'> {
  /** `postgres://user:password@host:port/database` */
  url: string;
  /** The id of this process; default: a new one. */
  process?: string;
  /** ms: so long does the lead stay with a process that does not renew it. */
  leaseMs?: number;
  /** ms that opening waits for the lead. Default: as long as a predecessor that is just being stopped takes to give it back. */
  waitMs?: number;
  logger?: { info(context: object, message: string): void };
}

/** Connections that read at the same time. */
const READERS = 4;
/** ms that opening waits: a predecessor that is just being stopped takes about that long to give the lead back. */
const WAIT_MS = 2_000;
const LOOK_MS = 50;
export const LEASE_MS = 10_000;

/**
 * Takes the lead, opens the store and brings its schema up to date. One process at a time leads.
 * @throws BridgeError STORE_IN_USE, STORE_UNUSABLE, STORE_NEWER
 */
export async function openPostgresStore(options: PostgresOptions): Promise<LedStore> {
  const { url, process = randomUUID(), leaseMs = LEASE_MS, logger } = options;
  const place = placeOf(url);
  const writer = createWriter({ url, process, leaseMs });
  const askedAt = nowOf(options);
  const token = await takeLeadWithin({ ...options, process, leaseMs }, writer);
  const queue: Queue = createQueue(writer, token, async (db) => {
    if (renewal.isDue()) await renewLease(db, token, leaseMs);
  });
  const renewal: Renewal = startRenewal(
    { ...options, leaseMs, renew: () => queue.call((db) => renewLease(db, token, leaseMs), true) },
    askedAt,
  );
  const readers = new pg.Pool({ ...clientOptions(url, process), max: READERS });
  // An idle connection has ended; the pool opens another one.
  readers.on('error', () => undefined);
  const reader = sessionOf(readers);
  const reading = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  /** Gives the lead back once nothing is under way. */
  async function close(): Promise<void> {
    await renewal.stop();
    await queue.close();
    await Promise.all(reading);
    await writer.session().then(
      (db) => releaseLead(db, token).catch(() => undefined),
      () => undefined,
    );
    await Promise.all([writer.close(), readers.end()]);
  }

  function write<M extends Write>(method: M) {
    const call = writes[method] as (db: Session, ...args: Parameters<Dialect[M]>) => Promise<unknown>;
    // A method's call is answered with what that method returns.
    return (...args: Parameters<Dialect[M]>) => queue.call((db) => call(db, ...args)) as ReturnType<Dialect[M]>;
  }

  /** Reads with a connection of its own. @throws BridgeError STORE_UNUSABLE, STORE_CLOSED */
  function reads<T>(work: () => Promise<T>): Promise<T> {
    const answer = (async () => {
      if (closing) throw new BridgeError(explain('STORE_CLOSED'));
      try {
        return await work();
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
    return (...args: Parameters<Dialect[M]>) => reads(() => call(reader, ...args)) as ReturnType<Dialect[M]>;
  }

  const leads = { leads: renewal.isCurrent };
  try {
    const db = await writer.session();
    const steps = await migrate(db, token);
    await mustBeWhole(db);
    if (steps.length > 0)
      logger?.info({ event: 'store_migrated', file: place, migrations: steps }, 'The store was migrated');
    await queue.call(allAttempted);
  } catch (error) {
    closing = close();
    await closing;
    throw explained(error, place);
  }

  const append = write('append');
  const load = read('load');
  const pruneSome = write('prune');
  const store = storeOn({
    // Another process may have written it, of another version.
    isOurs: () => false,
    append,
    cursor: read('cursor'),
    pendingKeys: read('pendingKeys'),
    async load(...args) {
      mustLead(leads);
      return load(...args);
    },
    ...leads,
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
    beginRotation: (id) =>
      reads(async () => {
        const found = await beginRotation(
          {
            process,
            read: reader,
            note: (connection, to) => append(connection, [], to),
            onWait: (other) =>
              logger?.info(
                { event: 'rotation_awaited', connection: id, other },
                'Another process is using the refresh token; what it gets is waited for',
              ),
          },
          id,
        );
        // It may have been stopped since: then the token is another process's.
        mustLead(leads);
        return found;
      }),
    endRotation: (id, from, to) => reads(() => endRotation(reader, id, from, to)),
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
  return Object.assign(store, { token, lost: renewal.lost });
}

/** @returns the fencing token. @throws BridgeError STORE_IN_USE, STORE_UNUSABLE */
async function takeLeadWithin(
  { url, process, leaseMs, waitMs = WAIT_MS }: PostgresOptions & { process: string; leaseMs: number },
  writer: Writer,
): Promise<number> {
  const place = placeOf(url);
  const until = performance.now() + waitMs;
  try {
    const db = await writer.session();
    await prepareLeadership(db);
    for (;;) {
      const token = await takeLead(db, process, leaseMs);
      if (token !== undefined) return token;
      if (performance.now() >= until) throw new BridgeError(explain('STORE_IN_USE', { file: place }));
      await sleep(LOOK_MS);
    }
  } catch (error) {
    await writer.close();
    throw explained(error, place);
  }
}

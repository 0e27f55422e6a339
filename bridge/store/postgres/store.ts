// The store on PostgreSQL, for the process that leads: it takes the lead, and keeps it for as long as the store is open.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import { mustBeWhole } from '../move/progress.ts';
import type { LedStore } from '../shared.ts';
import { explained, placeOf } from './faults.ts';
import { ledBy } from './fence.ts';
import { leadersHandover } from './handover.ts';
import { allAttempted } from './inbox.ts';
import { prepareLeadership, releaseLead, renewLease, takeLead } from './lease.ts';
import { migrate } from './migrations.ts';
import { openedStore } from './opened.ts';
import { createQueue, type Queue } from './queue.ts';
import { nowOf, startRenewal, type Renewal, type RenewalOptions } from './renewal.ts';
import { forgetWorkers } from './workers.ts';
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
  // A transaction that stands still is ended in time for a renewal of the lease behind it.
  const writer = createWriter({ url, process, leaseMs, standstillMs: leaseMs / 2 });
  const askedAt = nowOf(options);
  const token = await takeLeadWithin({ ...options, process, leaseMs }, writer);
  const queue: Queue = createQueue(writer, ledBy(token), async (db) => {
    if (renewal.isDue()) await renewLease(db, token, leaseMs);
  });
  const renewal: Renewal = startRenewal(
    {
      ...options,
      leaseMs,
      renew: () => queue.call((db) => renewLease(db, token, leaseMs), { isFirst: true }).then(() => undefined),
    },
    askedAt,
  );
  const { store, reads } = openedStore({
    url,
    process,
    queue,
    leads: renewal.isCurrent,
    logger,
    /** Gives the lead back once nothing is under way. */
    async release() {
      await renewal.stop();
      await writer.close((db) => releaseLead(db, token));
    },
  });

  try {
    const db = await writer.session();
    const steps = await migrate(db, token);
    await mustBeWhole(db);
    if (steps.length > 0)
      logger?.info({ event: 'store_migrated', file: place, migrations: steps }, 'The store was migrated');
    await queue.call(allAttempted);
    await queue.call(forgetWorkers);
  } catch (error) {
    await store.close();
    throw explained(error, place);
  }
  const handover = leadersHandover({ queue, reads, token });
  return Object.assign(store, { token, lost: renewal.lost, handover });
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

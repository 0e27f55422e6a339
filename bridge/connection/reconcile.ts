// Compares again what events alone are not trusted with (I20): every day what changed in Salesforce since the last time, and
// what changed while a mapped field was hidden from the connected user, as soon as it is visible again.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import type { SyncConfig } from '../model/config.ts';
import { FOLLOWED_OBJECTS } from '../model/salesforce.ts';
import type { Store } from '../store/store.ts';
import { hasUndelivered, recordHasDrift } from '../sync/fields/drift.ts';
import type { Closer } from './intake.ts';
import { readFields } from './org.ts';

/** When everything that changed before was last compared. */
export const RECONCILED = 'reconciled';
/** Mapped fields that the connected user cannot see, each with the time (ms) since which it may not be. */
const HIDDEN = 'hidden';
/** How soon one that is due begins, and one that failed begins again. */
const LOOK_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface Reconciliation {
  /** The configuration was read: a field may have become hidden, or visible. */
  read(config: SyncConfig): void;
  start(): Promise<void>;
  /** ms since the epoch: what changed before is compared. */
  at(): number | undefined;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

export interface ReconciliationOptions {
  store: Pick<Store, 'cursor' | 'append'>;
  connection: string;
  /** 0: only where a field becomes visible. */
  hours: number;
  /** ms since the epoch: when the connection was made. */
  connectedAt: number;
  /** Has what changed in Salesforce since then compared. @throws PeerError */
  readBack: (since: number) => Promise<number>;
  logger: Logger;
  timer?: Timer;
}

export function createReconciliation(options: ReconciliationOptions): Reconciliation {
  const { store, connection, hours, connectedAt, readBack, logger, timer = systemTimer } = options;
  let at: number | undefined;
  let seenAt: number | undefined;
  /** A configuration whose visibility was not looked at yet. */
  let unlooked: SyncConfig | undefined;
  /** One look after the other, so that neither cursor is written over the other's head. */
  const looking = every({
    ms: LOOK_MS,
    work: look,
    onFailure: (error) =>
      logger.warn(
        { event: 'reconciliation_failed', err: error },
        'The comparison with Salesforce failed; it is tried again',
      ),
    timer,
  });

  async function reconcile(since: number, why: string): Promise<void> {
    const begun = timer.now();
    const records = await readBack(since);
    logger.info(
      { event: 'changes_compared', since: new Date(since).toISOString(), records, why },
      'What changed in Salesforce was compared',
    );
    at = begun;
    await store.append(connection, [], { name: RECONCILED, value: new Date(begun).toISOString(), at: begun });
  }

  async function look(): Promise<void> {
    await compareHidden();
    if (hours > 0 && at !== undefined && timer.now() - at >= hours * HOUR_MS) await reconcile(at, 'scheduled');
  }

  /** What is visible again is forgotten only when it was compared. */
  async function compareHidden(): Promise<void> {
    const config = unlooked;
    if (!config) return;
    const known = hiddenSchema.parse(JSON.parse((await store.cursor(connection, HIDDEN))?.value ?? '{}'));
    const mapped = new Map(mappedVisibility(config));
    const restored = Object.entries(known).filter(([field]) => mapped.get(field) === true);
    const since = Math.min(...restored.map(([, hiddenSince]) => hiddenSince));
    if (restored.length > 0)
      await reconcile(Math.min(since, at ?? since), `visible again: ${restored.map(([field]) => field).join(', ')}`);
    const unseen = [...mapped].filter(([, visible]) => !visible).map(([field]) => field);
    // It was visible when the configuration was last read; when it became hidden since then, nobody told.
    const from = seenAt ?? at ?? connectedAt;
    const hidden = Object.fromEntries(unseen.map((field) => [field, known[field] ?? from]));
    seenAt = timer.now();
    const value = JSON.stringify(hidden);
    if (value !== JSON.stringify(known)) await store.append(connection, [], { name: HIDDEN, value, at: timer.now() });
    if (unlooked === config) unlooked = undefined;
  }

  return {
    read(config) {
      unlooked = config;
      looking.within(0);
    },
    async start() {
      at = (await store.cursor(connection, RECONCILED))?.at;
      if (at === undefined) {
        // What changed since the connection was made is read when it begins to listen.
        at = timer.now();
        await store.append(connection, [], { name: RECONCILED, value: new Date(at).toISOString(), at });
      }
      // Nothing waits for one that is overdue.
      looking.within(0);
    },
    at: () => at,
    stop: looking.stop,
  };
}

const hiddenSchema = z.record(z.string(), z.number());

/** Each mapped field of the followed objects, with whether the connected user sees it. */
function mappedVisibility({ mappings, objects }: SyncConfig): [string, boolean][] {
  return mappings
    .filter(
      ({ rule, salesforceObject }) => rule !== 'DoNotSync' && FOLLOWED_OBJECTS.some((one) => one === salesforceObject),
    )
    .map(({ salesforceObject: object, salesforceField: field }) => [
      `${object}.${field}`,
      objects[object]?.fields[field] !== undefined,
    ]);
}

/** A reading that keeps what its links do not know. */
export function closerLook(store: Pick<Store, 'linkOfRecord'>, connection: string, current: () => SyncConfig): Closer {
  return {
    name: randomUUID(),
    fields: (object) => [...readFields(current(), object), 'IsDeleted', ...(object === 'Lead' ? ['IsConverted'] : [])],
    async isKnown({ object, recordId, fields }, isNew) {
      const config = current();
      const link = await store.linkOfRecord(connection, recordId);
      if (!link) return !isNew && (fields[config.names.leadId] ?? null) === null;
      // What happened to the record itself is told by reading it; and an Account may be that of several leads.
      if (fields['IsDeleted'] === true || fields['IsConverted'] === true || object === 'Account') return false;
      return !hasUndelivered(link) && !recordHasDrift(config, link, object, fields);
    },
  };
}

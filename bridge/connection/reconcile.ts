// Repairs what events did not report (I20). Every day it compares the records that changed in Salesforce since the last comparison. When a
// mapped field becomes visible to the connected user again, it compares the records that changed while the field was hidden.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import type { SyncConfig } from '../model/config.ts';
import { HOUR_MS } from '../model/durations.ts';
import { FOLLOWED_OBJECTS } from '../model/salesforce.ts';
import type { Store } from '../store/store.ts';
import { hasUndelivered, recordHasDrift } from '../sync/fields/drift.ts';
import type { Closer } from './intake.ts';
import { readFields } from './org.ts';
import { UNWATCHED, type Watch } from './retry.ts';

/** The cursor of the last comparison: all earlier changes are compared. */
export const RECONCILED = 'reconciled';
/** Mapped fields that are hidden from the connected user, each with the time (ms) since which it may be. */
const HIDDEN = 'hidden';
/** How soon a due comparison begins, and a failed one is retried. */
const LOOK_MS = 60_000;

export interface Reconciliation {
  /** Checks a configuration that was just read: a field may have become hidden, or visible. */
  read(config: SyncConfig): void;
  start(): Promise<void>;
  /** ms since the epoch: all earlier changes are compared. */
  at(): number | undefined;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export interface ReconciliationOptions {
  store: Pick<Store, 'cursor' | 'append'>;
  connection: string;
  /** Hours between two comparisons; 0: only where a field becomes visible. */
  hours: number;
  /** ms since the epoch: when the connection was made. */
  connectedAt: number;
  /** Queues the records that changed in Salesforce since then. @returns their number. @throws PeerError */
  readBack: (since: number) => Promise<number>;
  /** Has the status say that it fails. */
  attempts?: Watch;
  logger: Logger;
  timer?: Timer;
  /** ms since the epoch, by the org's clock. Default: that of the timer. */
  orgNow?: () => number;
}

export function createReconciliation(options: ReconciliationOptions): Reconciliation {
  const {
    store,
    connection,
    hours,
    connectedAt,
    readBack,
    logger,
    attempts = UNWATCHED,
    timer = systemTimer,
    orgNow = timer.now,
  } = options;
  let at: number | undefined;
  let seenAt: number | undefined;
  /** A configuration whose fields are not checked for visibility yet. */
  let unchecked: SyncConfig | undefined;
  /** One check at a time, so that two do not overwrite each other's cursors. */
  const checking = every({
    ms: LOOK_MS,
    work: attempts.watch('the comparison with Salesforce', check),
    onFailure: (error) =>
      logger.warn(
        { event: 'reconciliation_failed', err: error },
        'The comparison with Salesforce failed; it is tried again',
      ),
    timer,
  });

  async function reconcile(since: number, why: string): Promise<void> {
    const begun = orgNow();
    const records = await readBack(since);
    logger.info(
      { event: 'changes_compared', since: new Date(since).toISOString(), records, why },
      'What changed in Salesforce was compared',
    );
    at = begun;
    await store.append(connection, [], { name: RECONCILED, value: new Date(begun).toISOString(), at: begun });
  }

  async function check(): Promise<void> {
    await compareHidden();
    if (hours > 0 && at !== undefined && orgNow() - at >= hours * HOUR_MS) await reconcile(at, 'scheduled');
  }

  /** A field is removed from the hidden ones only after its records are compared. */
  async function compareHidden(): Promise<void> {
    const config = unchecked;
    if (!config) return;
    const known = hiddenSchema.parse(JSON.parse((await store.cursor(connection, HIDDEN))?.value ?? '{}'));
    const mapped = new Map(mappedVisibility(config));
    const restored = Object.entries(known).filter(([field]) => mapped.get(field) === true);
    const since = Math.min(...restored.map(([, hiddenSince]) => hiddenSince));
    if (restored.length > 0)
      await reconcile(Math.min(since, at ?? since), `visible again: ${restored.map(([field]) => field).join(', ')}`);
    const unseen = [...mapped].filter(([, visible]) => !visible).map(([field]) => field);
    // The field was visible when the configuration was last read; no event reports when it became hidden.
    const from = seenAt ?? at ?? connectedAt;
    const hidden = Object.fromEntries(unseen.map((field) => [field, known[field] ?? from]));
    seenAt = orgNow();
    const value = JSON.stringify(hidden);
    if (value !== JSON.stringify(known)) await store.append(connection, [], { name: HIDDEN, value, at: timer.now() });
    if (unchecked === config) unchecked = undefined;
  }

  return {
    read(config) {
      unchecked = config;
      checking.within(0);
    },
    async start() {
      at = (await store.cursor(connection, RECONCILED))?.at;
      if (at === undefined) {
        // The streams read the changes since the connection was made.
        at = orgNow();
        await store.append(connection, [], { name: RECONCILED, value: new Date(at).toISOString(), at });
      }
      // An overdue comparison begins at once, in the background.
      checking.within(0);
    },
    at: () => at,
    stop: checking.stop,
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

/** Selects the records that differ from what their links know. */
export function closerLook(store: Pick<Store, 'linkOfRecord'>, connection: string, current: () => SyncConfig): Closer {
  return {
    name: randomUUID(),
    fields: (object) => [...readFields(current(), object), 'IsDeleted', ...(object === 'Lead' ? ['IsConverted'] : [])],
    async isKnown({ object, recordId, fields }, isNew) {
      const config = current();
      const link = await store.linkOfRecord(connection, recordId);
      if (!link) return !isNew && (fields[config.names.leadId] ?? null) === null;
      // A deletion or conversion is found by reading the record, and an Account may belong to several leads.
      if (fields['IsDeleted'] === true || fields['IsConverted'] === true || object === 'Account') return false;
      // Its undeletion, of which no event came, is one as well.
      if (link.ended?.by === 'salesforce') return false;
      return !hasUndelivered(link) && !recordHasDrift(config, link, object, fields);
    },
  };
}

// Keeps whether creation in Salesforce stands still, over restarts: an obstacle for all leads is reported once, and the leads that
// waited are created when it is gone (B23).
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Metrics } from '../http/metrics.ts';
import type { CommandChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import { said, type Report } from '../model/report.ts';
import { PERSON_OBJECTS, type PersonObject } from '../model/salesforce.ts';
import type { InboxEntry, Store } from '../store/store.ts';
import { creationPause, HELD_UP_CODES } from '../sync/link/creationPause.ts';

/** `since`: ms since the epoch; null while records are created. */
const pauseSchema = z.object({ code: z.string(), reason: z.string(), since: z.number() }).nullable();
type Pause = z.infer<typeof pauseSchema>;

/** Links that are looked through at once. */
const PAGE = 500;

export interface CreationPauses {
  /** Compares a configuration with what was said before. Resolves when that is saved, or has failed and is logged. */
  read(config: SyncConfig): Promise<void>;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export interface CreationPausesOptions {
  store: Pick<Store, 'append' | 'cursor' | 'links'>;
  connection: string;
  /** Saves report rows and publishes them. */
  report: (rows: Report[]) => Promise<void>;
  wake: (keys: string[]) => void;
  metrics: Pick<Metrics, 'creationPaused'>;
  logger: Logger;
  now?: () => number;
}

export function createCreationPauses(options: CreationPausesOptions): CreationPauses {
  const { store, connection, report, wake, metrics, logger, now = Date.now } = options;
  const queue = new PQueue({ concurrency: 1 });
  const nameOf = (object: PersonObject): string => `creation:${object}`;

  async function saved(object: PersonObject): Promise<Pause> {
    const kept = await store.cursor(connection, nameOf(object));
    return kept ? pauseSchema.parse(JSON.parse(kept.value)) : null;
  }
  const save = (object: PersonObject, pause: Pause): Promise<unknown> =>
    store.append(connection, [], { name: nameOf(object), value: JSON.stringify(pause), at: now() });

  async function compare(config: SyncConfig, object: PersonObject): Promise<void> {
    const why = creationPause(config, object);
    const before = await saved(object);
    metrics.creationPaused.set({ connection, object }, why ? 1 : 0);
    if (why) {
      const pause = said(why);
      if (before?.reason === pause.reason) return;
      await report([rowOf(object, pause, now())]);
      await save(object, { ...pause, since: before?.since ?? now() });
      logger.warn({ event: 'creation_paused', object, code: pause.code, reason: pause.reason }, 'Creation is paused');
    } else if (before) {
      const leads = await resume(object, before.since);
      await save(object, null);
      logger.info({ event: 'creation_resumed', object, leads }, 'Creation goes on, with the leads that waited');
    }
  }

  /** @returns how many leads had waited */
  async function resume(object: PersonObject, since: number): Promise<number> {
    let leads = 0;
    for (let after = ''; ;) {
      const links = await store.links(connection, after, PAGE);
      const entries = links
        .filter(({ record, waiting }) => !record && waiting && HELD_UP_CODES.includes(waiting.code))
        .map(({ leadId }) => entryOf(leadId, `created:${object}:${since}:${now()}`, now()));
      leads += entries.length;
      if (entries.length > 0) wake((await store.append(connection, entries)).keys);
      const last = links.at(-1);
      if (!last || links.length < PAGE) return leads;
      after = last.leadId;
    }
  }

  return {
    read: (config) =>
      queue.add(async () => {
        for (const object of PERSON_OBJECTS)
          await compare(config, object).catch((error: unknown) =>
            logger.error(
              { event: 'creation_pause_failed', err: error, object },
              'Whether creation is paused was not saved',
            ),
          );
      }),
    stop: () => queue.onIdle(),
  };
}

function entryOf(leadId: string, eventId: string, at: number): InboxEntry {
  const command = { kind: 'compare', create: true } as const;
  const change: CommandChange = {
    source: 'request',
    eventId: `${eventId}:${leadId}`,
    at,
    leadId,
    record: null,
    command,
  };
  return { source: 'request', eventId: change.eventId, recordId: '', leadId, change };
}

const rowOf = (object: PersonObject, why: Pick<Report, 'code' | 'reason'>, at: number): Report => ({
  ...{ occurredAt: at, direction: 'ToSalesforce', event: 'Configuration', outcome: 'Failed', ...why },
  ...{ sellfireLeadId: null, salesforceObject: object, salesforceRecordId: null, changes: [] },
});

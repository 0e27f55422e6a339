// Keeps whether creation in Salesforce stands still, over restarts: an obstacle for all leads is reported once, and the leads that
// waited are created when it is gone (B23).
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Metrics } from '../../http/metrics.ts';
import type { CommandChange } from '../../model/change.ts';
import type { CreationRefusal, SyncConfig } from '../../model/config.ts';
import { said, type Report } from '../../model/report.ts';
import { PERSON_OBJECTS, type PersonObject } from '../../model/salesforce.ts';
import type { InboxEntry, Store } from '../../store/store.ts';
import { creationPause, HELD_UP_CODES } from '../../sync/link/creationPause.ts';

const refusalSchema = z.object({
  why: z.object({ code: z.string(), sentence: z.string(), action: z.string() }),
  words: z.string(),
});

/** `since`: ms since the epoch. `refusal`: what Salesforce refused the leads with, where no describe shows it. Null while records are created. */
const pauseSchema = z
  .object({ code: z.string(), reason: z.string(), since: z.number(), refusal: refusalSchema.optional() })
  .nullable();
type Pause = z.infer<typeof pauseSchema>;

/** Links that are looked through at once. */
const PAGE = 500;

export interface CreationPauses {
  /** Compares a configuration with what was said before, once sync is started. Resolves when that is saved, or has failed and is logged. */
  read(config: SyncConfig): Promise<void>;
  /** Puts up to so many leads to work that wait for a pause to end, those that are excepted last. @returns their ids */
  wakeSome(most: number, except: ReadonlySet<string>): Promise<string[]>;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export interface CreationPausesOptions {
  store: Pick<Store, 'append' | 'cursor' | 'links'>;
  connection: string;
  /** Saves report rows and publishes them. */
  report: (rows: Report[]) => Promise<void>;
  /** Whether an admin has started the sync: before that nothing is created, and mappings that are not complete are no obstacle (B20). */
  isStarted: () => boolean;
  wake: (keys: string[]) => void;
  /** Called for a pause that an earlier run saw in Salesforce's refusals. */
  remember: (object: PersonObject, refusal: CreationRefusal) => void;
  metrics: Pick<Metrics, 'creationPaused'>;
  logger: Logger;
  now?: () => number;
}

export function createCreationPauses(options: CreationPausesOptions): CreationPauses {
  const { store, connection, report, isStarted, wake, remember, metrics, logger, now = Date.now } = options;
  const queue = new PQueue({ concurrency: 1 });
  /** Objects of which this run knows whether Salesforce's refusals pause them. */
  const known = new Set<PersonObject>();
  const nameOf = (object: PersonObject): string => `creation:${object}`;

  async function saved(object: PersonObject): Promise<Pause> {
    const kept = await store.cursor(connection, nameOf(object));
    return kept ? pauseSchema.parse(JSON.parse(kept.value)) : null;
  }
  const save = (object: PersonObject, pause: Pause): Promise<unknown> =>
    store.append(connection, [], { name: nameOf(object), value: JSON.stringify(pause), at: now() });

  async function compare(config: SyncConfig, object: PersonObject): Promise<void> {
    const refusal = config.creationRefusals?.[object];
    // What comes of the trial decides.
    if (refusal?.isTried) return;
    if (refusal) known.add(object);
    const why = creationPause(config, object);
    const before = await saved(object);
    if (!why && before?.refusal && !known.has(object)) {
      // Of an earlier run: whether it still holds is tried with a few leads, not with all.
      known.add(object);
      remember(object, { ...before.refusal, isTried: false });
      return;
    }
    metrics.creationPaused.set({ connection, object }, why ? 1 : 0);
    if (why) {
      const pause = said(why);
      if (before?.reason === pause.reason) return;
      await report([rowOf(object, pause, now())]);
      const kept = refusal ? { refusal: { why: refusal.why, words: refusal.words } } : {};
      await save(object, { ...pause, since: before?.since ?? now(), ...kept });
      logger.warn({ event: 'creation_paused', object, code: pause.code, reason: pause.reason }, 'Creation is paused');
    } else if (before) {
      const leads = await resume(object, before);
      await save(object, null);
      logger.info({ event: 'creation_resumed', object, leads }, 'Creation goes on, with the leads that waited');
    }
  }

  /** @returns how many leads had waited */
  async function resume(object: PersonObject, { since, refusal }: NonNullable<Pause>): Promise<number> {
    let leads = 0;
    for (let after = ''; ;) {
      const links = await store.links(connection, after, PAGE);
      const entries = links
        .filter(({ record, waiting }) => !record && waiting && isHeldUp(waiting.code, refusal?.why.code))
        .map(({ leadId }) => entryOf(leadId, `created:${object}:${since}:${now()}`, now()));
      leads += entries.length;
      if (entries.length > 0) wake((await store.append(connection, entries)).keys);
      const last = links.at(-1);
      if (!last || links.length < PAGE) return leads;
      after = last.leadId;
    }
  }

  return {
    async wakeSome(most, except) {
      const chosen: string[] = [];
      const others: string[] = [];
      for (let after = ''; chosen.length < most;) {
        const links = await store.links(connection, after, PAGE);
        for (const { leadId, record, waiting } of links)
          if (!record && waiting?.code === 'CREATION_PAUSED') (except.has(leadId) ? others : chosen).push(leadId);
        const last = links.at(-1);
        if (!last || links.length < PAGE) break;
        after = last.leadId;
      }
      const leads = [...chosen, ...others].slice(0, most);
      const entries = leads.map((leadId) => entryOf(leadId, `tried:${now()}`, now()));
      if (entries.length > 0) wake((await store.append(connection, entries)).keys);
      return leads;
    },
    read: (config) =>
      queue.add(async () => {
        if (!isStarted()) return;
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

const isHeldUp = (code: string, cause: string | undefined): boolean => HELD_UP_CODES.includes(code) || code === cause;

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

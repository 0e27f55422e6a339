// Keeps whether creation stands still, over restarts: an obstacle for all leads is reported once, and the leads that waited are created
// when it is gone (B23).
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Metrics } from '../../http/metrics.ts';
import type { CommandChange } from '../../model/change.ts';
import { CREATION_TARGETS, type CreationRefusal, type CreationTarget, type SyncConfig } from '../../model/config.ts';
import { said, type Report } from '../../model/report.ts';
import { heldEntry } from '../../jobs/heldRecords.ts';
import { objectOf } from '../../model/recordId.ts';
import type { InboxEntry, ParkedRow, Store } from '../../store/store.ts';
import type { PersonObject } from '../../model/salesforce.ts';
import { creationPause, HELD_UP_CODES } from '../../sync/link/creationPause.ts';

const refusalSchema = z.object({
  why: z.object({ code: z.string(), sentence: z.string(), action: z.string() }),
  words: z.string(),
  first: z.array(z.string()).readonly().optional(),
});

/** `since`: ms since the epoch. `refusal`: what Salesforce refused the leads with, where no describe shows it. Null while records are created. */
const pauseSchema = z
  .object({ code: z.string(), reason: z.string(), since: z.number(), refusal: refusalSchema.optional() })
  .nullable();
type Pause = z.infer<typeof pauseSchema>;

/** Links that are looked through at once. */
const PAGE = 500;
/** Parked rows that are looked through. */
const MOST_PARKED = 10_000;

export interface CreationPauses {
  /** Compares a configuration with what was said before, once sync is started. Resolves when that is saved, or has failed and is logged. */
  read(config: SyncConfig): Promise<void>;
  /** Puts up to so many to work that wait for a pause to end, those that are excepted last. @returns their ids */
  wakeSome(target: CreationTarget, most: number, except: ReadonlySet<string>): Promise<string[]>;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export interface CreationPausesOptions {
  store: Pick<Store, 'append' | 'cursor' | 'links' | 'parked' | 'release'>;
  connection: string;
  /** Saves report rows and publishes them. */
  report: (rows: Report[]) => Promise<void>;
  /** Whether an admin has started the sync: before that nothing is created, and mappings that are not complete are no obstacle (B20). */
  isStarted: () => boolean;
  wake: (keys: string[]) => void;
  /** Called for a pause that an earlier run saw in Salesforce's refusals. */
  remember: (target: CreationTarget, refusal: CreationRefusal) => void;
  metrics: Pick<Metrics, 'creationPaused'>;
  logger: Logger;
  now?: () => number;
}

export function createCreationPauses(options: CreationPausesOptions): CreationPauses {
  const { store, connection, report, isStarted, wake, remember, metrics, logger, now = Date.now } = options;
  const queue = new PQueue({ concurrency: 1 });
  /** Those of which this run knows whether refusals pause them. */
  const known = new Set<CreationTarget>();
  const nameOf = (object: CreationTarget): string => `creation:${object}`;

  async function saved(object: CreationTarget): Promise<Pause> {
    const kept = await store.cursor(connection, nameOf(object));
    return kept ? pauseSchema.parse(JSON.parse(kept.value)) : null;
  }
  const save = (object: CreationTarget, pause: Pause): Promise<unknown> =>
    store.append(connection, [], { name: nameOf(object), value: JSON.stringify(pause), at: now() });

  async function compare(config: SyncConfig, object: CreationTarget): Promise<void> {
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
      const kept = refusal ? { refusal: { why: refusal.why, words: refusal.words, first: refusal.first } } : {};
      await save(object, { ...pause, since: before?.since ?? now(), ...kept });
      logger.warn({ event: 'creation_paused', object, code: pause.code, reason: pause.reason }, 'Creation is paused');
    } else if (before) {
      const leads = await resume(object, before);
      await save(object, null);
      logger.info({ event: 'creation_resumed', object, leads }, 'Creation goes on, with the leads that waited');
    }
  }

  /** @returns how many had waited */
  const resume = (target: CreationTarget, pause: NonNullable<Pause>): Promise<number> =>
    target === 'Sellfire' ? resumeLeads(pause) : resumeRecords(target, pause);

  /** The records that wait, and those whose refusals have begun the pause. */
  async function resumeLeads({ since, refusal }: NonNullable<Pause>): Promise<number> {
    const held = await heldRows();
    const first = (refusal?.first ?? []).flatMap((id) => {
      const object = objectOf(id);
      return object ? [heldEntry(object, id, now(), since)] : [];
    });
    if (held.length > 0)
      wake(
        (
          await store.release(
            connection,
            held.map(({ seq }) => seq),
          )
        ).keys,
      );
    if (first.length > 0) wake((await store.append(connection, first)).keys);
    return held.length + first.length;
  }

  const heldRows = async (): Promise<ParkedRow[]> =>
    (await store.parked(connection, MOST_PARKED)).filter(({ code }) => code === 'LEAD_CREATION_PAUSED');

  async function resumeRecords(object: PersonObject, { since, refusal }: NonNullable<Pause>): Promise<number> {
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
    async wakeSome(target, most, except) {
      if (target === 'Sellfire') {
        const held = await heldRows();
        const rows = held
          .toSorted((a, b) => Number(except.has(a.recordId)) - Number(except.has(b.recordId)))
          .slice(0, most);
        if (rows.length > 0)
          wake(
            (
              await store.release(
                connection,
                rows.map(({ seq }) => seq),
              )
            ).keys,
          );
        return rows.map(({ recordId }) => recordId);
      }
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
        for (const object of CREATION_TARGETS)
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

const rowOf = (target: CreationTarget, why: Pick<Report, 'code' | 'reason'>, at: number): Report => ({
  ...{ occurredAt: at, direction: target === 'Sellfire' ? 'ToSellfire' : 'ToSalesforce', event: 'Configuration' },
  ...{ outcome: 'Failed', ...why, sellfireLeadId: null, salesforceRecordId: null, changes: [] },
  salesforceObject: target === 'Sellfire' ? null : target,
});

// Compares the store with what the org knows of it, at the start, and keeps the mark that every heartbeat carries: the store has it
// first. Until an admin decides about a store that is not the right one, the problem stands and the mark in the org stays.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { explain } from '../model/catalogue/catalogue.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { PeerError } from '../model/fault.ts';
import { PERSON_OBJECTS, type PackageNames, type SalesforceFields } from '../model/salesforce.ts';
import { query } from '../salesforce/api/query.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import { OVERLAP_MS } from '../salesforce/lookups/changes.ts';
import type { Store } from '../store/store.ts';
import { carriedUntil, markText, storeVerdict, type LastHeartbeat, type Mark } from '../sync/storeVerdict.ts';

const MARK = 'store:mark';
const LOST = 'store:lost';

const markSchema = z.object({ id: z.string(), revision: z.number(), links: z.number() }) satisfies z.ZodType<Mark>;

const lostSchema = z.object({
  why: z.enum(['lost', 'older', 'emptied']),
  /** ms since the epoch: everything that happened before was carried. */
  since: z.number(),
  /** The mark in the org, which stays there until somebody decides, so that the right store is recognized. */
  shown: z.string().nullable(),
  /** An admin has decided what follows. */
  accepted: z.boolean(),
});
type LostStore = z.infer<typeof lostSchema>;

export interface StoreMark {
  /** Compares the store with the org, once. @throws PeerError */
  check(): Promise<void>;
  /** Why nothing is written until an admin decides, in words; undefined where the store is the one that the org knows. */
  problem(): string | undefined;
  /** ms since the epoch: since when changes may be missing of a store that was lost; undefined where none was. */
  missingSince(): number | undefined;
  /** The same, once the check is done. Never rejects. */
  checked(): Promise<number | undefined>;
  /** The mark of the next heartbeat, which is saved; undefined before the check. */
  next(): Promise<string | null | undefined>;
  /** An admin has decided: from now on the org knows this store. */
  accept(): Promise<void>;
}

export interface StoreMarkOptions {
  store: Pick<Store, 'cursor' | 'append' | 'counts'>;
  connection: string;
  org: { essential: Rest };
  config: () => { names: PackageNames };
  logger: Logger;
  now?: () => number;
}

export function createStoreMark(options: StoreMarkOptions): StoreMark {
  const { store, connection, org, config, logger, now = Date.now } = options;
  const done = Promise.withResolvers<number | undefined>();
  let isChecked = false;
  let lost: LostStore | undefined;

  async function saved<T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const kept = await store.cursor(connection, name);
    return kept && schema.parse(JSON.parse(kept.value));
  }
  const save = async (name: string, value: Mark | LostStore | null): Promise<void> =>
    void (await store.append(connection, [], { name, value: JSON.stringify(value), at: now() }));

  async function find(): Promise<LostStore | undefined> {
    const before = await saved(LOST, lostSchema.nullable());
    if (before && !before.accepted) return before;
    const mark = await saved(MARK, markSchema);
    const { links } = await store.counts(connection);
    const { names } = config();
    const last = await lastHeartbeat(org.essential, names);
    const why = storeVerdict(mark, links, last) ?? ((await isUnknown()) ? 'lost' : undefined);
    if (!why) return before ?? undefined;
    const since = carriedUntil(last, now(), OVERLAP_MS);
    const found = { why, since, shown: last?.mark ?? null, accepted: false };
    await save(LOST, found);
    return found;

    /** Whether the store has never seen anything, and records carry ids of leads all the same. */
    async function isUnknown(): Promise<boolean> {
      return !mark && links === 0 && (await carriesIds(org.essential, names));
    }
  }

  /** A loss about which nobody has decided yet. */
  const open = (): LostStore | undefined => (lost?.accepted === false ? lost : undefined);

  return {
    async check() {
      if (isChecked) return;
      lost = await find();
      isChecked = true;
      done.resolve(lost?.since);
      const loss = open();
      if (loss)
        logger.error(
          { event: 'store_lost', ...loss, reason: wordsOf(loss) },
          'The store is not the one that the org knows',
        );
    },
    problem() {
      const loss = open();
      return loss && wordsOf(loss);
    },
    missingSince: () => lost?.since,
    checked: () => done.promise,
    async next() {
      if (!isChecked) return undefined;
      const loss = open();
      if (loss) return loss.shown;
      const mark = await saved(MARK, markSchema);
      const { links } = await store.counts(connection);
      const next = { id: mark?.id ?? randomUUID(), revision: (mark?.revision ?? 0) + 1, links };
      try {
        await save(MARK, next);
      } catch (error) {
        // A disk that is full is said in the org as well: by the mark that is kept.
        if (!mark) throw error;
        return markText(mark);
      }
      return markText(next);
    },
    async accept() {
      const loss = open();
      if (!loss) return;
      const { links } = await store.counts(connection);
      // A new id: whatever mark the org shows is another store's from now on.
      await save(MARK, { id: randomUUID(), revision: 0, links });
      const accepted = { ...loss, accepted: true };
      await save(LOST, accepted);
      lost = accepted;
    },
  };
}

/** @throws PeerError */
async function lastHeartbeat(rest: Rest, { prefix }: PackageNames): Promise<LastHeartbeat | undefined> {
  const name = (field: string): string => `${prefix}${field}__c`;
  const columns = ['Store_Mark', 'Sync_State', 'Last_Seen_At', 'Lag_Seconds'].map(name);
  const soql = `SELECT ${columns.join(', ')}, SystemModstamp FROM ${name('Bridge_Status')} ORDER BY ${name('Last_Seen_At')} DESC NULLS LAST LIMIT 1`;
  const row = await firstOf(rest, soql);
  if (!row) return undefined;
  const text = (field: string): string | null => (row[name(field)] == null ? null : String(row[name(field)]));
  // What the bridge said is by the clock of its machine, which may have been ahead of the org's.
  const times = [text('Last_Seen_At'), row['SystemModstamp']].map((at) => Date.parse(String(at)));
  const seenAt = text('Last_Seen_At') === null ? NaN : Math.min(...times.filter((at) => !Number.isNaN(at)));
  return {
    mark: text('Store_Mark'),
    syncState: text('Sync_State'),
    seenAt: Number.isFinite(seenAt) ? seenAt : undefined,
    lagMs: Number(text('Lag_Seconds') ?? 0) * 1000,
  };
}

async function carriesIds(rest: Rest, { leadId }: PackageNames): Promise<boolean> {
  for (const object of PERSON_OBJECTS)
    if (await firstOf(rest, `SELECT Id FROM ${object} WHERE ${leadId} != null LIMIT 1`)) return true;
  return false;
}

/** What the connected user cannot see is reported by the check of the rights. @throws PeerError */
async function firstOf(rest: Rest, soql: string): Promise<SalesforceFields | undefined> {
  try {
    for await (const row of query(rest, soql)) return row;
  } catch (error) {
    if (!(error instanceof PeerError && ['INVALID_TYPE', 'INVALID_FIELD'].includes(error.fault.code))) throw error;
  }
  return undefined;
}

const WORDS = {
  lost: (since: string) => explain('STORE_LOST.lost', { since }),
  older: (since: string) => explain('STORE_LOST.older', { since }),
  emptied: (since: string) => explain('STORE_LOST.emptied', { since }),
};

const wordsOf = ({ why, since }: LostStore): string => inWords(WORDS[why](new Date(since).toISOString()));

// Sellfire's API as the bridge uses it. Single writes and look-ups of concurrent workers are gathered into batches, and each caller
// gets its own result: a refused record is an outcome, a call that failed as a whole is a PeerError.
import type { SellfireField } from '../model/field.ts';
import { PeerError } from '../model/fault.ts';
import { createGatherer } from '../lib/gather.ts';
import type { Lead } from '../model/lead.ts';
import { countryOfLead } from '../model/country.ts';
import { PRIMARY_PHONE } from '../model/mapping.ts';
import { readPhone } from '../model/phone.ts';
import type { LeadResult } from '../model/ports.ts';
import type { Activity } from '../model/activity.ts';
import { readRecordId, recordIdsOf, withoutSuffix } from '../model/recordId.ts';
import type { Rep } from '../model/rep.ts';
import type { Sale } from '../model/sale.ts';
import type { ScheduleItem } from '../model/schedule.ts';
import {
  BATCH_LIMIT,
  FEED_PAGE_LIMIT,
  type BatchRequest,
  type FeedPage,
  type ImportRow,
  type SaleImportRow,
} from './payloads.ts';
import { membersOf, type UnreadItem } from './answers.ts';
import { readEvents, type FeedEvent } from './events.ts';
import { faultOfBrokenAnswer, faultOfProblem, faultOfUnreadLead } from './faults.ts';
import { createReps } from './reps.ts';
import { createTransport, type Answer, type Transport, type TransportOptions } from './transport.ts';
import type { CreateLead, UpdateLead } from '../model/leadWrite.ts';

export interface SellfireOptions extends TransportOptions {
  /** ISO 3166 alpha-2: the country of phone numbers that name none. Default US. */
  defaultCountry?: string;
}

/** Every method but createLead and updateLead throws PeerError when it is refused; they do when the whole batch failed. */
export interface Sellfire extends Transport {
  /** Gathered. The key makes it happen once, however often it is sent. */
  createLead(key: string, lead: CreateLead): Promise<LeadResult>;
  /** Gathered; calls for one lead are carried out in the order they were made only if each waits for the one before. */
  updateLead(key: string, leadId: string, patch: UpdateLead): Promise<LeadResult>;
  /** Gathered; a deleted lead too (`deleted_at`). */
  leadById(id: string): Promise<Lead | null>;
  /** Gathered. @param phone E.164: the primary phone number. */
  leadByPhone(phone: string): Promise<Lead | null>;
  /** Gathered. Leads that carry this 18-character id as their Salesforce Lead, Contact or Account. */
  leadsBySalesforceId(id: string): Promise<Lead[]>;
  /** The oldest of them: an Account may be that of several leads. */
  leadBySalesforceId(id: string): Promise<Lead | null>;

  account(): Promise<Answer<'whoAmI'>>;
  fields(): Promise<SellfireField[]>;
  createOption(object: SellfireField['object'], field: string, option: string): Promise<SellfireField>;
  /** All reps and Enablement users, deleted ones included. */
  reps(): Promise<Rep[]>;
  /** Deleted ones too; null for an id that no rep has. A few seconds old at most. */
  rep(id: string): Promise<Rep | null>;
  /** The planned events of a lead. */
  schedule(leadId: string): Promise<ScheduleItem[]>;
  /** The sales of a lead, oldest first. */
  sales(leadId: string): Promise<Sale[]>;
  /** What reps did on a lead, oldest first. */
  activities(leadId: string): Promise<Activity[]>;
  /** Imports leads from a CSV file; one result a row, in order. @param key makes it happen once */
  importLeads(key: string, csv: string): Promise<ImportRow[]>;
  /** Imports sales from a CSV file; one result a row, in order. @param key makes it happen once */
  importSales(key: string, csv: string): Promise<SaleImportRow[]>;
  /** Events after a sequence, oldest first. */
  readFeed(after: number, limit?: number): Promise<ReadFeedPage>;
  /** An e-mail to every Enablement user, sent once per key. */
  alert(key: string, alert: Alert): Promise<void>;
}

/** A page of the feed, its events read one by one. */
export type ReadFeedPage = Omit<FeedPage, 'events'> & { events: FeedEvent[] };

export interface Alert {
  kind: 'owner_refused' | 'sync_stopped' | 'budget';
  subject: string;
  body: string;
  leadId: string | null;
}

type BatchOperation = BatchRequest['operations'][number];
interface Lookup {
  by: 'ids' | 'phones' | 'salesforce_ids';
  value: string;
}

export function createSellfire({ defaultCountry = 'US', ...options }: SellfireOptions): Sellfire {
  const transport = createTransport(options);
  const { call, read } = transport;
  const normalised = (phone: unknown, country = defaultCountry): string | undefined =>
    typeof phone === 'string' ? (readPhone(phone, country) ?? phone.trim()) : undefined;

  async function write(operations: BatchOperation[]): Promise<LeadResult[]> {
    try {
      const { results } = await call('batch', { body: { operations } });
      if (results.length !== operations.length)
        throw new PeerError('sellfire', faultOfBrokenAnswer('batch', 'results'));
      return results.map((result) =>
        'lead' in result ? { ok: true, lead: result.lead } : { ok: false, fault: faultOfProblem(result.problem) },
      );
    } catch (error) {
      if (!(error instanceof PeerError) || error.fault.class !== 'record') throw error;
      // One operation (or the size) made Sellfire refuse the batch: halving finds it, so that it fails alone.
      if (operations.length === 1) return [{ ok: false, fault: error.fault }];
      const middle = Math.ceil(operations.length / 2);
      return [...(await write(operations.slice(0, middle))), ...(await write(operations.slice(middle)))];
    }
  }

  async function look(lookups: Lookup[]): Promise<(Lead[] | Error)[]> {
    const values = (by: Lookup['by']) => [...new Set(lookups.filter((one) => one.by === by).map((one) => one.value))];
    // Sellfire keeps an id as it was supplied, with its suffix or without.
    const recordIds = values('salesforce_ids').flatMap((id) => [id, withoutSuffix(id)]);
    const body = { ids: values('ids'), phones: values('phones'), salesforce_ids: recordIds };
    const { answer, unread } = await read('lookupLeads', { body });
    if (unread.length > 0) return lookPast(lookups, answer.leads, unread);
    return match(lookups, answer.leads);
  }

  function match(lookups: readonly Lookup[], leads: readonly Lead[]): Lead[][] {
    const found = new Map<string, Lead[]>();
    const put = (by: Lookup['by'], value: string | null | undefined, lead: Lead) => {
      if (!value) return;
      const key = `${by}:${value}`;
      found.set(key, [...(found.get(key) ?? []), lead]);
    };
    for (const lead of leads) {
      put('ids', lead.id, lead);
      // The look-up by id returns deleted leads too: the phone number of one is free, and its records have no lead.
      if (lead.deleted_at !== null) continue;
      put('phones', normalised(lead.fields[PRIMARY_PHONE], countryOfLead(lead.fields)), lead);
      for (const id of new Set(Object.values(recordIdsOf(lead)))) put('salesforce_ids', id, lead);
    }
    return lookups.map(({ by, value }) => found.get(`${by}:${by === 'phones' ? normalised(value) : value}`) ?? []);
  }

  /**
   * A lead that cannot be read is not one that does not exist: who asked for it learns that, and nobody else is held up.
   */
  async function lookPast(
    lookups: Lookup[],
    leads: readonly Lead[],
    unread: UnreadItem[],
  ): Promise<(Lead[] | Error)[]> {
    const found = match(lookups, leads);
    const hidden = unread.map(({ raw }) => idsOf(raw, normalised));
    const isHidden = ({ by, value }: Lookup): boolean =>
      hidden.some((ids) => ids[by].includes(by === 'phones' ? (normalised(value) ?? value) : value));
    const isClear = hidden.every(({ ids }) => ids.length > 0);
    const fault = faultOfUnreadLead(unread[0]?.where ?? '');
    if (lookups.length > 1 && !isClear) {
      const middle = Math.ceil(lookups.length / 2);
      return [...(await look(lookups.slice(0, middle))), ...(await look(lookups.slice(middle)))];
    }
    return lookups.map((one, index) =>
      !isClear || isHidden(one) ? new PeerError('sellfire', fault) : (found[index] ?? []),
    );
  }

  const writes = createGatherer<BatchOperation, LeadResult>({ limit: BATCH_LIMIT, run: write });
  const lookups = createGatherer<Lookup, Lead[]>({ limit: BATCH_LIMIT / 2, run: look });

  const bySalesforceId = async (value: string) => lookups.load({ by: 'salesforce_ids', value });

  async function allReps(): Promise<Rep[]> {
    const reps: Rep[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer<'listReps'> = await call('listReps', { query: cursor === null ? {} : { cursor } });
      // As Salesforce writes the id of a user, however it was supplied.
      const ownerOf = ({ sf_owner_id: id }: Rep): string | null => (id === null ? null : (readRecordId(id) ?? id));
      reps.push(...page.reps.map((rep) => ({ ...rep, sf_owner_id: ownerOf(rep) })));
      cursor = page.cursor;
    } while (cursor !== null);
    return reps;
  }
  const reps = createReps(allReps);

  return {
    ...transport,
    createLead: async (key, lead) => writes.load({ op: 'create', idempotency_key: key, lead }),
    updateLead: async (key, leadId, patch) =>
      writes.load({ op: 'update', idempotency_key: key, lead_id: leadId, lead: patch }),
    leadById: async (value) => (await lookups.load({ by: 'ids', value }))[0] ?? null,
    leadByPhone: async (value) => (await lookups.load({ by: 'phones', value }))[0] ?? null,
    leadsBySalesforceId: bySalesforceId,
    leadBySalesforceId: async (value) =>
      (await bySalesforceId(value)).toSorted((a, b) => a.created_at.localeCompare(b.created_at))[0] ?? null,

    account: async () => call('whoAmI', {}),
    fields: async () => (await call('listFields', {})).fields,
    createOption: async (object, name, option) => call('createOption', { path: { object, name }, body: { option } }),
    reps: allReps,
    rep: reps.find,
    schedule: async (id) => (await call('listSchedule', { path: { id } })).items,
    sales: async (id) => (await call('listSales', { path: { id } })).sales,
    activities: async (id) => (await call('listActivities', { path: { id } })).activities,
    importLeads: async (key, csv) => (await call('importLeads', { key, body: csv })).rows,
    importSales: async (key, csv) => (await call('importSales', { key, body: csv })).rows,
    async readFeed(after, limit = FEED_PAGE_LIMIT) {
      const page = await call('readFeed', { query: { after, limit } });
      return { ...page, events: readEvents(page.events, after).events };
    },
    async alert(key, { leadId, ...alert }) {
      await call('alert', { key, body: { ...alert, lead_id: leadId } });
    },
  };
}

/** By what a lead that cannot be read may have been asked for. */
function idsOf(
  raw: unknown,
  normalised: (phone: unknown, country?: string) => string | undefined,
): Record<Lookup['by'], string[]> {
  const { id, fields, salesforce } = membersOf(raw);
  const phone = normalised(membersOf(fields)[PRIMARY_PHONE], countryOfLead(membersOf(fields)));
  return {
    ids: typeof id === 'string' ? [id] : [],
    phones: phone === undefined ? [] : [phone],
    salesforce_ids: Object.values(membersOf(salesforce))
      .map((one) => (typeof one === 'string' ? readRecordId(one) : null))
      .filter((one) => one !== null),
  };
}

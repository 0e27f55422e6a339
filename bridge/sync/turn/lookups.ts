// The look-ups of a decision. A request for an answer that is not there records the need, so no caller has to do it.
import type { Activity } from '../../model/activity.ts';
import type { Lead } from '../../model/lead.ts';
import type { Found, FoundRecord, Needs, PhoneCandidate, RecordState } from '../../model/plan.ts';
import type { Rep } from '../../model/rep.ts';
import type { Sale } from '../../model/sale.ts';
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type AccountCandidate,
  type AccountSites,
  type ContactCandidate,
  type KeyedOpportunity,
  type PriceCandidate,
  type ProductFacts,
  type SaleFound,
  type SaleNeeds,
} from '../../model/saleTransaction.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import type { ScheduleItem } from '../../model/schedule.ts';

export function nothingFound(): Found {
  return {
    salesforceByPhone: new Map(),
    sellfireByPhone: new Map(),
    sellfireByRecord: new Map(),
    records: new Map(),
    conversions: new Map(),
    recordStates: new Map(),
    leads: new Map(),
    reps: new Map(),
    schedules: new Map(),
    sales: new Map(),
    activities: new Map(),
    timeZones: new Map(),
    taken: new Map(),
    sale: {
      accounts: new Map(),
      contacts: new Map(),
      prices: new Map(),
      products: new Map(),
      keyed: new Map(),
      opportunities: new Map(),
      made: new Map(),
      sites: new Map(),
    },
  };
}

export function noSaleNeeds(): SaleNeeds {
  return { accounts: [], contacts: [], prices: [], products: [], keyed: [], opportunities: [], made: [], sites: [] };
}

/** Whether there is nothing to look up. */
export function isSatisfied({ sale, ...lists }: Needs): boolean {
  return areEmpty(lists) && areEmpty(sale);
}

/** Asked of every decision, so without a list of the lists. */
function areEmpty<T extends Record<keyof T, readonly unknown[]>>(lists: T): boolean {
  for (const name in lists) if (lists[name].length > 0) return false;
  return true;
}

export function noNeeds(): Needs {
  return {
    salesforceByPhone: [],
    sellfireByPhone: [],
    sellfireByRecord: [],
    records: [],
    conversions: [],
    recordStates: [],
    leads: [],
    reps: [],
    schedules: [],
    sales: [],
    activities: [],
    timeZones: [],
    sale: noSaleNeeds(),
  };
}

/** The answer, or undefined where it is not known, in which case it is added to the needs. */
function answerTo<V, N>(answers: ReadonlyMap<string, V>, key: string, needs: N[], need: N): V | undefined {
  const answer = answers.get(key);
  if (answer === undefined) needs.push(need);
  return answer;
}

/** The look-ups, one method each. An answer is undefined while it is not known, and null where nothing exists. */
export interface Lookups {
  record(object: FollowedObject, id: string): FoundRecord | null | undefined;
  recordState(object: FollowedObject, id: string): RecordState | undefined;
  /** The Lead that was converted into the record. */
  conversion(object: FollowedObject, id: string): string | null | undefined;
  /**
   * Records that may have the phone.
   * @param phone E.164
   */
  phone(phone: string): PhoneCandidate[] | undefined;
  lead(id: string): Lead | null | undefined;
  leadByPhone(phone: string): Lead | null | undefined;
  /** The lead whose Salesforce id is this record. */
  leadByRecord(id: string): Lead | null | undefined;
  rep(id: string): Rep | null | undefined;
  schedule(leadId: string): ScheduleItem[] | undefined;
  sales(leadId: string): Sale[] | undefined;
  activities(leadId: string): Activity[] | undefined;
  /** IANA name of a Salesforce user's time zone. */
  timeZone(userId: string): string | null | undefined;
}

export const lookups = ({ found, needs }: { found: Found; needs: Needs }): Lookups => ({
  record: (object, id) => answerTo(found.records, id, needs.records, { object, id }),
  recordState: (object, id) => answerTo(found.recordStates, id, needs.recordStates, { object, id }),
  conversion: (object, id) => answerTo(found.conversions, id, needs.conversions, { object, id }),
  phone: (phone) => answerTo(found.salesforceByPhone, phone, needs.salesforceByPhone, phone),
  lead: (id) => answerTo(found.leads, id, needs.leads, id),
  leadByPhone: (phone) => answerTo(found.sellfireByPhone, phone, needs.sellfireByPhone, phone),
  leadByRecord: (id) => answerTo(found.sellfireByRecord, id, needs.sellfireByRecord, id),
  rep: (id) => answerTo(found.reps, id, needs.reps, id),
  schedule: (id) => answerTo(found.schedules, id, needs.schedules, id),
  sales: (id) => answerTo(found.sales, id, needs.sales, id),
  activities: (id) => answerTo(found.activities, id, needs.activities, id),
  timeZone: (id) => answerTo(found.timeZones, id, needs.timeZones, id),
});

type Of<K extends keyof SaleNeeds> = SaleNeeds[K][number];

/** The look-ups of a demo or a sale. */
export interface SaleLookups {
  accounts(need: Of<'accounts'>): AccountCandidate[] | undefined;
  contacts(need: Of<'contacts'>): ContactCandidate[] | undefined;
  prices(need: Of<'prices'>): PriceCandidate[] | undefined;
  products(need: Of<'products'>): ProductFacts | undefined;
  /** The id of the record with this external id. */
  keyed(need: Of<'keyed'>): string | null | undefined;
  opportunity(need: Of<'opportunities'>): KeyedOpportunity | null | undefined;
  /** The id of the record that a mark of a sale names. */
  made(key: string): string | null | undefined;
  sites(accountId: string): AccountSites | undefined;
}

export const saleLookups = (found: SaleFound, needs: SaleNeeds): SaleLookups => ({
  accounts: (need) => answerTo(found.accounts, accountsKey(need), needs.accounts, need),
  contacts: (need) => answerTo(found.contacts, contactsKey(need), needs.contacts, need),
  prices: (need) => answerTo(found.prices, priceKey(need), needs.prices, need),
  products: (need) => answerTo(found.products, priceKey(need), needs.products, need),
  keyed: (need) => answerTo(found.keyed, recordKey(need), needs.keyed, need),
  opportunity: (need) => answerTo(found.opportunities, need.key, needs.opportunities, need),
  made: (key) => answerTo(found.made, key, needs.made, key),
  sites: (id) => answerTo(found.sites, id, needs.sites, id),
});

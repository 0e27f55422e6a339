// A plan: what the core decided for one lead, and what became of it. Plain data, so that it can be logged and compared.
import type { Activity } from './activity.ts';
import type { SaleTransaction, SaleFound, SaleNeeds } from './saleTransaction.ts';
import type { Canonical, Link } from './link.ts';
import type { Fault, Peer } from './fault.ts';
import type { Lead, SalesforceIds } from './lead.ts';
import type { Report } from './report.ts';
import type { FollowedObject, PersonObject, SalesforceFields } from './salesforce.ts';
import type { SellfireValue } from './field.ts';
import type { Rep } from './rep.ts';
import type { Sale } from './sale.ts';
import type { ScheduleItem } from './schedule.ts';

/** How every request of the bridge to Sellfire begins its Idempotency-Key: by it an event shows that it is our own doing. */
export const REQUEST_PREFIX = 'bridge:';

/** What the core has to look up before it can decide. Phones are E.164. */
export interface Needs {
  salesforceByPhone: string[];
  sellfireByPhone: string[];
  /** Salesforce ids that a Sellfire lead may already carry. */
  sellfireByRecord: string[];
  records: { object: FollowedObject; id: string }[];
  /** Records of which it matters whether a Lead was converted into them, and what became of records that are gone. */
  conversions: { object: FollowedObject; id: string }[];
  recordStates: { object: FollowedObject; id: string }[];
  leads: string[];
  reps: string[];
  /** Lead ids whose schedule matters. */
  schedules: string[];
  /** Lead ids whose sales, or activities, are done again. */
  sales: string[];
  activities: string[];
  sale: SaleNeeds;
}

/** What was looked up. A key that is absent was not looked up yet; null: looked up, and not there. */
export interface Found {
  /** What may hold the phone: the core decides which of them does. */
  salesforceByPhone: Map<string, PhoneCandidate[]>;
  sellfireByPhone: Map<string, Lead | null>;
  sellfireByRecord: Map<string, Lead | null>;
  /** By record id: the mapped fields, with LastModifiedDate (ms) and LastModifiedById. */
  records: Map<string, FoundRecord | null>;
  /** The Lead that was converted into the record. */
  conversions: Map<string, string | null>;
  recordStates: Map<string, RecordState>;
  leads: Map<string, Lead | null>;
  reps: Map<string, Rep | null>;
  schedules: Map<string, ScheduleItem[]>;
  sales: Map<string, Sale[]>;
  activities: Map<string, Activity[]>;
  sale: SaleFound;
}

/** `alive`: not deleted (any more) · `merged`: into a record that is alive · `unknown`: deleted for good, or hidden. */
export type RecordState = { state: 'alive' | 'deleted' | 'unknown' } | { state: 'merged'; into: string };

export interface FoundRecord {
  /** CreatedDate and LastModifiedDate, ms. */
  createdAt: number;
  at: number;
  user: string;
  fields: SalesforceFields;
}

/** A Salesforce Lead or Contact that may hold a phone, as the phone look-up finds it. */
export interface PhoneCandidate {
  object: PersonObject;
  id: string;
  name: string;
  /** Sellfire_Lead_Id__c. */
  leadId: string | null;
  /** What its phone fields hold, as it stands there. */
  phones: string[];
  /** ISO 3166 alpha-2: the country that it names; null where it names none. */
  country: string | null;
}

/** Why a field is written: which version of which Sellfire field it delivers. */
export interface Delivery {
  sellfireField: string;
  /** Replica key: `sellfire` or `Lead.Company`. */
  replica: string;
  /** Field name on the side that is written. */
  field: string;
  version: number;
  value: Canonical;
  before?: Canonical;
}

export type Write =
  | {
      kind: 'createInSalesforce';
      object: PersonObject;
      /** Upserted on Sellfire_Lead_Id__c = leadId, so that twice is once. */
      leadId: string;
      fields: SalesforceFields;
      deliveries: Delivery[];
    }
  | { kind: 'updateInSalesforce'; object: FollowedObject; id: string; fields: SalesforceFields; deliveries: Delivery[] }
  | {
      kind: 'createInSellfire';
      object: FollowedObject;
      recordId: string;
      /** What every mapped field of the record holds, blanks and what is not carried included, by replica. */
      recordValues: Record<string, Canonical>;
      /** ISO 3166 alpha-2: the country that the record names. */
      country?: string;
      fields: Record<string, SellfireValue>;
      salesforce: Partial<SalesforceIds>;
      deliveries: Delivery[];
    }
  | {
      kind: 'updateInSellfire';
      leadId: string;
      fields: Record<string, SellfireValue>;
      salesforce?: Partial<SalesforceIds>;
      deliveries: Delivery[];
    }
  | {
      kind: 'saleTransaction';
      transaction: SaleTransaction;
      /** The lead as it is given. */
      lead: Lead;
      /** What the Contact that the link moves to showed before; null where the deal makes it, or the link does not move. */
      contact: FoundRecord | null;
    }
  | { kind: 'task'; leadId: string; activityId: string; keyField: string; fields: SalesforceFields }
  | { kind: 'alert'; alert: 'owner_refused'; subject: string; body: string; leadId: string; key: string };

/**
 * `id`: the Salesforce record that was written; `ids`: those of a deal, by node. `lead`: the Sellfire lead as it is after the write.
 * `peer`: who refused it, where that is not the system that the write is for.
 */
export type Outcome =
  | { ok: true; write: Write; id?: string; ids?: Record<string, string>; lead?: Lead }
  | { ok: false; write: Write; fault: Fault; peer?: Peer };

export interface Plan {
  /** The link as it will be saved; absent when nothing is linked and nothing is worth remembering. */
  link?: Link;
  writes: Write[];
  reports: Report[];
  /** Event ids of changes that have to wait until these writes are done: decided about in the next turn. */
  deferred: string[];
  /** Changes of a record that is not this lead's after all: decided under the record's own key. */
  rerouted: { eventId: string; key: string }[];
  /** Records that the link has come to: read once more when it is saved, since what is told of them until then reaches nobody. */
  reread: { object: FollowedObject; id: string }[];
}

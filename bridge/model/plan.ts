// A plan: the core's decision for one lead, with the outcomes of its writes. Plain data, so that it can be logged and
// compared.
import type { Activity } from './activity.ts';
import type { SaleTransaction, SaleFound, SaleNeeds } from './saleTransaction.ts';
import type { Canonical, Link } from './link.ts';
import type { Fault, Peer } from './fault.ts';
import type { Lead, SalesforceIds } from './lead.ts';
import type { Report } from './report.ts';
import type { FollowedObject, PersonObject, SalesforceFields, SalesforceValue } from './salesforce.ts';
import type { SellfireValue } from './field.ts';
import type { Rep } from './rep.ts';
import type { Sale } from './sale.ts';
import type { ScheduleItem } from './schedule.ts';

/**
 * The prefix of the Idempotency-Key of every request of the bridge to Sellfire, by which an event is recognized as the
 * bridge's own.
 */
export const REQUEST_PREFIX = 'bridge:';

/** The look-ups that the core needs before it can decide. Phones are E.164. */
export interface Needs {
  salesforceByPhone: string[];
  sellfireByPhone: string[];
  /** Salesforce ids that a Sellfire lead may already carry. */
  sellfireByRecord: string[];
  records: { object: FollowedObject; id: string }[];
  /** Records that may be the target of a conversion, and records that may be deleted or merged. */
  conversions: { object: FollowedObject; id: string }[];
  recordStates: { object: FollowedObject; id: string }[];
  leads: string[];
  reps: string[];
  /** Lead ids whose schedule is needed. */
  schedules: string[];
  /** Lead ids whose sales, or activities, are replayed. */
  sales: string[];
  activities: string[];
  /** Salesforce users whose time zone matters. */
  timeZones: string[];
  sale: SaleNeeds;
}

/** The results of look-ups. An absent key was not looked up yet; null: it does not exist. */
export interface Found {
  /** Records that may have the phone; the core decides which of them has. */
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
  /** IANA names; null where there is no such user. */
  timeZones: Map<string, string | null>;
  /** By record id: the lead whose link has the Lead or Contact, where the link of this one was refused it. */
  taken: Map<string, string>;
  sale: SaleFound;
}

/** `alive`: not deleted, or undeleted · `merged`: into a master record that is alive · `unknown`: purged or hidden. */
export type RecordState = { state: 'alive' | 'deleted' | 'unknown' } | { state: 'merged'; into: string };

export interface FoundRecord {
  /** CreatedDate and LastModifiedDate, ms. */
  createdAt: number;
  at: number;
  user: string;
  fields: SalesforceFields;
}

/** A Salesforce Lead or Contact that may have a phone, as the phone look-up returns it. */
export interface PhoneCandidate {
  object: PersonObject;
  id: string;
  name: string;
  /** Sellfire_Lead_Id__c. */
  leadId: string | null;
  /** The unparsed values of its phone fields, by field. */
  phones: Record<string, string>;
  /** ISO 3166 alpha-2: the record's own country; null where it names none. */
  country: string | null;
}

/** The version of a Sellfire field that a write delivers. */
export interface Delivery {
  sellfireField: string;
  /** Replica key: `sellfire` or `Lead.Company`. */
  replica: string;
  /** Field name on the side that is written. */
  field: string;
  version: number;
  value: Canonical;
  before?: Canonical;
  /** Of a creation: who set the value, and when (ms, by the clock of that system). */
  edit?: { at: number; by: 'salesforce' | 'sellfire' };
}

/** A record that is written field by field: what is still to be tried, and what was said of the fields that were refused. */
export interface Trial<T> {
  pending: T[];
  refusals: string[];
  /** Whether any field was accepted. */
  accepted: boolean;
}

export type Write =
  | {
      kind: 'createInSalesforce';
      object: PersonObject;
      /** The key of the upsert (Sellfire_Lead_Id__c), so that a repeat creates no duplicate. */
      leadId: string;
      fields: SalesforceFields;
      deliveries: Delivery[];
      /** The package's fields of the state, written along (M35). */
      state?: SalesforceFields;
      /** Left out after a refusal that named no field: written once the record is there. */
      later?: Delivery[];
      /** By the name of the field: what the lead holds of the mapped fields that are not written, and since when, ms. */
      leadValues?: Record<string, { lastKnown: Canonical; at: number }>;
    }
  | {
      kind: 'updateInSalesforce';
      /** An Opportunity only where a demo was rescheduled, a Task only where the link has left its person. */
      object: FollowedObject | 'Opportunity' | 'Task';
      id: string;
      fields: SalesforceFields;
      deliveries: Delivery[];
      /** The package's fields of the state, written along (M35). */
      state?: SalesforceFields;
      /** Set where the fields are those of a demo, a sale or an activity, which no register keeps (M4). */
      event?: 'DemoSet' | 'Sale' | 'Activity';
      /** Sellfire's id of that demo or sale, which a repush of its row does again (M27). */
      sellfireRecordId?: string | null;
      /** Set where a refusal named no field: the fields are tried one by one. */
      trial?: Trial<[Delivery, SalesforceValue]>;
      /** Written once this is done, or refused: a value that this record gives up first, and no two have. */
      next?: { object: FollowedObject; id: string; fields: SalesforceFields };
    }
  | {
      kind: 'createInSellfire';
      object: FollowedObject;
      recordId: string;
      /** The values of all mapped fields of the record by replica, with blanks and with fields that are not written. */
      recordValues: Record<string, Canonical>;
      /** ms, by the clock of Salesforce: when the record held them. */
      heldAt: number;
      /** ISO 3166 alpha-2: the record's own country. */
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
      /** The lead from which the transaction is written, in the cycle of its event. */
      lead: Lead;
      /** The cycle that the lead is in. */
      cycle: number;
      /**
       * The state of the Contact before the link moves to it; null where the transaction creates it, or the link does
       * not move.
       */
      contact: FoundRecord | null;
      /** The fields of Sellfire of which an interrupted attempt has given that Contact what was edited since. */
      edited: readonly string[];
    }
  | {
      kind: 'task';
      leadId: string;
      activityId: string;
      keyField: string;
      fields: SalesforceFields;
      /** The id of the scheduled event of the activity, else the type of its disposition. */
      about?: string;
      /** An earlier attempt of the turn has created it, and has said so. */
      isAgain?: true;
      /** Set where a refusal named no field: by field name, what is tried one by one once the Task is there. */
      trial?: Trial<[name: string, value: SalesforceValue]>;
    }
  | { kind: 'alert'; alert: 'owner_refused'; subject: string; body: string; leadId: string; key: string };

/**
 * `id`: the Salesforce record that was written; `ids`: the records of a transaction, by node. `lead`: the Sellfire lead
 * after the write. `peer`: the system that refused it, where that is not the system of the write.
 */
export type Outcome =
  | { ok: true; write: Write; id?: string; ids?: Record<string, string>; lead?: Lead }
  | { ok: false; write: Write; fault: Fault; peer?: Peer };

export interface Plan {
  /** The link to save; absent where there is nothing to store. */
  link?: Link;
  writes: Write[];
  reports: Report[];
  /** Event ids of changes that wait for these writes: the next turn decides about them. */
  deferred: string[];
  /** Changes of a record that does not belong to this lead: decided under the record's own key. */
  rerouted: { eventId: string; key: string }[];
  /**
   * Records to which the link moved: read once after the link is saved, since earlier events were keyed to the record,
   * not the lead.
   */
  reread: { object: FollowedObject; id: string }[];
}

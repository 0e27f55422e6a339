// The interface of the two systems for a worker: writes and look-ups of single records, which the adapters gather into
// few calls.
import type { Activity } from './activity.ts';
import type { SaleFound, TransactionNode, SaleNeeds } from './saleTransaction.ts';
import type { Lead } from './lead.ts';
import type { RecordState, FoundRecord, PhoneCandidate } from './plan.ts';
import type { Rep } from './rep.ts';
import type { Result } from './result.ts';
import type { FollowedObject, SalesforceFields } from './salesforce.ts';
import type { Sale } from './sale.ts';
import type { ScheduleItem } from './schedule.ts';
import type { CreateLead, UpdateLead } from './leadWrite.ts';

export type RecordResult = Result<{ id: string; created: boolean }>;
/** The ids of the transaction's records by their references. */
export type TransactionResult = Result<{ ids: Record<string, string> }>;
export type LeadResult = Result<{ lead: Lead }>;

/** Look-ups throw PeerError; writes return a result. */
export interface SalesforcePort {
  /** @param options `assigns`: the org's assignment rule chooses the owner of a record that is not there yet */
  upsert(
    object: string,
    externalIdField: string,
    externalId: string,
    fields: SalesforceFields,
    options?: { assigns: boolean },
  ): Promise<RecordResult>;
  /** @param options `parent`: the Account of the record, where it is known */
  update(
    object: string,
    id: string,
    fields: SalesforceFields,
    options?: { parent?: string | undefined },
  ): Promise<RecordResult>;
  /**
   * Every Lead (unless converted) and Contact that may have the phone, and few others.
   * @param phone E.164
   */
  findByPhone(phone: string): Promise<PhoneCandidate[]>;
  /** Adds the answers to the look-ups of a demo or a sale. */
  lookUpForSale(questions: SaleNeeds, answers: SaleFound): Promise<void>;
  /** Writes all nodes or none. */
  writeTransaction(nodes: readonly TransactionNode[]): Promise<TransactionResult>;
  /** IANA name; null where there is no such user. */
  timeZoneOf(userId: string): Promise<string | null>;
  /** The Lead that was converted into this Contact or Account. */
  convertedFrom(object: 'Contact' | 'Account', id: string): Promise<string | null>;
  /** The state of a record that an event reports as deleted, or that cannot be read. */
  recordState(object: FollowedObject, id: string): Promise<RecordState>;
  /** The current mapped fields of the record, or null where it is deleted or not visible. */
  read(object: FollowedObject, id: string): Promise<FoundRecord | null>;
}

export interface SellfirePort {
  createLead(key: string, lead: CreateLead): Promise<LeadResult>;
  updateLead(key: string, id: string, change: UpdateLead): Promise<LeadResult>;
  leadById(id: string): Promise<Lead | null>;
  leadByPhone(phone: string): Promise<Lead | null>;
  leadBySalesforceId(id: string): Promise<Lead | null>;
  /** Includes deleted reps; null for an id that no rep has. */
  rep(id: string): Promise<Rep | null>;
  schedule(leadId: string): Promise<ScheduleItem[]>;
  sales(leadId: string): Promise<Sale[]>;
  activities(leadId: string): Promise<Activity[]>;
  alert(key: string, alert: { kind: 'owner_refused'; subject: string; body: string; leadId: string }): Promise<void>;
}

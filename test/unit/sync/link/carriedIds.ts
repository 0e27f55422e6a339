// Leads that carry the id of a record, and what is planned for them with the answers of an org (M16).
import type { Change } from '../../../../bridge/model/change.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { FoundRecord, Plan, RecordState } from '../../../../bridge/model/plan.ts';
import { recordKey } from '../../../../bridge/model/saleTransaction.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { SOMEBODY, config, lead } from '../fixtures.ts';

export const PHONE = '+15125550123';
export const NONE = { lead_id: null, contact_id: null, account_id: null };
export const fields = { primary_phone_number: PHONE, business_name: 'Sellfire says', last_name: 'Stone' };
export const carrying = (ids: Partial<Lead['salesforce']>, extra: Partial<Lead> = {}): Lead =>
  lead('lead_1', fields, { ...extra, salesforce: { ...NONE, ...ids } });
export const recordOf = (more: FoundRecord['fields'] = {}): FoundRecord => ({
  ...{ createdAt: 100, at: 900, user: SOMEBODY },
  fields: {
    Phone: '(512) 555-0123',
    Company: 'Salesforce says',
    LastName: 'Stein',
    Sellfire_Lead_Id__c: null,
    ...more,
  },
});

export interface Org {
  records?: Record<string, FoundRecord>;
  states?: Record<string, RecordState>;
  leads?: Lead[];
  /** The Lead that carries the lead's id. */
  made?: string;
  /** By the id of a record, the lead whose link has it. */
  taken?: Map<string, string>;
}

/** Plans with the answers of an org. */
export function plan(
  changes: Change[],
  { records = {}, states = {}, leads = [], made, taken = new Map() }: Org,
  link?: Link,
  maybeApplied = false,
): Plan {
  const found = { ...nothingFound(), taken };
  for (let round = 0; round < 6; round += 1) {
    const decision = decide({ changes, link, config: config(), found, maybeApplied });
    if ('plan' in decision) return decision.plan;
    const { needs } = decision;
    for (const { id } of needs.records) found.records.set(id, records[id] ?? null);
    for (const { id } of needs.recordStates) found.recordStates.set(id, states[id] ?? { state: 'unknown' });
    for (const id of needs.leads) found.leads.set(id, leads.find((one) => one.id === id) ?? null);
    for (const phone of needs.salesforceByPhone) found.salesforceByPhone.set(phone, []);
    for (const phone of needs.sellfireByPhone) found.sellfireByPhone.set(phone, null);
    for (const { id } of needs.conversions) found.conversions.set(id, null);
    for (const one of needs.sale.keyed)
      found.sale.keyed.set(recordKey(one), one.object === 'Lead' ? (made ?? null) : null);
    for (const id of needs.sellfireByRecord)
      found.sellfireByRecord.set(id, leads.find((one) => Object.values(one.salesforce).includes(id)) ?? null);
  }
  throw new Error('no decision');
}

export const LINKED = { outcome: 'Success', event: 'LeadLinked' };
export const ID_WRITTEN = (object: string, id: string) => ({
  kind: 'updateInSalesforce',
  ...{ object, id, fields: { Sellfire_Lead_Id__c: 'lead_1' }, deliveries: [] },
});

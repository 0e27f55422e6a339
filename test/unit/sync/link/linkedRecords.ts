// A lead that is linked, the records that are read, and what a plan makes of them.
import type { Change, SalesforceChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { RecordState, FoundRecord, Plan, Write } from '../../../../bridge/model/plan.ts';
import type { FollowedObject, SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { config, CONTACT_ID, created, lead, LEAD_ID, mapping, salesforceChange, SOMEBODY, USUAL } from '../fixtures.ts';

export const PHONE = '+15125550123';
export const ACCOUNT_ID = '001000000000001AAA';
export const OTHER_ID = '00Q000000000002EAA';
export const AT = 50_000;
export const IDS = { lead_id: LEAD_ID, contact_id: null, account_id: null };
export const fields = {
  primary_phone_number: PHONE,
  business_name: 'Acme Plumbing',
  last_name: 'Stone',
  phase: 'ColdCallDM',
};
export const acme = lead('lead_1', fields, { salesforce: IDS });
export const rival = (ids: Partial<Lead['salesforce']>): Lead =>
  lead(
    'lead_2',
    { ...fields, primary_phone_number: '+15125550199', business_name: 'Rival' },
    { salesforce: { ...IDS, lead_id: null, ...ids } },
  );

const PHASE_ON_CONTACT = mapping('phase', 'Contact.Phase__c');
export const settings = (): SyncConfig => config([...USUAL, PHASE_ON_CONTACT]);

export interface Records {
  link?: Link | undefined;
  records?: Record<string, SalesforceFields | null>;
  /** ms; by default long before all events. */
  madeAt?: number;
  leads?: Lead[];
  /** Salesforce id of a Lead by the record it was converted into. */
  conversions?: Record<string, string>;
  recordStates?: Record<string, RecordState>;
  maybeApplied?: boolean;
  config?: SyncConfig;
}

/** Answers the look-ups of the core until it has decided. */
export function plan(changes: Change[], simulation: Records): Plan {
  const found = nothingFound();
  const leads = simulation.leads ?? [acme];
  for (let round = 0; round < 6; round += 1) {
    const decision = decide({
      changes,
      link: simulation.link,
      config: simulation.config ?? settings(),
      found,
      maybeApplied: simulation.maybeApplied ?? false,
    });
    if ('plan' in decision) return decision.plan;
    const { needs } = decision;
    for (const id of needs.leads) found.leads.set(id, leads.find((one) => one.id === id) ?? null);
    for (const phone of needs.sellfireByPhone)
      found.sellfireByPhone.set(phone, leads.find((one) => one.fields['primary_phone_number'] === phone) ?? null);
    for (const id of needs.sellfireByRecord)
      found.sellfireByRecord.set(id, leads.find((one) => Object.values(one.salesforce).includes(id)) ?? null);
    for (const { id } of needs.conversions) found.conversions.set(id, simulation.conversions?.[id] ?? null);
    for (const { id } of needs.recordStates)
      found.recordStates.set(id, simulation.recordStates?.[id] ?? { state: 'deleted' });
    for (const { id } of needs.records) {
      const fields = simulation.records?.[id] ?? null;
      const record: FoundRecord | null = fields && {
        createdAt: simulation.madeAt ?? -1_000_000_000,
        at: AT,
        user: SOMEBODY,
        fields,
      };
      found.records.set(id, record);
    }
    for (const id of needs.reps) found.reps.set(id, null);
    for (const id of needs.schedules) found.schedules.set(id, []);
  }
  throw new Error('no decision');
}

/** The link after the creation in Salesforce and its echo. */
export function linked(over: Partial<Link> = {}): Link {
  const free = { ...nothingFound(), salesforceByPhone: new Map([[PHONE, []]]) };
  const first = decide({
    changes: [created({ ...acme, salesforce: { lead_id: null, contact_id: null, account_id: null } })],
    link: undefined,
    config: settings(),
    found: free,
    maybeApplied: false,
  });
  if (!('plan' in first)) throw new Error('no plan');
  const [write] = first.plan.writes as [Write];
  const made = settle(settings(), first.plan.link, [{ ok: true, write, id: LEAD_ID }], 1_000).link;
  if (!made) throw new Error('no link');
  return { ...made, revision: 1, ...over };
}

/** The date of all events. */
export const CONVERTED = {
  IsConverted: true,
  ConvertedDate: '1970-01-01',
  ConvertedContactId: CONTACT_ID,
  ConvertedAccountId: ACCOUNT_ID,
};
export const converted = (at = AT): SalesforceChange =>
  salesforceChange('update', at, { Status: 'Closed', ...CONVERTED });
/** The values that the platform copies. */
export const CONTACT: SalesforceFields = {
  Phone: '(512) 555-0123',
  LastName: 'Stone',
  Title: null,
  Email: null,
  Phase__c: null,
  Owned_Rep_Id__c: null,
  Sellfire_Lead_Id__c: null,
};
export const RECORDS = { [CONTACT_ID]: CONTACT, [ACCOUNT_ID]: { Name: 'Acme Plumbing', Phone: PHONE } };
export const linkOf = ({ link }: { link?: Link | undefined }): Link => {
  if (!link) throw new Error('no link');
  return link;
};
/** The link after all writes. */
export function done(made: Plan): Link {
  const outcomes = made.writes.map((write) => ({ ok: true as const, write }));
  return linkOf(settle(settings(), made.link, outcomes, AT));
}
export const kinds = (writes: Write[]): string[] => writes.map(({ kind }) => kind);
export const salesforceWrite = (writes: Write[]) => writes.find((one) => one.kind === 'updateInSalesforce');
export const of = (object: FollowedObject, id: string) => ({ object, recordId: id });

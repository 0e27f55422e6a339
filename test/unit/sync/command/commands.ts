// A lead and its record, and what an admin's commands for them are decided by.
import type { Command } from '../../../../bridge/model/command.ts';
import type { CommandChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, Plan, Write } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { config, created, iso, lead, LEAD_ID, SOMEBODY } from '../fixtures.ts';

export const PHONE = '+15125550123';
export const AT = 100_000;
export const acme = lead('lead_1', {
  primary_phone_number: PHONE,
  business_name: 'Acme Plumbing',
  last_name: 'Stone',
  title: null,
  email: 'a@example.com',
});
export const RECORD: SalesforceFields = {
  Phone: '(512) 555-0123',
  Company: 'Acme Plumbing',
  LastName: 'Stone',
  Title: null,
  Email: 'a@example.com',
  Phase__c: 'ColdCallCold',
  Owned_Rep_Id__c: null,
  Sellfire_Lead_Id__c: 'lead_1',
};

export const commandOf = (command: Command, more: Partial<CommandChange> = {}): CommandChange => ({
  source: 'request',
  eventId: 'a0R000000000001AAA:1',
  at: AT,
  leadId: 'lead_1',
  record: { object: 'Lead', id: LEAD_ID },
  command,
  ...more,
});
export const COMPARE = commandOf({ kind: 'compare', create: true });

/** Both sides as read, with the given differences. */
export function foundOf(inSellfire: Lead | null, inSalesforce: SalesforceFields | null): Found {
  const found = nothingFound();
  found.leads.set('lead_1', inSellfire);
  const at = { createdAt: 1_000, at: AT, user: SOMEBODY };
  found.records.set(LEAD_ID, inSalesforce && { ...at, fields: { ...RECORD, ...inSalesforce } });
  found.salesforceByPhone.set(PHONE, []);
  found.sellfireByPhone.set(PHONE, null);
  found.sellfireByRecord.set(LEAD_ID, null);
  found.recordStates.set(LEAD_ID, { state: 'unknown' });
  return found;
}

export function plan(
  change: CommandChange,
  found: Found,
  link?: Link,
  use: SyncConfig = config(),
  maybeApplied = false,
): Plan {
  const decision = decide({ changes: [change], link, config: use, found, maybeApplied });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

/** The link of a lead that was created in Sellfire and then in Salesforce. */
export function linked(): Link {
  const found = { ...nothingFound(), salesforceByPhone: new Map([[PHONE, []]]) };
  const decision = decide({ changes: [created(acme)], link: undefined, config: config(), found, maybeApplied: false });
  if ('needs' in decision) throw new Error('needs');
  const [write] = decision.plan.writes as [Write];
  const { link } = settle(config(), decision.plan.link, [{ ok: true, write, id: LEAD_ID }], 1_000);
  if (!link) throw new Error('no link');
  return link;
}

export const later = (fields: Lead['fields'], at = 50_000): Lead => ({
  ...acme,
  version: 2,
  fields: { ...acme.fields, ...fields },
  changed_at: { ...acme.changed_at, ...Object.fromEntries(Object.keys(fields).map((name) => [name, iso(at)])) },
});

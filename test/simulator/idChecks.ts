// Checks that the link and both records name each other (I1).
import type { Link } from '../../bridge/model/link.ts';
import { ORG_ID } from './configuration.ts';
import type { Report } from '../../bridge/model/report.ts';
import type { Simulation } from './simulation.ts';

/** Codes of what the customer's rules refuse. */
export const REFUSED_BY_RULES = ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'];

export const UNREADABLE = 'EVENT_UNREADABLE';
/** Whether a row excuses what was not done. What an event was about that cannot be read is done all the same. */
export const isRefusal = ({ outcome, code }: Report): boolean => outcome !== 'Success' && code !== UNREADABLE;

/** The link and both records name each other. */
export function idsOf(simulation: Simulation, link: Link, { excusesRules = true } = {}): string[] {
  const lead = simulation.dialer.leads.find(link.leadId);
  if (link.ended || !lead || lead.deleted_at !== null || !link.record) return [];
  // Two leads claimed one record at once: one of them was stopped and reported.
  const claimed = simulation.store.allReports(ORG_ID).filter(({ code }) => code === 'RECORD_CLAIMED');
  if (
    claimed.some(
      ({ sellfireLeadId, salesforceRecordId }) => sellfireLeadId === lead.id || salesforceRecordId === link.record?.id,
    )
  )
    return [];
  const { object, id } = link.record;
  const named = object === 'Lead' ? lead.salesforce.lead_id : lead.salesforce.contact_id;
  const record = simulation.org.get(id);
  const problems: string[] = [];
  // What is no id, or that of another record that cannot be followed, is refused and stays (M16).
  const isRefused = simulation.store
    .allReports(ORG_ID)
    .some(
      ({ sellfireLeadId, event, outcome }) =>
        sellfireLeadId === lead.id && event === 'LeadLinked' && outcome !== 'Success',
    );
  if (named !== id && !isRefused)
    problems.push(`I1: lead ${lead.id} shows ${object} ${named}, but is linked to ${id}.`);
  // A sale created a Contact while somebody converted the Lead: the two Contacts were reported. Or the org refuses the record as it is.
  const isReported = simulation.store
    .allReports(ORG_ID)
    .some(
      ({ code, salesforceRecordId }) =>
        (code === 'DUPLICATE_VALUE' || (excusesRules && REFUSED_BY_RULES.includes(code))) && salesforceRecordId === id,
    );
  if (record && !isReported && record.fields['Sellfire_Lead_Id__c'] !== lead.id)
    problems.push(
      `I1: ${object} ${id} shows lead ${String(record.fields['Sellfire_Lead_Id__c'])}, but is linked to ${lead.id}.`,
    );
  return problems;
}

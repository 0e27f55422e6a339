// The pairs of a lead and a record that name each other, and how each came to be.
import type { Evidence, OrgRecord, SellfireEvent, SellfireLead } from './evidence.ts';

export interface Pair {
  lead: SellfireLead;
  record: OrgRecord;
  /** The bridge made one from the other, as it makes no Contact of another lead's sale that somebody links to this one (M16), and neither ever had another partner. */
  isMade: boolean;
}

const LEAD_ID = 'Sellfire_Lead_Id__c';

/** The record that a lead names: its Contact, else its Lead. */
export const namedBy = ({ salesforce }: SellfireLead): string | null => salesforce.contact_id ?? salesforce.lead_id;

export function pairsOf(evidence: Evidence): Pair[] {
  const { leads, records } = evidence;
  return leads.flatMap((lead) => {
    const record = records.find(({ id }) => id === namedBy(lead));
    const isOver = !record || record.deleted || record.fields['IsConverted'] === true;
    if (lead.deleted_at !== null || isOver || record.fields[LEAD_ID] !== lead.id) return [];
    return [{ lead, record, isMade: isMade(evidence, lead, record) }];
  });
}

/** Whether the bridge made the lead of the record. */
const isOf = (birth: SellfireEvent | undefined, { id }: OrgRecord): boolean =>
  birth?.actor.kind === 'api' && birth.lead !== null && namedBy(birth.lead) === id;

function isMade({ events, commits, records, bridgeUser }: Evidence, lead: SellfireLead, record: OrgRecord): boolean {
  const birth = events.find(({ type, lead_id: id }) => type === 'lead.created' && id === lead.id);
  const creation = commits
    .flatMap(({ changes }) => changes)
    .find(({ recordId, kind }) => recordId === record.id && kind === 'create');
  const others = [lead.salesforce.lead_id, lead.salesforce.contact_id].filter((id) => id !== null && id !== record.id);
  const holders = commits
    .flatMap(({ changes }) => changes)
    .flatMap((one) => (one.recordId === record.id && one.fields[LEAD_ID] ? [one.fields[LEAD_ID]] : []));
  return (
    birth?.actor.kind !== 'import' &&
    (isOf(birth, record) || (creation?.user === bridgeUser && creation.fields[LEAD_ID] === lead.id)) &&
    others.length === 0 &&
    new Set(holders).size <= 1 &&
    !records.some(({ mergedInto }) => mergedInto === record.id)
  );
}

// What the panel of a record reads (M35, M20): the state of the sync, the cycle, the next event; and of a Lead that its lead left, where that went.
import type { Evidence, OrgRecord } from './evidence.ts';
import { isSame, text } from './journal.ts';
import { namedBy, pairsOf, type Pair } from './pairs.ts';

export function auditPages(evidence: Evidence): string[] {
  return [...pairsOf(evidence).flatMap((pair) => stateOf(evidence, pair)), ...leftLeads(evidence)];
}

function stateOf(evidence: Evidence, pair: Pair): string[] {
  const { events, rows, refused, alwaysOn } = evidence;
  const { lead, record } = pair;
  const [state, detail] = [
    text(record.fields, 'Sellfire_Sync_State__c'),
    text(record.fields, 'Sellfire_Sync_Detail__c'),
  ];
  const problems: string[] = [];
  // A rule of the org that refuses every save of the record refuses its state as well.
  const isHeld = refused.some(({ recordId }) => recordId === record.id) || !alwaysOn.updateInSalesforce;
  if (!['InSync', 'Refused'].includes(state) && !isHeld) problems.push(`M35: the state of ${record.id} is "${state}".`);
  if (state === 'InSync' && detail !== '') problems.push(`M35: ${record.id} is InSync, and says "${detail}".`);
  const code = /^([A-Z_]+): /.exec(detail)?.[1];
  const isReported = rows.some(
    (row) => row.code === code && (row.sellfireLeadId === lead.id || row.salesforceRecordId === record.id),
  );
  if (state === 'Refused' && !isReported)
    problems.push(`M35: ${record.id} is Refused with "${detail}", of which no report says anything.`);
  const mine = events.filter(({ lead_id: id }) => id === lead.id);
  const cycle = record.fields['Sellfire_Cycle__c'] ?? null;
  const next = record.fields['Sellfire_Next_Event_At__c'] ?? null;
  if (cycle !== null && !mine.some((one) => one.lead?.cycle === cycle))
    problems.push(`M35: ${record.id} is in the cycle ${String(cycle)}, in which its lead never was.`);
  const planned = mine.flatMap((one) => [one.schedule_item?.start_time, one.changes['next_event_at']?.to]);
  if (next !== null && !planned.some((one) => isSame(one, next)))
    problems.push(`M35: ${record.id} has an event at ${String(next)}, which its lead never had.`);
  if (next !== null && !isPlanned(evidence, pair, String(next)))
    problems.push(
      `M35: ${record.id} has an event at ${String(next)}, which was not planned any more when that was written.`,
    );
  return problems;
}

/** Whether something at a set time was planned for then, as the record was last written; true where the journals do not say which events that knew. */
function isPlanned(evidence: Evidence, { lead, record }: Pair, next: string): boolean {
  const { events, commits, requestedAt, unreadable, exact, calm } = evidence;
  const syncedAt = Date.parse(text(record.fields, 'Sellfire_Last_Synced_At__c'));
  // The write may have carried what happened in Salesforce then, before the event of Sellfire of that moment was known.
  if (requestedAt.includes(syncedAt) || commits.some(({ at }) => at === syncedAt)) return true;
  const mine = events.filter((one) => one.lead_id === lead.id);
  const isOfThen = ({ occurred_at: at }: Evidence['events'][number]): boolean => Date.parse(at) === syncedAt;
  const [first, last] = [mine.findIndex(isOfThen), mine.findLastIndex(isOfThen)];
  if (!exact || !calm || unreadable.length > 0 || last < 0) return true;
  // Of the events of one moment some may have come later; and an event may stand in the feed behind one of a later moment.
  const until = mine.filter(({ occurred_at: at }) => Date.parse(at) <= syncedAt);
  return [mine.slice(0, first + 1), mine.slice(0, last + 1), until].some((known) => {
    const items = known.flatMap(({ schedule_item: item }) => item ?? []);
    const planned = new Map(items.map((item) => [item.id, item.state === 'planned' && isAtSetTime(item) && item]));
    return [...planned.values()].some((item) => item && isSame(item.start_time, next));
  });
}

/** A demo, a decision call, and a callback at a set time (M35). */
const isAtSetTime = ({ kind, specific_time }: NonNullable<Evidence['events'][number]['schedule_item']>): boolean =>
  kind !== 'callback' || specific_time;

/** A Lead whose lead goes on with a Contact, where the bridge was not kept from saying so. */
function leftLeads({ records, leads, refused, rows }: Evidence): string[] {
  return records.flatMap((record: OrgRecord) => {
    const lead = leads.find(({ id }) => id === record.fields['Sellfire_Lead_Id__c']);
    const isOpen = record.object === 'Lead' && !record.deleted && record.fields['IsConverted'] !== true;
    if (!isOpen || !lead || lead.deleted_at !== null || lead.salesforce.lead_id !== record.id) return [];
    const contact = records.find(({ id }) => id === lead.salesforce.contact_id);
    if (!contact || contact.deleted || namedBy(lead) === record.id) return [];
    const isKept =
      refused.some(({ recordId }) => recordId === record.id) ||
      rows.some((row) => row.salesforceRecordId === record.id && row.outcome === 'Failed');
    if (isKept || contact.fields['Sellfire_Lead_Id__c'] !== lead.id) return [];
    const [state, detail] = [
      text(record.fields, 'Sellfire_Sync_State__c'),
      text(record.fields, 'Sellfire_Sync_Detail__c'),
    ];
    const ids = records.filter(({ object }) => object === 'Contact').map(({ id }) => id);
    if (state === '' && ids.some((id) => detail.includes(id))) return [];
    return [`M20: the Lead ${record.id}, which its lead left, says "${state}" and "${detail}".`];
  });
}

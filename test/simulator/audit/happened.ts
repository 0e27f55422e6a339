// What happened to the records of a lead has its row (M31, B6), and one: a merge, a deletion and its undoing, a link, an event that could not be
// read. rows.ts looks at each row that is there; a row that is missing says nothing by itself.
import type { Evidence, Row, SellfireLead } from './evidence.ts';

export function auditHappened(evidence: Evidence): string[] {
  return [
    ...unreadable(evidence),
    ...(evidence.calm ? [...merges(evidence), ...deletions(evidence), ...links(evidence)] : []),
  ];
}

/** What a row of an event that is set aside is about, by the type of the event. */
const ABOUT: Readonly<Record<string, string>> = {
  'lead.created': 'LeadCreated',
  'lead.deleted': 'LeadDeleted',
  'demo.set': 'DemoSet',
  'activity.logged': 'Activity',
  'sale.made': 'Sale',
};

/** An event of a known type that the contract does not allow is reported once, with its number and type, of its lead and moment. */
function unreadable({ unreadable: events, rows }: Evidence): string[] {
  return events.flatMap(({ sequence, type, lead_id: leadId, occurred_at: at }) => {
    const of = rows.filter((row) => row.code === 'EVENT_UNREADABLE' && row.reason.includes(`Event ${sequence} of`));
    const isRight = of.every(
      (row) =>
        row.reason.includes(`(${type})`) &&
        row.outcome === 'Failed' &&
        row.event === (ABOUT[type] ?? 'LeadUpdated') &&
        row.sellfireLeadId === leadId &&
        row.occurredAt === Date.parse(at),
    );
    if (of.length === 1 && isRight) return [];
    return [`M31: event ${sequence} (${type}) of ${String(leadId)} cannot be read, and ${saidBy(of)}.`];
  });
}

const saidBy = (rows: readonly Row[]): string =>
  rows.length === 0
    ? 'no row says so'
    : `${rows.length} rows say ${rows.map(({ event, outcome, reason }) => `${event} ${outcome}: ${reason}`).join(' | ')}`;

/** The record that a lead is linked with as it says itself: its Contact, else its Lead. */
const recordOf = ({ salesforce }: SellfireLead): string | null => salesforce.contact_id ?? salesforce.lead_id;

const isOf =
  (leadId: string, ...codes: readonly string[]) =>
  (row: Row): boolean =>
    row.sellfireLeadId === leadId && codes.includes(row.code);

/** Whether a person or an import gave the lead its ids, which are followed by rules of their own (M16). */
const isImported = ({ events }: Evidence, leadId: string): boolean =>
  events.some(({ lead_id: id, actor }) => id === leadId && actor.kind === 'import');

/** A lead that had one record, and now has that which it was merged into, has a row of it. */
function merges(evidence: Evidence): string[] {
  const { leads, records, rows, inTime } = evidence;
  if (!inTime) return [];
  return leads.flatMap((lead) => {
    const now = recordOf(lead);
    const before = records.filter(
      ({ id, mergedInto }) => mergedInto !== undefined && mergedInto === now && everNamed(evidence, lead.id, id),
    );
    if (lead.deleted_at !== null || isImported(evidence, lead.id)) return [];
    return before.flatMap(({ id }) => {
      const of = rows.filter((row) => isOf(lead.id, 'MERGED')(row) && row.reason.includes(` ${id} `));
      const isRight = of.every(
        (row) =>
          row.event === 'LeadLinked' &&
          row.outcome === 'Success' &&
          row.direction === 'ToSellfire' &&
          row.salesforceRecordId === now &&
          row.reason.includes(String(now)),
      );
      const isElsewhere = isOfAwaited(evidence, lead.id, { id, now }) || isOfOther(evidence, lead.id, now);
      const isRow = of.length === 1 || (of.length === 0 && isElsewhere);
      return isRow && isRight ? [] : [`B6: ${id} of ${lead.id} was merged into ${String(now)}, and ${saidBy(of)}.`];
    });
  });
}

/** Whether another lead had the record that goes on, and has left it since: a row says that the link ended, and one that the lead has its record. */
const isOfAwaited = ({ rows }: Evidence, leadId: string, { id, now }: { id: string; now: string | null }): boolean =>
  rows.some((row) => isOf(leadId, 'TWO_LEADS_ONE_RECORD')(row) && row.salesforceRecordId === id) &&
  rows.some(
    ({ sellfireLeadId, event, outcome, salesforceRecordId }) =>
      sellfireLeadId === leadId && event === 'LeadLinked' && outcome === 'Success' && salesforceRecordId === now,
  );

/**
 * Whether the record to which an interrupted attempt moved the lead was merged into that of another lead, before the attempt was made again: a row
 * says that the link ended so.
 */
const isOfOther = ({ rows, records }: Evidence, leadId: string, now: string | null): boolean =>
  records.some(({ id, mergedInto }) => id === now && mergedInto !== undefined) &&
  rows.some(isOf(leadId, 'TWO_LEADS_ONE_RECORD'));

/** Whether the bridge has made it the lead's record. */
const everNamed = ({ events }: Evidence, leadId: string, recordId: string): boolean =>
  events.some(
    ({ lead_id: id, lead, actor }) => id === leadId && actor.kind === 'api' && lead && recordOf(lead) === recordId,
  );

const ENDS = ['LINK_ENDED', 'NOT_FOUND', 'ENTITY_IS_DELETED'];

/**
 * One side was deleted, and a row says so once; it is there again, and a row says that as well. The row of a lead that was deleted as its
 * demo or sale was written is that of what Sellfire refused.
 */
function deletions(evidence: Evidence): string[] {
  const { leads, records, rows } = evidence;
  return leads.flatMap((lead) => {
    const record = records.find(({ id }) => id === recordOf(lead));
    const isFollowed = record && record.mergedInto === undefined && record.fields['IsConverted'] !== true;
    if (!isFollowed || isImported(evidence, lead.id) || rows.some(isOf(lead.id, 'TWO_LEADS_ONE_RECORD'))) return [];
    const isGone = record.deleted || lead.deleted_at !== null;
    // A record that came back and is another lead's by then stays that lead's, and a row says so.
    if (!isGone && rows.some((row) => isOf(lead.id, 'RECORD_CLAIMED')(row) && row.salesforceRecordId === record.id))
      return [];
    const ends = rows
      .filter(isOf(lead.id, ...ENDS))
      .filter(({ event, outcome, code }) => event === 'LeadDeleted' && (code !== 'LINK_ENDED' || outcome === 'Success'))
      .filter((row) => !isOfRecord(row) || row.salesforceRecordId === record.id);
    // A link that ended with the record before was resumed with that one, or went on with this one.
    const before = rows
      .filter((row) => isOf(lead.id, ...ENDS)(row) && row.event === 'LeadDeleted' && isOfRecord(row))
      .filter(({ salesforceRecordId: id }) => id !== record.id)
      .map(({ salesforceRecordId: id }) => id);
    const resumed = rows.filter(isOf(lead.id, 'LINK_RESUMED')).filter(({ salesforceRecordId: id }) => {
      const at = before.indexOf(id);
      if (at >= 0) before.splice(at, 1);
      return at < 0;
    });
    // Where each side was deleted, each may have ended it: first by what was refused, then by its event.
    const most = new Set(ends.map(({ code, direction }) => `${code === 'LINK_ENDED'} ${direction}`)).size;
    const open = ends.length - resumed.length;
    if (isGone ? open >= 1 && open <= most : open === 0) return [];
    const what = isGone ? 'is deleted' : 'is there';
    return [`B6: one of ${lead.id} and ${record.id} ${what}, and ${saidBy([...ends, ...resumed])}.`];
  });
}

/** Whether the row says that a record of Salesforce is deleted, and not a lead of Sellfire. */
const isOfRecord = ({ code, direction }: Row): boolean =>
  code === 'ENTITY_IS_DELETED' || (code === 'LINK_ENDED' && direction === 'ToSellfire');

/** Whether the record was deleted when a lead named it first, as an import by hand may, and stays so: it becomes that of no lead. @param at ms */
const wasGone = ({ records, commits }: Evidence, id: string, at: number): boolean =>
  records.some((one) => one.id === id && one.deleted) &&
  !commits.some((one) => one.at > at && one.changes.some(({ recordId, kind }) => recordId === id && kind === 'delete'));

/** Each record that became that of a lead stands in a row with it, but those of a file that the bridge has made, which has rows of its own (M16). */
function links(evidence: Evidence): string[] {
  const { events, rows } = evidence;
  const pairs = new Map<string, { leadId: string; id: string }>();
  const ofFile = new Set<string>();
  const namedAt = new Map<string, number>();
  for (const { lead, actor, occurred_at: at } of events) {
    const id = lead && recordOf(lead);
    // An import may give an id in any form that people copy.
    if (!lead || !id || !/^00[3Q]\d{12}EAA$|^003\d{12}AAA$/.test(id)) continue;
    namedAt.set(`${lead.id} ${id}`, namedAt.get(`${lead.id} ${id}`) ?? Date.parse(at));
    if (actor.kind === 'api') pairs.set(`${lead.id} ${id}`, { leadId: lead.id, id });
    if (actor.request_id?.startsWith('bridge:') && actor.kind === 'import') ofFile.add(`${lead.id} ${id}`);
  }
  return [...pairs].flatMap(([pair, { leadId, id }]) => {
    const mine = rows.filter((row) => row.sellfireLeadId === leadId && row.outcome === 'Success');
    const isReported = mine.some(
      ({ event, salesforceRecordId: of }) =>
        ['Sale', 'DemoSet'].includes(event) || (['LeadCreated', 'LeadLinked'].includes(event) && of === id),
    );
    const isAwaited = rows.some(isOf(leadId, 'RECORD_CLAIMED'));
    const isNone = isOfOther(evidence, leadId, id) || wasGone(evidence, id, namedAt.get(pair) ?? 0);
    return isReported || isAwaited || isNone || ofFile.has(pair)
      ? []
      : [`M31: ${leadId} was linked with ${id}, and no row says so.`];
  });
}

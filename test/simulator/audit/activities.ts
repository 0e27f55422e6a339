// Activities are Tasks (M29): one of each, with what the table of the specification says.
import type { Evidence, OrgRecord, Row, SellfireActivity, Value } from './evidence.ts';
import { dayOf, isSame, valuesOfLead, valuesOfRecord } from './journal.ts';

const SUBJECTS: Record<string, string> = {
  call: 'Call',
  email: 'Email',
  disposition: 'Disposition',
  event_rescheduled: 'Event rescheduled',
  event_deleted: 'Event deleted',
};
const MOVED: Record<string, string> = { event_rescheduled: 'EventRescheduled', event_deleted: 'EventDeleted' };

export function auditActivities(evidence: Evidence): string[] {
  const activities = evidence.events.flatMap(({ activity }) => (activity ? [activity] : []));
  return evidence.records.flatMap((task) => {
    if (task.object !== 'Task' || task.deleted) return [];
    const activity = activities.find(({ id }) => id === task.fields['Sellfire_Activity_Id__c']);
    if (!evidence.everOn.activitySync) return [`M29: ${task.id} is a Task, and activities are off.`];
    if (!activity) return [`M29: ${task.id} is the Task of no activity.`];
    return [...taskOf(evidence, task, activity), ...(evidence.calm ? rowOf(evidence, task, activity) : [])];
  });
}

/** M31: a Task that was made has its row. */
const rowOf = ({ rows }: Evidence, { id }: OrgRecord, activity: SellfireActivity): string[] =>
  rows.some(
    (row) =>
      row.event === 'Activity' &&
      row.outcome === 'Success' &&
      row.salesforceRecordId === id &&
      row.sellfireRecordId === activity.id,
  )
    ? []
    : [`M31: the Task ${id} of ${activity.id} was made, and no row says so.`];

function taskOf(evidence: Evidence, { id, fields }: OrgRecord, activity: SellfireActivity): string[] {
  const { communication_type: kind, channel, disposition, schedule_item: item } = activity;
  const type = disposition?.type ?? MOVED[kind];
  const user = evidence.users[activity.rep_id];
  const zone = user?.timeZone ?? evidence.timeZone;
  const start = disposition?.start_time ?? (kind in MOVED ? item?.start_time : undefined);
  const expected: Record<string, Value> = {
    OwnerId: user?.id ?? null,
    Subject: SUBJECTS[kind] ?? kind,
    Status: 'Completed',
    TaskSubtype: { call: 'Call', email: 'Email' }[kind] ?? 'Task',
    Type: { call: 'Call', email: 'Email' }[kind] ?? 'Other',
    Description: activity.notes === '' ? null : activity.notes,
    CallDurationInSeconds: activity.conference_duration,
    CallType: channel === null ? null : channel[0]?.toUpperCase() + channel.slice(1),
    CallDisposition: type === undefined ? null : start ? `${type} (${clock(start, zone)})` : type,
    CompletedDateTime: activity.created_at,
    ActivityDate: dayOf(activity.created_at, zone),
    EventDateTime__c: item?.start_time ?? null,
  };
  const wrong = Object.entries(expected)
    .filter(([name, value]) => (fields[name] ?? null) !== value && !isLeftOut(evidence, { fields, activity, name }))
    .map(([name, value]) => `M29: ${name} of the Task ${id} is ${String(fields[name])} instead of ${String(value)}.`);
  const phones = valuesOfLead(evidence, activity.lead_id, 'primary_phone_number');
  const hasPhone = phones.some((phone) => phone !== null && isSame(phone, fields['Phone']));
  if (!hasPhone && !isLeftOut(evidence, { fields, activity, name: 'Phone' }))
    wrong.push(`M29: the Task ${id} has the phone ${String(fields['Phone'])}, which its lead never had.`);
  const people = evidence.events.flatMap(({ lead, lead_id: leadId }) =>
    lead && leadId === activity.lead_id ? [lead.salesforce.lead_id ?? '', lead.salesforce.contact_id ?? ''] : [],
  );
  const who = evidence.records.find((one) => one.id === fields['WhoId']);
  // A link that moved with its record, and ended before the lead named the new one, is in a row.
  const isLinked = evidence.rows.some(
    (row) => row.sellfireLeadId === activity.lead_id && row.salesforceRecordId === who?.id,
  );
  // A record whose creation was interrupted may have become another lead's before its own named it.
  const isNamed = who && valuesOfRecord(evidence, who.id, 'Sellfire_Lead_Id__c').includes(activity.lead_id);
  // In whatever form people copied the id: of 15 characters or 18, in any case, in an address.
  const isCopied = who && people.some((text) => text.toLowerCase().includes(who.id.slice(0, 15).toLowerCase()));
  const isOfLead = who && (isCopied || isNamed || isLinked);
  if (!isOfLead) wrong.push(`M29: the Task ${id} is at ${String(fields['WhoId'])}, which its lead never named.`);
  return wrong;
}

interface TaskField {
  fields: OrgRecord['fields'];
  activity: SellfireActivity;
  name: string;
}

/**
 * M32: what the org objects to is left out, and a row says so. Where the link ended before the fields were tried one by one, a row says that
 * the rest is not written.
 */
function isLeftOut({ objections, rows, alwaysOn, calm }: Evidence, { fields, activity, name }: TaskField): boolean {
  if ((fields[name] ?? null) !== null) return false;
  const mine = rows.filter((row) => row.event === 'Activity' && row.sellfireRecordId === activity.id);
  // One whose event could not be read has the row of that, and the lead the row of its deletion.
  const isUnread = rows.some((row) => row.event === 'Activity' && isOf(row, 'EVENT_UNREADABLE', activity));
  const isEnded =
    mine.some(({ code }) => code === 'LINK_ENDED') ||
    (isUnread && rows.some((row) => row.event === 'LeadDeleted' && isOf(row, 'LINK_ENDED', activity)));
  if (isEnded && [...objections].some((one) => one.startsWith('Task.'))) return true;
  // Or an interrupted attempt has tried them, and activity sync was switched off before the next one.
  if (mine.length === 0 && !alwaysOn.activitySync && !calm) return objections.has(`Task.${name}`);
  return (
    objections.has(`Task.${name}`) &&
    mine.some((row) => row.outcome === 'Failed' && row.changes.some((one) => one.field === name))
  );
}

const isOf = (row: Row, code: string, { lead_id: leadId }: SellfireActivity): boolean =>
  row.code === code && row.sellfireLeadId === leadId;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `3/1/23 08:00:00` in a time zone. */
function clock(moment: string, timeZone: string): string {
  const known =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: '2-digit', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    } as Intl.DateTimeFormatOptions);
  clocks.set(timeZone, known);
  const parts = known.formatToParts(new Date(moment));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('month')}/${of('day')}/${of('year')} ${of('hour')}:${of('minute')}:${of('second')}`;
}

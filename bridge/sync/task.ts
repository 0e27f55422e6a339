// Converts activities of a rep to Salesforce Tasks (M29): one for each call, e-mail, disposition without a call, and
// event moved or deleted.
import type { Activity, COMMUNICATION_TYPES } from '../model/activity.ts';
import type { SellfireChange } from '../model/change.ts';
import type { SyncConfig } from '../model/config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import type { Lead } from '../model/lead.ts';
import type { Link } from '../model/link.ts';
import { PRIMARY_PHONE } from '../model/mapping.ts';
import type { Rep } from '../model/rep.ts';
import type { SalesforceFields, SalesforceValue } from '../model/salesforce.ts';
import { leavesRecord } from './sale/plan.ts';
import { isRecordRefused, type Draft } from './turn/draft.ts';
import { lookups, saleLookups } from './turn/lookups.ts';
import * as reports from './turn/reports.ts';
import { clockIn, dayIn } from './values/day.ts';
import { cutText } from '../model/text.ts';
import { rememberTask, taskRow } from './writes/task.ts';

type Communication = (typeof COMMUNICATION_TYPES)[number];

const SUBJECTS: Readonly<Record<string, string>> = {
  call: 'Call',
  email: 'Email',
  disposition: 'Disposition',
  event_rescheduled: 'Event rescheduled',
  event_deleted: 'Event deleted',
} satisfies Record<Communication, string>;
/** The platform's subtypes that match activities of a rep. Any other activity is a plain Task. */
const SUBTYPES: Readonly<Record<string, string>> = { call: 'Call', email: 'Email' };
const CALL_TYPES: Readonly<Record<string, string>> = { outbound: 'Outbound', inbound: 'Inbound', internal: 'Internal' };

/** Subject's length. */
const SUBJECT = 255;
/** The length of a text without one of its own in describe. */
const LONG_TEXT = 32_000;

/** M29's table. A field that the connected user cannot write is left out. */
export function taskFields(
  config: SyncConfig,
  link: Link,
  lead: Lead,
  activity: Activity,
  rep: Rep | null,
  timeZone: string,
): SalesforceFields {
  const { prefix } = config.names;
  const kind = activity.communication_type;
  const channel = activity.channel;
  const subtype = SUBTYPES[kind] ?? 'Task';
  const owner = rep?.sf_owner_id ?? null;
  const wanted: Record<string, SalesforceValue> = {
    OwnerId: owner,
    CreatedById: owner,
    CallDurationInSeconds: activity.conference_duration,
    CallDisposition: dispositionText(activity, timeZone),
    CallType: channel === null ? null : (CALL_TYPES[channel] ?? null),
    Description: cutText(activity.notes, config.objects['Task']?.fields['Description']?.length || LONG_TEXT) || null,
    CompletedDateTime: activity.created_at,
    ActivityDate: dayIn(activity.created_at, timeZone),
    WhoId: link.record?.id ?? null,
    Phone: typeof lead.fields[PRIMARY_PHONE] === 'string' ? lead.fields[PRIMARY_PHONE] : null,
    Status: 'Completed',
    Subject: SUBJECTS[kind] ?? cutText(kind, SUBJECT),
    TaskSubtype: subtype,
    Type: SUBTYPES[kind] ?? 'Other',
    [`${prefix}EventDateTime__c`]: activity.schedule_item?.start_time ?? null,
  };
  const known = config.objects['Task']?.fields ?? {};
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => value !== null && known[name]?.createable),
  );
}

/** The fields that may be written to a Task that is there. */
const updateable = ({ objects }: SyncConfig, fields: SalesforceFields): SalesforceFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => objects['Task']?.fields[name]?.updateable));

/** `DemoSet (3/1/23 08:00:00)`: the disposition's type and its start time; of a moved or deleted event, the event's. */
function dispositionText(activity: Activity, timeZone: string): string | null {
  const { disposition, schedule_item: item, communication_type: kind } = activity;
  const type = disposition?.type ?? MOVED[kind];
  if (type === undefined) return null;
  const start = disposition?.start_time ?? (kind in MOVED ? item?.start_time : undefined) ?? null;
  return start === null ? type : `${type} (${clockIn(start, timeZone)})`;
}

/** A rep who moves or deletes an event chooses no disposition. */
const MOVED: Readonly<Record<string, string | undefined>> = {
  event_rescheduled: 'EventRescheduled',
  event_deleted: 'EventDeleted',
};

/**
 * @param maybeApplied an earlier attempt may have created the Task, and may have been interrupted while it tried its fields one by one: what
 * it lacks is written to it by its key
 */
export function addTasks(draft: Draft, changes: readonly SellfireChange[], maybeApplied: boolean): void {
  const { config, link } = draft;
  if (!config.settings.activitySync) return;
  for (const { at, event } of changes) {
    const { activity, lead } = event;
    if (!activity || !lead) continue;
    const need = { object: 'Task', field: `${config.names.prefix}Sellfire_Activity_Id__c`, key: activity.id };
    if (link?.ended) {
      // An interrupted attempt may have made it.
      const made = draft.maybeApplied ? saleLookups(draft.found.sale, draft.needs.sale).keyed(need) : null;
      if (made === undefined) continue;
      const row = { ...taskRow(lead.id, activity.id, at), salesforceRecordId: made };
      reports.skipped(draft, row, made === null ? explain('LINK_ENDED.activity') : explain('LINK_ENDED.taskMade'));
      continue;
    }
    if (!link?.record) {
      // A record that is being created has no id yet; the Task follows after it, unless Salesforce goes on refusing the record.
      const isMade = draft.writes.some(({ kind }) => kind === 'createInSalesforce' || kind === 'saleTransaction');
      if (isMade && !isRecordRefused(draft)) {
        draft.deferred.push(event.id);
        continue;
      }
      reports.skipped(draft, taskRow(lead.id, activity.id, at), explain('NOT_CONNECTED'));
      continue;
    }
    if (draft.writes.some((write) => write.kind === 'saleTransaction' && leavesRecord(link, write))) {
      // The link moves to a Contact in this turn, and the Task belongs to that.
      draft.deferred.push(event.id);
      continue;
    }
    const rep = lookups(draft).rep(activity.rep_id);
    const known = maybeApplied ? saleLookups(draft.found.sale, draft.needs.sale).keyed(need) : null;
    const about = activity.schedule_item?.id ?? activity.disposition?.type;
    if (known && about !== undefined) rememberTask(draft, { id: known, about, activityId: activity.id });
    // The Task is the rep's, and so are its days.
    const own = rep?.sf_owner_id ? lookups(draft).timeZone(rep.sf_owner_id) : null;
    if (rep === undefined || own === undefined || known === undefined) continue;
    const wanted = taskFields(config, link, lead, activity, rep, own ?? config.timeZone);
    const fields = known === null ? wanted : updateable(config, wanted);
    const key = { leadId: lead.id, activityId: activity.id, keyField: need.field };
    // What an admin asks for is said, whatever there was.
    const isAgain = known !== null && draft.maybeApplied ? ({ isAgain: true } as const) : {};
    draft.writes.push({ kind: 'task', ...key, fields, ...isAgain, ...(about === undefined ? {} : { about }) });
  }
}

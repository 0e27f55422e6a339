// Repush (M27): does again what failed report rows are about, with Sellfire's current data: one row, many rows, or all
// with a code.
import { say } from '../model/message.ts';
import { EVENTS, type Report } from '../model/report.ts';
import { FOLLOWED_OBJECTS, type SalesforceFields } from '../model/salesforce.ts';
import { query } from '../salesforce/api/query.ts';
import { dateTime, identifier, inList, text } from '../salesforce/api/soql.ts';
import { enqueueAll, type QueuedCommand, type Page } from './enqueue.ts';
import { repushSchema, type Repush } from './repushSchema.ts';
import { parametersOf, type Handler, type RequestContext, type RequestResult } from './request.ts';

/** Outcomes that are repushed unless a row is named. */
const REPUSHED = ['Failed', 'Refused'] as const;

/** Report rows of one page. Rows of a page with the same subject are enqueued once. */
const PAGE = 200;

export const repush: Handler = async (run, context) => {
  const wanted = parametersOf(run.request, repushSchema);
  const pages = (after: string | undefined): AsyncGenerator<Page> => pagesOf(wanted, context, after);
  if (wanted.preview) return previewOf(pages(undefined));
  const { total, failed } = await enqueueAll(run, context, pages);
  if (total === 0) return { messages: [say('repushNone')] };
  const done = say('repushed', { count: total });
  return { messages: failed > 0 ? [done, say('failedAgain', { count: failed })] : [done] };
};

async function previewOf(pages: AsyncIterable<Page>): Promise<RequestResult> {
  const events = new Map<string, number>();
  let count = 0;
  for await (const { commands } of pages) {
    for (const { command } of commands) {
      if (command.kind !== 'repush') continue;
      count += 1;
      events.set(command.event, (events.get(command.event) ?? 0) + 1);
    }
  }
  const list = [...events].map(([event, number]) => `${number} × ${event}`).join(', ');
  const message = count === 0 ? say('repushNoMatch') : say('wouldRepush', { count, list });
  return { messages: [message], data: { count, events: Object.fromEntries(events) } };
}

async function* pagesOf(wanted: Repush, context: RequestContext, after: string | undefined): AsyncGenerator<Page> {
  let queued: QueuedCommand[] = [];
  const seen = new Set<string>();
  for await (const row of query(context.rest, soqlOf(wanted, context.config().names.prefix, after))) {
    const one = commandOf(row, context.config().names.prefix);
    if (!one || seen.has(one.key)) continue;
    seen.add(one.key);
    queued.push(one);
    if (queued.length < PAGE) continue;
    await release(queued, context);
    yield { commands: queued, next: String(row['Id']) };
    queued = [];
  }
  await release(queued, context);
  if (queued.length > 0) yield { commands: queued, next: 'end' };
}

function soqlOf(wanted: Repush, prefix: string, after: string | undefined): string {
  const { reports } = wanted;
  const field = (name: string): string => identifier(prefix + name);
  const columns = [
    'Event__c',
    'Occurred_At__c',
    'Sellfire_Lead_Id__c',
    'Sellfire_Record_Id__c',
    'Salesforce_Object__c',
    'Salesforce_Record_Id__c',
  ];
  const where = reports ? [`Id IN ${inList(reports)}`] : conditionsOf(wanted, prefix);
  if (after !== undefined && after !== 'end') where.push(`Id > ${text(after)}`);
  return `SELECT Id, ${columns.map(field).join(', ')} FROM ${field('Integration_Report__c')} WHERE ${where.join(' AND ')} ORDER BY Id`;
}

/** What rows have in common, by the rules of the filter of the Reports page (c/reportFilter). */
function conditionsOf(wanted: Repush, prefix: string): string[] {
  const { code, event, direction, object, request, since, until, before, text: words } = wanted;
  const field = (name: string): string => identifier(prefix + name);
  const equal = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${field(name)} = ${value === '' ? 'null' : text(value)}`];
  const compared = (sign: string, time: string | undefined): string[] =>
    time === undefined ? [] : [`${field('Occurred_At__c')} ${sign} ${dateTime(Date.parse(time))}`];
  const outcomes = REPUSHED.filter((one) => wanted.outcomes?.includes(one) ?? true);
  return [
    // Of other outcomes none is repushed.
    outcomes.length === 0 ? 'Id = null' : `${field('Outcome__c')} IN ${inList(outcomes)}`,
    ...equal('Code__c', code),
    ...equal('Event__c', event),
    ...equal('Direction__c', direction),
    ...equal('Salesforce_Object__c', object),
    ...equal('Sync_Request_Id__c', request),
    ...compared('>=', since),
    ...compared('<=', until),
    ...compared('<', before),
    ...(words === undefined ? [] : [searched(words, prefix)]),
  ];
}

/** Number, code and names anywhere, ids from their beginning. */
function searched(words: string, prefix: string): string {
  const anywhere = ['Code__c', 'Lead__r.Name', 'Contact__r.Name', 'Account__r.Name'].map((name) => prefix + name);
  const ids = ['Sellfire_Lead_Id__c', 'Salesforce_Record_Id__c'].map((name) => prefix + name);
  const like = (name: string, pattern: string): string => `${identifier(name)} LIKE ${text(pattern)}`;
  const conditions = [
    ...['Name', ...anywhere].map((name) => like(name, `%${words}%`)),
    ...ids.map((name) => like(name, `${words}%`)),
  ];
  return `(${conditions.join(' OR ')})`;
}

/** Several rows may have one subject, so the key identifies the subject, not the row. */
function commandOf(row: SalesforceFields, prefix: string): QueuedCommand | undefined {
  const value = (name: string): string | null => {
    const given = row[prefix + name];
    return typeof given === 'string' && given !== '' ? given : null;
  };
  const event = EVENTS.find((one): one is Report['event'] => one === value('Event__c'));
  const leadId = value('Sellfire_Lead_Id__c');
  const object = FOLLOWED_OBJECTS.find((one) => one === value('Salesforce_Object__c'));
  const recordId = value('Salesforce_Record_Id__c');
  const record = object && recordId?.length === 18 ? { object, id: recordId } : null;
  if (!event || (leadId === null && !record)) return undefined;
  const occurredAt = Date.parse(String(value('Occurred_At__c') ?? ''));
  const at = Number.isFinite(occurredAt) ? occurredAt : 0;
  const sellfireId = value('Sellfire_Record_Id__c');
  const subject = ['Sale', 'Activity', 'DemoSet'].includes(event)
    ? `${event}:${sellfireId ?? (event === 'DemoSet' ? '' : at)}`
    : 'again';
  return {
    key: `${leadId ?? recordId}:${subject}`,
    leadId,
    record,
    command: { kind: 'repush', event, occurredAt: at, recordId: sellfireId },
  };
}

/** The most parked rows that are searched; a store with more needs an engineer, not a repush. */
const MAX_PARKED = 10_000;

/** Releases the parked changes of the targets before they are repushed. */
async function release(queued: readonly QueuedCommand[], { store, connection, wake }: RequestContext): Promise<void> {
  if (queued.length === 0) return;
  const keys = new Set(queued.flatMap(({ leadId, record }) => [leadId ?? '', record?.id ?? '']));
  const parked = (await store.parked(connection, MAX_PARKED)).filter(({ key }) => keys.has(key));
  if (parked.length === 0) return;
  const released = await store.release(
    connection,
    parked.map(({ seq }) => seq),
  );
  wake(released.keys);
}

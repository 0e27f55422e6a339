// Repush (M27): does again what failed report rows are about, with Sellfire's current data: one row, many rows, or all
// with a code.
import { z } from 'zod';
import { say } from '../model/message.ts';
import { EVENTS, type Report } from '../model/report.ts';
import { FOLLOWED_OBJECTS, type SalesforceFields } from '../model/salesforce.ts';
import { query } from '../salesforce/api/query.ts';
import { dateTime, identifier, text } from '../salesforce/api/soql.ts';
import { enqueueAll, type QueuedCommand, type Page } from './enqueue.ts';
import { idSchema, parametersOf, type Handler, type RequestContext, type Result } from './request.ts';

export const repushSchema = z
  .strictObject({
    /** Ids of Integration_Report__c, whatever their outcome. At most 200, which fit into one query. */
    reports: z.array(idSchema).min(1).max(200).optional(),
    /** All rows that failed or were refused with this code … */
    code: z.string().min(1).max(60).optional(),
    /** … and this event … */
    event: z.enum(EVENTS).optional(),
    /** … since and until these times. */
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    /** Counts only. */
    preview: z.boolean().default(false),
  })
  .refine(({ reports, code, event, since }) => reports ?? code ?? event ?? since, {
    error: 'says neither which reports, nor which code, event or time',
  });
type Repush = z.infer<typeof repushSchema>;

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

async function previewOf(pages: AsyncIterable<Page>): Promise<Result> {
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

function soqlOf({ reports, code, event, since, until }: Repush, prefix: string, after: string | undefined): string {
  const field = (name: string): string => identifier(prefix + name);
  const columns = [
    'Event__c',
    'Occurred_At__c',
    'Sellfire_Lead_Id__c',
    'Sellfire_Record_Id__c',
    'Salesforce_Object__c',
    'Salesforce_Record_Id__c',
  ];
  const where = reports
    ? [`Id IN (${reports.map(text).join(', ')})`]
    : [
        `${field('Outcome__c')} IN ('Failed', 'Refused')`,
        ...(code === undefined ? [] : [`${field('Code__c')} = ${text(code)}`]),
        ...(event === undefined ? [] : [`${field('Event__c')} = ${text(event)}`]),
        ...(since === undefined ? [] : [`${field('Occurred_At__c')} >= ${dateTime(Date.parse(since))}`]),
        ...(until === undefined ? [] : [`${field('Occurred_At__c')} <= ${dateTime(Date.parse(until))}`]),
      ];
  if (after !== undefined && after !== 'end') where.push(`Id > ${text(after)}`);
  return `SELECT Id, ${columns.map(field).join(', ')} FROM ${field('Integration_Report__c')} WHERE ${where.join(' AND ')} ORDER BY Id`;
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

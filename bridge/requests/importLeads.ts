// Import (M16): creates Sellfire leads for existing Leads and Contacts, or fills and connects the leads with the same
// phone, by Sellfire's CSV import. Each chunk is stored before it is sent. After a crash the same chunk is sent again,
// and Sellfire repeats its answer without a second import.
import { z } from 'zod';
import type { SyncConfig } from '../model/config.ts';
import { explain, explainFault } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { PERSON_OBJECTS, type PersonObject } from '../model/salesforce.ts';
import { REQUEST_PREFIX } from '../model/plan.ts';
import { asMessage, joined, messageSchema, say } from '../model/message.ts';
import { worded } from '../model/report.ts';
import { countRows, largeQuery, type LargeQuery } from '../salesforce/api/largeQuery.ts';
import { dateTime, text } from '../salesforce/api/soql.ts';
import type { ImportRow as Answer } from '../sellfire/payloads.ts';
import { faultOfProblem } from '../sellfire/faults.ts';
import { importFields } from '../sync/files/leadRow.ts';
import { relink } from './enqueue.ts';
import { about, batches, chunkOf, csvOf, without, type Chunk, type ObjectQuery, type Row } from './importFile.ts';
import { previewImport } from './importPreview.ts';
import { addReports, type KeyedReport } from './reportIds.ts';
import { failedRows, narrowed } from './failedRows.ts';
import { idSchema } from './idSchema.ts';
import {
  NOTHING,
  waitingOf,
  parametersOf,
  type Handler,
  type RequestContext,
  type RequestResult,
  type Run,
} from './request.ts';
import { isPhoneMappedTo } from '../sync/mapping/phone.ts';

export const importSchema = z.strictObject({
  /** Contacts are first: where both have a phone, the Contact becomes the lead's record. */
  objects: z.array(z.enum(PERSON_OBJECTS)).min(1).optional(),
  /** Only records created since then … */
  createdSince: z.iso.datetime({ offset: true }).optional(),
  /** … and owned by this user or queue. */
  owner: idSchema.refine((id) => /^(005|00G)/.test(id), 'is no id of a user or a queue').optional(),
  /** Only the records that failed in this earlier import. */
  retry: idSchema.optional(),
  /** Counts only. */
  preview: z.boolean().default(false),
});
export type Import = z.infer<typeof importSchema>;

/** A row is sent again without its refused field; each round removes at least one field. */
const ROUNDS = 30;

const rowSchema = z.object({
  id: z.string(),
  leadId: z.string().nullable(),
  phone: z.string(),
  cells: z.record(z.string(), z.string()),
  leftOut: z.array(messageSchema),
});
const countsSchema = z.object({
  created: z.number().default(0),
  connected: z.number().default(0),
  failed: z.number().default(0),
  linked: z.number().default(0),
  noPhone: z.number().default(0),
  invalid: z.number().default(0),
  taken: z.number().default(0),
});
const stateSchema = z.object({
  total: z.number(),
  done: z.number().default(0),
  /** Index of the query in progress – one of an object, or of a group of failed records –, and its last record that is done. */
  object: z.number().default(0),
  after: z.string().optional(),
  chunk: z.number().default(1),
  counts: countsSchema.default(countsSchema.parse({})),
  /** A chunk that may have been sent: the last record, and the rows. */
  sent: z.object({ last: z.string(), records: z.number(), rows: z.array(rowSchema), csv: z.string() }).optional(),
});
type State = z.infer<typeof stateSchema>;

export const importLeads: Handler = async (run, context) => {
  const wanted = parametersOf(run.request, importSchema);
  const config = await context.reload();
  const objects = objectsOf(config, wanted);
  const queries = await queriesOf(context, config, wanted, objects);
  if (wanted.preview) return previewImport(run, context, config, queries);
  let state = stateSchema.parse(
    run.checkpoint === undefined ? { total: await totalOf(context, queries) } : JSON.parse(run.checkpoint),
  );
  const save = async (next: State): Promise<void> => {
    state = next;
    await run.save(JSON.stringify(next));
    run.reportProgress({ total: Math.max(next.total, next.done), done: next.done, failed: next.counts.failed });
  };
  if (state.sent) {
    const object = queries[state.object]?.object ?? 'Lead';
    await save(await send(run, context, config, object, state, state.sent));
  }
  for (const { object, query } of queries.slice(state.object)) {
    for await (const records of batches(
      largeQuery(context.rest, { ...query, after: state.after }, waitingOf(run, context)),
    )) {
      if (run.signal.aborted) return NOTHING;
      const chunk = await chunkOf(context, config, object, records);
      await addReports(context, run.request, chunk.reports);
      await relink(run, context, object, chunk.unlinked);
      const last = String(records.at(-1)?.['Id']);
      const csv = chunk.rows.length > 0 ? csvOf(config, object, chunk.rows) : '';
      const sent = { last, records: records.length, rows: chunk.rows, csv };
      await save({ ...state, counts: added(state.counts, chunk.counts), sent });
      await save(await send(run, context, config, object, state, sent));
    }
    await save({ ...state, object: state.object + 1, after: undefined });
  }
  return resultOf(state);
};

/** @throws BridgeError PHONE_UNMAPPED */
function objectsOf(config: SyncConfig, { objects }: Import): PersonObject[] {
  const queued = (['Contact', 'Lead'] as const).filter((object) => objects?.includes(object) ?? true);
  const able = queued.filter((object) => isPhoneMappedTo(config, object));
  if (able.length > 0 && (objects === undefined || able.length === queued.length)) return able;
  throw new BridgeError(
    explain('PHONE_UNMAPPED.forImport', { objects: queued.filter((object) => !able.includes(object)).join(' and ') }),
  );
}

async function queriesOf(
  context: RequestContext,
  config: SyncConfig,
  wanted: Import,
  objects: readonly PersonObject[],
): Promise<ObjectQuery[]> {
  const queries: ObjectQuery[] = [];
  for (const object of objects) {
    const query = queryOf(config, wanted, object);
    if (wanted.retry === undefined) queries.push({ object, query });
    else
      for (const ids of await failedRows(context, wanted.retry, object))
        queries.push({ object, query: narrowed(query, ids) });
  }
  return queries;
}

function queryOf(config: SyncConfig, { createdSince, owner }: Import, object: PersonObject): LargeQuery {
  return {
    object,
    columns: importFields(config, object),
    where: [
      ...(object === 'Lead' ? ['IsConverted = false'] : []),
      ...(createdSince === undefined ? [] : [`CreatedDate >= ${dateTime(Date.parse(createdSince))}`]),
      ...(owner === undefined ? [] : [`OwnerId = ${text(owner)}`]),
    ],
  };
}

async function totalOf({ rest }: RequestContext, queries: readonly ObjectQuery[]): Promise<number> {
  let total = 0;
  for (const { query } of queries) total += await countRows(rest, query);
  return total;
}

/**
 * Sends a chunk, and sends rows that failed for one field again without it.
 * @returns the state after the chunk
 */
async function send(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  object: PersonObject,
  state: State,
  sent: NonNullable<State['sent']>,
): Promise<State> {
  const { sent: _, ...rest } = state;
  const counts = { ...state.counts };
  const reports: KeyedReport[] = [];
  const key = `${REQUEST_PREFIX}import:${run.request.id}:${state.chunk}`;
  let { rows, csv } = sent;
  for (let round = 0; rows.length > 0; round += 1) {
    const answers = await context.sellfire.importLeads(round === 0 ? key : `${key}:${round}`, csv);
    const again: Row[] = [];
    rows.forEach((row, index) => {
      const answer = answers[index];
      const less =
        answer?.problem && round < ROUNDS ? without(row, answer.problem.field, answer.problem.detail) : undefined;
      if (less) again.push(less);
      else reports.push(reportOf(object, row, answer, counts));
    });
    rows = again;
    csv = rows.length > 0 ? csvOf(config, object, rows) : '';
  }
  await addReports(context, run.request, reports);
  return { ...rest, counts, after: sent.last, chunk: state.chunk + 1, done: state.done + sent.records };
}

function reportOf(object: PersonObject, row: Row, answer: Answer | undefined, counts: State['counts']): KeyedReport {
  const changes = Object.entries(row.cells).map(([field, after]) => ({ field, after }));
  const [first, ...more] = row.leftOut;
  const leftOut = first ? [say('leftOut', { what: joined([first, ...more], 'joined') })] : [];
  const base = { ...about(object, row.id), sellfireLeadId: answer?.lead_id ?? row.leadId };
  if (!answer || answer.outcome === 'failed') {
    counts.failed += 1;
    const why = answer?.problem
      ? explainFault(faultOfProblem(answer.problem))
      : explain('NO_RESULT', { peer: 'Sellfire' });
    const words = worded(why.code, [asMessage(why), ...leftOut]);
    return { key: row.id, row: { ...base, event: 'LeadCreated', outcome: 'Failed', ...words, changes } };
  }
  const isNew = answer.outcome === 'created';
  counts[isNew ? 'created' : 'connected'] += 1;
  const isConnected = answer.outcome === 'updated' || answer.outcome === 'linked';
  const what = say(isNew ? 'imported' : isConnected ? 'connectedByImport' : 'sameByImport');
  const event = isNew ? 'LeadCreated' : 'LeadLinked';
  return { key: row.id, row: { ...base, event, outcome: 'Success', ...worded('', [what, ...leftOut]), changes } };
}

function added(counts: State['counts'], more: Chunk['counts']): State['counts'] {
  const sum = { ...counts };
  for (const [name, count] of Object.entries(more) as [keyof Chunk['counts'], number][]) sum[name] += count;
  return sum;
}

function resultOf({ done, counts }: State): RequestResult {
  const { created, connected, failed, linked, noPhone, invalid, taken } = counts;
  const parts = joined(
    [
      say('leadsCreated', { count: created }),
      say('connectedThere', { number: connected }),
      say('linkedAlready', { number: linked }),
      say('withoutPhone', { number: noPhone }),
      ...(invalid > 0 ? [say('phoneNone', { number: invalid })] : []),
      ...(taken > 0 ? [say('phoneTaken', { number: taken })] : []),
      ...(failed > 0 ? [say('numberFailed', { number: failed })] : []),
    ],
    'listed',
  );
  const hint = failed + invalid + taken > 0 ? [say('seeReports')] : [];
  return { messages: [say('recordsThat', { what: say('records', { count: done }), parts }), ...hint] };
}

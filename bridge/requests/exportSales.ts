// ExportSales (M26): brings the sales of Salesforce to Sellfire by its CSV import, and reports each sale. A chunk is
// stored before it is sent, as in an import of leads. Sellfire accepts an Opportunity once, however often it is
// exported.
import { z } from 'zod';
import { explain, explainFault } from '../model/catalogue/catalogue.ts';
import type { SyncConfig } from '../model/config.ts';
import { REQUEST_PREFIX } from '../model/plan.ts';
import { say } from '../model/message.ts';
import { said, worded } from '../model/report.ts';
import type { SalesforceFields } from '../model/salesforce.ts';
import { countRows, largeQuery, type LargeQuery } from '../salesforce/api/largeQuery.ts';
import type { SaleImportRow } from '../sellfire/payloads.ts';
import { faultOfProblem } from '../sellfire/faults.ts';
import { batches } from './importFile.ts';
import { failedRows, narrowed } from './failedRows.ts';
import { idSchema } from './idSchema.ts';
import { addReports, type KeyedReport } from './reportIds.ts';
import { NOTHING, parametersOf, waitingOf, type Handler, type RequestContext, type Run } from './request.ts';
import { fileSales, periodSchema, repsByOwner, saleCsv, salesQuery, type FiledSale } from './saleFile.ts';

export const exportSchema = z.strictObject({
  ...periodSchema.shape,
  /** Only the sales that failed in this earlier export, whatever their close date. */
  retry: idSchema.optional(),
  /** Counts only. */
  preview: z.boolean().default(false),
});

/** Before every close date. */
const FIRST_DAY = '1970-01-01';

const stateSchema = z.object({
  total: z.number(),
  done: z.number().default(0),
  /** Index of the query in progress – there are several where many failed sales are tried again –, and its last record. */
  part: z.number().default(0),
  after: z.string().optional(),
  chunk: z.number().default(1),
  created: z.number().default(0),
  known: z.number().default(0),
  failed: z.number().default(0),
  /** A chunk that may have been sent: the Opportunities in their order, each with its number of rows in the file. */
  sent: z
    .object({
      last: z.string(),
      records: z.number(),
      csv: z.string(),
      sales: z.array(z.object({ id: z.string(), rows: z.number() })),
    })
    .optional(),
});
type State = z.infer<typeof stateSchema>;

export const exportSales: Handler = async (run, context) => {
  const wanted = parametersOf(run.request, exportSchema);
  const config = await context.reload();
  const queries = await queriesOf(run, context, config, wanted);
  let state = stateSchema.parse(
    run.checkpoint === undefined ? { total: await totalOf(context, queries) } : JSON.parse(run.checkpoint),
  );
  const save = async (next: State): Promise<void> => {
    state = next;
    await run.save(JSON.stringify(next));
    run.reportProgress({ total: Math.max(next.total, next.done), done: next.done, failed: next.failed });
  };
  if (state.sent) await save(await send(run, context, state, state.sent));
  const reps = await repsByOwner(context);
  const seen = { sales: 0, rows: 0, problems: 0 };
  for await (const { batch, part } of batchesOf(run, context, queries, state)) {
    if (run.signal.aborted) return NOTHING;
    const filed = await fileSales(context, config, reps, batch);
    const good = filed.filter(({ problem }) => !problem);
    if (wanted.preview) {
      seen.sales += batch.length;
      seen.rows += good.reduce((sum, { rows }) => sum + rows.length, 0);
      seen.problems += filed.length - good.length;
      run.reportProgress({ total: Math.max(state.total, seen.sales), done: seen.sales, failed: 0 });
      continue;
    }
    await addReports(context, run.request, filed.flatMap(withoutRows));
    const sent = {
      last: String(batch.at(-1)?.['Id']),
      records: batch.length,
      csv: good.length > 0 ? saleCsv(config, good) : '',
      sales: good.map(({ opportunityId, rows }) => ({ id: opportunityId, rows: rows.length })),
    };
    await save({ ...state, part, failed: state.failed + filed.length - good.length, sent });
    await save(await send(run, context, state, sent));
  }
  if (wanted.preview) {
    const [sales, bare] = [say('sales', { count: seen.sales }), say('sales', { count: seen.problems })];
    return { messages: [say('salesWouldExport', { sales, items: say('items', { count: seen.rows }), bare })] };
  }
  const { done, created, known, failed } = state;
  const exported = say('salesExported', { sales: say('sales', { count: done }), created, known, failed });
  return { messages: failed > 0 ? [exported, say('seeReports')] : [exported] };
};

async function queriesOf(
  run: Run,
  context: RequestContext,
  config: SyncConfig,
  { retry, ...period }: z.infer<typeof exportSchema>,
): Promise<LargeQuery[]> {
  // A sale may have failed long ago.
  const query = await salesQuery(context, config, retry ? { since: FIRST_DAY } : period, run.request.at);
  if (retry === undefined) return [query];
  return (await failedRows(context, retry, 'Opportunity')).map((ids) => narrowed(query, ids));
}

async function totalOf({ rest }: RequestContext, queries: readonly LargeQuery[]): Promise<number> {
  let total = 0;
  for (const query of queries) total += await countRows(rest, query);
  return total;
}

/** From where the request stands. */
async function* batchesOf(
  run: Run,
  context: RequestContext,
  queries: readonly LargeQuery[],
  from: Pick<State, 'part' | 'after'>,
): AsyncGenerator<{ batch: SalesforceFields[]; part: number }> {
  for (const [index, query] of queries.slice(from.part).entries()) {
    const after = index === 0 ? from.after : undefined;
    for await (const batch of batches(largeQuery(context.rest, { ...query, after }, waitingOf(run, context))))
      yield { batch, part: from.part + index };
  }
}

async function send(run: Run, context: RequestContext, state: State, sent: NonNullable<State['sent']>): Promise<State> {
  const { sent: _, ...rest } = state;
  const key = `${REQUEST_PREFIX}export:${run.request.id}:${state.chunk}`;
  const answers = sent.csv === '' ? [] : await context.sellfire.importSales(key, sent.csv);
  const next: State = { ...rest, after: sent.last, chunk: state.chunk + 1, done: state.done + sent.records };
  const reports: KeyedReport[] = [];
  let row = 0;
  for (const sale of sent.sales) {
    // All rows of a sale succeed or fail together.
    const answer = answers[row];
    row += sale.rows;
    if (answer?.outcome === 'created') next.created += 1;
    else if (answer?.outcome === 'skipped') next.known += 1;
    else next.failed += 1;
    reports.push(reportOf(sale.id, answer));
  }
  await addReports(context, run.request, reports);
  return next;
}

const about = (id: string) =>
  ({ direction: 'ToSellfire', event: 'Sale', salesforceObject: 'Opportunity', salesforceRecordId: id }) as const;

function reportOf(id: string, answer: SaleImportRow | undefined): KeyedReport {
  const row = { ...about(id), sellfireLeadId: answer?.lead_id ?? null };
  if (answer && answer.outcome !== 'failed') {
    return answer.outcome === 'created'
      ? { key: id, row: { ...row, outcome: 'Success', ...worded('', [say('broughtToSellfire')]) } }
      : { key: id, row: { ...row, outcome: 'Skipped', ...said(explain('SALE_KNOWN')) } };
  }
  const why = answer?.problem
    ? explainFault(faultOfProblem(answer.problem))
    : explain('NO_RESULT', { peer: 'Sellfire' });
  return { key: id, row: { ...row, outcome: 'Failed', ...said(why) } };
}

function withoutRows({ opportunityId, problem }: FiledSale): KeyedReport[] {
  return problem ? [{ key: opportunityId, row: { ...about(opportunityId), outcome: 'Failed', ...said(problem) } }] : [];
}

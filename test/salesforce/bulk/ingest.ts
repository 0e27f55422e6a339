// Ingest jobs of the Bulk API 2.0: opened, given their data, closed, worked on, asked for their results.
// Source: Bulk API 2.0 Developer Guide, "Bulk API 2.0 Ingest" and the pages on its requests.
import express, { Router, type Request } from 'express';
import { z } from 'zod';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import { isIdentifier } from '../rest/body.ts';
import { parseBody } from '../rest/composite.ts';
import { contextOf, methodNotAllowed, type Asking } from '../rest/request.ts';
import { DELIMITERS, LINE_ENDINGS, readCsv, writeCsv, type ColumnDelimiter, type LineEnding } from './csv.ts';
import { CHUNK, planColumns, saveRow, type IngestOperation, type IngestPlan, type RowResult } from './ingestRun.ts';
import {
  describeJob,
  describeProgress,
  invalidJob,
  invalidState,
  isOver,
  JobStore,
  type Job,
  type Step,
} from './jobs.ts';

/** Of one upload. */
const MAXIMUM_BYTES = 150 * 1024 * 1024;
/** Of data that comes with the request that makes the job. */
const MAXIMUM_INLINE = 100_000;
/** Records that the platform works on at a time; each such batch counts against the day's. */
const BATCH = 10_000;

export const formatSchema = {
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: z.enum(Object.keys(DELIMITERS) as [ColumnDelimiter, ...ColumnDelimiter[]]).default('COMMA'),
  lineEnding: z.enum(Object.keys(LINE_ENDINGS) as [LineEnding, ...LineEnding[]]).default('LF'),
};

/** The user permission "Bulk API Hard Delete". */
const HARD_DELETE = 'BulkApiHardDelete';

const jobSchema = z.object({
  ...formatSchema,
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  externalIdFieldName: z.string().optional(),
});

interface IngestJob extends Job {
  operation: IngestOperation;
  externalIdFieldName?: string;
  data?: string;
  header: string[];
  rows: string[][];
  /** Of the rows dealt with, in their order. */
  results: RowResult[];
}

export function ingestRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const store = new JobStore<IngestJob>(org, 'ingest');
  const json = express.json();
  const raw = express.raw({ type: () => true, limit: MAXIMUM_BYTES });
  const jobOf = (request: Request): IngestJob => store.get(String(request.params['id']), asking(request).userId);
  const describe = (job: IngestJob) => ({
    ...describeJob(job),
    contentUrl: `services/data/v${job.version}/jobs/ingest/${job.id}/batches`,
    ...(job.externalIdFieldName !== undefined && { externalIdFieldName: job.externalIdFieldName }),
  });

  function open(request: Request, body: unknown): IngestJob {
    const { object: name, operation, externalIdFieldName, ...format } = parseBody(jobSchema, body);
    const object = org.schema.find(name);
    if (object?.kind !== 'record') throw invalidJob(`Unable to find object: ${name}`);
    const access = org.access.of(asking(request).userId);
    if (operation === 'hardDelete' && !access.all && !access.has(HARD_DELETE)) {
      const message =
        'FeatureNotEnabled : hard delete operation requires special user profile permission, please contact your system administrator';
      throw new PlatformError('FEATURENOTENABLED', message);
    }
    if (operation === 'upsert') {
      const field = org.schema.field(object, externalIdFieldName ?? '');
      if (!field || !isIdentifier(field)) {
        throw invalidJob(
          `Field name provided, ${externalIdFieldName} is not an External ID or indexed field for ${name}`,
        );
      }
    }
    const who = asking(request);
    // A job names the rule that it runs, and none of its own accord.
    const context = { ...contextOf(who, request, true), assigns: false };
    return store.add({
      columnDelimiter: format.columnDelimiter,
      lineEnding: format.lineEnding,
      kind: 'ingest',
      operation,
      object: object.name,
      userId: who.userId,
      version: who.version,
      context: { ...context, origin: context.origin.replace('/rest/', '/bulkapi/') },
      state: 'Open',
      header: [],
      rows: [],
      results: [],
      ...(externalIdFieldName !== undefined && { externalIdFieldName }),
    });
  }

  const start = (job: IngestJob): void => store.start(job, () => prepare(org, job));

  router
    .route('/jobs/ingest')
    .get((request, response) => {
      const records = store.list(asking(request).userId).map((job) => ({ ...describe(job), jobType: 'V2Ingest' }));
      response.json({ done: true, nextRecordsUrl: null, records });
    })
    .post(json, raw, async (request, response) => {
      if (!request.is('multipart/form-data')) {
        response.json(describe(open(request, request.body)));
        return;
      }
      const { job: described, data } = await readParts(request);
      const job = open(request, described);
      job.data = data;
      start(job);
      response.json(describe(job));
    })
    .all(methodNotAllowed('GET,HEAD,POST'));
  router
    .route('/jobs/ingest/:id')
    .get((request, response) => {
      const job = jobOf(request);
      response.json({ ...describe(job), ...describeProgress(job) });
    })
    .patch(json, (request, response) => {
      const job = jobOf(request);
      const { state } = parseBody(z.object({ state: z.enum(['UploadComplete', 'Aborted']) }), request.body);
      if (state === 'Aborted') store.abort(job);
      else if (job.state === 'Open') start(job);
      else throw invalidState(`A job in state ${job.state} cannot be set to UploadComplete`);
      response.json(describe(job));
    })
    .delete((request, response) => {
      store.remove(jobOf(request));
      response.status(204).end();
    })
    .all(methodNotAllowed('DELETE,GET,HEAD,PATCH'));
  router
    .route('/jobs/ingest/:id/batches')
    .put(raw, (request, response) => {
      const job = jobOf(request);
      if (!request.is('text/csv')) {
        throw new PlatformError('UNSUPPORTED_MEDIA_TYPE', 'Job data must be of type text/csv', { status: 415 });
      }
      if (job.state !== 'Open') throw invalidState(`Data cannot be uploaded to a job in state ${job.state}`);
      if (job.data !== undefined) throw invalidState('Data has been uploaded already');
      job.data = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
      response.status(201).end();
    })
    .all(methodNotAllowed('PUT'));

  const results = {
    successfulResults: (job: IngestJob) => [
      ['sf__Id', 'sf__Created', ...job.header],
      ...job.results.flatMap(({ id, created, error }, row) =>
        error === undefined ? [[id, String(created ?? false), ...(job.rows[row] ?? [])]] : [],
      ),
    ],
    failedResults: (job: IngestJob) => [
      ['sf__Id', 'sf__Error', ...job.header],
      ...job.results.flatMap(({ id, error }, row) =>
        error === undefined ? [] : [[id, error, ...(job.rows[row] ?? [])]],
      ),
    ],
    unprocessedrecords: (job: IngestJob) => [job.header, ...job.rows.slice(job.results.length)],
  };
  for (const [name, rowsOf] of Object.entries(results)) {
    router
      .route(`/jobs/ingest/:id/${name}`)
      .get((request, response) => {
        const job = jobOf(request);
        if (!isOver(job)) throw invalidState(`Results are there when the job is over; its state is ${job.state}`);
        response.type('text/csv').send(writeCsv(rowsOf(job), job));
      })
      .all(methodNotAllowed('GET,HEAD'));
  }
  return router;
}

async function readParts(request: Request): Promise<{ job: unknown; data: string }> {
  const type = request.get('content-type') ?? '';
  let form: FormData;
  try {
    form = await new Response(request.body as BodyInit, { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw invalidJob(`The multipart request cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const text = async (name: string): Promise<string> => {
    const part = form.get(name);
    if (part === null) throw invalidJob(`The multipart request has no part named ${name}`);
    return typeof part === 'string' ? part : part.text();
  };
  const [job, data] = await Promise.all([text('job'), text('content')]);
  if (data.length > MAXIMUM_INLINE) throw invalidJob(`Multipart job data has at most ${MAXIMUM_INLINE} characters`);
  try {
    return { job: JSON.parse(job) as unknown, data };
  } catch (cause) {
    throw new PlatformError('JSON_PARSER_ERROR', cause instanceof Error ? cause.message : String(cause));
  }
}

function prepare(org: Org, job: IngestJob): Step {
  const object = org.schema.object(job.object);
  const externalId = org.schema.field(object, job.externalIdFieldName ?? '');
  const { header, rows } = readCsv(job.data ?? '', job);
  Object.assign(job, { header, rows });
  delete job.data;
  const columns = planColumns(org, object, header);
  const plan: IngestPlan = { org, object, operation: job.operation, columns, ...(externalId && { externalId }) };
  return () => {
    const chunk = rows.slice(job.processed, job.processed + CHUNK);
    if (job.processed % BATCH === 0 && chunk.length > 0) org.usage.bulkBatches.used += 1;
    if (chunk.length > 0) {
      const done = org.transact(job.context, (transaction) => chunk.map((cells) => saveRow(plan, transaction, cells)));
      for (const result of done) job.results.push(result);
      job.failed += done.filter(({ error }) => error !== undefined).length;
      job.processed += chunk.length;
    }
    return job.processed >= rows.length;
  };
}

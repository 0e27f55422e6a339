// Query jobs of the Bulk API 2.0: a query that runs by itself and leaves its results as CSV, to be fetched piece by piece.
// Source: Bulk API 2.0 Developer Guide, "Bulk API 2.0 Query", "Get Results for a Query Job", "SOQL Considerations".
import express, { Router, type Request } from 'express';
import { z } from 'zod';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import { parseBody } from '../rest/composite.ts';
import { contextOf, methodNotAllowed, type Asking } from '../rest/request.ts';
import { runQuery, type JsonRecord, type JsonValue } from '../soql.ts';
import { compileQuery } from '../soql/compile.ts';
import type { CompiledQuery } from '../soql/compiled.ts';
import { isStored } from '../tables.ts';
import { writeCsv } from './csv.ts';
import { formatSchema } from './ingest.ts';
import { describeJob, describeProgress, invalidJob, invalidState, JobStore, type Job } from './jobs.ts';

/** Records of one piece where the client does not say. */
const PIECE = 50_000;

const jobSchema = z.object({ ...formatSchema, operation: z.enum(['query', 'queryAll']), query: z.string() });

interface QueryJob extends Job {
  header: string[];
  /** Columns of numbers with decimals. */
  decimals: string[];
  rows: string[][];
}

export function queryJobsRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const store = new JobStore<QueryJob>(org, 'query');
  const json = express.json();
  const jobOf = (request: Request): QueryJob => store.get(String(request.params['id']), asking(request).userId);

  router
    .route('/jobs/query')
    .get((request, response) => {
      const records = store.list(asking(request).userId).map((job) => ({ ...describeJob(job), jobType: 'V2Query' }));
      response.json({ done: true, nextRecordsUrl: null, records });
    })
    .post(json, (request, response) => {
      const { operation, query, columnDelimiter, lineEnding } = parseBody(jobSchema, request.body);
      const all = operation === 'queryAll';
      const compiled = compileQuery(query, { schema: org.schema, now: org.clock(), all });
      refuseUnsupported(query, compiled);
      const who = asking(request);
      org.usage.bulkQueryJobs.used += 1;
      const job = store.add({
        columnDelimiter,
        lineEnding,
        kind: 'query',
        operation,
        object: compiled.object.name,
        userId: who.userId,
        version: who.version,
        context: contextOf(who, request, true),
        state: 'UploadComplete',
        header: compiled.columnNames.map(({ name }) => name),
        decimals: compiled.columnNames.flatMap(({ name, field }) => (DECIMALS.has(field.type) ? [name] : [])),
        rows: [],
      });
      store.start(job, () => () => {
        const { schema, tables } = org;
        const { records } = runQuery(query, { schema, tables, now: org.clock(), base: who.base, all });
        job.rows = records.map((record) =>
          job.header.map((path) => {
            const cell = cellOf(record, path);
            return cell !== '' && job.decimals.includes(path) ? decimalCell(Number(cell)) : cell;
          }),
        );
        job.processed = records.length;
        return true;
      });
      response.json(describeJob(job));
    })
    .all(methodNotAllowed('GET,HEAD,POST'));
  router
    .route('/jobs/query/:id')
    .get((request, response) => {
      const job = jobOf(request);
      response.json({ ...describeJob(job), ...describeProgress(job) });
    })
    .patch(json, (request, response) => {
      const job = jobOf(request);
      parseBody(z.object({ state: z.literal('Aborted') }), request.body);
      store.abort(job);
      response.json(describeJob(job));
    })
    .delete((request, response) => {
      store.remove(jobOf(request));
      response.status(204).end();
    })
    .all(methodNotAllowed('DELETE,GET,HEAD,PATCH'));
  router
    .route('/jobs/query/:id/results')
    .get((request, response) => {
      const job = jobOf(request);
      if (job.version !== asking(request).version) {
        const message = `The results are to be fetched with the version that made the job: ${job.version}`;
        throw new PlatformError('API_ERROR', message, { status: 409 });
      }
      if (job.state === 'Aborted' || job.state === 'Failed') throw invalidState(`The job is ${job.state}`);
      if (job.state !== 'JobComplete') {
        const message = `can only download query results of successfully completed bulk job with status: JOB_COMPLETE. Current status: ${job.state}`;
        throw new PlatformError('JOB_NOT_COMPLETE', message, { status: 412 });
      }
      const from = offsetOf(request.query['locator'], job);
      const size = sizeOf(request.query['maxRecords']);
      const rows = job.rows.slice(from, from + size);
      const next = from + rows.length;
      response.set('Sforce-NumberOfRecords', String(rows.length));
      response.set('Sforce-Locator', next < job.rows.length ? locatorOf(next) : 'null');
      response.type('text/csv').send(writeCsv([job.header, ...rows], job));
    })
    .all(methodNotAllowed('GET,HEAD'));
  return router;
}

/** What SOQL allows elsewhere and the Bulk API does not. */
function refuseUnsupported(query: string, compiled: CompiledQuery): void {
  const { selected, aggregate, countOnly, columnNames } = compiled;
  const refuse = (what: string) => invalidJob(`${what} is not supported in Bulk Query`);
  if (aggregate || countOnly) throw refuse('An aggregate query');
  if (selected.some(({ kind }) => kind === 'children')) throw refuse('A nested query');
  if (/\bOFFSET\s+\d+\s*$/i.test(query)) throw refuse('OFFSET');
  if (columnNames.some(({ field }) => !isStored(field))) {
    throw new PlatformError('FEATURENOTENABLED', 'Selecting compound data not supported in Bulk Query');
  }
}

const DECIMALS = new Set(['double', 'currency', 'percent']);
/** From here on, and below its inverse, a number is written with an exponent. */
const LARGE = 1e7;
const SMALL = 1e-3;

/** A number with decimals is written as Java writes a double: `12.0`, `1.25E7`. */
export function decimalCell(value: number): string {
  const size = Math.abs(value);
  const withPoint = (text: string): string => (text.includes('.') ? text : `${text}.0`);
  if (size === 0 || (size >= SMALL && size < LARGE)) return withPoint(String(value));
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${withPoint(digits)}E${Number(exponent)}`;
}

function cellOf(record: JsonRecord, path: string): string {
  let value: JsonValue | undefined = record;
  for (const step of path.split('.')) {
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[step] : undefined;
  }
  if (value === undefined || value === null) return '';
  // CSV shows points in time with Z, JSON with a numeric zone.
  return String(value).replace(/^(\d{4}-\d\d-\d\dT[\d:.]+)\+0000$/, '$1Z');
}

/** A text that says where the next piece begins, and looks like nothing to calculate with. */
function locatorOf(offset: number): string {
  return Buffer.from(String(offset)).toString('base64url');
}

function offsetOf(locator: unknown, job: QueryJob): number {
  if (locator === undefined) return 0;
  const offset = Buffer.from(String(locator), 'base64url').toString();
  if (/^[1-9]\d*$/.test(offset) && Number(offset) < job.rows.length) return Number(offset);
  throw new PlatformError('INVALID_QUERY_LOCATOR', 'invalid query locator');
}

function sizeOf(given: unknown): number {
  if (given === undefined) return PIECE;
  if (/^[1-9]\d*$/.test(String(given))) return Math.min(PIECE, Number(given));
  throw new PlatformError('INVALID_INPUT', `maxRecords must be a positive number: ${String(given)}`);
}

// Runs a query job of the Bulk API 2.0. The org runs the job asynchronously and returns its rows as CSV, thousands of them for one API
// call. The job never outlives its reader: whatever ends the read also ends the job.
// Source: Bulk API 2.0 Developer Guide, "Bulk API 2.0 Query", "Get Results for a Query Job".
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { QueryJobV2 } from 'jsforce/lib/api/bulk2.js';
import type { Schema } from 'jsforce/lib/core.js';
import { z } from 'zod';
import { pause as pauseBy, type Timer } from '../../lib/timer.ts';
import { PeerError, type Fault } from '../../model/fault.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { parsed, jsforceOver, unexpected } from './jsforce.ts';
import type { Rest } from './rest.ts';

/** Rows of one response: some 5 MB of text with the usual twenty fields, and a fifth of the calls that REST needs. */
const PIECE = 10_000;
/** The pauses grow: a small job ends quickly, and a large job is polled four times a minute. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 15_000;

const jobSchema = z.object({ id: z.string(), state: z.string(), errorMessage: z.string().nullish() });
type JobInfo = z.infer<typeof jobSchema>;

const pieceSchema = z.object({
  text: z.string(),
  /** The number of rows that the org states. */
  count: z.number().int().nonnegative(),
  /** The start of the next piece; null after the last piece. */
  locator: z.string().nullable(),
});

/** Thrown where no job can run the query: the edition has no Bulk API, or the job failed. No row was read yet. */
export class BulkUnavailableError extends PeerError {
  constructor(fault: Fault, options?: ErrorOptions) {
    super('salesforce', fault, options);
    this.name = 'BulkUnavailableError';
  }
}

/** Error codes of an org or user without the Bulk API. */
const NO_BULK: readonly string[] = ['FEATURENOTENABLED', 'API_DISABLED_FOR_ORG', 'FUNCTIONALITY_NOT_ENABLED'];

/** How a job is waited for. */
export interface Waiting {
  /** Aborts the job, and the read with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Default: the system's, which keeps the process alive. */
  timer?: Timer | undefined;
}

/**
 * Yields the rows in the order of the query. Every value is text, because CSV has no types, and an empty value is null.
 * @throws PeerError, BulkUnavailableError
 */
export async function* bulkQuery(rest: Rest, soql: string, waiting: Waiting = {}): AsyncGenerator<SalesforceFields> {
  // Only its single steps are used: its `poll` accepts no signal and has a fixed timeout, and its `result` accepts a truncated response.
  const job = new QueryJobV2(jsforceOver(rest), {
    bodyParams: { operation: 'query', query: soql },
    pollingOptions: { pollInterval: FIRST_PAUSE_MS, pollTimeout: 0 },
  });
  const opened = await open(job);
  let over = false;
  try {
    await finished(job, opened, waiting);
    over = true;
    yield* results(rest, `/jobs/query/${opened.id}/results`, waiting.signal);
  } finally {
    await end(job, over);
  }
}

type QueryJob = QueryJobV2<Schema>;

async function open(job: QueryJob): Promise<JobInfo> {
  try {
    return await parsed(jobSchema, () => job.open());
  } catch (error) {
    if (error instanceof PeerError && NO_BULK.includes(error.fault.code))
      throw new BulkUnavailableError(error.fault, { cause: error });
    throw error;
  }
}

async function finished(job: QueryJob, opened: JobInfo, { signal, timer }: Waiting): Promise<void> {
  let info = opened;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    if (info.state === 'JobComplete') return;
    if (info.state === 'Failed' || info.state === 'Aborted') {
      const message = info.errorMessage ?? `The query job ended as ${info.state}.`;
      throw new BulkUnavailableError({
        class: 'retry',
        code: `BULK_JOB_${info.state.toUpperCase()}`,
        message,
        fields: [],
        unknownOutcome: false,
      });
    }
    if (timer) await pauseBy(timer, pause, signal);
    else await sleep(pause, undefined, signal ? { signal } : undefined);
    signal?.throwIfAborted();
    info = await parsed(jobSchema, () => job.check());
  }
}

async function* results(rest: Rest, path: string, signal: AbortSignal | undefined): AsyncGenerator<SalesforceFields> {
  let locator: string | null = null;
  do {
    signal?.throwIfAborted();
    const piece: z.infer<typeof pieceSchema> = await rest.call({
      method: 'GET',
      path,
      query: { maxRecords: String(PIECE), ...(locator === null ? {} : { locator }) },
      accept: 'text/csv',
      read: (text, headers) => ({
        text,
        count: Number(headers['sforce-numberofrecords']),
        locator: headers['sforce-locator'] === 'null' ? null : (headers['sforce-locator'] ?? null),
      }),
      schema: pieceSchema,
    });
    let rows = 0;
    for await (const row of rowsOf(piece.text)) {
      rows += 1;
      yield row;
    }
    if (rows !== piece.count) throw unexpected(`${rows} of ${piece.count} rows of the job's results arrived.`);
    locator = piece.locator;
  } while (locator !== null);
}

async function* rowsOf(text: string): AsyncGenerator<SalesforceFields> {
  const parser = parse(text, { columns: true, bom: true });
  try {
    for await (const row of parser as AsyncIterable<Record<string, string>>)
      yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === '' ? null : value]));
  } catch (error) {
    throw unexpected(`The job's results are no CSV: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

/** A failure here costs nothing: the org deletes remaining jobs after seven days. */
async function end(job: QueryJob, over: boolean): Promise<void> {
  const ignore = (): undefined => undefined;
  if (!over) await job.abort().catch(ignore);
  await job.delete().catch(ignore);
}

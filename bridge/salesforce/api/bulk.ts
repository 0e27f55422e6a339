// A query job of the Bulk API 2.0: the org runs it by itself and leaves its rows as CSV, of which thousands cost one API call.
// The job never outlives its reader: whatever ends the reading also ends the job.
// Source: Bulk API 2.0 Developer Guide, "Bulk API 2.0 Query", "Get Results for a Query Job".
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { PeerError, type Fault } from '../../model/fault.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import type { Rest } from './rest.ts';

/** Rows of one answer: some 5 MB of text with the usual twenty fields, and a tenth of the calls that REST needs. */
const PIECE = 10_000;
/** Growing pauses: a small job is over in a moment, and a large one is asked for four times a minute. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 15_000;

const jobSchema = z.object({ id: z.string(), state: z.string(), errorMessage: z.string().nullish() });
type Job = z.infer<typeof jobSchema>;

const pieceSchema = z.object({
  text: z.string(),
  /** Rows that the org says are in it. */
  count: z.number().int().nonnegative(),
  /** Where the next piece begins; null behind the last. */
  locator: z.string().nullable(),
});

/** Thrown where the job could not do what a query can: no Bulk API in this edition, or a job that failed. Nothing was read yet. */
export class BulkUnavailableError extends PeerError {
  constructor(fault: Fault, options?: ErrorOptions) {
    super('salesforce', fault, options);
    this.name = 'BulkUnavailableError';
  }
}

/** Codes of an org or user without the Bulk API. */
const NO_BULK: readonly string[] = ['FEATURENOTENABLED', 'API_DISABLED_FOR_ORG', 'FUNCTIONALITY_NOT_ENABLED'];

/**
 * Rows in the order of the query. Every value is text, as CSV has no types, and what is empty is null.
 * @param signal ends the job, and the reading with the signal's reason
 * @throws PeerError, BulkUnavailableError
 */
export async function* bulkQuery(rest: Rest, soql: string, signal?: AbortSignal): AsyncGenerator<SalesforceFields> {
  const job = await create(rest, soql);
  const path = `/jobs/query/${job.id}`;
  let over = false;
  try {
    await finished(rest, path, job, signal);
    over = true;
    yield* results(rest, path, signal);
  } finally {
    await end(rest, path, over);
  }
}

async function create(rest: Rest, soql: string): Promise<Job> {
  try {
    const body = { operation: 'query', query: soql };
    return await rest.call({ method: 'POST', path: '/jobs/query', body, schema: jobSchema });
  } catch (error) {
    if (error instanceof PeerError && NO_BULK.includes(error.fault.code))
      throw new BulkUnavailableError(error.fault, { cause: error });
    throw error;
  }
}

async function finished(rest: Rest, path: string, first: Job, signal: AbortSignal | undefined): Promise<void> {
  let job = first;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    if (job.state === 'JobComplete') return;
    if (job.state === 'Failed' || job.state === 'Aborted') {
      const message = job.errorMessage ?? `The query job ended as ${job.state}.`;
      throw new BulkUnavailableError({
        class: 'retry',
        code: `BULK_JOB_${job.state.toUpperCase()}`,
        message,
        fields: [],
        unknownOutcome: false,
      });
    }
    await sleep(pause, undefined, signal ? { signal } : undefined);
    job = await rest.call({ method: 'GET', path, schema: jobSchema });
  }
}

async function* results(rest: Rest, path: string, signal: AbortSignal | undefined): AsyncGenerator<SalesforceFields> {
  let locator: string | null = null;
  do {
    signal?.throwIfAborted();
    const piece: z.infer<typeof pieceSchema> = await rest.call({
      method: 'GET',
      path: `${path}/results`,
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
    if (rows !== piece.count) throw broken(`${rows} of ${piece.count} rows of the job's results arrived.`);
    locator = piece.locator;
  } while (locator !== null);
}

async function* rowsOf(text: string): AsyncGenerator<SalesforceFields> {
  const parser = parse(text, { columns: true, bom: true });
  try {
    for await (const row of parser as AsyncIterable<Record<string, string>>)
      yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === '' ? null : value]));
  } catch (error) {
    throw broken(`The job's results are no CSV: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function broken(message: string, cause?: unknown): PeerError {
  const fault: Fault = { class: 'retry', code: 'UNEXPECTED_ANSWER', message, fields: [], unknownOutcome: false };
  return new PeerError('salesforce', fault, cause === undefined ? undefined : { cause });
}

/** What is left over is removed by the org after seven days, so that a failure here costs nothing. */
async function end(rest: Rest, path: string, over: boolean): Promise<void> {
  const ignore = (): undefined => undefined;
  if (!over) await rest.call({ method: 'PATCH', path, body: { state: 'Aborted' }, schema: z.unknown() }).catch(ignore);
  await rest.call({ method: 'DELETE', path, schema: z.unknown() }).catch(ignore);
}

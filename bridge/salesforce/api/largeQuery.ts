// Reads all rows of a query with the API that costs fewer calls: REST returns 2,000 rows per call and a query job of the Bulk API
// 10,000, but a job costs some calls before its first row.
import { z } from 'zod';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { bulkQuery, BulkUnavailableError, type Waiting } from './bulk.ts';
import { parsed, jsforceOver } from './jsforce.ts';
import { query } from './query.ts';
import type { Rest } from './rest.ts';
import { identifier, text } from './soql.ts';

/** One page of REST. Salesforce recommends the Bulk API above the same number. */
export const LARGE = 2_000;

export interface LargeQuery {
  object: string;
  columns: readonly string[];
  /** Conditions built with soql.ts, joined by AND. */
  where: readonly string[];
  /** Only rows with a greater id are read; rows are ordered by id. */
  after?: string | undefined;
}

const countSchema = z.object({ totalSize: z.number().int().nonnegative() });

/** One API call. @throws PeerError */
export async function countRows(rest: Rest, wanted: Omit<LargeQuery, 'columns'>): Promise<number> {
  const soql = `SELECT COUNT() FROM ${identifier(wanted.object)}${conditionsOf(wanted)}`;
  const answer = await parsed(countSchema, () => jsforceOver(rest).query(soql));
  return answer.totalSize;
}

/**
 * Yields rows ordered by id. Every value of the Bulk API is text, so the caller converts it by the type of the field, as the core
 * does.
 * @throws PeerError, or the signal's reason
 */
export async function* largeQuery(
  rest: Rest,
  wanted: LargeQuery,
  waiting: Waiting = {},
): AsyncGenerator<SalesforceFields> {
  const columns = [...new Set(['Id', ...wanted.columns])].map(identifier).join(', ');
  const soql = `SELECT ${columns} FROM ${identifier(wanted.object)}${conditionsOf(wanted)} ORDER BY Id`;
  if ((await countRows(rest, wanted)) > LARGE) {
    try {
      yield* bulkQuery(rest, soql, waiting);
      return;
    } catch (error) {
      // This error precedes the first row, and REST returns the same rows for more calls.
      if (!(error instanceof BulkUnavailableError)) throw error;
    }
  }
  for await (const row of query(rest, soql)) {
    waiting.signal?.throwIfAborted();
    yield row;
  }
}

function conditionsOf({ where, after }: Omit<LargeQuery, 'columns'>): string {
  const all = [...where, ...(after === undefined ? [] : [`Id > ${text(after)}`])];
  return all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
}

// Reads all that a query finds by whichever API costs fewer calls: REST gives 2,000 rows a call, a query job of the Bulk API
// 10,000, but a job costs some calls before its first row.
import { z } from 'zod';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { bulkQuery, BulkUnavailableError } from './bulk.ts';
import { ask, jsforceOver } from './jsforce.ts';
import { query } from './query.ts';
import type { Rest } from './rest.ts';
import { identifier, text } from './soql.ts';

/** One page of REST; the same number from which Salesforce advises the Bulk API. */
export const LARGE = 2_000;

export interface LargeQuery {
  object: string;
  columns: readonly string[];
  /** Conditions, each made of the parts of soql.ts; all have to hold. */
  where: readonly string[];
  /** Rows come in the order of their ids, from behind this one. */
  after?: string | undefined;
}

const countSchema = z.object({ totalSize: z.number().int().nonnegative() });

/** One API call. @throws PeerError */
export async function countRows(rest: Rest, wanted: Omit<LargeQuery, 'columns'>): Promise<number> {
  const soql = `SELECT COUNT() FROM ${identifier(wanted.object)}${conditionsOf(wanted)}`;
  const answer = await ask(countSchema, () => jsforceOver(rest).query(soql));
  return answer.totalSize;
}

/**
 * Rows in the order of their ids. From the Bulk API every value is text: what reads them goes by the type of the field, as the
 * core does.
 * @throws PeerError, or the signal's reason
 */
export async function* largeQuery(
  rest: Rest,
  wanted: LargeQuery,
  signal?: AbortSignal,
): AsyncGenerator<SalesforceFields> {
  const columns = [...new Set(['Id', ...wanted.columns])].map(identifier).join(', ');
  const soql = `SELECT ${columns} FROM ${identifier(wanted.object)}${conditionsOf(wanted)} ORDER BY Id`;
  if ((await countRows(rest, wanted)) > LARGE) {
    try {
      yield* bulkQuery(rest, soql, signal);
      return;
    } catch (error) {
      // It ends before its first row or not at all: REST gives the same rows for more calls.
      if (!(error instanceof BulkUnavailableError)) throw error;
    }
  }
  for await (const row of query(rest, soql)) {
    signal?.throwIfAborted();
    yield row;
  }
}

function conditionsOf({ where, after }: Omit<LargeQuery, 'columns'>): string {
  const all = [...where, ...(after === undefined ? [] : [`Id > ${text(after)}`])];
  return all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
}

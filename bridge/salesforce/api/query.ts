// Runs a SOQL query to its last page: after an early end, the bridge would treat the unread records as absent.
import { z } from 'zod';
import { PeerError } from '../../model/fault.ts';
import { salesforceValueSchema } from '../../model/salesforce.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { faultOfResponse } from '../faults.ts';
import { QUERY_HEADERS } from './headers.ts';
import { parsed, jsforceOver, parseAnswer, unexpected } from './jsforce.ts';
import type { Rest } from './rest.ts';

/** No query selects relationship fields or sub-queries, so a row is flat apart from its attributes. */
const rowSchema = z.looseObject({ attributes: z.unknown() });
const pageSchema = z.object({
  done: z.boolean(),
  /** The URL of the next page; only its last part, the locator, is used. */
  nextRecordsUrl: z.string().optional(),
  /** Rows of all pages. */
  totalSize: z.number(),
  records: z.array(rowSchema),
});
type Page = z.infer<typeof pageSchema>;

/**
 * Yields the rows in the order of the query, and fetches pages on demand. One API call per page (up to 2,000 rows).
 * @throws PeerError
 */
export async function* query(rest: Rest, soql: string): AsyncGenerator<SalesforceFields> {
  yield* pages(rest, await parsed(pageSchema, () => jsforceOver(rest).query(soql)));
}

/** As `query`, including the deleted records of the recycle bin. @throws PeerError */
export async function* queryAll(rest: Rest, soql: string): AsyncGenerator<SalesforceFields> {
  yield* pages(rest, await parsed(pageSchema, () => jsforceOver(rest).query(soql, { scanAll: true })));
}

/** Fetches page by page, not with jsforce's autoFetch: its stream ends at `maxFetch` rows as if there were no more. */
async function* pages(rest: Rest, first: Page): AsyncGenerator<SalesforceFields> {
  for (let page: Page | undefined = first; page; page = await nextOf(rest, page, first))
    for (const row of page.records) yield fieldsOf(row);
}

async function nextOf(rest: Rest, page: Page, first: Page): Promise<Page | undefined> {
  const { nextRecordsUrl: next } = page;
  if (next !== undefined) return parsed(pageSchema, () => jsforceOver(rest).queryMore(next));
  // jsforce sets `done` even where the response has no such member.
  if (!page.done || (page === first && page.records.length < page.totalSize))
    throw unexpected(`The query ended after ${page.records.length} of ${page.totalSize} rows.`);
  return undefined;
}

async function all(rows: AsyncGenerator<SalesforceFields>): Promise<SalesforceFields[]> {
  const found: SalesforceFields[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** Queries in one composite call (REST API Developer Guide, "Composite Subrequest Limits"). */
const QUERIES_TOGETHER = 5;

const togetherSchema = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});

/**
 * Returns all rows of each query, in order. Up to five queries cost one API call; each page after the first costs another.
 * @throws PeerError
 */
export async function queryTogether(rest: Rest, queries: readonly string[]): Promise<SalesforceFields[][]> {
  const answers: SalesforceFields[][] = [];
  for (let index = 0; index < queries.length; index += QUERIES_TOGETHER)
    answers.push(...(await askTogether(rest, queries.slice(index, index + QUERIES_TOGETHER))));
  return answers;
}

async function askTogether(rest: Rest, queries: readonly string[]): Promise<SalesforceFields[][]> {
  const [only] = queries;
  if (only !== undefined && queries.length === 1) return [await all(query(rest, only))];
  const { compositeResponse } = await rest.call({
    method: 'POST',
    path: '/composite',
    body: {
      compositeRequest: queries.map((soql, index) => ({
        method: 'GET',
        url: `/services/data/v${rest.apiVersion}/query?q=${encodeURIComponent(soql)}`,
        referenceId: `query_${index + 1}`,
        httpHeaders: QUERY_HEADERS,
      })),
    },
    schema: togetherSchema,
    idempotent: true,
  });
  return Promise.all(
    queries.map(async (_, index) => {
      const { httpStatusCode: status, body } = compositeResponse[index] ?? { httpStatusCode: 500, body: null };
      if (status >= 300) throw new PeerError('salesforce', faultOfResponse(status, JSON.stringify(body), false));
      return all(pages(rest, parseAnswer(pageSchema, body)));
    }),
  );
}

/** The plain values of a REST record, without its attributes, compound fields and relationships. */
export function fieldsOf(row: Record<string, unknown>): SalesforceFields {
  const fields: SalesforceFields = {};
  for (const [name, value] of Object.entries(row)) {
    const plain = salesforceValueSchema.safeParse(value);
    if (name !== 'attributes' && plain.success) fields[name] = plain.data;
  }
  return fields;
}

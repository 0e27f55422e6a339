// Runs SOQL to its last page: a query that stops early would make absent records of those it did not read.
import { z } from 'zod';
import { salesforceValueSchema } from '../model/salesforce.ts';
import type { SalesforceFields } from '../model/salesforce.ts';
import type { Rest } from './rest.ts';

/** What relationship fields and sub-queries bring is not asked for here, so a row is flat beside its attributes. */
const rowSchema = z.looseObject({ attributes: z.unknown() });
const pageSchema = z.object({
  done: z.boolean(),
  nextRecordsUrl: z.string().startsWith('/services/data/').optional(),
  records: z.array(rowSchema),
});

/**
 * Rows in the order of the query, page by page as they are asked for. One API call a page (up to 2,000 rows).
 * @throws PeerError
 */
export async function* query(rest: Rest, soql: string): AsyncGenerator<SalesforceFields> {
  let page = await rest.call({ method: 'GET', path: '/query', query: { q: soql }, schema: pageSchema });
  for (;;) {
    for (const row of page.records) yield fieldsOf(row);
    if (page.done || !page.nextRecordsUrl) return;
    page = await rest.call({ method: 'GET', path: page.nextRecordsUrl, schema: pageSchema });
  }
}

/** A record as REST answers it, without its attributes and without what is not a plain value (compounds, relationships). */
export function fieldsOf(row: Record<string, unknown>): SalesforceFields {
  const fields: SalesforceFields = {};
  for (const [name, value] of Object.entries(row)) {
    const plain = salesforceValueSchema.safeParse(value);
    if (name !== 'attributes' && plain.success) fields[name] = plain.data;
  }
  return fields;
}

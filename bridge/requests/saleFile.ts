// Builds the file of sales of Salesforce: the won Opportunities of a period with their related records, read a few
// hundred at a time in three API calls. Sales that Sellfire made are excluded.
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Explanation } from '../model/catalogue/entry.ts';
import type { SyncConfig } from '../model/config.ts';
import { countryFields } from '../model/country.ts';
import { DAY_MS } from '../model/durations.ts';
import { withoutSuffix } from '../model/recordId.ts';
import type { SalesforceFields } from '../model/salesforce.ts';
import { textOrNull } from '../model/text.ts';
import type { LargeQuery } from '../salesforce/api/largeQuery.ts';
import { queryTogether } from '../salesforce/api/query.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import { describeObject } from '../salesforce/org/schema.ts';
import { identifier, inList } from '../salesforce/api/soql.ts';
import type { Sellfire } from '../sellfire/client.ts';
import { saleColumns, saleFields, saleRows } from '../sync/files/saleRow.ts';

const daySchema = z.iso.date();
export const periodSchema = z.strictObject({
  /** First and last close date. Default: the 30 days before the request, without an end. */
  since: daySchema.optional(),
  until: daySchema.optional(),
});
export type Period = z.infer<typeof periodSchema>;

export const DAYS = 30;
export interface SaleSource {
  rest: Rest;
  sellfire: Pick<Sellfire, 'reps'>;
}

/** The rows of one sale, or why it has none. */
export interface FiledSale {
  opportunityId: string;
  rows: Record<string, string>[];
  problem?: Explanation;
}

/** @param now ms since the epoch. @throws PeerError */
export async function salesQuery(
  { rest }: SaleSource,
  config: SyncConfig,
  { since, until }: Period,
  now: number,
): Promise<LargeQuery> {
  const from = since ?? new Date(now - DAYS * DAY_MS).toISOString().slice(0, 10);
  const { opportunity } = saleFields(config);
  // Only an org with several currencies has the field.
  const known = config.objects['Opportunity'] ?? (await describeObject(rest, 'Opportunity'));
  const currency = known?.fields['CurrencyIsoCode'] ? ['CurrencyIsoCode'] : [];
  return {
    object: 'Opportunity',
    columns: ['Name', 'AccountId', 'OwnerId', 'CloseDate', 'Amount', ...currency, ...opportunity],
    where: [
      'IsWon = true',
      // Both are days that the schema has checked.
      `CloseDate >= ${from}`,
      ...(until === undefined ? [] : [`CloseDate <= ${until}`]),
      `${identifier(`${config.names.prefix}Sellfire_Opportunity_Key__c`)} = null`,
    ],
  };
}

/**
 * Sellfire reps by their Salesforce user ids.
 * @throws PeerError
 */
export async function repsByOwner({ sellfire }: SaleSource): Promise<Map<string, string>> {
  const reps = await sellfire.reps();
  return new Map(
    reps.flatMap(({ id, sf_owner_id }) => (sf_owner_id === null ? [] : [[withoutSuffix(sf_owner_id), id]])),
  );
}

/** @param opportunities at most 200, so that their ids fit into one query. @throws PeerError */
export async function fileSales(
  { rest }: SaleSource,
  config: SyncConfig,
  reps: ReadonlyMap<string, string>,
  opportunities: readonly SalesforceFields[],
): Promise<FiledSale[]> {
  const among = inList(idsOf(opportunities, 'Id'));
  const itemColumns = new Set([
    'OpportunityId',
    'Product2Id',
    'ProductCode',
    'Name',
    'Quantity',
    'UnitPrice',
    ...saleFields(config).item.map(identifier),
  ]);
  const [items = [], roles = []] = await queryTogether(rest, [
    `SELECT ${[...itemColumns].join(', ')} FROM OpportunityLineItem WHERE OpportunityId IN ${among} ORDER BY OpportunityId, Id`,
    `SELECT OpportunityId, ContactId, IsPrimary FROM OpportunityContactRole WHERE OpportunityId IN ${among} ORDER BY OpportunityId, Id`,
  ]);
  const about = await lookUp(rest, {
    Product2: { columns: ['Name'], ids: idsOf(items, 'Product2Id') },
    Contact: { columns: ['Phone', ...countryFields(config.objects, 'Contact')], ids: idsOf(roles, 'ContactId') },
    Account: {
      columns: ['Phone', ...countryFields(config.objects, 'Account')],
      ids: idsOf(opportunities, 'AccountId'),
    },
  });
  return opportunities.map((opportunity) => {
    const id = String(opportunity['Id']);
    const mine = (row: SalesforceFields): boolean => row['OpportunityId'] === id;
    const people = roles.filter(mine);
    const role = people.find((row) => row['IsPrimary'] === true) ?? people[0];
    const contactId = textOrNull(role?.['ContactId']);
    const rows = saleRows(config, {
      opportunity,
      items: items
        .filter(mine)
        .map((fields) => ({ fields, productName: textOrNull(about.get(String(fields['Product2Id']))?.['Name']) })),
      contactId,
      people: [
        { object: 'Contact', fields: about.get(contactId ?? '') ?? {} },
        { object: 'Account', fields: about.get(String(opportunity['AccountId'])) ?? {} },
      ],
      repId: reps.get(withoutSuffix(String(opportunity['OwnerId']))) ?? null,
    });
    return 'code' in rows ? { opportunityId: id, rows: [], problem: rows } : { opportunityId: id, rows };
  });
}

/** Records of each object, by their ids. */
async function lookUp(
  rest: Rest,
  wanted: Record<string, { columns: string[]; ids: string[] }>,
): Promise<Map<string, SalesforceFields>> {
  const queued = Object.entries(wanted).filter(([, { ids }]) => ids.length > 0);
  const answers = await queryTogether(
    rest,
    queued.map(
      ([object, { columns, ids }]) => `SELECT Id, ${columns.join(', ')} FROM ${object} WHERE Id IN ${inList(ids)}`,
    ),
  );
  return new Map(answers.flat().map((row) => [String(row['Id']), row]));
}

function idsOf(rows: readonly SalesforceFields[], column: string): string[] {
  return rows.flatMap((row) => (typeof row[column] === 'string' ? [row[column]] : []));
}

/**
 * @param header whether the first line has the column names
 * @param write `sheet` for a file that a person opens
 */
export function saleCsv(
  config: SyncConfig,
  sales: readonly FiledSale[],
  header = true,
  write: (rows: string[][]) => string = (rows) => stringify(rows),
): string {
  const columns = saleColumns(config);
  const rows = sales.flatMap((sale) => sale.rows).map((row) => columns.map((name) => row[name] ?? ''));
  return write([...(header ? [[...columns]] : []), ...rows.map((row) => row.map(String))]);
}

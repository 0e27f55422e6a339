// The rows that failed in an earlier request, to try them alone: their records, by the integration reports of that request (M16, M26).
import { query } from '../salesforce/api/query.ts';
import type { LargeQuery } from '../salesforce/api/largeQuery.ts';
import { identifier, inList, text } from '../salesforce/api/soql.ts';
import type { RequestContext } from './request.ts';

/** Ids of one query, which fit into an address of 16,000 characters. */
const IDS = 300;

/**
 * Their order is that of the reports, so that a request that resumes finds the same groups again, with those at the end that were
 * published meanwhile.
 * @param requestId of the Sync_Request__c whose rows failed
 * @returns ids of the object's records, in groups that one query takes
 * @throws PeerError
 */
export async function failedRows(
  { rest, config }: Pick<RequestContext, 'rest' | 'config'>,
  requestId: string,
  object: string,
): Promise<string[][]> {
  const field = (name: string): string => identifier(config().names.prefix + name);
  const soql = `SELECT ${field('Salesforce_Record_Id__c')} FROM ${field('Integration_Report__c')} WHERE ${[
    `${field('Sync_Request_Id__c')} = ${text(requestId)}`,
    `${field('Outcome__c')} = ${text('Failed')}`,
    `${field('Salesforce_Object__c')} = ${text(object)}`,
  ].join(' AND ')} ORDER BY Id`;
  const ids = new Set<string>();
  for await (const row of query(rest, soql)) {
    const id = row[`${config().names.prefix}Salesforce_Record_Id__c`];
    if (typeof id === 'string') ids.add(id);
  }
  const all = [...ids];
  return Array.from({ length: Math.ceil(all.length / IDS) }, (_none, at) => all.slice(at * IDS, (at + 1) * IDS));
}

/** The query for these records alone. */
export function narrowed<Q extends Omit<LargeQuery, 'after'>>(wanted: Q, ids: readonly string[]): Q {
  return { ...wanted, where: [...wanted.where, `Id IN ${inList(ids)}`] };
}

// Receives the requests of the org by a query of their open records. The record counts: it says what somebody may ask for. An event of a
// request only says when to look, since whoever may make requests can publish one that says anything.
import type { PackageNames } from '../model/salesforce.ts';
import { textOrNull } from '../model/text.ts';
import type { DecodedEvent } from '../salesforce/pubsub/decode.ts';
import { query } from '../salesforce/api/query.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import { identifier, inList } from '../salesforce/api/soql.ts';
import { withoutPrefix } from '../salesforce/org/topics.ts';
import type { SyncRequest } from './request.ts';
import type { Requests } from './runner.ts';

const OPEN = ['Requested', 'Running', 'Stopping'];

/** Of a Sync Request; an event may carry anything in its place. */
const ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** @returns the id of the request that the event of the topic Sync_Request__e names; undefined where it names none */
export function requestIdOf(event: DecodedEvent, { prefix }: PackageNames): string | undefined {
  const id = event.kind === 'message' ? withoutPrefix({ prefix }, event.fields)['Request_Id__c'] : undefined;
  return typeof id === 'string' && ID.test(id) ? id : undefined;
}

/**
 * Receives the requests whose records are open: all, or those of these ids. One API call.
 * @throws PeerError
 */
export async function receiveOpen(
  rest: Rest,
  requests: Requests,
  { prefix }: PackageNames,
  ids?: readonly string[],
): Promise<void> {
  const columns = ['Type__c', 'Parameters__c', 'Stop_Requested__c', 'Lead__c', 'Contact__c', 'Account__c'];
  const soql =
    `SELECT Id, CreatedDate, ${columns.map((name) => identifier(prefix + name)).join(', ')}` +
    ` FROM ${identifier(`${prefix}Sync_Request__c`)}` +
    ` WHERE ${identifier(`${prefix}Status__c`)} IN ${inList(OPEN)}` +
    `${ids ? ` AND Id IN ${inList(ids)}` : ''} ORDER BY CreatedDate, Id`;
  for await (const row of query(rest, soql)) {
    const given = withoutPrefix({ prefix }, row);
    const request: SyncRequest = {
      id: String(row['Id']),
      type: textOrNull(given['Type__c']) ?? '',
      recordId: textOrNull(given['Lead__c']) ?? textOrNull(given['Contact__c']) ?? textOrNull(given['Account__c']),
      parameters: textOrNull(given['Parameters__c']),
      at: Date.parse(String(row['CreatedDate'])),
    };
    if (given['Stop_Requested__c'] === true) requests.stop(request);
    else requests.receive(request);
  }
}

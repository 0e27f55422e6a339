// Receives the requests of the org: by event when they are created or stopped, and by a query at the start and after
// every interruption, when events may be missing. The admin sees the record, so the record counts.
import { z } from 'zod';
import type { PackageNames } from '../model/salesforce.ts';
import type { DecodedEvent } from '../salesforce/pubsub/decode.ts';
import { query } from '../salesforce/api/query.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import { identifier, text } from '../salesforce/api/soql.ts';
import { withoutPrefix } from '../salesforce/org/topics.ts';
import type { SyncRequest } from './request.ts';
import type { Requests } from './runner.ts';

const OPEN = ['Requested', 'Running', 'Stopping'];

const eventSchema = z.object({
  Action__c: z.enum(['Start', 'Stop']),
  Request_Id__c: z.string(),
  Type__c: z.string().nullish(),
  Record_Id__c: z.string().nullish(),
  Parameters__c: z.string().nullish(),
});

/**
 * Handles an event of the topic Sync_Request__e.
 * @returns why it cannot be parsed
 */
export function receiveEvent(event: DecodedEvent, requests: Requests, { prefix }: PackageNames): string | undefined {
  if (event.kind === 'undecodable') return event.error;
  if (event.kind !== 'message') return undefined;
  const parsed = eventSchema.safeParse(withoutPrefix({ prefix }, event.fields));
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { Action__c, Request_Id__c, Type__c, Record_Id__c, Parameters__c } = parsed.data;
  const request: SyncRequest = {
    id: Request_Id__c,
    type: Type__c ?? '',
    recordId: Record_Id__c || null,
    parameters: Parameters__c || null,
    at: event.at,
  };
  if (Action__c === 'Stop') requests.stop(request);
  else requests.receive(request);
  return undefined;
}

/**
 * Receives every request whose record is open. One API call.
 * @throws PeerError
 */
export async function receiveOpen(rest: Rest, requests: Requests, { prefix }: PackageNames): Promise<void> {
  const columns = ['Type__c', 'Parameters__c', 'Stop_Requested__c', 'Lead__c', 'Contact__c', 'Account__c'];
  const soql =
    `SELECT Id, CreatedDate, ${columns.map((name) => identifier(prefix + name)).join(', ')}` +
    ` FROM ${identifier(`${prefix}Sync_Request__c`)}` +
    ` WHERE ${identifier(`${prefix}Status__c`)} IN (${OPEN.map(text).join(', ')}) ORDER BY CreatedDate, Id`;
  for await (const row of query(rest, soql)) {
    const given = withoutPrefix({ prefix }, row);
    const textOf = (name: string): string | null => (typeof given[name] === 'string' ? given[name] : null);
    const request: SyncRequest = {
      id: String(row['Id']),
      type: textOf('Type__c') ?? '',
      recordId: textOf('Lead__c') ?? textOf('Contact__c') ?? textOf('Account__c'),
      parameters: textOf('Parameters__c'),
      at: Date.parse(String(row['CreatedDate'])),
    };
    if (given['Stop_Requested__c'] === true) requests.stop(request);
    else requests.receive(request);
  }
}

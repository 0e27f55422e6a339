// Start, Pause, Resume, Disconnect: an admin says whether changes are carried over at all (B20, M1). What is received meanwhile is
// kept, and nothing of it is lost.
import type { SyncState } from '../model/syncState.ts';
import { query } from '../salesforce/api/query.ts';
import { text } from '../salesforce/api/soql.ts';
import type { Handler, RequestContext, SyncRequest } from './request.ts';

/** @param to the state that is asked for; `from`: states in which it changes something */
const turn =
  (to: SyncState['state'], from: readonly SyncState['state'][], done: string, otherwise: string): Handler =>
  async ({ request }, context) => {
    const { state, by } = context.control.current();
    if (!from.includes(state)) return state === to ? `${otherwise} (${by}).` : `${otherwise}.`;
    await context.control.set(to, await askedBy(request, context));
    return done;
  };

export const start = turn(
  'Running',
  ['NotStarted', 'Paused'],
  'Sync has started. What is new or changed travels from now on.',
  'Sync runs already',
);
export const pause = turn(
  'Paused',
  ['Running'],
  'Sync is paused. Changes are received and kept; nothing is written in either system until it is resumed.',
  'Nothing to pause: sync does not run',
);
export const resume = turn(
  'Running',
  ['Paused'],
  'Sync goes on, with what has changed meanwhile.',
  'Nothing to resume: sync is not paused',
);
export const disconnect = turn(
  'Disconnected',
  ['NotStarted', 'Running', 'Paused'],
  'Sync has stopped, and the token is revoked. The configuration stays. Connect again to go on.',
  'The org is disconnected already',
);

/** Name of the user who made the request. @throws PeerError */
async function askedBy({ id }: SyncRequest, { rest, config }: RequestContext): Promise<string> {
  const object = `${config().names.prefix}Sync_Request__c`;
  for await (const row of query(rest, `SELECT CreatedBy.Name FROM ${object} WHERE Id = ${text(id)}`)) {
    const by = row['CreatedBy'] as unknown;
    if (typeof by === 'object' && by !== null && 'Name' in by) return String(by.Name);
  }
  return 'an admin';
}

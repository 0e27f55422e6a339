// Start, Pause, Resume, Disconnect: an admin switches sync on and off (B20, M1). Changes that are received meanwhile
// are stored and not lost.
import { say } from '../model/message.ts';
import type { SyncState } from '../model/syncState.ts';
import { query } from '../salesforce/api/query.ts';
import { text } from '../salesforce/api/soql.ts';
import type { Handler, RequestContext, SyncRequest } from './request.ts';

/**
 * @param to the requested state
 * @param from the states in which the request has an effect
 */
const changeState =
  (to: SyncState['state'], from: readonly SyncState['state'][], done: Done, otherwise: Otherwise): Handler =>
  async ({ request }, context) => {
    const { state, by } = context.control.current();
    if (!from.includes(state)) return { messages: [say(otherwise, { by })] };
    await context.control.set(to, await requesterName(request, context));
    return { messages: [say(done)] };
  };

type Done = 'syncStarted' | 'syncPaused' | 'syncResumed' | 'syncDisconnected';
type Otherwise = 'syncRunsAlready' | 'nothingToPause' | 'nothingToResume' | 'disconnectedAlready';

export const start = changeState('Running', ['NotStarted', 'Paused', 'StoreLost'], 'syncStarted', 'syncRunsAlready');
export const pause = changeState('Paused', ['Running'], 'syncPaused', 'nothingToPause');
export const resume = changeState('Running', ['Paused'], 'syncResumed', 'nothingToResume');
export const disconnect = changeState(
  'Disconnected',
  ['NotStarted', 'Running', 'Paused', 'StoreLost'],
  'syncDisconnected',
  'disconnectedAlready',
);

/**
 * The name of the user who created the request.
 * @throws PeerError
 */
export async function requesterName({ id }: SyncRequest, { rest, config }: RequestContext): Promise<string> {
  const object = `${config().names.prefix}Sync_Request__c`;
  const only = async (field: string, from: string, key: string): Promise<string | undefined> => {
    for await (const row of query(rest, `SELECT ${field} FROM ${from} WHERE Id = ${text(key)}`))
      return row[field] == null ? undefined : String(row[field]);
    return undefined;
  };
  // One after the other: a row of `query` has no fields of related records.
  const user = await only('CreatedById', object, id);
  return (user && (await only('Name', 'User', user))) ?? 'an admin';
}

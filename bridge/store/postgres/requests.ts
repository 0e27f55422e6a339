// Counts a request's rows in the inbox: pending, done and failed. Their event ids begin with the request's id, so that the unique
// index of the inbox finds them.
import type { RequestProgress } from '../store.ts';
import { WITHDRAWN } from './inbox.ts';
import type { Session } from './session.ts';

/** The first text behind all that begin with `<request>:` (`;` follows `:`). */
const range = (request: string): [string, string] => [`${request}:`, `${request};`];

export async function requestProgress(db: Session, connection: string, request: string): Promise<RequestProgress> {
  const counts = await db.get<RequestProgress>(
    `SELECT count(*) FILTER (WHERE state = 'pending') AS pending, count(*) FILTER (WHERE state <> 'pending') AS done,
       count(code) AS failed
     FROM inbox
     WHERE connection = $1 AND source = 'request' AND event_id >= $2 AND event_id < $3
       AND code IS DISTINCT FROM '${WITHDRAWN}'`,
    connection,
    ...range(request),
  );
  return counts ?? { pending: 0, done: 0, failed: 0 };
}

export function withdrawRequest(db: Session, connection: string, request: string): Promise<number> {
  return db.run(
    `UPDATE inbox SET state = 'done', change = NULL, finished_at = $2, code = '${WITHDRAWN}'
     WHERE connection = $1 AND source = 'request' AND state = 'pending' AND event_id >= $3 AND event_id < $4`,
    connection,
    Date.now(),
    ...range(request),
  );
}

// Counts a request's rows in the inbox: pending, done and failed. Their event ids begin with the request's id, so that the unique
// index of the inbox finds them.
import type { RequestProgress } from '../store.ts';
import type { Database } from './database.ts';
import { WITHDRAWN } from './inbox.ts';

/** The first text behind all that begin with `<request>:` (`;` follows `:`). */
const range = (request: string): [string, string] => [`${request}:`, `${request};`];

export function requestProgress(db: Database, connection: string, request: string): RequestProgress {
  const counts = db.get<{ pending: number | null; done: number | null; failed: number | null }>(
    `SELECT sum(state = 'pending') AS pending, sum(state <> 'pending') AS done, sum(code IS NOT NULL) AS failed
     FROM inbox
     WHERE connection = ? AND source = 'request' AND event_id >= ? AND event_id < ? AND code IS NOT '${WITHDRAWN}'`,
    connection,
    ...range(request),
  );
  return { pending: counts?.pending ?? 0, done: counts?.done ?? 0, failed: counts?.failed ?? 0 };
}

export function withdrawRequest(db: Database, connection: string, request: string): number {
  return db.run(
    `UPDATE inbox SET state = 'done', change = NULL, finished_at = ?, code = '${WITHDRAWN}'
     WHERE connection = ? AND source = 'request' AND state = 'pending' AND event_id >= ? AND event_id < ?`,
    Date.now(),
    connection,
    ...range(request),
  );
}

// The end of a turn in one statement, since each costs a way to the database and back: rows are done, reservations are given back,
// reports are kept, and what the link awaited and holds is known.
import type { SettlementText } from '../dialect.ts';
import { StaleLinkError } from '../store.ts';
import { parkRows, WITHDRAWN } from './inbox.ts';
import type { Session } from './session.ts';

/**
 * @returns the ids of the records that the link has so far
 * @throws StaleLinkError when a row no longer waits under the key: it moved to a lead that was linked in between.
 */
export async function finishTurn(
  db: Session,
  connection: string,
  { key, done, parked, failure, reports, link }: SettlementText,
): Promise<string[]> {
  const seqs = [...new Set(done)];
  const ended = await db.get<{ finished: number; held: string[] }>(
    `WITH finished AS (
       UPDATE inbox SET state = 'done', change = NULL, finished_at = $3, code = $4
       WHERE seq = ANY($5) AND connection = $1 AND key = $2 AND (state = 'pending' OR code = '${WITHDRAWN}')
       RETURNING 1),
     released AS (DELETE FROM reservation WHERE connection = $1 AND key = $2),
     reported AS (
       INSERT INTO report (id, connection, body)
       SELECT id, $1, body FROM unnest($6::text[], $7::text[]) WITH ORDINALITY AS given (id, body, place) ORDER BY place
       ON CONFLICT (id) DO NOTHING),
     forgotten AS (DELETE FROM awaited WHERE connection = $1 AND lead_id = $8)
     SELECT (SELECT count(*) FROM finished) AS finished,
       ARRAY(SELECT record_id FROM link_record WHERE connection = $1 AND lead_id = $8) AS held`,
    connection,
    key,
    Date.now(),
    failure ?? null,
    seqs,
    reports.map(({ id }) => id),
    reports.map(({ body }) => body),
    link?.leadId ?? null,
  );
  if (ended?.finished !== seqs.length) throw new StaleLinkError(key);
  if ((await parkRows(db, connection, key, parked)) !== parked.length) throw new StaleLinkError(key);
  return ended.held;
}

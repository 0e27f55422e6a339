// Entries that are done as they come.
import type { Arrival } from '../entryText.ts';
import type { Database } from './database.ts';

/**
 * Keeps the entry as done, and saves what it makes of the link, where that is still as it was decided on and nothing of the lead waits.
 * @returns `known`: it was received before · `refused`: it has to wait for a turn
 */
export function settleArrival(
  db: Database,
  connection: string,
  { source, eventId, recordId, leadId, revision, link }: Arrival,
): 'settled' | 'known' | 'refused' {
  const found = db.get<{ revision: number; waits: number }>(
    `SELECT revision, EXISTS (SELECT 1 FROM inbox WHERE connection = ?1 AND key = ?2 AND state = 'pending') AS waits
     FROM link WHERE connection = ?1 AND lead_id = ?2`,
    connection,
    leadId,
  );
  if (found?.revision !== revision || found.waits !== 0) return 'refused';
  const now = Date.now();
  const inserted = db.run(
    `INSERT INTO inbox (connection, source, event_id, record_id, copy, key, received_at, state, finished_at)
     VALUES (?, ?, ?, ?, 0, ?, ?, 'done', ?)
     ON CONFLICT (connection, source, event_id, record_id, copy) DO NOTHING`,
    connection,
    source,
    eventId,
    recordId,
    leadId,
    now,
    now,
  );
  if (inserted === 0) return 'known';
  if (link)
    db.run(
      'UPDATE link SET revision = ?, body = ? WHERE connection = ? AND lead_id = ?',
      revision + 1,
      link.body,
      connection,
      leadId,
    );
  return 'settled';
}

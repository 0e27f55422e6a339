// Links: one per Sellfire lead, saved only over the revision that was loaded, and each person record in one link only.
import { RecordClaimedError, StaleLinkError } from '../store.ts';
import type { LinkText, SavedLink } from '../texts.ts';
import type { Database } from './database.ts';

const LEAD_OF = 'SELECT rowid AS row, lead_id AS leadId FROM link';
const COLUMNS = 'link.lead_id AS leadId, link.revision, link.body';

/** @param known a revision whose text is not wanted */
export function linkOfLead(db: Database, connection: string, leadId: string, known = 0): SavedLink | undefined {
  return db.get<SavedLink>(
    `SELECT lead_id AS leadId, revision, CASE revision WHEN ? THEN NULL ELSE body END AS body
     FROM link WHERE connection = ? AND lead_id = ?`,
    known,
    connection,
    leadId,
  );
}

export function linkOfRecord(db: Database, connection: string, recordId: string): SavedLink | undefined {
  return db.get<SavedLink>(
    `SELECT ${COLUMNS}
     FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = ? AND link_record.record_id = ?
     ORDER BY link_record.rowid LIMIT 1`,
    connection,
    recordId,
  );
}

export function links(db: Database, connection: string, after: string, limit: number): SavedLink[] {
  return db.all<SavedLink>(
    `SELECT ${COLUMNS} FROM link WHERE connection = ? AND lead_id > ? AND ended = 0 ORDER BY lead_id LIMIT ?`,
    connection,
    after,
    limit,
  );
}

/** Saves the link one revision higher. @throws StaleLinkError */
export function saveLink(db: Database, connection: string, link: LinkText): void {
  const revision = link.revision + 1;
  const { body } = link;
  const ended = link.ended ? 1 : 0;
  const saved =
    link.revision === 0
      ? db.run(
          `INSERT INTO link (connection, lead_id, revision, ended, body) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (connection, lead_id) DO NOTHING`,
          connection,
          link.leadId,
          revision,
          ended,
          body,
        )
      : db.run(
          `UPDATE link SET revision = ?, ended = ?, body = ? WHERE connection = ? AND lead_id = ? AND revision = ?`,
          revision,
          ended,
          body,
          connection,
          link.leadId,
          link.revision,
        );
  if (saved === 0) throw new StaleLinkError(link.leadId);
}

/**
 * Makes the records of a link those that it names. A link that has ended gives way to a living one and takes nothing from it.
 * @returns the record ids that are new to the link, and those that it has left. @throws RecordClaimedError
 */
export function claimRecords(db: Database, connection: string, link: LinkText): { added: string[]; left: string[] } {
  const wanted = [
    ...(link.record ? [{ id: link.record.id, kind: 'person' }] : []),
    ...(link.accountId !== undefined ? [{ id: link.accountId, kind: 'account' }] : []),
    // The link handles an undeletion of the record.
    ...(link.lostAccountId !== undefined && link.lostAccountId !== link.accountId
      ? [{ id: link.lostAccountId, kind: 'account' }]
      : []),
  ];
  const held = db.all<{ record_id: string }>(
    'SELECT record_id FROM link_record WHERE connection = ? AND lead_id = ?',
    connection,
    link.leadId,
  );
  const left = held.map((row) => row.record_id).filter((id) => !wanted.some((record) => record.id === id));
  for (const record_id of left) {
    db.run(
      'DELETE FROM link_record WHERE connection = ? AND record_id = ? AND lead_id = ?',
      connection,
      record_id,
      link.leadId,
    );
  }
  const added: string[] = [];
  for (const { id, kind } of wanted.filter((record) => !held.some((row) => row.record_id === record.id))) {
    if (kind === 'person' && !isFree(db, connection, id, link)) continue;
    db.run(
      'INSERT INTO link_record (connection, record_id, lead_id, kind) VALUES (?, ?, ?, ?)',
      connection,
      id,
      link.leadId,
      kind,
    );
    db.run('DELETE FROM event_lead WHERE connection = ? AND record_id = ?', connection, id);
    added.push(id);
  }
  return { added, left };
}

/** Whether the link may have the person record; another's ended link loses it. */
function isFree(db: Database, connection: string, recordId: string, link: LinkText): boolean {
  const holder = db.get<{ lead_id: string; ended: number }>(
    `SELECT link.lead_id, link.ended FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = ? AND link_record.record_id = ? AND link_record.kind = 'person'`,
    connection,
    recordId,
  );
  if (!holder) return true;
  if (link.ended) return false;
  if (holder.ended === 0) throw new RecordClaimedError(recordId, link.leadId, holder.lead_id);
  db.run(
    'DELETE FROM link_record WHERE connection = ? AND record_id = ? AND lead_id = ?',
    connection,
    recordId,
    holder.lead_id,
  );
  return true;
}

/** Between the creation of a record for a lead and the saving of their link, only the record's own events name the lead. */
export function rememberEventLead(db: Database, connection: string, recordId: string, leadId: string): void {
  db.run(
    `INSERT INTO event_lead (connection, record_id, lead_id)
     SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM link_record WHERE connection = ?1 AND record_id = ?2)
     ON CONFLICT (connection, record_id) DO UPDATE SET lead_id = excluded.lead_id`,
    connection,
    recordId,
    leadId,
  );
}

export function eventLead(db: Database, connection: string, recordId: string): string | undefined {
  return db.get<{ lead_id: string }>(
    'SELECT lead_id FROM event_lead WHERE connection = ? AND record_id = ?',
    connection,
    recordId,
  )?.lead_id;
}

/** Of each connection how many links there were up to a row, and whose that row was. */
const counted = new WeakMap<Database, Map<string, { links: number; row: number; leadId: string }>>();

/**
 * Links are never removed: those that have come since the last count are read, and all of them only where that row was rolled back. It is
 * asked every few seconds, and a million entries of an index would hold up what is written for a quarter of a second each time.
 */
export function linkCount(db: Database, connection: string): number {
  const kept = counted.get(db) ?? new Map<string, { links: number; row: number; leadId: string }>();
  counted.set(db, kept);
  const before = kept.get(connection);
  const isThere =
    before && before.leadId === db.get<{ leadId: string }>(`${LEAD_OF} WHERE rowid = ?`, before.row)?.leadId;
  const counting = 'SELECT count(*) AS links FROM link WHERE';
  // All of them are read from the index: the rows have the links themselves, 4 GB of a million.
  const since = isThere
    ? db.get<{ links: number }>(`${counting} +connection = ? AND rowid > ?`, connection, before.row)
    : db.get<{ links: number }>(`${counting} connection = ?`, connection);
  const links = (isThere ? before.links : 0) + (since?.links ?? 0);
  const last = db.get<{ row: number; leadId: string }>(`${LEAD_OF} WHERE rowid = (SELECT max(rowid) FROM link)`);
  if (last) kept.set(connection, { links, ...last });
  return links;
}

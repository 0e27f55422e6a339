// Links: one per Sellfire lead, saved only over the revision that was loaded, and each person record in one link only.
import { RecordClaimedError, StaleLinkError } from '../store.ts';
import type { LinkText, SavedLink } from '../texts.ts';
import type { Session } from './session.ts';

const COLUMNS = 'link.lead_id AS "leadId", link.revision, link.body';

/** @param known a revision whose text is not wanted */
export const linkOfLead = (
  db: Session,
  connection: string,
  leadId: string,
  known = 0,
): Promise<SavedLink | undefined> =>
  db.get<SavedLink>(
    `SELECT lead_id AS "leadId", revision, CASE revision WHEN $3 THEN NULL ELSE body END AS body
     FROM link WHERE connection = $1 AND lead_id = $2`,
    connection,
    leadId,
    known,
  );

export const linkOfRecord = (db: Session, connection: string, recordId: string): Promise<SavedLink | undefined> =>
  db.get<SavedLink>(
    `SELECT ${COLUMNS}
     FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = $1 AND link_record.record_id = $2
     ORDER BY link_record.seq LIMIT 1`,
    connection,
    recordId,
  );

export const links = (db: Session, connection: string, after: string, limit: number): Promise<SavedLink[]> =>
  db.all<SavedLink>(
    `SELECT ${COLUMNS} FROM link WHERE connection = $1 AND lead_id > $2 AND NOT ended ORDER BY lead_id LIMIT $3`,
    connection,
    after,
    limit,
  );

/** Saves the link one revision higher. @throws StaleLinkError */
export async function saveLink(db: Session, connection: string, link: LinkText): Promise<void> {
  const { leadId, revision, body } = link;
  const isEnded = link.ended !== undefined;
  const saved =
    revision === 0
      ? await db.run(
          `INSERT INTO link (connection, lead_id, revision, ended, body) VALUES ($1, $2, 1, $3, $4)
           ON CONFLICT (connection, lead_id) DO NOTHING`,
          connection,
          leadId,
          isEnded,
          body,
        )
      : await db.run(
          `UPDATE link SET revision = $3 + 1, ended = $4, body = $5
           WHERE connection = $1 AND lead_id = $2 AND revision = $3`,
          connection,
          leadId,
          revision,
          isEnded,
          body,
        );
  if (saved === 0) throw new StaleLinkError(leadId);
}

/** The records that a link names. */
export const recordsOf = (link: LinkText): { id: string; kind: 'person' | 'account' }[] => [
  ...(link.record ? [{ id: link.record.id, kind: 'person' as const }] : []),
  ...(link.accountId !== undefined ? [{ id: link.accountId, kind: 'account' as const }] : []),
  // The link handles an undeletion of the record.
  ...(link.lostAccountId !== undefined && link.lostAccountId !== link.accountId
    ? [{ id: link.lostAccountId, kind: 'account' as const }]
    : []),
];

/**
 * Makes the records of a link those that it names. A link that has ended gives way to a living one and takes nothing from it.
 * @param before ids of the records that it has so far
 * @returns the record ids that are new to the link, and those that it has left. @throws RecordClaimedError
 */
export async function claimRecords(
  db: Session,
  connection: string,
  link: LinkText,
  before: readonly string[],
): Promise<{ added: string[]; left: string[] }> {
  const wanted = recordsOf(link);
  const held = new Set(before);
  const left = [...held].filter((id) => !wanted.some((record) => record.id === id));
  if (left.length > 0)
    await db.run(
      'DELETE FROM link_record WHERE connection = $1 AND record_id = ANY($2) AND lead_id = $3',
      connection,
      left,
      link.leadId,
    );
  const added: string[] = [];
  for (const { id, kind } of wanted.filter((record) => !held.has(record.id))) {
    if (kind === 'person' && !(await isFree(db, connection, id, link))) continue;
    await db.run(
      'INSERT INTO link_record (connection, record_id, lead_id, kind) VALUES ($1, $2, $3, $4)',
      connection,
      id,
      link.leadId,
      kind,
    );
    await db.run('DELETE FROM event_lead WHERE connection = $1 AND record_id = $2', connection, id);
    added.push(id);
  }
  return { added, left };
}

/** Whether the link may have the person record; another's ended link loses it. */
async function isFree(db: Session, connection: string, recordId: string, link: LinkText): Promise<boolean> {
  const holder = await db.get<{ lead_id: string; ended: boolean }>(
    `SELECT link.lead_id, link.ended FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = $1 AND link_record.record_id = $2 AND link_record.kind = 'person'`,
    connection,
    recordId,
  );
  if (!holder) return true;
  if (link.ended) return false;
  if (!holder.ended) throw new RecordClaimedError(recordId, link.leadId, holder.lead_id);
  await db.run(
    'DELETE FROM link_record WHERE connection = $1 AND record_id = $2 AND lead_id = $3',
    connection,
    recordId,
    holder.lead_id,
  );
  return true;
}

// Entries that are done as they come.
import type { Arrival } from '../entryText.ts';
import type { LinkText } from '../texts.ts';
import type { Session } from './session.ts';

/** The revisions of their links, as far as nothing of the lead waits. Needs the write lock. */
export async function freeLinks(
  db: Session,
  connection: string,
  arrivals: readonly Arrival[],
): Promise<Map<string, number>> {
  if (arrivals.length === 0) return new Map();
  const rows = await db.all<{ lead_id: string; revision: number }>(
    // A look-up for each, as for stored entries.
    `SELECT given.lead_id, link.revision
     FROM unnest($2::text[]) AS given (lead_id)
     CROSS JOIN LATERAL (
       SELECT revision FROM link
       WHERE link.connection = $1 AND link.lead_id = given.lead_id LIMIT 1) AS link
     WHERE (
       SELECT 1 FROM inbox
       WHERE inbox.connection = $1 AND inbox.key = given.lead_id AND inbox.state = 'pending' LIMIT 1) IS NULL`,
    connection,
    [...new Set(arrivals.map(({ leadId }) => leadId))],
  );
  return new Map(rows.map(({ lead_id, revision }) => [lead_id, revision]));
}

export async function insertDone(db: Session, connection: string, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  await db.run(
    `INSERT INTO inbox (connection, source, event_id, record_id, copy, key, received_at, state, finished_at)
     SELECT $1, source, event_id, record_id, 0, key, $2, 'done', $2
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[])
       WITH ORDINALITY AS given (source, event_id, record_id, key, place)
     ORDER BY place`,
    connection,
    Date.now(),
    arrivals.map(({ source }) => source),
    arrivals.map(({ eventId }) => eventId),
    arrivals.map(({ recordId }) => recordId),
    arrivals.map(({ leadId }) => leadId),
  );
}

/** Saves each link one revision higher. */
export async function saveLinks(db: Session, connection: string, links: readonly LinkText[]): Promise<void> {
  if (links.length === 0) return;
  await db.run(
    `WITH given AS MATERIALIZED (
       SELECT $1::text AS connection, lead_id, revision, body
       FROM unnest($2::text[], $3::bigint[], $4::text[]) AS given (lead_id, revision, body))
     UPDATE link SET revision = given.revision + 1, body = given.body
     FROM given WHERE link.connection = given.connection AND link.lead_id = given.lead_id`,
    connection,
    links.map(({ leadId }) => leadId),
    links.map(({ revision }) => revision),
    links.map(({ body }) => body),
  );
}

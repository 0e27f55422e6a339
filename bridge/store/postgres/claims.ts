// Claims on Leads and Contacts: a turn reserves the record before it writes anything, and a lead that is refused one awaits it.
import type { PersonObject } from '../../model/salesforce.ts';
import { claimEntry } from '../claimEntry.ts';
import type { Claim, ClaimRefusal } from '../store.ts';
import { entryText, type EntryText } from '../entryText.ts';
import type { LinkText } from '../texts.ts';
import type { Session } from './session.ts';

export async function claim(
  db: Session,
  connection: string,
  { recordId, key, leadId, revision }: Claim,
): Promise<ClaimRefusal | undefined> {
  const found = await db.get<{ holder: string | null; stale: boolean; busy: boolean }>(
    `WITH found AS (
       SELECT (${HOLDER}) AS holder,
         -- Saved since the turn loaded it: the turn would write what it decided without.
         $4::text IS NOT NULL AND coalesce(
           (SELECT link.revision FROM link WHERE link.connection = $1 AND link.lead_id = $4), 0) <> $5 AS stale,
         EXISTS (
           SELECT FROM reservation CROSS JOIN LATERAL (
             SELECT FROM inbox WHERE inbox.connection = $1 AND inbox.key = reservation.key AND inbox.state = 'pending'
             LIMIT 1) AS waiting
           WHERE reservation.connection = $1 AND reservation.record_id = $2 AND reservation.key <> $3) AS busy),
     free AS (SELECT FROM found WHERE (holder IS NULL OR holder = $4) AND NOT stale AND NOT busy),
     released AS (
       DELETE FROM reservation USING found
       WHERE (holder IS NULL OR holder = $4) AND (stale OR busy) AND reservation.connection = $1 AND reservation.key = $3),
     reserved AS (
       INSERT INTO reservation (connection, record_id, key) SELECT $1, $2, $3 FROM free
       ON CONFLICT (connection, record_id) DO UPDATE SET key = excluded.key)
     SELECT holder, stale, busy FROM found`,
    connection,
    recordId,
    key,
    leadId,
    revision,
  );
  if (!found) return undefined;
  const { holder, stale, busy } = found;
  if (holder !== null && holder !== leadId) return { holder };
  if (stale) return { stale };
  return busy ? { busy } : undefined;
}

/** The lead whose link has the person record $2 of connection $1, and has not ended. */
const HOLDER = `
  SELECT link.lead_id FROM link_record JOIN link USING (connection, lead_id)
  WHERE link_record.connection = $1 AND link_record.record_id = $2 AND link_record.kind = 'person' AND NOT link.ended`;

async function holderOf(db: Session, connection: string, recordId: string): Promise<string | undefined> {
  return (await db.get<{ lead_id: string }>(HOLDER, connection, recordId))?.lead_id;
}

/**
 * Notes what the saved link awaits, where nothing is noted yet, and has others claim what it left.
 * @param left ids of the records that the link had before
 * @returns the changes that follow
 */
export async function settleClaims(
  db: Session,
  connection: string,
  link: LinkText,
  left: readonly string[],
): Promise<EntryText[]> {
  const by = { leadId: link.leadId, revision: link.revision };
  const { awaits } = link;
  if (awaits) {
    // It may have been left in between.
    const holder = await holderOf(db, connection, awaits.id);
    if (holder === undefined || holder === link.leadId)
      return [entryText(claimEntry(link.leadId, awaits, by, Date.now()))];
    await db.run(
      'INSERT INTO awaited (connection, lead_id, record_id, object) VALUES ($1, $2, $3, $4)',
      connection,
      link.leadId,
      awaits.id,
      awaits.object,
    );
  }
  const entries: EntryText[] = [];
  for (const id of [...left, ...(link.ended && link.record ? [link.record.id] : [])]) {
    if ((await holderOf(db, connection, id)) !== undefined) continue;
    const waiting = await db.all<{ lead_id: string; object: PersonObject }>(
      'DELETE FROM awaited WHERE connection = $1 AND record_id = $2 RETURNING lead_id, object',
      connection,
      id,
    );
    for (const { lead_id, object } of waiting)
      entries.push(entryText(claimEntry(lead_id, { object, id }, by, Date.now())));
  }
  return entries;
}

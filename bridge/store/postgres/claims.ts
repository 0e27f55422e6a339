// Claims on Leads and Contacts: a turn reserves the record before it writes anything, and a lead that is refused one awaits it.
import type { PersonObject } from '../../model/salesforce.ts';
import { claimEntry } from '../claimEntry.ts';
import type { Claim, ClaimRefusal } from '../store.ts';
import { entryText, type EntryText, type LinkText } from '../texts.ts';
import { linkOfLead } from './links.ts';
import type { Session } from './session.ts';

export async function claim(
  db: Session,
  connection: string,
  { recordId, key, leadId, revision }: Claim,
): Promise<ClaimRefusal | undefined> {
  const holder = await holderOf(db, connection, recordId);
  if (holder !== undefined && holder !== leadId) return { holder };
  const reserved = await db.get<{ key: string }>(
    `SELECT key FROM reservation WHERE connection = $1 AND record_id = $2 AND key <> $3 AND EXISTS
       (SELECT 1 FROM inbox WHERE inbox.connection = $1 AND inbox.key = reservation.key AND state = 'pending')`,
    connection,
    recordId,
    key,
  );
  const stale = await isStale(db, connection, leadId, revision);
  if (reserved || stale) {
    await releaseReservations(db, connection, key);
    return stale ? { stale } : { busy: true };
  }
  await db.run(
    `INSERT INTO reservation (connection, record_id, key) VALUES ($1, $2, $3)
     ON CONFLICT (connection, record_id) DO UPDATE SET key = excluded.key`,
    connection,
    recordId,
    key,
  );
  return undefined;
}

/** Whether the link has been saved since the turn loaded it: the turn would write what it decided without. */
async function isStale(db: Session, connection: string, leadId: string | null, revision: number): Promise<boolean> {
  return leadId !== null && ((await linkOfLead(db, connection, leadId, revision))?.revision ?? 0) !== revision;
}

async function releaseReservations(db: Session, connection: string, key: string): Promise<void> {
  await db.run('DELETE FROM reservation WHERE connection = $1 AND key = $2', connection, key);
}

/** The lead whose link has the person record and has not ended. */
async function holderOf(db: Session, connection: string, recordId: string): Promise<string | undefined> {
  const row = await db.get<{ lead_id: string }>(
    `SELECT link.lead_id FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = $1 AND link_record.record_id = $2 AND link_record.kind = 'person' AND NOT link.ended`,
    connection,
    recordId,
  );
  return row?.lead_id;
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

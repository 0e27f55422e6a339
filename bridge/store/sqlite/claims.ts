// Claims on Leads and Contacts: a turn reserves the record before it writes anything, and a lead that is refused one awaits it.
import type { PersonObject } from '../../model/salesforce.ts';
import { claimEntry } from '../claimEntry.ts';
import type { Claim, ClaimRefusal } from '../store.ts';
import { entryText, type EntryText } from '../entryText.ts';
import type { LinkText } from '../texts.ts';
import type { Database } from './database.ts';
import { linkOfLead } from './links.ts';

export function claim(
  db: Database,
  connection: string,
  { recordId, key, leadId, revision }: Claim,
): ClaimRefusal | undefined {
  const holder = holderOf(db, connection, recordId);
  if (holder !== undefined && holder !== leadId) return { holder };
  const reserved = db.get<{ key: string }>(
    `SELECT key FROM reservation WHERE connection = ?1 AND record_id = ?2 AND key <> ?3 AND EXISTS
       (SELECT 1 FROM inbox WHERE connection = ?1 AND inbox.key = reservation.key AND state = 'pending')`,
    connection,
    recordId,
    key,
  );
  const stale = isStale(db, connection, leadId, revision);
  if (reserved || stale) {
    releaseReservations(db, connection, key);
    return stale ? { stale } : { busy: true };
  }
  db.run(
    `INSERT INTO reservation (connection, record_id, key) VALUES (?, ?, ?)
     ON CONFLICT (connection, record_id) DO UPDATE SET key = excluded.key`,
    connection,
    recordId,
    key,
  );
  return undefined;
}

/** Whether the link has been saved since the turn loaded it: the turn would write what it decided without. */
function isStale(db: Database, connection: string, leadId: string | null, revision: number): boolean {
  return leadId !== null && (linkOfLead(db, connection, leadId, revision)?.revision ?? 0) !== revision;
}

export function releaseReservations(db: Database, connection: string, key: string): void {
  db.run('DELETE FROM reservation WHERE connection = ? AND key = ?', connection, key);
}

/** The lead whose link has the person record and has not ended. */
function holderOf(db: Database, connection: string, recordId: string): string | undefined {
  return db.get<{ lead_id: string }>(
    `SELECT link.lead_id FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = ? AND link_record.record_id = ? AND link_record.kind = 'person' AND link.ended = 0`,
    connection,
    recordId,
  )?.lead_id;
}

/**
 * Notes what the saved link awaits, and has others claim what it left.
 * @param left ids of the records that the link had before
 * @returns the changes that follow
 */
export function settleClaims(db: Database, connection: string, link: LinkText, left: readonly string[]): EntryText[] {
  const by = { leadId: link.leadId, revision: link.revision };
  db.run('DELETE FROM awaited WHERE connection = ? AND lead_id = ?', connection, link.leadId);
  const { awaits } = link;
  if (awaits) {
    // It may have been left in between.
    const holder = holderOf(db, connection, awaits.id);
    if (holder === undefined || holder === link.leadId)
      return [entryText(claimEntry(link.leadId, awaits, by, Date.now()))];
    db.run(
      'INSERT INTO awaited (connection, lead_id, record_id, object) VALUES (?, ?, ?, ?)',
      connection,
      link.leadId,
      awaits.id,
      awaits.object,
    );
  }
  const freed = [...left, ...(link.ended && link.record ? [link.record.id] : [])];
  return freed.flatMap((recordId) => {
    if (holderOf(db, connection, recordId) !== undefined) return [];
    const waiting = db.all<{ lead_id: string; object: PersonObject }>(
      'DELETE FROM awaited WHERE connection = ? AND record_id = ? RETURNING lead_id, object',
      connection,
      recordId,
    );
    return waiting.map(({ lead_id, object }) =>
      entryText(claimEntry(lead_id, { object, id: recordId }, by, Date.now())),
    );
  });
}

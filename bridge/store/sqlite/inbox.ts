// The inbox: every received change once, in the order of receipt, under the key of the lead or record it is about.
// A plus before a column keeps SQLite from choosing an index over it where the row ids are known. A sum behind LIMIT keeps it from planning
// the statement anew each time: a parameter alone counts as part of the plan.
import { StaleLinkError, type ParkedRow, type Settlement, type StoreCounts } from '../store.ts';
import type { Inserted, WorkText } from '../dialect.ts';
import { isArrival, type Arrival, type EntryText } from '../entryText.ts';
import { settleArrival } from './arrivals.ts';
import type { Database } from './database.ts';
import { rememberEventLead, eventLead } from './links.ts';

/** Code of a withdrawn row; a turn that has begun with it finishes all the same. */
export const WITHDRAWN = 'WITHDRAWN';

export function insertEntries(db: Database, connection: string, entries: readonly (EntryText | Arrival)[]): Inserted {
  const now = Date.now();
  const keys = new Set<string>();
  const settled: number[] = [];
  let stored = 0;
  for (const [place, entry] of entries.entries()) {
    if (isArrival(entry)) {
      const outcome = settleArrival(db, connection, entry);
      if (outcome === 'refused') return { stored, keys: [...keys], settled, until: place };
      if (outcome === 'known') continue;
      settled.push(place);
      stored += 1;
      continue;
    }
    for (const [copy, key] of keysOf(db, connection, entry).entries()) {
      const inserted = db.run(
        `INSERT INTO inbox (connection, source, event_id, record_id, copy, key, change, received_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (connection, source, event_id, record_id, copy) DO NOTHING`,
        connection,
        entry.source,
        entry.eventId,
        entry.recordId,
        copy,
        key,
        entry.change,
        now,
      );
      // The event is stored already, also when the leads that share the Account have changed since.
      if (inserted === 0) break;
      keys.add(key);
      if (copy === 0) stored += 1;
    }
    if (entry.source === 'salesforce' && entry.leadId !== null)
      rememberEventLead(db, connection, entry.recordId, entry.leadId);
    const [lead] = entry.convertedTo ? keysOf(db, connection, entry) : [];
    if (lead !== undefined && lead !== entry.recordId)
      for (const target of entry.convertedTo ?? []) rememberEventLead(db, connection, target, lead);
  }
  return { stored, keys: [...keys], settled };
}

/**
 * The lead that the change names, else the leads that the record is linked to or that an earlier entry named, else the record. A link
 * outranks the lead that an event of the record names.
 */
function keysOf(db: Database, connection: string, entry: EntryText): string[] {
  if (entry.leadId !== null && entry.source !== 'salesforce') return [entry.leadId];
  const linked = db.all<{ lead_id: string; ended: number }>(
    `SELECT link.lead_id, link.ended FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = ? AND link_record.record_id = ? ORDER BY link_record.rowid`,
    connection,
    entry.recordId,
  );
  if (entry.leadId !== null && linked.every(({ ended }) => ended === 1)) return [entry.leadId];
  if (linked.length > 0) return linked.map((row) => row.lead_id);
  return [
    entry.source === 'salesforce' ? (eventLead(db, connection, entry.recordId) ?? entry.recordId) : entry.recordId,
  ];
}

export function pendingKeys(db: Database, connection: string, limit: number, receivedBefore?: number): string[] {
  return db
    .all<{ key: string }>(
      `SELECT key FROM inbox
       WHERE connection = ? AND state = 'pending' AND received_at < ?
       GROUP BY key ORDER BY min(seq) LIMIT (? + 0)`,
      connection,
      receivedBefore ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .map((row) => row.key);
}

export function pendingRows(db: Database, connection: string, key: string, limit: number): WorkText['rows'] {
  return db.all<WorkText['rows'][number]>(
    `SELECT seq, change, attempts FROM inbox
     WHERE connection = ? AND key = ? AND state = 'pending' ORDER BY seq LIMIT (? + 0)`,
    connection,
    key,
    limit,
  );
}

/** Rows that no longer wait are left as they are. */
export function parkRows(db: Database, connection: string, key: string, rows: Settlement['parked']): void {
  for (const { seq, code, reason } of rows) park(db, connection, key, seq, code, reason);
}

/** @throws StaleLinkError when a row no longer waits under the key: it moved to a lead that was linked in between. */
export function finishRows(
  db: Database,
  connection: string,
  { key, done, parked, failure }: Pick<Settlement, 'key' | 'done' | 'parked' | 'failure'>,
): void {
  const now = Date.now();
  // A row at a time: nearly always there is one, and to spread a list costs SQLite as much as the row.
  for (const seq of new Set(done)) {
    const finished = db.run(
      `UPDATE inbox SET state = 'done', change = NULL, finished_at = ?, code = ?
       WHERE seq = ? AND connection = ? AND key = ? AND (state = 'pending' OR code = '${WITHDRAWN}')`,
      now,
      failure ?? null,
      seq,
      connection,
      key,
    );
    if (finished === 0) throw new StaleLinkError(key);
  }
  for (const { seq, code, reason } of parked) {
    if (park(db, connection, key, seq, code, reason) === 0) throw new StaleLinkError(key);
  }
}

function park(db: Database, connection: string, key: string, seq: number, code: string, reason: string): number {
  return db.run(
    `UPDATE inbox SET state = 'parked', finished_at = ?, code = ?, reason = ?
     WHERE connection = ? AND key = ? AND state = 'pending' AND seq = ?`,
    Date.now(),
    code,
    reason,
    connection,
    key,
    seq,
  );
}

/** Moves what waits or is parked under a record to its lead. @returns how many pending rows moved. */
export function moveRows(db: Database, connection: string, recordId: string, leadId: string): number {
  db.run(
    "UPDATE inbox SET key = ? WHERE connection = ? AND key = ? AND state = 'parked'",
    leadId,
    connection,
    recordId,
  );
  return db.run(
    "UPDATE inbox SET key = ? WHERE connection = ? AND key = ? AND state = 'pending'",
    leadId,
    connection,
    recordId,
  );
}

export function rekey(db: Database, connection: string, seqs: number[], key: string): number {
  const linked = db.get<{ lead_id: string }>(
    'SELECT lead_id FROM link_record WHERE connection = ? AND record_id = ? ORDER BY rowid LIMIT 1',
    connection,
    key,
  );
  return db.run(
    `UPDATE inbox SET key = ?
     WHERE seq IN (SELECT value FROM json_each(?)) AND +connection = ? AND +state = 'pending'`,
    linked?.lead_id ?? key,
    JSON.stringify(seqs),
    connection,
  );
}

/** The row that was added last, also where it is removed by now. */
export function lastSeq(db: Database): number {
  return db.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'inbox'")?.seq ?? 0;
}

/** What was pending when the file was last let go of may have been under way: it counts as tried. */
export function allAttempted(db: Database): void {
  db.run("UPDATE inbox SET attempts = attempts + 1 WHERE state = 'pending'");
}

export function attempted(db: Database, connection: string, seqs: number[]): void {
  db.run(
    `UPDATE inbox SET attempts = attempts + 1
     WHERE seq IN (SELECT value FROM json_each(?)) AND +connection = ? AND +state = 'pending'`,
    JSON.stringify(seqs),
    connection,
  );
}

export function parked(db: Database, connection: string, limit: number): ParkedRow[] {
  return db
    .all<Omit<ParkedRow, 'source'> & { source: ParkedRow['source'] }>(
      `SELECT seq, key, source, event_id AS eventId, record_id AS recordId, attempts, finished_at AS parkedAt, code, reason
       FROM inbox WHERE connection = ? AND state = 'parked' ORDER BY seq LIMIT ?`,
      connection,
      limit,
    )
    .map((row) => ({ ...row }));
}

export function release(db: Database, connection: string, seqs: number[]): { keys: string[] } {
  const rows = db.all<{ key: string }>(
    `UPDATE inbox SET state = 'pending', finished_at = NULL, code = NULL, reason = NULL
     WHERE seq IN (SELECT value FROM json_each(?)) AND +connection = ? AND +state = 'parked'
     RETURNING key`,
    JSON.stringify(seqs),
    connection,
  );
  return { keys: [...new Set(rows.map((row) => row.key))] };
}

/** Rows that one call of prune removes at most, so that others get their turn in between. */
const PRUNE_ROWS = 5_000;

export function prune(db: Database, before: number): number {
  return db.run(
    `DELETE FROM inbox WHERE seq IN (SELECT seq FROM inbox WHERE state = 'done' AND finished_at < ? LIMIT ?)`,
    before,
    PRUNE_ROWS,
  );
}

export function inboxCounts(
  db: Database,
  connection: string,
): Pick<StoreCounts, 'pending' | 'parked' | 'oldestPendingAt' | 'oldestFromSalesforceAt' | 'oldestFromSellfireAt'> {
  const pending = db.get<{ rows: number; salesforce: number | null; sellfire: number | null; oldest: number | null }>(
    // Without a grouping, which would sort a backlog's rows.
    `SELECT count(*) AS rows, min(received_at) AS oldest,
       min(CASE source WHEN 'salesforce' THEN received_at END) AS salesforce,
       min(CASE source WHEN 'sellfire' THEN received_at END) AS sellfire
     FROM inbox WHERE connection = ? AND state = 'pending'`,
    connection,
  );
  const parked = db.get<{ rows: number }>(
    "SELECT count(*) AS rows FROM inbox WHERE connection = ? AND state = 'parked'",
    connection,
  );
  return {
    pending: pending?.rows ?? 0,
    parked: parked?.rows ?? 0,
    oldestPendingAt: pending?.oldest ?? undefined,
    oldestFromSalesforceAt: pending?.salesforce ?? undefined,
    oldestFromSellfireAt: pending?.sellfire ?? undefined,
  };
}

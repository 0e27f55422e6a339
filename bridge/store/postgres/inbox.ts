// The inbox: every received change once, in the order of receipt, under the key of the lead or record it is about.
import type { Inserted } from '../dialect.ts';
import type { ParkedRow, Settlement, StoreCounts } from '../store.ts';
import { isArrival, type Arrival, type EntryText } from '../entryText.ts';
import type { LinkText } from '../texts.ts';
import { freeLinks, insertDone, saveLinks } from './arrivals.ts';
import { eventLeads, rememberEventLeads } from './eventLeads.ts';
import { kept, type Session } from './session.ts';

/** Code of a withdrawn row; a turn that has begun with it finishes all the same. */
export const WITHDRAWN = 'WITHDRAWN';

interface NewRow {
  entry: EntryText;
  /** 0; 1, 2 … for the further leads of an Account that several leads share. */
  copy: number;
  key: string;
}

/** Nothing else may write to the connection's rows meanwhile. */
export async function insertEntries(
  db: Session,
  connection: string,
  given: readonly (EntryText | Arrival)[],
): Promise<Inserted> {
  if (given.length === 0) return { stored: 0, keys: [], settled: [] };
  // What is read back is compared with it.
  const entries = given.map((entry) => ({ ...entry, eventId: kept(entry.eventId), recordId: kept(entry.recordId) }));
  const arrivals = entries.filter(isArrival);
  const records = [...new Set(entries.filter((one) => !isArrival(one)).map(({ recordId }) => recordId))];
  const [linked, named, known, free] = await Promise.all([
    linkedLeads(db, connection, records),
    eventLeads(db, connection, records),
    storedEntries(db, connection, entries),
    freeLinks(db, connection, arrivals),
  ]);
  /** The lead that the change names, else the leads that the record is linked to or that an earlier entry named, else the record. */
  function keysOf({ source, leadId, recordId }: EntryText): string[] {
    if (leadId !== null && source !== 'salesforce') return [leadId];
    const links = linked.get(recordId) ?? [];
    // A link that has not ended outranks the lead that an event of the record names.
    if (leadId !== null && links.every(({ ended }) => ended)) return [leadId];
    if (links.length > 0) return links.map(({ lead_id }) => lead_id);
    return [source === 'salesforce' ? (named.get(recordId) ?? recordId) : recordId];
  }
  const remembered = new Map<string, string>();
  function remember(recordId: string, leadId: string): void {
    named.set(recordId, leadId);
    remembered.set(recordId, leadId);
  }
  const rows: NewRow[] = [];
  const settled: number[] = [];
  const saved = new Map<string, LinkText>();
  let until: number | undefined;
  for (const [place, entry] of entries.entries()) {
    const isNew = !known.has(identityOf(entry));
    if (isArrival(entry)) {
      if (free.get(entry.leadId) !== entry.revision) {
        until = place;
        break;
      }
      if (!isNew) continue;
      known.add(identityOf(entry));
      settled.push(place);
      if (!entry.link) continue;
      saved.set(entry.leadId, entry.link);
      free.set(entry.leadId, entry.revision + 1);
      continue;
    }
    const keys = keysOf(entry);
    for (const key of keys) free.delete(key);
    // A stored event stays as it is, also when the leads that share the Account have changed since.
    if (isNew) rows.push(...keys.map((key, copy) => ({ entry, copy, key })));
    known.add(identityOf(entry));
    if (entry.source === 'salesforce' && entry.leadId !== null) remember(entry.recordId, entry.leadId);
    const [lead] = entry.convertedTo ? keysOf(entry) : [];
    if (lead !== undefined && lead !== entry.recordId)
      for (const target of entry.convertedTo ?? []) remember(target, lead);
  }
  const done = settled.map((place) => entries[place]).filter((one) => one !== undefined && isArrival(one));
  await Promise.all([
    insertRows(db, connection, rows),
    insertDone(db, connection, done),
    saveLinks(db, connection, [...saved.values()]),
    rememberEventLeads(db, connection, remembered),
  ]);
  const stored = settled.length + rows.filter(({ copy }) => copy === 0).length;
  const keys = [...new Set(rows.map(({ key }) => key))];
  return { stored, keys, settled, ...(until === undefined ? {} : { until }) };
}

type Identity = Pick<EntryText, 'source' | 'eventId' | 'recordId'>;
const identityOf = ({ source, eventId, recordId }: Identity): string => JSON.stringify([source, eventId, recordId]);

interface LinkedLead {
  record_id: string;
  lead_id: string;
  ended: boolean;
}

/** The leads that records are linked to, the one that was linked first before the others. */
async function linkedLeads(
  db: Session,
  connection: string,
  records: string[],
): Promise<ReadonlyMap<string, LinkedLead[]>> {
  // For none, a database that has no statistics yet reads all links.
  if (records.length === 0) return new Map();
  const rows = await db.all<LinkedLead>(
    `SELECT link_record.record_id, link.lead_id, link.ended
     FROM link_record JOIN link USING (connection, lead_id)
     WHERE link_record.connection = $1 AND link_record.record_id = ANY($2) ORDER BY link_record.seq`,
    connection,
    records,
  );
  return Map.groupBy(rows, ({ record_id }) => record_id);
}

async function storedEntries(db: Session, connection: string, entries: readonly Identity[]): Promise<Set<string>> {
  const rows = await db.all<Identity>(
    // A look-up for each: for a join, a database that has no statistics yet reads all rows of the connection.
    `SELECT source, event_id AS "eventId", record_id AS "recordId"
     FROM unnest($2::text[], $3::text[], $4::text[]) AS given (source, event_id, record_id)
     CROSS JOIN LATERAL (
       SELECT FROM inbox WHERE inbox.connection = $1 AND inbox.source = given.source
         AND inbox.event_id = given.event_id AND inbox.record_id = given.record_id AND inbox.copy = 0 LIMIT 1) AS stored`,
    connection,
    entries.map(({ source }) => source),
    entries.map(({ eventId }) => eventId),
    entries.map(({ recordId }) => recordId),
  );
  return new Set(rows.map(identityOf));
}

async function insertRows(db: Session, connection: string, rows: NewRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.run(
    `INSERT INTO inbox (connection, source, event_id, record_id, copy, key, change, received_at)
     SELECT $1, source, event_id, record_id, copy, key, change, $2
     FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[])
       WITH ORDINALITY AS given (source, event_id, record_id, copy, key, change, place)
     ORDER BY place`,
    connection,
    Date.now(),
    rows.map(({ entry }) => entry.source),
    rows.map(({ entry }) => entry.eventId),
    rows.map(({ entry }) => entry.recordId),
    rows.map(({ copy }) => copy),
    rows.map(({ key }) => key),
    rows.map(({ entry }) => entry.change),
  );
}

export async function pendingKeys(
  db: Session,
  connection: string,
  limit: number,
  receivedBefore?: number,
): Promise<string[]> {
  const rows = await db.all<{ key: string }>(
    `SELECT key FROM inbox
     WHERE connection = $1 AND state = 'pending' AND received_at < $2
     GROUP BY key ORDER BY min(seq) LIMIT $3`,
    connection,
    receivedBefore ?? Number.MAX_SAFE_INTEGER,
    limit,
  );
  return rows.map(({ key }) => key);
}

/** Rows that no longer wait are left as they are. @returns how many are parked */
export async function parkRows(
  db: Session,
  connection: string,
  key: string,
  rows: Settlement['parked'],
): Promise<number> {
  if (rows.length === 0) return 0;
  return db.run(
    `UPDATE inbox SET state = 'parked', finished_at = $1, code = given.code, reason = given.reason
     FROM unnest($4::bigint[], $5::text[], $6::text[]) AS given (seq, code, reason)
     WHERE inbox.connection = $2 AND inbox.key = $3 AND inbox.state = 'pending' AND inbox.seq = given.seq`,
    Date.now(),
    connection,
    key,
    rows.map(({ seq }) => seq),
    rows.map(({ code }) => code),
    rows.map(({ reason }) => reason),
  );
}

/** Moves what waits or is parked under records to their lead. @returns how many pending rows moved. */
export async function moveRows(
  db: Session,
  connection: string,
  recordIds: readonly string[],
  leadId: string,
): Promise<number> {
  if (recordIds.length === 0) return 0;
  const moved = await db.get<{ rows: number }>(
    // Each state has an index of its own; for an IN of both, the whole inbox is read.
    `WITH moved AS (
       UPDATE inbox SET key = $1 WHERE connection = $2 AND key = ANY($3) AND (state = 'pending' OR state = 'parked')
       RETURNING state)
     SELECT count(*) AS rows FROM moved WHERE state = 'pending'`,
    leadId,
    connection,
    recordIds,
  );
  return moved?.rows ?? 0;
}

export async function rekey(db: Session, connection: string, seqs: number[], key: string): Promise<number> {
  const linked = await db.get<{ lead_id: string }>(
    'SELECT lead_id FROM link_record WHERE connection = $1 AND record_id = $2 ORDER BY seq LIMIT 1',
    connection,
    key,
  );
  return db.run(
    `UPDATE inbox SET key = $1 WHERE seq = ANY($2) AND connection = $3 AND state = 'pending'`,
    linked?.lead_id ?? key,
    seqs,
    connection,
  );
}

/** What was pending when the store was last let go of may have been under way: it counts as tried. */
export async function allAttempted(db: Session): Promise<void> {
  await db.run("UPDATE inbox SET attempts = attempts + 1 WHERE state = 'pending'");
}

export async function attempted(db: Session, connection: string, seqs: number[]): Promise<void> {
  await db.run(
    `UPDATE inbox SET attempts = attempts + 1 WHERE seq = ANY($1) AND connection = $2 AND state = 'pending'`,
    seqs,
    connection,
  );
}

export const parked = (db: Session, connection: string, limit: number): Promise<ParkedRow[]> =>
  db.all<ParkedRow>(
    `SELECT seq, key, source, event_id AS "eventId", record_id AS "recordId", attempts, finished_at AS "parkedAt", code,
       reason
     FROM inbox WHERE connection = $1 AND state = 'parked' ORDER BY seq LIMIT $2`,
    connection,
    limit,
  );

export async function release(db: Session, connection: string, seqs: number[]): Promise<{ keys: string[] }> {
  const rows = await db.all<{ key: string }>(
    `UPDATE inbox SET state = 'pending', finished_at = NULL, code = NULL, reason = NULL
     WHERE seq = ANY($1) AND connection = $2 AND state = 'parked'
     RETURNING key`,
    seqs,
    connection,
  );
  return { keys: [...new Set(rows.map((row) => row.key))] };
}

/** Rows that one call of prune removes at most, so that others get their turn in between. */
const PRUNE_ROWS = 5_000;

export const prune = (db: Session, before: number): Promise<number> =>
  db.run(
    `DELETE FROM inbox WHERE seq IN (SELECT seq FROM inbox WHERE state = 'done' AND finished_at < $1 LIMIT $2)`,
    before,
    PRUNE_ROWS,
  );

export async function counts(db: Session, connection: string): Promise<StoreCounts> {
  const pending = await db.all<{ source: string; rows: number; oldest: number }>(
    `SELECT source, count(*) AS rows, min(received_at) AS oldest
     FROM inbox WHERE connection = $1 AND state = 'pending' GROUP BY source`,
    connection,
  );
  const others = await db.get<{ parked: number; reports: number; links: number }>(
    `SELECT (SELECT count(*) FROM inbox WHERE connection = $1 AND state = 'parked') AS parked,
       (SELECT count(*) FROM report WHERE connection = $1) AS reports,
       (SELECT count(*) FROM link WHERE connection = $1) AS links`,
    connection,
  );
  const oldestOf = (source: string): number | undefined => pending.find((one) => one.source === source)?.oldest;
  return {
    pending: pending.reduce((sum, { rows }) => sum + rows, 0),
    parked: others?.parked ?? 0,
    reports: others?.reports ?? 0,
    links: others?.links ?? 0,
    oldestPendingAt: pending.length === 0 ? undefined : Math.min(...pending.map(({ oldest }) => oldest)),
    oldestFromSalesforceAt: oldestOf('salesforce'),
    oldestFromSellfireAt: oldestOf('sellfire'),
  };
}

// Between the creation of a record for a lead and the saving of their link, only the record's own events name the lead.
import type { Session } from './session.ts';

/** The lead of each record that an event has named one for. */
export async function eventLeads(db: Session, connection: string, records: string[]): Promise<Map<string, string>> {
  const rows = await db.all<{ record_id: string; lead_id: string }>(
    'SELECT record_id, lead_id FROM event_lead WHERE connection = $1 AND record_id = ANY($2)',
    connection,
    records,
  );
  return new Map(rows.map(({ record_id, lead_id }) => [record_id, lead_id]));
}

/** Of a record that is linked, the link names the lead. */
export async function rememberEventLeads(
  db: Session,
  connection: string,
  leads: ReadonlyMap<string, string>,
): Promise<void> {
  if (leads.size === 0) return;
  await db.run(
    // Looked up for each: as a join, a database that has no statistics yet reads all that the connection has.
    `INSERT INTO event_lead (connection, record_id, lead_id)
     SELECT $1, record_id, lead_id FROM unnest($2::text[], $3::text[]) AS given (record_id, lead_id)
     WHERE (
       SELECT 1 FROM link_record WHERE link_record.connection = $1 AND link_record.record_id = given.record_id LIMIT 1) IS NULL
     ON CONFLICT (connection, record_id) DO UPDATE SET lead_id = excluded.lead_id`,
    connection,
    [...leads.keys()],
    [...leads.values()],
  );
}

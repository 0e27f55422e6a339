// Many turns end in one statement. Nearly every turn finishes rows, keeps reports and saves a link: over the revision that it loaded, with
// the records that the link has already, or a new one, of records that no other link has. What such turns save depends on none of the
// others. A statement costs a way to the database and back, and several such ways a turn were what a burst waited for.
import type { SettlementText } from '../dialect.ts';
import { WITHDRAWN } from './inbox.ts';
import { recordsOf } from './links.ts';
import type { Session } from './session.ts';

export interface Settling {
  connection: string;
  settlement: SettlementText;
}

/** Whether it may turn out to be a plain one, which the database decides. */
const mayBePlain = ({ parked, entries, link }: SettlementText): boolean =>
  parked.length === 0 && entries.length === 0 && (!link || (!link.awaits && !link.ended));

/**
 * Saves those that are plain, and nothing of the others: where rows have moved, the link was saved or made in between, or has other records.
 * Needs the write lock; sends one statement, or none.
 * @param given of one connection, each of another key, none of which is a record of another one's new link
 * @returns by the places of those that were saved, the keys that got rows
 */
export async function settlePlain(db: Session, given: readonly Settling[]): Promise<Map<number, { keys: string[] }>> {
  const some = [...given.entries()].filter(([, { settlement }]) => mayBePlain(settlement));
  const [first] = some;
  if (!first) return new Map();
  const settlements = some.map(([, { settlement }]) => settlement);
  const reports = some.flatMap(([place, { settlement }]) => settlement.reports.map((report) => ({ place, report })));
  const rows = await db.all<{ place: number; woken: string | null }>(
    SETTLE,
    first[1].connection,
    Date.now(),
    some.map(([place]) => place),
    settlements.map(({ key }) => key),
    settlements.map(({ done }) => literal(new Set(done))),
    settlements.map(({ failure }) => failure ?? null),
    settlements.map(({ link }) => link?.leadId ?? null),
    settlements.map(({ link }) => link?.revision ?? null),
    settlements.map(({ link }) => link?.body ?? null),
    settlements.map(({ link }) => literal(link ? recordsOf(link).map(({ id }) => id) : [])),
    settlements.map(({ link }) => link?.record?.id ?? null),
    reports.map(({ place }) => place),
    reports.map(({ report }) => report.id),
    reports.map(({ report }) => report.body),
  );
  return new Map(rows.map(({ place, woken }) => [place, { keys: woken === null ? [] : [woken] }]));
}

/** As a text of PostgreSQL: an array of arrays has rows of one length. */
const literal = (values: Iterable<number | string>): string =>
  `{${[...values]
    .sort()
    .map((value) => JSON.stringify(value))
    .join(',')}}`;

/**
 * All parts of a statement see the tables as they were before it, so that what is plain is decided first. What is looked up is looked up for
 * each, and what is changed is joined by the connection too: a database that has no statistics yet takes a connection for a few rows, and
 * would read all of them for a join.
 */
const SETTLE = `
  WITH given AS (
    SELECT $1::text AS connection, place, key, seqs::bigint[], failure, lead_id, revision, body, records::text[], person
    FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[])
      AS given (place, key, seqs, failure, lead_id, revision, body, records, person)),
  plain AS MATERIALIZED (
    SELECT given.* FROM given
    WHERE cardinality(seqs) = (
        SELECT count(*) FROM unnest(seqs) AS done (seq) CROSS JOIN LATERAL (
          SELECT FROM inbox WHERE inbox.seq = done.seq AND inbox.connection = given.connection AND inbox.key = given.key
            AND (inbox.state = 'pending' OR inbox.code = '${WITHDRAWN}') LIMIT 1) AS waiting)
      AND coalesce(given.revision, 0) = coalesce((
        SELECT link.revision FROM link
        WHERE link.connection = given.connection AND link.lead_id = coalesce(given.lead_id, given.key) LIMIT 1), 0)
      AND CASE WHEN given.revision > 0 THEN records = ARRAY(
          SELECT record_id FROM link_record
          WHERE link_record.connection = given.connection AND link_record.lead_id = given.lead_id ORDER BY record_id)
        ELSE (
          SELECT 1 FROM link_record WHERE link_record.connection = given.connection
            AND link_record.record_id = given.person AND link_record.kind = 'person' LIMIT 1) IS NULL END),
  made AS MATERIALIZED (SELECT * FROM plain WHERE revision = 0),
  finished AS (
    UPDATE inbox SET state = 'done', change = NULL, finished_at = $2, code = plain.failure
    FROM plain CROSS JOIN unnest(seqs) AS done (seq) WHERE inbox.seq = done.seq),
  released AS (
    DELETE FROM reservation USING plain
    WHERE reservation.connection = plain.connection AND reservation.key = plain.key),
  reported AS (
    INSERT INTO report (id, connection, body)
    SELECT given.id, plain.connection, given.body
    FROM unnest($12::int[], $13::text[], $14::text[]) WITH ORDINALITY AS given (place, id, body, number)
      JOIN plain USING (place)
    ORDER BY number ON CONFLICT (id) DO NOTHING),
  forgotten AS (
    DELETE FROM awaited USING plain WHERE awaited.connection = plain.connection AND awaited.lead_id = plain.lead_id),
  saved AS (
    UPDATE link SET revision = plain.revision + 1, ended = false, body = plain.body
    FROM plain WHERE link.connection = plain.connection AND link.lead_id = plain.lead_id),
  added AS (
    INSERT INTO link (connection, lead_id, revision, ended, body)
    SELECT connection, lead_id, 1, false, body FROM made),
  named AS (
    INSERT INTO link_record (connection, record_id, lead_id, kind)
    SELECT connection, id, lead_id, CASE WHEN id = person THEN 'person' ELSE 'account' END
    FROM made CROSS JOIN unnest(records) AS one (id) ORDER BY place),
  known AS (
    DELETE FROM event_lead USING made CROSS JOIN unnest(records) AS one (id)
    WHERE event_lead.connection = made.connection AND event_lead.record_id = one.id),
  waiting AS (
    SELECT made.place, made.lead_id, found.seq
    FROM made CROSS JOIN unnest(records) AS one (id) CROSS JOIN LATERAL (
      SELECT seq FROM inbox WHERE connection = made.connection AND key = one.id AND state = 'pending'
      UNION ALL
      SELECT seq FROM inbox WHERE connection = made.connection AND key = one.id AND state = 'parked') AS found
    WHERE found.seq <> ALL (made.seqs)),
  moved AS (
    UPDATE inbox SET key = waiting.lead_id FROM waiting WHERE inbox.seq = waiting.seq
    RETURNING waiting.place, waiting.lead_id, inbox.state)
  SELECT place, (
    SELECT moved.lead_id FROM moved WHERE moved.place = plain.place AND moved.state = 'pending' LIMIT 1) AS woken
  FROM plain`;

// Many turns end in one statement. Nearly every turn finishes rows, keeps reports and saves a link over the revision that it loaded, with the
// records that the link has already; what such turns save depends on none of the others. A statement costs a way to the database and back,
// and several such ways a turn were what a burst waited for.
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
  parked.length === 0 && entries.length === 0 && (!link || (link.revision > 0 && !link.awaits && !link.ended));

/**
 * Saves those that are plain, and nothing of the others: where rows have moved, the link was saved or made in between, or has other records.
 * Needs the write lock; sends one statement, or none.
 * @param given of one connection, each of another key
 * @returns the places of those that were saved
 */
export async function settlePlain(db: Session, given: readonly Settling[]): Promise<Set<number>> {
  const some = [...given.entries()].filter(([, { settlement }]) => mayBePlain(settlement));
  const [first] = some;
  if (!first) return new Set();
  const settlements = some.map(([, { settlement }]) => settlement);
  const reports = some.flatMap(([place, { settlement }]) => settlement.reports.map((report) => ({ place, report })));
  const rows = await db.all<{ place: number }>(
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
    reports.map(({ place }) => place),
    reports.map(({ report }) => report.id),
    reports.map(({ report }) => report.body),
  );
  return new Set(rows.map(({ place }) => place));
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
    SELECT $1::text AS connection, place, key, seqs::bigint[], failure, lead_id, revision, body, records::text[]
    FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[])
      AS given (place, key, seqs, failure, lead_id, revision, body, records)),
  plain AS MATERIALIZED (
    SELECT given.* FROM given
    WHERE cardinality(seqs) = (
        SELECT count(*) FROM unnest(seqs) AS done (seq) CROSS JOIN LATERAL (
          SELECT FROM inbox WHERE inbox.seq = done.seq AND inbox.connection = given.connection AND inbox.key = given.key
            AND (inbox.state = 'pending' OR inbox.code = '${WITHDRAWN}') LIMIT 1) AS waiting)
      AND given.revision IS NOT DISTINCT FROM (
        SELECT link.revision FROM link
        WHERE link.connection = given.connection AND link.lead_id = coalesce(given.lead_id, given.key) LIMIT 1)
      AND (given.lead_id IS NULL OR records = ARRAY(
        SELECT record_id FROM link_record
        WHERE link_record.connection = given.connection AND link_record.lead_id = given.lead_id ORDER BY record_id))),
  finished AS (
    UPDATE inbox SET state = 'done', change = NULL, finished_at = $2, code = plain.failure
    FROM plain CROSS JOIN unnest(seqs) AS done (seq) WHERE inbox.seq = done.seq),
  released AS (
    DELETE FROM reservation USING plain
    WHERE reservation.connection = plain.connection AND reservation.key = plain.key),
  reported AS (
    INSERT INTO report (id, connection, body)
    SELECT given.id, plain.connection, given.body
    FROM unnest($11::int[], $12::text[], $13::text[]) WITH ORDINALITY AS given (place, id, body, number)
      JOIN plain USING (place)
    ORDER BY number ON CONFLICT (id) DO NOTHING),
  forgotten AS (
    DELETE FROM awaited USING plain WHERE awaited.connection = plain.connection AND awaited.lead_id = plain.lead_id),
  saved AS (
    UPDATE link SET revision = plain.revision + 1, ended = false, body = plain.body
    FROM plain WHERE link.connection = plain.connection AND link.lead_id = plain.lead_id)
  SELECT place FROM plain`;

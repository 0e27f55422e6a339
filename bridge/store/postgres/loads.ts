// What many turns load goes by one way to the database and back: turns that begin together would wait for each other at the few connections
// that read, and come to their writes, which go to Salesforce by 200, one by one.
import { createGatherer } from '../../lib/gather.ts';
import type { WorkText } from '../dialect.ts';
import type { SavedLink } from '../texts.ts';
import type { Session } from './session.ts';

/** What one turn asks for. */
export interface Question {
  connection: string;
  key: string;
  /** Rows at most. */
  limit: number;
  /** A revision of the link whose text is not wanted. */
  known: number;
}

/** Keys of one way: their links and changes are some hundred kB, which the thread takes in within a few ms. */
const TOGETHER = 100;

/** @param ways of `TOGETHER` keys that may be under way; each takes two connections */
export function createLoads(db: Session, ways: number): (question: Question) => Promise<WorkText> {
  const loads = createGatherer<Question, WorkText>({
    limit: TOGETHER,
    // As soon as what has come at once has asked.
    waitMs: 0,
    concurrency: ways,
    run: (questions) => load(db, questions),
  });
  return (question) => loads.load(question);
}

async function load(db: Session, questions: readonly Question[]): Promise<WorkText[]> {
  // What is settled in between makes the decision stale, and it is loaded again.
  const [links, rows] = await Promise.all([linksOf(db, questions), rowsOf(db, questions)]);
  return questions.map((_, place) => ({
    link: links.get(place),
    rows: (rows.get(place) ?? []).map(({ seq, change, attempts }) => ({ seq, change, attempts })),
  }));
}

async function linksOf(db: Session, questions: readonly Question[]): Promise<Map<number, SavedLink>> {
  const found = await db.all<SavedLink & { place: number }>(
    `SELECT given.place - 1 AS place, link.lead_id AS "leadId", link.revision,
       CASE link.revision WHEN given.known THEN NULL ELSE link.body END AS body
     FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS given (connection, lead_id, known, place)
     JOIN link ON link.connection = given.connection AND link.lead_id = given.lead_id`,
    questions.map(({ connection }) => connection),
    questions.map(({ key }) => key),
    questions.map(({ known }) => known),
  );
  return new Map(found.map(({ place, ...link }) => [place, link]));
}

type Row = WorkText['rows'][number] & { place: number };

async function rowsOf(db: Session, questions: readonly Question[]): Promise<Map<number, Row[]>> {
  const found = await db.all<Row>(
    `SELECT given.place - 1 AS place, waiting.seq, waiting.change, waiting.attempts
     FROM unnest($1::text[], $2::text[], $3::int[]) WITH ORDINALITY AS given (connection, key, most, place)
     CROSS JOIN LATERAL (
       SELECT seq, change, attempts FROM inbox
       WHERE inbox.connection = given.connection AND inbox.key = given.key AND inbox.state = 'pending'
       ORDER BY seq LIMIT given.most) AS waiting
     ORDER BY given.place, waiting.seq`,
    questions.map(({ connection }) => connection),
    questions.map(({ key }) => key),
    questions.map(({ limit }) => limit),
  );
  return Map.groupBy(found, ({ place }) => place);
}

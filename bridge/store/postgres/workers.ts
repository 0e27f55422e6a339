// The processes that run turns for the one that leads, and the turns that are with them. A worker's row is its lease: it holds no longer
// than the leader's, and a worker whose row is gone can commit nothing.
import type { Answer, Assignment, HandedConfig } from '../handover.ts';
import type { Notice } from '../shared.ts';
import { CHANNEL, notify } from './notices.ts';
import type { Session } from './session.ts';

/**
 * Beside the tables of the lease, and like them not a step of the migrations. Only processes of one build hand each other turns: a later
 * version that needs other columns takes other names.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS worker (
    number     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    process    TEXT COLLATE "C" NOT NULL,
    build      TEXT NOT NULL,
    token      BIGINT NOT NULL,
    takes      BOOLEAN NOT NULL DEFAULT true,
    expires_at TIMESTAMPTZ NOT NULL
  );
  CREATE TABLE IF NOT EXISTS turn (
    connection TEXT COLLATE "C" NOT NULL,
    key        TEXT COLLATE "C" NOT NULL,
    id         BIGINT NOT NULL UNIQUE,
    worker     BIGINT NOT NULL,
    revision   BIGINT NOT NULL,
    defers     BOOLEAN NOT NULL,
    answer     TEXT,
    PRIMARY KEY (connection, key)
  );
  CREATE TABLE IF NOT EXISTS turn_config (
    connection TEXT COLLATE "C" PRIMARY KEY,
    revision   BIGINT NOT NULL,
    session    TEXT NOT NULL,
    config     TEXT NOT NULL
  );
`;

/** Makes the tables where they are missing. Safe to run by several processes at once. @param begin opens a transaction with the write lock */
export async function prepareWorkers(db: Session, begin: (db: Session) => Promise<unknown>): Promise<void> {
  const row = await db.get<{ found: boolean }>("SELECT to_regclass('turn_config') IS NOT NULL AS found");
  if (row?.found) return;
  await begin(db);
  await db.script(`${TABLES} COMMIT`);
}

/** Within the transaction in which a process begins to lead: those that worked for the one before it do so no more. */
export async function forgetWorkers(db: Session): Promise<void> {
  await db.script('DELETE FROM worker; DELETE FROM turn; DELETE FROM turn_config');
}

/** ms of a lease that are left. What was given back ends long ago, and has no difference to now. */
const LEFT = `(extract(epoch FROM greatest(expires_at, clock_timestamp() - interval '1 day') - clock_timestamp()) * 1000)::float8`;

/** Offers the process to the leader. @returns undefined where nobody else leads */
export const offerWorker = (
  db: Session,
  process: string,
  build: string,
  leaseMs: number,
): Promise<{ number: number; token: number; left: number } | undefined> =>
  db.get(
    `WITH lead AS (
       SELECT token, expires_at FROM leadership WHERE expires_at > clock_timestamp() AND process <> $1 FOR SHARE)
     INSERT INTO worker (process, build, token, expires_at)
     SELECT $1, $2, token, least(expires_at, clock_timestamp() + $3 * interval '1 millisecond') FROM lead
     RETURNING number, token, ${LEFT} AS left`,
    process,
    build,
    leaseMs,
  );

/**
 * Lets the worker's lease hold on, and no longer than that of the leader: who takes the lead finds no worker of the one before it that may
 * still call anybody.
 * @returns ms that it holds; undefined where it was given up, or another process leads
 */
export async function renewWorker(db: Session, number: number, leaseMs: number): Promise<number | undefined> {
  // The row of the lease is locked: a leader that gives the lead back has seen the worker's lease, or is seen by it.
  const row = await db.get<{ left: number }>(
    `WITH lead AS (SELECT token, expires_at FROM leadership FOR SHARE)
     UPDATE worker SET expires_at = least(lead.expires_at, clock_timestamp() + $2 * interval '1 millisecond')
     FROM lead WHERE worker.number = $1 AND worker.token = lead.token
     RETURNING ${LEFT.replaceAll('expires_at', 'worker.expires_at')} AS left`,
    number,
    leaseMs,
  );
  return row?.left;
}

export const openAssignments = (db: Session, number: number): Promise<Assignment[]> =>
  db.all<Assignment & Record<string, unknown>>(
    'SELECT id, connection, key, revision, defers FROM turn WHERE worker = $1 AND answer IS NULL ORDER BY id',
    number,
  );

export const handedConfig = (db: Session, connection: string): Promise<HandedConfig | undefined> =>
  db.get<HandedConfig & Record<string, unknown>>(
    'SELECT connection, revision, session, config AS settings FROM turn_config WHERE connection = $1',
    connection,
  );

/**
 * Not fenced: a turn that was taken back has no row any more. It does not wait for the disk either: an answer that is lost with the database
 * is given again.
 */
export async function answerTurns(db: Session, number: number, answers: readonly Answer[]): Promise<void> {
  await db.run(
    `WITH lazily AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS mode),
     answered AS (
       UPDATE turn SET answer = given.text FROM lazily, unnest($2::bigint[], $3::text[]) AS given (id, text)
       WHERE turn.worker = $1 AND turn.id = given.id AND turn.answer IS NULL AND lazily.mode = 'off' RETURNING turn.id)
     SELECT pg_notify(${CHANNEL}, $4) FROM (SELECT count(*) FROM answered) AS counted`,
    number,
    answers.map(({ id }) => id),
    answers.map(({ text }) => text),
    JSON.stringify({ kind: 'answered' } satisfies Notice),
  );
}

export async function leaveWork(db: Session, number: number): Promise<void> {
  await db.run('UPDATE worker SET takes = false WHERE number = $1', number);
  await notify(db, { kind: 'worker' });
}

/** Once nothing is under way. */
export async function removeWorker(db: Session, number: number): Promise<void> {
  await db.run('DELETE FROM worker WHERE number = $1', number);
  await notify(db, { kind: 'worker' });
}

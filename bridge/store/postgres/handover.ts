// The leader's side of the turns that are with other processes.
import type { Answer, Exchange, Handover, WorkerRow } from '../handover.ts';
import { notify } from './notices.ts';
import type { Queue } from './queue.ts';
import type { Session } from './session.ts';

export interface HandoverOptions {
  queue: Queue;
  /** Reads with a connection of its own. */
  reads: <T>(work: (db: Session) => Promise<T>) => Promise<T>;
  /** The fencing token of the leader. */
  token: number;
}

export const leadersHandover = ({ queue, reads, token }: HandoverOptions): Handover => ({
  // A call is answered with what it returns.
  exchange: (exchange) => queue.call((db) => give(db, exchange)) as Promise<number[]>,
  answers: () =>
    reads((db) =>
      db.all<Answer & Record<string, unknown>>(
        'SELECT id, answer AS text FROM turn WHERE answer IS NOT NULL ORDER BY id',
      ),
    ),
  async look() {
    if (await reads(hasGone)) await queue.call(takeBack);
    return reads(async (db) => ({
      workers: await db.all<WorkerRow & Record<string, unknown>>(
        'SELECT number, process, build, takes FROM worker WHERE token = $1 ORDER BY number',
        token,
      ),
      ids: (await db.all<{ id: number }>('SELECT id FROM turn')).map(({ id }) => id),
    }));
  },
});

async function give(db: Session, { read, given, configs }: Exchange): Promise<number[]> {
  if (read.length > 0) await db.run('DELETE FROM turn WHERE id = ANY($1)', read);
  for (const { connection, revision, session, settings } of configs)
    await db.run(
      `INSERT INTO turn_config (connection, revision, session, config) VALUES ($1, $2, $3, $4)
       ON CONFLICT (connection) DO UPDATE SET revision = $2, session = $3, config = $4`,
      connection,
      revision,
      session,
      settings,
    );
  if (given.length === 0) return [];
  // The key of a turn that is still with somebody is refused by the primary key.
  await db.run(
    `INSERT INTO turn (id, worker, connection, key, revision, defers)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::boolean[])
       AS given (id, worker, connection, key, revision, defers)
     WHERE EXISTS (SELECT FROM worker WHERE number = given.worker AND takes)
     ON CONFLICT (id) DO NOTHING`,
    given.map(({ id }) => id),
    given.map(({ worker }) => worker),
    given.map(({ connection }) => connection),
    given.map(({ key }) => key),
    given.map(({ revision }) => revision),
    given.map(({ defers }) => defers),
  );
  await notify(db, { kind: 'assigned', workers: [...new Set(given.map(({ worker }) => worker))] });
  const ids = given.map(({ id }) => id);
  const taken = await db.all<{ id: number }>('SELECT id FROM turn WHERE id = ANY($1)', ids);
  return ids.filter((id) => !taken.some((one) => one.id === id));
}

/** Turns without an answer whose worker is not there any more. */
const ORPHANED = 'answer IS NULL AND NOT EXISTS (SELECT FROM worker WHERE number = turn.worker)';

async function hasGone(db: Session): Promise<boolean> {
  const row = await db.get<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM worker WHERE expires_at <= clock_timestamp()) OR EXISTS (SELECT FROM turn WHERE ${ORPHANED}) AS found`,
  );
  return row?.found === true;
}

/** A turn whose worker has answered is done, whatever became of the worker. */
async function takeBack(db: Session): Promise<void> {
  await db.run('DELETE FROM worker WHERE expires_at <= clock_timestamp()');
  // What was under way may have been written: the next turn of the key reads before it writes.
  await db.run(
    `WITH taken AS (DELETE FROM turn WHERE ${ORPHANED} RETURNING connection, key)
     UPDATE inbox SET attempts = attempts + 1 FROM taken
     WHERE inbox.connection = taken.connection AND inbox.key = taken.key AND inbox.state = 'pending'`,
  );
}

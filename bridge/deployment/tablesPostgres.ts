// The tables of a deployment in a database, which its processes share. Stores of connections are schemas beside them.
import pg from 'pg';
import { clientOptions } from '../store/postgres/connect.ts';
import { explained, placeOf } from '../store/postgres/faults.ts';
import { inTransaction, sessionOf, type Session } from '../store/postgres/session.ts';
import { NotUniqueError, type Row, type Statements, type Tables } from './tables.ts';

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
/** unique_violation (PostgreSQL documentation, appendix A). */
const NOT_UNIQUE = '23505';
/** One waits in a transaction while the others go on. */
const CONNECTIONS = 3;

/** Of whatever version. */
export function openPostgresTables(url: string): Tables {
  const pool = new pg.Pool({ ...clientOptions(url, 'deployment'), max: CONNECTIONS });
  // An idle connection has ended; the pool opens another one.
  pool.on('error', () => undefined);

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof NotUniqueError) throw error;
      if ((error as { code?: unknown }).code === NOT_UNIQUE) throw new NotUniqueError(error);
      throw explained(error, placeOf(url));
    }
  }
  const dialect = (sql: string): string => sql.replaceAll('NOW', NOW).replaceAll(/\?(?=\d)/g, '$');
  const on = (db: Session): Statements => ({
    all: <R extends Row>(sql: string, ...values: unknown[]) => attempt(() => db.all<R>(dialect(sql), ...values)),
    run: (sql, ...values) => attempt(() => db.run(dialect(sql), ...values)),
    script: (sql) => attempt(async () => void (await db.script(sql))),
    // Lower-case letters, digits and underscores (`newEntry`).
    makePlace: (place) => attempt(async () => void (await db.script(`CREATE SCHEMA "${place}"`))),
    removePlace: (place) => attempt(async () => void (await db.script(`DROP SCHEMA IF EXISTS "${place}" CASCADE`))),
  });
  const { all, run } = on(sessionOf(pool));
  /** Ends with its transaction. Two that make tables at once would collide. */
  const LOCK = "SELECT pg_advisory_xact_lock(hashtext('sellfire-deployment'), hashtext(current_schema()))";
  return {
    all,
    run,
    together: (work) =>
      attempt(() =>
        inTransaction(
          pool,
          (db) => db.script(`BEGIN; ${LOCK}`),
          (db) => work(on(db)),
        ),
      ),
    close: () => pool.end(),
  };
}

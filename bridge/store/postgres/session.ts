// One connection to PostgreSQL, with values as the store has them.
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { ClientBase, CustomTypesConfig, Pool, QueryResultRow } from 'pg';

/** What runs statements: one connection, within or without a transaction. */
export interface Session {
  /** @returns the rows */
  all<Row extends QueryResultRow>(sql: string, ...values: unknown[]): Promise<Row[]>;
  get<Row extends QueryResultRow>(sql: string, ...values: unknown[]): Promise<Row | undefined>;
  /** @returns how many rows were changed */
  run(sql: string, ...values: unknown[]): Promise<number>;
  /** Several statements at once, without values. @returns how many rows each of them read or changed */
  script(sql: string): Promise<number[]>;
}

/** Times, numbers of rows and counts are within what a double holds exactly. */
const BIGINT = 20;
export const types: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === BIGINT && format !== 'binary'
      ? Number
      : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
};

/** @param client a pool gives each statement any of its connections */
export function sessionOf(client: ClientBase | Pool): Session {
  async function query<Row extends QueryResultRow>(sql: string, values: unknown[]): Promise<pg.QueryResult<Row>> {
    return client.query<Row>({ name: nameOf(sql), text: sql, values: values.map(asKept) });
  }
  return {
    all: async <Row extends QueryResultRow>(sql: string, ...values: unknown[]) => (await query<Row>(sql, values)).rows,
    get: async <Row extends QueryResultRow>(sql: string, ...values: unknown[]) =>
      (await query<Row>(sql, values)).rows[0],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    async script(sql) {
      // One for each statement, where there are several.
      const results = (await client.query(sql)) as pg.QueryResult | pg.QueryResult[];
      return [results].flat().map(({ rowCount }) => rowCount ?? 0);
    },
  };
}

/**
 * Runs the work in a transaction.
 * @param begin opens it, with whatever lock it takes
 */
export async function inTransaction<T>(
  pool: Pool,
  begin: (db: Session) => Promise<unknown>,
  work: (db: Session) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const db = sessionOf(client);
  try {
    await begin(db);
    const result = await work(db);
    await db.script('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // With it the transaction ends, whatever became of it.
    client.release(true);
    throw error;
  }
}

/**
 * The text as PostgreSQL keeps it: it has no NUL, and no half of a surrogate pair. JSON has neither: what it keeps of them is an
 * escape.
 */
export const kept = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

function asKept(value: unknown): unknown {
  if (typeof value === 'string') return kept(value);
  return Array.isArray(value) ? value.map(asKept) : value;
}

const names = new Map<string, string>();

/** A statement with a name is planned once in each connection. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) names.set(sql, (name = createHash('sha1').update(sql).digest('hex')));
  return name;
}

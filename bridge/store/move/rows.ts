// The rows of a table, page by page in the order of its key, with the same values from either dialect.
import { createHash } from 'node:crypto';
import { kept, type Session } from '../postgres/session.ts';
import type { Database } from '../sqlite/database.ts';
import type { Table } from './tables.ts';

export type Value = string | number | boolean | null;
/** In the order of the table's columns. */
export type Row = Value[];

/** Rows in one page, and in one transaction. */
export const PAGE = 1_000;

/** The rows behind a key, undefined: the first ones. */
export type ReadRows = (after: Row | undefined) => Promise<Row[]>;

const placesOf = ({ columns, key }: Table): number[] => key.map((name) => Object.keys(columns).indexOf(name));

export const keyOf = (table: Table, row: Row): Row => placesOf(table).map((place) => row[place] ?? null);

export const rowsOfSqlite =
  (db: Database, table: Table): ReadRows =>
  async (after) => {
    const { name, columns, key, inSqlite = {} } = table;
    const column = (one: string): string => inSqlite[one] ?? one;
    const listed = Object.keys(columns).map((one) => `${column(one)} AS ${one}`);
    const keys = key.map(column).join(', ');
    const behind = after ? `WHERE (${keys}) > (${key.map(() => '?').join(', ')})` : '';
    const found = db.all<Record<string, string | number | null>>(
      `SELECT ${listed.join(', ')} FROM ${name} ${behind} ORDER BY ${keys} LIMIT ${PAGE}`,
      ...((after ?? []) as (string | number)[]),
    );
    return found.map((row) =>
      Object.entries(columns).map(([one, type]) => {
        const value = row[one] ?? null;
        // As PostgreSQL keeps it.
        return typeof value === 'string' ? kept(value) : type === 'boolean' ? value === 1 : value;
      }),
    );
  };

export const rowsOfPostgres =
  (db: Session, table: Table): ReadRows =>
  async (after) => {
    const { name, columns, key } = table;
    const keys = key.join(', ');
    const behind = after ? `WHERE (${keys}) > (${key.map((_, index) => `$${index + 1}`).join(', ')})` : '';
    const found = await db.all<Record<string, Value>>(
      `SELECT ${Object.keys(columns).join(', ')} FROM ${name} ${behind} ORDER BY ${keys} LIMIT ${PAGE}`,
      ...(after ?? []),
    );
    return found.map((row) => Object.keys(columns).map((one) => row[one] ?? null));
  };

/** @returns how many rows were inserted */
export function insertRows(db: Session, { name, columns }: Table, rows: readonly Row[]): Promise<number> {
  const arrays = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  return db.run(
    `INSERT INTO ${name} (${Object.keys(columns).join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT * FROM unnest(${arrays.join(', ')})`,
    ...Object.keys(columns).map((_, index) => rows.map((row) => row[index] ?? null)),
  );
}

export interface Sum {
  rows: number;
  /** SHA-256 of all values in the order of the key. */
  checksum: string;
}

/** @param onPage called with each page, before the next one is read */
export async function sumOf(table: Table, read: ReadRows, onPage: () => Promise<unknown>): Promise<Sum> {
  const hash = createHash('sha256');
  let rows = 0;
  for (let after: Row | undefined; ;) {
    const page = await read(after);
    for (const row of page) hash.update(`${JSON.stringify(row)}\n`);
    rows += page.length;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return { rows, checksum: hash.digest('hex') };
    after = keyOf(table, last);
    await onPage();
  }
}

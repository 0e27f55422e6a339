// How far a move has come, kept in the database that is moved to: a page of rows and its progress are one transaction, so that a move that
// is interrupted goes on where it ended. As long as it has not ended, no process opens the store.
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import type { Session } from '../postgres/session.ts';
import type { Row } from './rows.ts';
import { TABLES, type Table } from './tables.ts';

const TABLE = `CREATE TABLE IF NOT EXISTS store_move (
  source      TEXT NOT NULL,
  name        TEXT PRIMARY KEY,
  -- JSON: the key of the last row that was copied.
  after       TEXT,
  finished_at BIGINT
)`;

/** Of the move as a whole, beside one row for each table. */
const WHOLE = '';

export interface Progress {
  /** The mark of the store that is moved. */
  source: string;
  isFinished: boolean;
  /** By the names of the tables: the key of the last row that was copied. */
  after: ReadonlyMap<string, Row>;
}

/** Within a transaction. @returns undefined where no move has begun */
export async function readProgress(db: Session): Promise<Progress | undefined> {
  const found = await db.get<{ found: boolean }>("SELECT to_regclass('store_move') IS NOT NULL AS found");
  if (!found?.found) return undefined;
  const rows = await db.all<{ source: string; name: string; after: string | null; finished: boolean }>(
    'SELECT source, name, after, finished_at IS NOT NULL AS finished FROM store_move',
  );
  const whole = rows.find(({ name }) => name === WHOLE);
  if (!whole) return undefined;
  return {
    source: whole.source,
    isFinished: whole.finished,
    after: new Map(rows.flatMap(({ name, after }) => (after === null ? [] : [[name, JSON.parse(after) as Row]]))),
  };
}

/** Within a transaction. @throws BridgeError MOVE_TARGET_USED where the database has a store already */
export async function beginMove(db: Session, source: string): Promise<void> {
  for (const { name } of TABLES) {
    const row = await db.get<{ used: boolean }>(`SELECT EXISTS (SELECT FROM ${name}) AS used`);
    if (row?.used) throw new BridgeError(explain('MOVE_TARGET_USED', { table: name }));
  }
  await db.script(TABLE);
  await db.run('DELETE FROM store_move');
  await db.run('INSERT INTO store_move (source, name) VALUES ($1, $2)', source, WHOLE);
}

/** Within the transaction of the rows. */
export async function noteCopied(db: Session, source: string, table: Table, after: Row): Promise<void> {
  await db.run(
    `INSERT INTO store_move (source, name, after) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET after = excluded.after`,
    source,
    table.name,
    JSON.stringify(after),
  );
}

/** Within a transaction: nothing is copied yet. */
export async function restartMove(db: Session): Promise<void> {
  await db.script(`TRUNCATE ${TABLES.map(({ name }) => name).join(', ')}`);
  await db.run('DELETE FROM store_move WHERE name <> $1', WHOLE);
}

/** Within a transaction: the store may be opened. */
export async function finishMove(db: Session): Promise<void> {
  for (const { name, counts } of TABLES)
    if (counts !== undefined)
      await db.script(
        `SELECT setval(pg_get_serial_sequence('${name}', '${counts}'), greatest((SELECT max(${counts}) FROM ${name}), 1))`,
      );
  await db.run('UPDATE store_move SET finished_at = $1 WHERE name = $2', Date.now(), WHOLE);
}

/** @throws BridgeError STORE_HALF_MOVED */
export async function mustBeWhole(db: Session): Promise<void> {
  const progress = await readProgress(db);
  if (progress?.isFinished === false) throw new BridgeError(explain('STORE_HALF_MOVED'));
}

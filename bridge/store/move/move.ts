// Moves a store from its file to PostgreSQL, in pages that each are one transaction. It may be interrupted anywhere and is run again then;
// it has ended once both hold the same rows, by their number and by a checksum. The file is then given another name, and nothing else of
// it is changed, so that it is there to go back to.
import { randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import pg from 'pg';
import { clientOptions } from '../postgres/connect.ts';
import { explained, placeOf } from '../postgres/faults.ts';
import { ledBy } from '../postgres/fence.ts';
import { beginFenced, prepareLeadership, releaseLead, renewLease, takeLead } from '../postgres/lease.ts';
import { migrate as migratePostgres } from '../postgres/migrations.ts';
import { sessionOf, type Session } from '../postgres/session.ts';
import { Database } from '../sqlite/database.ts';
import { migrate as migrateSqlite } from '../sqlite/migrations.ts';
import { beginMove, finishMove, noteCopied, readProgress, restartMove } from './progress.ts';
import { insertRows, keyOf, PAGE, rowsOfPostgres, rowsOfSqlite, sumOf, type Row } from './rows.ts';
import { TABLES, type Table } from './tables.ts';

export interface MoveOptions {
  /** Of the store that is moved. */
  file: string;
  /** Of the database that it is moved to. */
  url: string;
  /** ms: no process leads the database before the move has not worked for so long. */
  leaseMs: number;
  /** Called with a line for each page and each table. */
  say: (line: string) => void;
}

export interface Moved {
  /** Rows by table. */
  rows: Record<string, number>;
  /** What the file is called now. */
  file: string;
}

/** Marks the store, so that a move goes on only with the one that it began with. */
const MARK = { connection: 'bridge', name: 'move' };
export const movedName = (file: string): string => `${file}.moved`;

/** @throws BridgeError STORE_IN_USE, STORE_UNUSABLE, STORE_NEWER, MOVE_TARGET_USED, MOVE_SOURCE_MISSING, MOVE_DIFFERS */
export async function moveStore(options: MoveOptions): Promise<Moved> {
  const { file, url } = options;
  if (!existsSync(file)) throw new BridgeError(explain('MOVE_SOURCE_MISSING', { file }));
  // A bridge that runs on it has it locked.
  const source = new Database(file);
  const client = new pg.Client(clientOptions(url, `move-${randomUUID().slice(0, 8)}`));
  client.on('error', () => undefined);
  try {
    await migrateSqlite(source);
    await client.connect();
    const target = sessionOf(client);
    const rows = await moveBetween(source, target, options);
    source.close();
    renameSync(file, movedName(file));
    return { rows, file: movedName(file) };
  } catch (error) {
    throw explained(error, placeOf(url));
  } finally {
    if (existsSync(file)) source.close();
    await client.end().catch(() => undefined);
  }
}

async function moveBetween(source: Database, target: Session, options: MoveOptions): Promise<Record<string, number>> {
  const { url, leaseMs, say } = options;
  await prepareLeadership(target);
  const token = await takeLead(target, 'move', leaseMs);
  if (token === undefined) throw new BridgeError(explain('STORE_IN_USE', { file: placeOf(url) }));
  /** Each renews the lease: no process leads meanwhile. */
  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    await beginFenced(target, ledBy(token ?? 0));
    try {
      await renewLease(target, token ?? 0, leaseMs);
      const result = await work();
      await target.script('COMMIT');
      return result;
    } catch (error) {
      await target.script('ROLLBACK');
      throw error;
    }
  }

  try {
    await migratePostgres(target, token);
    const mark = markOf(source);
    const progress = await transaction(async () => {
      const before = await readProgress(target);
      if (before?.source === mark) return before;
      if (before?.isFinished === false) throw new BridgeError(explain('MOVE_TARGET_USED', { table: 'store_move' }));
      await beginMove(target, mark);
      return { source: mark, isFinished: false, after: new Map<string, Row>() };
    });
    if (progress.isFinished) return await countAll(target);
    if (progress.after.size > 0) say('Goes on where it was interrupted.');
    await copyAll(progress.after);
    let differing = await compareAll();
    if (differing !== undefined) {
      // The file was worked on since the move began.
      say(`${differing} differs: everything is copied anew.`);
      await transaction(() => restartMove(target));
      await copyAll(new Map());
      differing = await compareAll();
    }
    if (differing !== undefined) throw new BridgeError(explain('MOVE_DIFFERS', { table: differing }));
    await transaction(() => finishMove(target));
    return await countAll(target);

    async function copyAll(from: ReadonlyMap<string, Row>): Promise<void> {
      for (const table of TABLES) await copy(table, from.get(table.name));
    }

    async function copy(table: Table, from: Row | undefined): Promise<void> {
      const read = rowsOfSqlite(source, table);
      for (let after = from; ;) {
        const page = await read(after);
        const last = page.at(-1);
        if (!last) return;
        after = keyOf(table, last);
        const key = after;
        await transaction(async () => {
          await insertRows(target, table, page);
          await noteCopied(target, mark, table, key);
        });
        say(`${table.name}: ${page.length} rows copied, up to ${key.join(' ')}`);
        if (page.length < PAGE) return;
      }
    }

    /** @returns the first table that differs */
    async function compareAll(): Promise<string | undefined> {
      for (const table of TABLES) {
        const renew = (): Promise<unknown> => transaction(async () => undefined);
        const here = await sumOf(table, rowsOfSqlite(source, table), renew);
        const there = await sumOf(table, rowsOfPostgres(target, table), renew);
        if (here.rows !== there.rows || here.checksum !== there.checksum) return table.name;
        say(`${table.name}: ${here.rows} rows, checksum ${here.checksum.slice(0, 12)}, the same on both sides`);
      }
      return undefined;
    }
  } finally {
    await releaseLead(target, token).catch(() => undefined);
  }
}

function markOf(source: Database): string {
  const { connection, name } = MARK;
  const found = source.get<{ value: string }>(
    'SELECT value FROM cursor WHERE connection = ? AND name = ?',
    connection,
    name,
  );
  if (found) return found.value;
  const value = randomUUID();
  source.run(
    'INSERT INTO cursor (connection, name, value, at) VALUES (?, ?, ?, ?)',
    connection,
    name,
    value,
    Date.now(),
  );
  return value;
}

async function countAll(target: Session): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const { name } of TABLES)
    rows[name] = (await target.get<{ count: number }>(`SELECT count(*) AS count FROM ${name}`))?.count ?? 0;
  return rows;
}

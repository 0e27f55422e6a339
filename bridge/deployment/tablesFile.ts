// The tables of a deployment in a file, which the processes of one machine share. Stores of connections are folders beside it.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { NotUniqueError, type Row, type Statements, type Tables, type Value } from './tables.ts';

/** ms that a statement waits for another process. */
const PATIENCE_MS = 5_000;
const NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE (https://www.sqlite.org/rescode.html). */
const NOT_UNIQUE = [1555, 2067];

/** One after the other: a transaction that waits for another one of this process would wait in vain. */
let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}

/** Of whatever version. @param dataDir is made where it is missing, for this user alone. @throws BridgeError STORE_UNUSABLE */
export function openFileTables(dataDir: string): Tables {
  const file = join(dataDir, 'connections.sqlite');
  const explained = (error: unknown): BridgeError =>
    new BridgeError(
      explain('STORE_UNUSABLE.opening', { file, cause: error instanceof Error ? error.message : String(error) }),
      { cause: error },
    );
  let db: DatabaseSync;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    db = new DatabaseSync(file, { timeout: PATIENCE_MS });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  } catch (error) {
    throw explained(error);
  }

  function attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (NOT_UNIQUE.includes(Number((error as { errcode?: unknown }).errcode))) throw new NotUniqueError(error);
      throw explained(error);
    }
  }
  const prepare = (sql: string) => db.prepare(sql.replaceAll('NOW', NOW));
  const folderOf = (place: string): string => join(dataDir, 'connections', place);
  const statements: Statements = {
    all: async <R extends Row>(sql: string, ...values: Value[]) =>
      attempt(() => prepare(sql).all(...(values as SQLInputValue[])) as R[]),
    run: async (sql, ...values) => attempt(() => Number(prepare(sql).run(...(values as SQLInputValue[])).changes)),
    script: async (sql) => attempt(() => db.exec(sql)),
    // The store makes its folder by itself.
    makePlace: async () => undefined,
    removePlace: async (place) => attempt(() => rmSync(folderOf(place), { recursive: true, force: true })),
  };
  return {
    all: (sql, ...values) => inTurn(() => statements.all(sql, ...values)),
    run: (sql, ...values) => inTurn(() => statements.run(sql, ...values)),
    together: (work) =>
      inTurn(async () => {
        attempt(() => db.exec('BEGIN IMMEDIATE'));
        try {
          const result = await work(statements);
          attempt(() => db.exec('COMMIT'));
          return result;
        } catch (error) {
          if (db.isTransaction) db.exec('ROLLBACK');
          throw error;
        }
      }),
    close: async () => inTurn(async () => db.close()),
  };
}

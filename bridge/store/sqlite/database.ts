// One SQLite file, opened so that a committed transaction survives a power cut and no other process can open the file.
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';

/** ms that opening waits for the lock: a predecessor that is just being stopped takes about that long to let go. */
const LOCK_WAIT = 500;

/** A connection with its prepared statements, by their text. Rows have the columns that the statement beside them selects. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * @param file path, or `:memory:`. The folder is made when it is missing; the file is readable by its owner only, since it
   * holds customers' data.
   * @throws BridgeError STORE_IN_USE, STORE_UNUSABLE
   */
  constructor(file: string) {
    try {
      if (file !== ':memory:') {
        create(file);
      }
      this.#connection = new DatabaseSync(file, { timeout: LOCK_WAIT });
    } catch (error) {
      throw openingFailed(file, error);
    }
    try {
      // The operating system holds the lock, so it goes with the process, however that ends.
      this.#connection.exec('PRAGMA locking_mode = EXCLUSIVE');
      this.#connection.exec('PRAGMA journal_mode = WAL');
      this.#connection.exec('PRAGMA synchronous = FULL');
      // Takes the lock now rather than with the first write.
      this.#connection.exec('BEGIN IMMEDIATE; COMMIT');
    } catch (error) {
      this.#connection.close();
      throw openingFailed(file, error);
    }
  }

  get inTransaction(): boolean {
    return this.#connection.isTransaction;
  }

  /** Several statements at once, without parameters: migrations. */
  script(sql: string): void {
    this.#connection.exec(sql);
  }

  all<Row>(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...parameters) as Row[];
  }

  get<Row>(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...parameters) as Row | undefined;
  }

  /** @returns how many rows were changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...parameters).changes);
  }

  close(): void {
    this.#connection.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Makes the file when it is missing. One that is there must not be opened here: whichever descriptor of a file a process closes,
 * it loses all its locks on that file (https://www.sqlite.org/howtocorrupt.html, §2.2), and with them the store that is open.
 */
function create(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** SQLite's primary result code (https://www.sqlite.org/rescode.html), where the error is SQLite's. */
function resultCode(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;
}

const SQLITE_BUSY = 5;

function openingFailed(file: string, error: unknown): BridgeError {
  if (resultCode(error) === SQLITE_BUSY) {
    return new BridgeError(explain('STORE_IN_USE', { file }), { cause: error });
  }
  return new BridgeError(
    explain('STORE_UNUSABLE.opening', { file, cause: error instanceof Error ? error.message : String(error) }),
    { cause: error },
  );
}

/** READONLY, IOERR, CORRUPT, FULL, NOTADB: faults of the disk or the file, which an operator mends. */
const DISK_CODES = [8, 10, 11, 13, 26];

/** Gives a fault of the disk its code and advice; any other error is returned as it is. */
export function explained(error: unknown): unknown {
  const code = resultCode(error);
  if (code === undefined || !DISK_CODES.includes(code)) return error;
  return new BridgeError(
    explain('STORE_UNUSABLE.running', { cause: error instanceof Error ? error.message : String(error) }),
    { cause: error },
  );
}

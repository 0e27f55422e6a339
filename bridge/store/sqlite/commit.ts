// Group commit: waiting calls share one transaction, and so one write to the disk. A failed call does not affect the others, and no
// call resolves before the transaction is on the disk.
import { explained, type Database } from './database.ts';

export type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

export interface Together {
  /** What it does depends on the database alone: it is run again where another call of the transaction fails. */
  run: () => unknown;
  /** It changes nothing, so that there is nothing to take back when it fails. */
  isRead?: boolean;
}

/** Runs the calls in order. @returns their outcomes; when the transaction itself fails, that is the outcome of each. */
export function commitTogether(db: Database, calls: readonly Together[]): Outcome[] {
  try {
    db.run('BEGIN');
    let outcomes = allOrNone(calls);
    if (!outcomes) {
      if (db.inTransaction) db.run('ROLLBACK');
      db.run('BEGIN');
      outcomes = calls.map((call) => attempt(db, call));
    }
    db.run('COMMIT');
    return outcomes;
  } catch (thrown) {
    if (db.inTransaction) db.run('ROLLBACK');
    const error = explained(thrown);
    return calls.map(() => ({ ok: false, error }));
  }
}

/**
 * Runs the calls without a way to take back one of them. Nearly always none fails, and behind a savepoint SQLite keeps a copy of each page
 * that a call changes.
 */
function allOrNone(calls: readonly Together[]): Outcome[] | undefined {
  try {
    return calls.map(({ run }) => ({ ok: true, value: run() }));
  } catch {
    // Which one it was, and why, the second run says.
    return undefined;
  }
}

function attempt(db: Database, { run, isRead = false }: Together): Outcome {
  if (!isRead) db.run('SAVEPOINT one');
  try {
    const value = run();
    if (!isRead) db.run('RELEASE one');
    return { ok: true, value };
  } catch (error) {
    // A full disk, among others, makes SQLite give up the whole transaction.
    if (!db.inTransaction) throw error;
    if (!isRead) db.run('ROLLBACK TO one');
    if (!isRead) db.run('RELEASE one');
    return { ok: false, error: explained(error) };
  }
}

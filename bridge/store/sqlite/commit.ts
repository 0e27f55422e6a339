// Group commit: waiting calls share one transaction, and so one write to the disk. A failed call does not affect the others, and no
// call resolves before the transaction is on the disk.
import { explained, type Database } from './database.ts';

export type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** Runs the calls in order. @returns their outcomes; when the transaction itself fails, that is the outcome of each. */
export function commitTogether(db: Database, calls: (() => unknown)[]): Outcome[] {
  try {
    db.run('BEGIN');
    const outcomes = calls.map((call) => attempt(db, call));
    db.run('COMMIT');
    return outcomes;
  } catch (thrown) {
    if (db.inTransaction) db.run('ROLLBACK');
    const error = explained(thrown);
    return calls.map(() => ({ ok: false, error }));
  }
}

function attempt(db: Database, call: () => unknown): Outcome {
  db.run('SAVEPOINT one');
  try {
    const value = call();
    db.run('RELEASE one');
    return { ok: true, value };
  } catch (error) {
    // A full disk, among others, makes SQLite give up the whole transaction.
    if (!db.inTransaction) throw error;
    db.run('ROLLBACK TO one');
    db.run('RELEASE one');
    return { ok: false, error: explained(error) };
  }
}

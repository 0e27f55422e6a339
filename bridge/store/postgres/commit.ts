// Group commit: waiting calls share one transaction, and so one write to the disk. A failed call does not affect the others, and no
// call resolves before the transaction is committed.
import type { Fence } from './fence.ts';
import { beginFenced } from './lease.ts';
import type { Session } from './session.ts';

export type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/**
 * Runs the calls in order. @returns their outcomes. @throws what the transaction itself fails with: BridgeError STORE_TAKEN_OVER where
 * the process may not write
 */
export async function commitTogether(
  db: Session,
  fence: Fence,
  calls: readonly (() => Promise<unknown>)[],
  beforeCommit: () => Promise<unknown> = async () => undefined,
): Promise<Outcome[]> {
  await beginFenced(db, fence, 'SAVEPOINT one');
  const outcomes: Outcome[] = [];
  for (const call of calls) outcomes.push(await attempt(db, call));
  await beforeCommit();
  await db.script('COMMIT');
  return outcomes;
}

/** Each begins and ends at a savepoint: what it costs is one way to the database and back. */
async function attempt(db: Session, call: () => Promise<unknown>): Promise<Outcome> {
  try {
    const value = await call();
    await db.script('RELEASE one; SAVEPOINT one');
    return { ok: true, value };
  } catch (error) {
    // Where the connection is lost this throws, and the transaction ends with it.
    await db.script('ROLLBACK TO one');
    return { ok: false, error };
  }
}

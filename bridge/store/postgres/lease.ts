// Which process leads: one row with the fencing token, which grows with every change of hands, and the time until which the lease
// holds, by the clock of the database. Whoever writes has the write lock first, so that what two processes write never mixes, and
// whoever takes the lead does so between two transactions.
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError } from '../../model/fault.ts';
import type { Fence } from './fence.ts';
import { notify } from './notices.ts';
import type { Session } from './session.ts';
import { prepareWorkers } from './workers.ts';

/** Ends with the transaction. */
const WRITE_LOCK = "SELECT pg_advisory_xact_lock(hashtext('sellfire-bridge'), hashtext(current_schema()))";

/**
 * Not a step of the migrations: a process that stands by reads these tables while another version leads, and only who leads migrates.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS leadership (
    single     BOOLEAN PRIMARY KEY DEFAULT true CHECK (single),
    token      BIGINT NOT NULL,
    process    TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
  );
  INSERT INTO leadership (token, process, expires_at) VALUES (0, '', '-infinity') ON CONFLICT DO NOTHING;
  CREATE TABLE IF NOT EXISTS process (
    id         TEXT COLLATE "C" PRIMARY KEY,
    version    TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    seen_at    TIMESTAMPTZ NOT NULL
  );
`;

/** Begins a transaction that has the write lock. */
export const beginLocked = (db: Session): Promise<unknown> => db.script(`BEGIN; ${WRITE_LOCK}`);

/**
 * Begins a transaction of a process that may write. Nobody takes that from it before the transaction ends.
 * @throws BridgeError STORE_TAKEN_OVER, with the transaction rolled back
 */
export async function beginFenced(db: Session, fence: Fence, then = ''): Promise<void> {
  // One way to the database and back.
  const [, , found] = await db.script(`BEGIN; ${WRITE_LOCK}; ${fence}; ${then}`);
  if (found === 1) return;
  await db.script('ROLLBACK');
  throw new BridgeError(explain('STORE_TAKEN_OVER'));
}

/** Makes the tables where they are missing. Safe to run by several processes at once. */
export async function prepareLeadership(db: Session): Promise<void> {
  const row = await db.get<{ found: boolean }>(
    "SELECT to_regclass('leadership') IS NOT NULL AND to_regclass('process') IS NOT NULL AS found",
  );
  if (!row?.found) {
    await beginLocked(db);
    await db.script(`${TABLES} COMMIT`);
  }
  await prepareWorkers(db, beginLocked);
}

/** Takes the lead where nobody has it. @returns the fencing token; undefined where somebody leads, or is just writing */
export async function takeLead(db: Session, process: string, leaseMs: number): Promise<number | undefined> {
  // A process that was stopped within a transaction keeps the write lock until the database ends its connection.
  await db.script(`BEGIN; SET LOCAL lock_timeout = ${LOCK_LOOK_MS}`);
  try {
    await db.script(WRITE_LOCK);
    const taken = await db.get<{ token: number }>(
      `UPDATE leadership SET token = token + 1, process = $1, expires_at = clock_timestamp() + $2 * interval '1 millisecond'
       WHERE expires_at <= clock_timestamp() RETURNING token`,
      process,
      leaseMs,
    );
    await db.script('COMMIT');
    return taken?.token;
  } catch (error) {
    await db.script('ROLLBACK');
    if (stateOf(error) === LOCK_NOT_AVAILABLE) return undefined;
    throw error;
  }
}

/** Within a fenced transaction: the lease holds for so long from now. */
export async function renewLease(db: Session, token: number, leaseMs: number): Promise<void> {
  await db.run(
    `UPDATE leadership SET expires_at = clock_timestamp() + $2 * interval '1 millisecond' WHERE token = $1`,
    token,
    leaseMs,
  );
}

/**
 * Gives the lead back, where this process still has it: another one may take it at once, or, where turns are still with workers, once their
 * leases have run out.
 */
export async function releaseLead(db: Session, token: number): Promise<void> {
  // A worker's renewal that is under way is waited for, and counts.
  const [, mine] = await db.script(`BEGIN; SELECT 1 FROM leadership WHERE token = ${Math.trunc(token)} FOR UPDATE`);
  await db.run(
    `UPDATE leadership SET expires_at = coalesce(
       (SELECT max(worker.expires_at) FROM worker JOIN turn ON turn.worker = worker.number WHERE turn.answer IS NULL),
       '-infinity') WHERE token = $1`,
    token,
  );
  await db.script('COMMIT');
  if (mine === 1) await notify(db, { kind: 'released' });
}

/** ms that a process which wants the lead waits for the write lock. */
const LOCK_LOOK_MS = 1_000;
/** PostgreSQL documentation, appendix A. */
const LOCK_NOT_AVAILABLE = '55P03';

const stateOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

// Rotations of refresh tokens where several processes share a store. A token that is sent twice ends the whole sign-in, so that a process
// notes that it sends one, and another one that takes the lead meanwhile waits for what the first has got.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredConnection } from '../store.ts';
import { applicationOf } from './connect.ts';
import { cursor } from './cursors.ts';
import type { Session } from './session.ts';

/** A process that was stopped in the middle is waited for so long at most: then its token is taken for lost. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 250;
const NOTE = 'rotation';

interface Note {
  process: string;
  /** Of the secrets that it began with. */
  sealed: string;
}

const fingerprint = (sealed: string): string => createHash('sha256').update(sealed).digest('hex');

export interface RotationOptions {
  /** The id of this process. */
  process: string;
  read: Session;
  /** Saves the note, as a process that leads. */
  note: (connection: string, cursor: { name: string; value: string; at: number }) => Promise<unknown>;
  /** Called where another process is waited for. */
  onWait: (other: string) => void;
}

/** @returns the connection as it is now, once no other process that lives is using its token */
export async function beginRotation(
  { process, read, note, onWait }: RotationOptions,
  id: string,
): Promise<StoredConnection | undefined> {
  const until = performance.now() + PATIENCE_MS;
  let isWaiting = false;
  for (;;) {
    const found = await read.get<StoredConnection>(
      'SELECT id, created_at AS "createdAt", details, sealed FROM connection WHERE id = $1',
      id,
    );
    if (!found) return undefined;
    const sealed = fingerprint(found.sealed);
    const before = await cursor(read, id, NOTE);
    const other = before && (JSON.parse(before.value) as Note);
    const isUnderWay = other && other.process !== process && other.sealed === sealed;
    if (!isUnderWay || performance.now() > until || !(await lives(read, other.process))) {
      await note(id, { name: NOTE, value: JSON.stringify({ process, sealed } satisfies Note), at: Date.now() });
      return found;
    }
    if (!isWaiting) onWait(other.process);
    isWaiting = true;
    await sleep(LOOK_MS);
  }
}

/** Not fenced: whoever got the new token is the only one that has it. */
export async function endRotation(db: Session, id: string, from: string, to: string): Promise<boolean> {
  return (await db.run('UPDATE connection SET sealed = $3 WHERE id = $1 AND sealed = $2', id, from, to)) === 1;
}

/** Whether the process has a connection to the database: one that has ended has none. */
async function lives(db: Session, process: string): Promise<boolean> {
  const row = await db.get<{ found: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1) AS found',
    applicationOf(process),
  );
  return row?.found === true;
}

// Rotations of refresh tokens where several processes share a store. A token that is sent twice ends the whole sign-in, so that a process
// notes that it sends one, in the transaction that finds that nobody else does, and another one waits for what the first has got.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredConnection } from '../store.ts';
import { applicationOf } from './connect.ts';
import { cursor, moveCursor } from './cursors.ts';
import type { Session } from './session.ts';

/** A process that was stopped in the middle is waited for so long at most: then its token is taken for lost. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 250;
const NOTE = 'rotation';

interface Note {
  process: string;
  /** Of the secrets that it began with. */
  sealed: string;
  /** Who of the process; absent in a note of an earlier version. */
  by?: string;
}

const fingerprint = (sealed: string): string => createHash('sha256').update(sealed).digest('hex');

export interface RotationOptions {
  /** The id of this process. */
  process: string;
  /** Runs the work in a transaction of this process. */
  write: <T>(work: (db: Session) => Promise<T>) => Promise<T>;
  /** Runs a statement that is not fenced. */
  read: Session;
  /** Called where another process is waited for. */
  onWait: (connection: string, other: string) => void;
}

export interface Rotations {
  /** @returns the connection as it is now, once nobody else that lives is using its token */
  begin(id: string): Promise<StoredConnection | undefined>;
  /** Whoever got the new token is the only one that has it, so that this is not fenced. */
  end(id: string, from: string, to: string): Promise<boolean>;
}

export function createRotations({ process, write, read, onWait }: RotationOptions): Rotations {
  // A process that has just lost the lead may be sending the token while it works for the next leader.
  const by = randomUUID();

  /** Notes that the token is being sent, unless somebody else is sending it. */
  async function attempt(db: Session, id: string, isPatient: boolean): Promise<Attempt> {
    const found = await db.get<StoredConnection>(
      'SELECT id, created_at AS "createdAt", details, sealed FROM connection WHERE id = $1',
      id,
    );
    if (!found) return { found };
    const sealed = fingerprint(found.sealed);
    const before = await cursor(db, id, NOTE);
    const other = before && (JSON.parse(before.value) as Note);
    const isOurs = other?.by === undefined ? other?.process === process : other.by === by;
    const isUnderWay = other && !isOurs && other.sealed === sealed;
    if (isPatient && isUnderWay && (await lives(db, other.process))) return { other: other.process };
    await moveCursor(db, id, { name: NOTE, value: noteOf(sealed), at: Date.now() });
    return { found };
  }

  const noteOf = (sealed: string): string => JSON.stringify({ process, sealed, by } satisfies Note);

  return {
    async begin(id) {
      const until = performance.now() + PATIENCE_MS;
      for (let isWaiting = false; ; isWaiting = true) {
        const isPatient = performance.now() <= until;
        const outcome = await write((db) => attempt(db, id, isPatient));
        if ('found' in outcome) return outcome.found;
        if (!isWaiting) onWait(id, outcome.other);
        await sleep(LOOK_MS);
      }
    },
    async end(id, from, to) {
      const isSaved =
        (await read.run('UPDATE connection SET sealed = $3 WHERE id = $1 AND sealed = $2', id, from, to)) === 1;
      const note = noteOf(fingerprint(from));
      await read.run('DELETE FROM cursor WHERE connection = $1 AND name = $2 AND value = $3', id, NOTE, note);
      return isSaved;
    },
  };
}

type Attempt = { found: StoredConnection | undefined } | { other: string };

/** Whether the process has a connection to the database: one that has ended has none. */
async function lives(db: Session, process: string): Promise<boolean> {
  const row = await db.get<{ found: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1) AS found',
    applicationOf(process),
  );
  return row?.found === true;
}

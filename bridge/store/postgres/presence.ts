// The connection by which a process shows that it lives, sees who leads, and receives the notices of the others.
import pg from 'pg';
import type { Leadership, Notice, Process } from '../shared.ts';
import { clientOptions } from './connect.ts';
import { connections } from './connections.ts';
import { explained, placeOf } from './faults.ts';
import { prepareLeadership } from './lease.ts';
import { isOurSchema } from './migrations.ts';
import { CHANNEL, readNotice } from './notices.ts';
import { sessionOf, type Session } from './session.ts';

/** Processes that were not seen for so long are forgotten. */
const FORGET = "interval '1 day'";

export interface PresenceOptions {
  url: string;
  process: string;
  version: string;
  leaseMs: number;
  onNotice: (notice: Notice) => void;
}

export interface Presence {
  /** @throws BridgeError STORE_UNUSABLE */
  look(): Promise<Leadership>;
  /** Is not seen any more. */
  close(): Promise<void>;
}

export function createPresence(options: PresenceOptions): Presence {
  const { url, process, version, leaseMs, onNotice } = options;
  let client: pg.Client | undefined;

  async function connect(): Promise<pg.Client> {
    const opening = new pg.Client(clientOptions(url, process));
    const drop = (): void => {
      if (client === opening) client = undefined;
    };
    opening.on('error', drop);
    opening.on('end', drop);
    opening.on('notification', ({ payload }) => {
      const notice = readNotice(payload);
      if (notice) onNotice(notice);
    });
    try {
      await opening.connect();
      const db = sessionOf(opening);
      await prepareLeadership(db);
      const row = await db.get<{ channel: string }>(`SELECT ${CHANNEL} AS channel`);
      await db.script(`LISTEN ${row?.channel ?? ''}`);
    } catch (error) {
      opening.end().catch(() => undefined);
      throw error;
    }
    return opening;
  }

  async function show(db: Session): Promise<void> {
    await db.run(
      `INSERT INTO process (id, version, seen_at) VALUES ($1, $2, clock_timestamp())
       ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`,
      process,
      version,
    );
    await db.run(`DELETE FROM process WHERE seen_at < clock_timestamp() - ${FORGET}`);
  }

  return {
    async look() {
      try {
        client ??= await connect();
        const db = sessionOf(client);
        await show(db);
        return await seeLeadership(db, leaseMs);
      } catch (error) {
        client?.end().catch(() => undefined);
        client = undefined;
        throw explained(error, placeOf(url));
      }
    },
    async close() {
      const open = client;
      client = undefined;
      if (!open) return;
      await sessionOf(open)
        .run('DELETE FROM process WHERE id = $1', process)
        .catch(() => undefined);
      await open.end().catch(() => undefined);
    },
  };
}

/** @param leaseMs processes that were not seen for so long are left out */
export async function seeLeadership(db: Session, leaseMs: number): Promise<Leadership> {
  const row = await db.get<{ process: string; token: number; held: boolean }>(
    'SELECT process, token, expires_at > clock_timestamp() AS held FROM leadership',
  );
  const processes = await db.all<Process>(
    `SELECT id, version, (extract(epoch FROM started_at) * 1000)::bigint AS "startedAt" FROM process
       WHERE seen_at > clock_timestamp() - $1 * interval '1 millisecond' ORDER BY started_at, id`,
    leaseMs,
  );
  const workers = await db.all<{ process: string }>(
    'SELECT worker.process FROM worker JOIN leadership USING (token) WHERE worker.expires_at > clock_timestamp() ORDER BY number',
  );
  const isOurs = await isOurSchema(db);
  return {
    leader: row?.held ? row.process : undefined,
    token: row?.token ?? 0,
    processes,
    workers: [...new Set(workers.map((one) => one.process))],
    isOurSchema: isOurs,
    connections: isOurs ? (await connections(db)).map(({ id }) => id) : [],
  };
}

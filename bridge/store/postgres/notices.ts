// The notices between processes (LISTEN and NOTIFY). A notice only saves a wait: a process that misses it finds the same in the tables.
import { z } from 'zod';
import type { Notice } from '../shared.ts';
import type { Session } from './session.ts';

const noticeSchema: z.ZodType<Notice> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('received'),
    connection: z.string(),
    keys: z.array(z.string()),
    readsFeed: z.boolean(),
    catalogue: z.boolean(),
  }),
  z.object({ kind: z.literal('released') }),
  z.object({ kind: z.literal('assigned'), workers: z.array(z.number()) }),
  z.object({ kind: z.literal('answered') }),
  z.object({ kind: z.literal('worker') }),
]);

/** A payload has less than 8000 bytes (PostgreSQL documentation, NOTIFY); keys that do not fit are found by the sweep. */
const MOST_KEYS = 100;
const LONGEST = 7_500;

/** The channel of the schema. */
export const CHANNEL = "'sellfire_bridge_' || substr(md5(current_schema()), 1, 16)";

export async function notify(db: Session, notice: Notice): Promise<void> {
  const short = notice.kind === 'received' ? { ...notice, keys: notice.keys.slice(0, MOST_KEYS) } : notice;
  const text = JSON.stringify(short);
  const fitting = text.length <= LONGEST || short.kind !== 'received' ? text : JSON.stringify({ ...short, keys: [] });
  await db.run(`SELECT pg_notify(${CHANNEL}, $1)`, fitting);
}

/** @returns undefined for a notice of another version */
export function readNotice(payload: string | undefined): Notice | undefined {
  try {
    return noticeSchema.safeParse(JSON.parse(payload ?? '')).data;
  } catch {
    return undefined;
  }
}

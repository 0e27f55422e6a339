// Which org an admin has disconnected: it stays so, also after a restart and with a key in the configuration, until somebody connects
// an org again (M1).
import { z } from 'zod';
import type { Store } from '../store/store.ts';

/** No org: the note belongs to the bridge. */
const BRIDGE = 'bridge';
const CURSOR = 'disconnected';

const noteSchema = z.object({ orgId: z.string(), by: z.string(), at: z.number() });
export type Disconnected = z.infer<typeof noteSchema>;

type StatePart = Pick<Store, 'append' | 'cursor'>;

export async function rememberDisconnected(store: StatePart, note: Disconnected): Promise<void> {
  await store.append(BRIDGE, [], { name: CURSOR, value: JSON.stringify(note), at: note.at });
}

export async function forgetDisconnected(store: StatePart): Promise<void> {
  await store.append(BRIDGE, [], { name: CURSOR, value: 'null', at: Date.now() });
}

export async function readDisconnected(store: StatePart): Promise<Disconnected | undefined> {
  const kept = await store.cursor(BRIDGE, CURSOR);
  return (kept && noteSchema.nullable().parse(JSON.parse(kept.value))) ?? undefined;
}

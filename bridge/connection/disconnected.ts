// Which org an admin has disconnected. It stays disconnected after a restart, and with a key in the configuration, until somebody
// connects an org again (M1).
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Store, StoredConnection } from '../store/store.ts';
import { openOrg } from './org.ts';
import { readSaved } from './saved.ts';

/** In place of an org's id: the note belongs to the bridge. */
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

/** Removes a connection that does not run, and revokes its token. @throws PeerError where the token was not revoked; the connection is removed all the same */
export async function forgetConnection(
  config: Config,
  store: StatePart & Pick<Store, 'removeConnection'>,
  stored: StoredConnection,
  by: string,
): Promise<void> {
  await rememberDisconnected(store, { orgId: stored.id, by, at: Date.now() });
  await store.removeConnection(stored.id);
  const org = openOrg(config, readSaved(stored, config.secretKey), async () => undefined);
  try {
    await org.session.token();
    await org.session.revoke();
  } finally {
    await org.close();
  }
}

// Which org an admin has disconnected, and whether Salesforce has confirmed that its token is revoked. The org stays disconnected
// after a restart, and with a key in the configuration, until somebody connects an org again (M1).
import { z } from 'zod';
import type { Config } from '../config.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { revokeToken } from '../salesforce/auth/oauth.ts';
import type { Store, StoredConnection } from '../store/store.ts';
import { wordsFor } from './retry.ts';
import { readSaved } from './savedConnection.ts';

/** In place of an org's id: the note belongs to the bridge. */
const BRIDGE = 'bridge';
const CURSOR = 'disconnected';

const noteSchema = z.object({
  orgId: z.string(),
  by: z.string(),
  at: z.number(),
  /** Why the token may still be valid; absent where it is revoked, and where there was none. */
  notRevoked: z.string().optional(),
});
export type Disconnected = z.infer<typeof noteSchema>;

type StatePart = Pick<Store, 'append' | 'cursor' | 'removeConnection'>;

async function remember(store: StatePart, note: Disconnected): Promise<void> {
  await store.append(BRIDGE, [], { name: CURSOR, value: JSON.stringify(note), at: note.at });
}

export async function forgetDisconnected(store: Pick<Store, 'append'>): Promise<void> {
  await store.append(BRIDGE, [], { name: CURSOR, value: 'null', at: Date.now() });
}

export async function readDisconnected(store: Pick<Store, 'cursor'>): Promise<Disconnected | undefined> {
  const kept = await store.cursor(BRIDGE, CURSOR);
  return (kept && noteSchema.nullable().parse(JSON.parse(kept.value))) ?? undefined;
}

/** A token that may still be valid, in words; undefined where Salesforce has confirmed that it is revoked. */
export const notRevokedWords = ({ orgId, notRevoked }: Disconnected): ReturnType<typeof explain> | undefined =>
  notRevoked === undefined ? undefined : explain('TOKEN_NOT_REVOKED', { org: orgId, why: notRevoked });

/**
 * Removes a connection and then revokes its token: a token that cannot be revoked must not keep the sync running.
 * @param revoke takes the token back at Salesforce @returns how it ended; it never rejects because Salesforce does not answer
 */
export async function endConnection(
  store: StatePart,
  by: string,
  orgId: string,
  revoke: () => Promise<void>,
): Promise<Disconnected> {
  const at = Date.now();
  // A bridge that ends in between does not know, and says so.
  const note = { orgId, by, at };
  await remember(store, { ...note, notRevoked: 'The bridge has ended before Salesforce answered.' });
  await store.removeConnection(orgId);
  const notRevoked = await revoke().then(
    () => undefined,
    (error: unknown) => wordsFor(error),
  );
  const ended = notRevoked === undefined ? note : { ...note, notRevoked };
  // Somebody may have connected again meanwhile.
  if ((await readDisconnected(store))?.at === at) await remember(store, ended);
  return ended;
}

/** Ends a connection that does not run. */
export function forgetConnection(
  config: Config,
  store: StatePart,
  stored: StoredConnection,
  by: string,
): Promise<Disconnected> {
  return endConnection(store, by, stored.id, async () => {
    // A key signs in anew each time: nothing lasting of it is saved.
    const { refreshToken, loginUrl } = readSaved(stored, config);
    if (refreshToken !== undefined) await revokeToken(loginUrl, refreshToken);
  });
}

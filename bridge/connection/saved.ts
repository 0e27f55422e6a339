// A connection as it is saved: the refresh token is sealed, the rest is in clear. The org id is its identity (F30).
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { open, seal } from '../store/secret.ts';
import type { Store, StoredConnection } from '../store/store.ts';

const detailsSchema = z.object({
  orgName: z.string(),
  /** The connected user: a change by this user is an echo. */
  userId: z.string(),
  username: z.string(),
  loginUrl: z.string(),
  grant: z.enum(['jwt', 'refresh']),
});

export interface SavedConnection extends z.infer<typeof detailsSchema> {
  orgId: string;
  /** ms since the epoch. */
  createdAt: number;
  /** Only for the grant `refresh`. */
  refreshToken: string | undefined;
}

const bytesOf = (key: KeyObject): Buffer => key.export();

export async function saveConnection(store: Store, key: KeyObject, saved: SavedConnection): Promise<void> {
  const { orgId, createdAt, refreshToken, ...details } = saved;
  const sealed = seal(bytesOf(key), refreshToken ?? '', orgId);
  await store.saveConnection({ id: orgId, createdAt, details: JSON.stringify(details), sealed });
}

/** @throws BridgeError SECRET_KEY_WRONG when SECRET_KEY is not the one that sealed it */
export function readSaved(stored: StoredConnection, key: KeyObject): SavedConnection {
  const details = detailsSchema.safeParse(JSON.parse(stored.details));
  if (!details.success) {
    throw new BridgeError(explain('CONNECTION_UNREADABLE', { connection: stored.id }), { cause: details.error });
  }
  const refreshToken = open(bytesOf(key), stored.sealed, stored.id);
  return { ...details.data, orgId: stored.id, createdAt: stored.createdAt, refreshToken: refreshToken || undefined };
}

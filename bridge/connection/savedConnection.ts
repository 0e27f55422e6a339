// A connection as it is saved: the refresh token is sealed, the rest is in clear. The org id is its identity (F30). While
// SECRET_KEY is replaced, a token that the former key sealed is opened with the former key and sealed with the new one; an interruption
// loses no token.
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

/** What opens a saved connection. */
export interface Keys {
  secretKey: KeyObject;
  /** The former key, while it is replaced. */
  oldSecretKey?: KeyObject | undefined;
}

const bytesOf = (key: KeyObject): Buffer => key.export();

export async function saveConnection(
  store: Pick<Store, 'saveConnection'>,
  key: KeyObject,
  saved: SavedConnection,
): Promise<void> {
  const { orgId, createdAt, refreshToken, ...details } = saved;
  const sealed = seal(bytesOf(key), refreshToken ?? '', orgId);
  await store.saveConnection({ id: orgId, createdAt, details: JSON.stringify(details), sealed });
}

/** @throws BridgeError SECRET_KEY_WRONG when no key is the one that sealed it */
export function readSaved(stored: StoredConnection, keys: Keys): SavedConnection {
  const details = detailsSchema.safeParse(JSON.parse(stored.details));
  if (!details.success) {
    throw new BridgeError(explain('CONNECTION_UNREADABLE', { connection: stored.id }), { cause: details.error });
  }
  const { text: refreshToken } = openWith(stored, keys);
  return { ...details.data, orgId: stored.id, createdAt: stored.createdAt, refreshToken: refreshToken || undefined };
}

/**
 * Seals with the present key what the former one has sealed, one connection after the other. An interruption leaves each of them
 * sealed with one of the two keys. @returns the connections that were sealed anew @throws BridgeError SECRET_KEY_WRONG
 */
export async function resealConnections(
  store: Pick<Store, 'connections' | 'saveConnection'>,
  keys: Keys,
): Promise<number> {
  let resealed = 0;
  for (const stored of await store.connections()) {
    const { text, isOld } = openWith(stored, keys);
    if (!isOld) continue;
    await store.saveConnection({ ...stored, sealed: seal(bytesOf(keys.secretKey), text, stored.id) });
    resealed += 1;
  }
  return resealed;
}

function openWith({ sealed, id }: StoredConnection, { secretKey, oldSecretKey }: Keys): Opened {
  try {
    return { text: open(bytesOf(secretKey), sealed, id), isOld: false };
  } catch (error) {
    if (!oldSecretKey || !(error instanceof BridgeError) || error.code !== 'SECRET_KEY_WRONG') throw error;
    return { text: open(bytesOf(oldSecretKey), sealed, id), isOld: true };
  }
}

interface Opened {
  text: string;
  /** Whether the former key has sealed it. */
  isOld: boolean;
}

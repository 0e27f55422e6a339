// Which org an admin has disconnected, whether Salesforce has confirmed that its token is revoked, and Sellfire that it sends no more
// events. The org stays disconnected after a restart, and with a key in the configuration, until somebody connects an org again (M1).
import { z } from 'zod';
import type { Config } from '../config.ts';
import { within } from '../lib/deadline.ts';
import { createLog } from '../log.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import type { Explanation } from '../model/catalogue/entry.ts';
import { revokeToken } from '../salesforce/auth/oauth.ts';
import { createSellfire } from '../sellfire/client.ts';
import { unsubscribe } from '../sellfire/subscription.ts';
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
  /** Why Sellfire may still send events to a bridge that takes none; absent where it sends none. */
  webhookKept: z.string().optional(),
});
export type Disconnected = z.infer<typeof noteSchema>;

type Left = Pick<Disconnected, 'orgId' | 'notRevoked' | 'webhookKept'>;

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
const notRevokedWords = ({ orgId, notRevoked }: Left): Explanation | undefined =>
  notRevoked === undefined ? undefined : explain('TOKEN_NOT_REVOKED', { org: orgId, why: notRevoked });

/** What may be left to do, in words. */
export function leftWords(ended: Left): Explanation[] {
  const { orgId, webhookKept } = ended;
  const revoking = notRevokedWords(ended);
  return [
    ...(revoking ? [revoking] : []),
    ...(webhookKept === undefined ? [] : [explain('WEBHOOK_NOT_REMOVED', { org: orgId, why: webhookKept })]),
  ];
}

/** What ends outside of the bridge. */
export interface Ending {
  /** Takes the token back at Salesforce. */
  revoke: () => Promise<void>;
  /** Removes the webhook at Sellfire. */
  unsubscribe: () => Promise<void>;
}

/** ms: the org is disconnected by then, and whoever waits hears of it. */
const UNSUBSCRIBE_MS = 5_000;

/**
 * Removes a connection, and then revokes its token and removes its webhook: what does not answer must not keep the sync running.
 * @returns how it ended; it never rejects because a system does not answer
 */
export async function endConnection(
  store: StatePart,
  by: string,
  orgId: string,
  { revoke, unsubscribe }: Ending,
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
  const removed = unsubscribe().then(
    () => undefined,
    (error: unknown) => wordsFor(error),
  );
  const webhookKept = await within(UNSUBSCRIBE_MS, removed, () => 'Sellfire has not answered.');
  const ended = {
    ...note,
    ...(notRevoked === undefined ? {} : { notRevoked }),
    ...(webhookKept === undefined ? {} : { webhookKept }),
  };
  // Somebody may have connected again meanwhile.
  if ((await readDisconnected(store))?.at === at) await remember(store, ended);
  return ended;
}

/** Ends a connection that does not run. */
export async function forgetConnection(
  config: Config,
  store: StatePart,
  stored: StoredConnection,
  by: string,
): Promise<Disconnected> {
  const { url, apiKey } = config.sellfire;
  // How it ended says all.
  const client = createSellfire({ url, apiKey, logger: createLog({ level: 'silent' }) });
  try {
    return await endConnection(store, by, stored.id, {
      async revoke() {
        // A key signs in anew each time: nothing lasting of it is saved.
        const { refreshToken, loginUrl } = readSaved(stored, config);
        if (refreshToken !== undefined) await revokeToken(loginUrl, refreshToken);
      },
      unsubscribe: () => unsubscribe(client, stored.id),
    });
  } finally {
    await client.close();
  }
}

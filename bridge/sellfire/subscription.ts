// Registers the webhook of a connection at Sellfire, and removes it: one subscription for each connection, under a name of its own, so
// that a second registration replaces the first one.
import type { Sellfire } from './client.ts';

/** The path under which the bridge receives the events of a connection. */
export const webhookPath = (connection: string): string => `/webhooks/sellfire/${encodeURIComponent(connection)}`;

const nameOf = (connection: string): string => `bridge-${connection}`;

export interface Subscription {
  /** The org id. */
  connection: string;
  /** Where Sellfire reaches the bridge, without a trailing slash. */
  publicUrl: string;
  secret: string;
}

/** @returns the address that Sellfire sends to. @throws PeerError */
export async function subscribe(client: Pick<Sellfire, 'call'>, subscription: Subscription): Promise<string> {
  const { connection, publicUrl, secret } = subscription;
  const answer = await client.call('subscribe', {
    path: { name: nameOf(connection) },
    body: { url: `${publicUrl}${webhookPath(connection)}`, secret },
  });
  return answer.url;
}

/** Has Sellfire send nothing any more. @param connection the org id @throws PeerError */
export async function unsubscribe(client: Pick<Sellfire, 'call'>, connection: string): Promise<void> {
  await client.call('unsubscribe', { path: { name: nameOf(connection) } });
}

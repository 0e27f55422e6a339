// Where Sellfire sends its events: one webhook subscription for each connection, under a name that is its own, so that
// registering again replaces and never doubles.
import type { Sellfire } from './client.ts';

/** The path under which the bridge receives the events of a connection. */
export const webhookPath = (connection: string): string => `/webhooks/sellfire/${encodeURIComponent(connection)}`;

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
    path: { name: `bridge-${connection}` },
    body: { url: `${publicUrl}${webhookPath(connection)}`, secret },
  });
  return answer.url;
}

// The links that were read or saved last, so that a link whose revision is known is neither sent nor parsed again. Nobody changes a
// link in place.
import type { WrittenLink } from './linkBody.ts';

/** A burst changes each lead and hears its echo within a second; a link of thirty mapped fields takes about 15 kB. */
const LINKS = 2_000;

export interface LinkCache {
  get(connection: string, leadId: string): WrittenLink | undefined;
  set(connection: string, written: WrittenLink): void;
}

export function createLinkCache(limit = LINKS): LinkCache {
  // A Map keeps the order of insertion: the first is the one that was used longest ago.
  const links = new Map<string, WrittenLink>();
  return {
    get: (connection, leadId) => links.get(`${connection} ${leadId}`),
    set(connection, written) {
      const key = `${connection} ${written.link.leadId}`;
      links.delete(key);
      links.set(key, written);
      if (links.size <= limit) return;
      const [oldest] = links.keys();
      if (oldest !== undefined) links.delete(oldest);
    },
  };
}

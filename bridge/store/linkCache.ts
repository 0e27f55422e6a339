// The links that were read or saved last, so that a link whose revision is known is neither sent nor parsed again. Nobody changes a
// link in place.
import { steadyNow, systemTimer, type Timer } from '../lib/timer.ts';
import type { WrittenLink } from './linkBody.ts';

/** A burst changes each lead and hears its echo within a second; a link of thirty mapped fields takes about 15 kB. */
const LINKS = 2_000;
/** Many times what the echo of a write takes. Then they are 20 MiB for nobody. */
const KEPT_MS = 10_000;

export interface LinkCache {
  get(connection: string, leadId: string): WrittenLink | undefined;
  /** The link of a Lead or Contact. */
  ofRecord(connection: string, recordId: string): WrittenLink | undefined;
  set(connection: string, written: WrittenLink): void;
}

export function createLinkCache(limit = LINKS, timer: Timer = systemTimer): LinkCache {
  // A Map keeps the order of insertion: the first is the one that was used longest ago.
  const links = new Map<string, WrittenLink>();
  const keys = new Map<string, string>();
  let lastSet = 0;
  let isLooking = false;
  const recordKey = (connection: string, { link }: WrittenLink): string => `${connection} ${link.record?.id}`;

  function forget(connection: string, key: string, written: WrittenLink): void {
    links.delete(key);
    const record = recordKey(connection, written);
    if (keys.get(record) === key) keys.delete(record);
  }

  /** All are given up once none has been set for so long. */
  function look(): void {
    isLooking = false;
    const rest = lastSet + KEPT_MS - steadyNow(timer);
    if (rest > 0) lookIn(rest);
    else for (const kept of [links, keys]) kept.clear();
  }
  function lookIn(ms: number): void {
    isLooking = true;
    timer.after(ms, look);
  }

  return {
    get: (connection, leadId) => links.get(`${connection} ${leadId}`),
    ofRecord: (connection, recordId) => links.get(keys.get(`${connection} ${recordId}`) ?? ''),
    set(connection, written) {
      lastSet = steadyNow(timer);
      if (!isLooking) lookIn(KEPT_MS);
      const key = `${connection} ${written.link.leadId}`;
      const before = links.get(key);
      if (before) forget(connection, key, before);
      links.set(key, written);
      if (written.link.record) keys.set(recordKey(connection, written), key);
      if (links.size <= limit) return;
      const [[oldest, last] = []] = links;
      if (oldest !== undefined && last) forget(oldest.slice(0, oldest.indexOf(' ')), oldest, last);
    },
  };
}

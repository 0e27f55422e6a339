// Reads the time zones of Salesforce users. Concurrent look-ups are gathered, 200 users in one API call. The users read last are cached for
// an hour, since time zones change seldom.
// Source: Object Reference, "User".
import { createGatherer } from '../../lib/gather.ts';
import { PeerError, policyOf } from '../../model/fault.ts';
import { withoutSuffix } from '../../model/recordId.ts';
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { inList } from '../api/soql.ts';

const CACHE_MS = 3_600_000;
/** Cached users: more than most orgs have; of a larger one, those of the current events. */
const MOST_CACHED = 10_000;
const USER_ID = /^005[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/;

export interface TimeZones {
  /** IANA name; null for an id that is no user or that the connected user may not see. @throws PeerError */
  of(userId: string): Promise<string | null>;
}

export function createTimeZones(
  rest: Rest,
  { waitMs = 4, now = Date.now, most = MOST_CACHED }: { waitMs?: number; now?: () => number; most?: number } = {},
): TimeZones {
  /** The one that was read first comes first, and expires first. */
  const cached = new Map<string, { zone: string | null; until: number }>();
  const queued = createGatherer<string, string | null>({ waitMs, run: (ids) => zonesOf(rest, ids) });

  function keep(key: string, zone: string | null): void {
    cached.delete(key);
    const [first] = cached.keys();
    if (cached.size >= most && first !== undefined) cached.delete(first);
    cached.set(key, { zone, until: now() + CACHE_MS });
  }

  return {
    async of(userId) {
      if (!USER_ID.test(userId)) return null;
      const key = withoutSuffix(userId);
      const answer = cached.get(key);
      if (answer && answer.until > now()) return answer.zone;
      const zone = await queued.load(key);
      keep(key, zone);
      return zone;
    },
  };
}

async function zonesOf(rest: Rest, ids: string[]): Promise<(string | null)[]> {
  const found = new Map<string, string>();
  try {
    for await (const row of query(rest, `SELECT Id, TimeZoneSidKey FROM User WHERE Id IN ${inList(ids)}`)) {
      const zone = row['TimeZoneSidKey'];
      if (typeof zone === 'string') found.set(withoutSuffix(String(row['Id'])), zone);
    }
  } catch (error) {
    // Without permission to read users, the time zone of the org applies.
    if (!(error instanceof PeerError) || policyOf(error.fault).isRetried) throw error;
  }
  return ids.map((id) => found.get(id) ?? null);
}

// The time zones of Salesforce users. Concurrent questions are gathered, 200 users in one API call, and an answer holds for an hour:
// people move seldom.
// Source: Object Reference, "User".
import { createGatherer } from '../../lib/gather.ts';
import { PeerError, policyOf } from '../../model/fault.ts';
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { text } from '../api/soql.ts';

const HOLDS_MS = 3_600_000;
const USER_ID = /^005[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/;
/** Of an id, what tells it from every other; the last three characters are a checksum. */
const OWN_LENGTH = 15;

export interface TimeZones {
  /** IANA name; null for what is no user, or one whom the connected user may not see. @throws PeerError */
  of(userId: string): Promise<string | null>;
}

export function createTimeZones(
  rest: Rest,
  { waitMs = 4, now = Date.now }: { waitMs?: number; now?: () => number } = {},
): TimeZones {
  const held = new Map<string, { zone: string | null; until: number }>();
  const queued = createGatherer<string, string | null>({ waitMs, run: (ids) => zonesOf(rest, ids) });
  return {
    async of(userId) {
      if (!USER_ID.test(userId)) return null;
      const key = userId.slice(0, OWN_LENGTH);
      const answer = held.get(key);
      if (answer && answer.until > now()) return answer.zone;
      const zone = await queued.load(key);
      held.set(key, { zone, until: now() + HOLDS_MS });
      return zone;
    },
  };
}

async function zonesOf(rest: Rest, ids: string[]): Promise<(string | null)[]> {
  const found = new Map<string, string>();
  const listed = [...new Set(ids)].map(text).join(', ');
  try {
    for await (const row of query(rest, `SELECT Id, TimeZoneSidKey FROM User WHERE Id IN (${listed})`)) {
      const zone = row['TimeZoneSidKey'];
      if (typeof zone === 'string') found.set(String(row['Id']).slice(0, OWN_LENGTH), zone);
    }
  } catch (error) {
    // Where users may not be read, the org's own time zone serves.
    if (!(error instanceof PeerError) || policyOf(error.fault).isRetried) throw error;
  }
  return ids.map((id) => found.get(id) ?? null);
}

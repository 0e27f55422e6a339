// What the org says of itself and no object tells: where its days begin.
// Source: Object Reference, "Organization".
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';

export interface Organization {
  /** IANA name; UTC where the org tells none. */
  timeZone: string;
}

/** One API call. @throws PeerError */
export async function readOrganization(rest: Rest): Promise<Organization> {
  for await (const row of query(rest, 'SELECT TimeZoneSidKey FROM Organization'))
    return { timeZone: typeof row['TimeZoneSidKey'] === 'string' ? row['TimeZoneSidKey'] : 'UTC' };
  return { timeZone: 'UTC' };
}

// Reads what changed since a time: the way back after lost events (F3, F19) and in place of events while none are delivered.
// Records are ordered by (SystemModstamp, Id) and the time overlaps, so that none falls between two readings (F21).
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import type { SalesforceChange } from '../../model/change.ts';
import { query, queryAll } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { dateTime, identifier } from '../api/soql.ts';

/** A transaction is stamped when it saves and seen when it commits; none may run longer than ten minutes. */
export const OVERLAP_MS = 10 * 60_000;

/**
 * The records of an object that were changed since then, as `read` changes with the given fields. A record may come again in
 * the next reading, with the same event id while it has not changed since. A converted Lead is among them: by it its link
 * goes on with the Contact.
 * @param deleted whether records that were deleted since are among them
 * @throws PeerError
 */
export async function* changedSince(
  rest: Rest,
  object: FollowedObject,
  fields: string[],
  sinceMs: number,
  { deleted = false }: { deleted?: boolean } = {},
): AsyncGenerator<SalesforceChange> {
  const columns = new Set(['Id', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById', ...fields].map(identifier));
  const since = dateTime(Math.max(0, sinceMs - OVERLAP_MS));
  const soql =
    `SELECT ${[...columns].join(', ')} FROM ${identifier(object)} WHERE SystemModstamp >= ${since}` +
    ' ORDER BY SystemModstamp, Id';
  for await (const row of deleted ? queryAll(rest, soql) : query(rest, soql)) yield readChange(object, row, fields);
}

/** A record as it was read, in the shape of a change. */
export function readChange(object: FollowedObject, row: SalesforceFields, fields: string[]): SalesforceChange {
  const { Id, SystemModstamp, LastModifiedDate, LastModifiedById } = row;
  return {
    source: 'salesforce',
    eventId: `read:${String(Id)}:${String(SystemModstamp)}`,
    at: Date.parse(String(LastModifiedDate ?? SystemModstamp)),
    object,
    recordId: String(Id),
    kind: 'read',
    fields: Object.fromEntries(fields.map((name) => [name, row[name] ?? null])),
    user: String(LastModifiedById ?? ''),
    origin: '',
  };
}

// Reads the records that changed since a time: after lost events (F3, F19), and in place of events while none are delivered.
// Records are ordered by (SystemModstamp, Id) and the times overlap, so that no record falls between two reads (F21).
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import type { SalesforceChange } from '../../model/change.ts';
import { query, queryAll } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { dateTime, identifier } from '../api/soql.ts';

/** A record gets its stamp when it is saved and is visible at the commit; no transaction may run longer than ten minutes. */
export const OVERLAP_MS = 10 * 60_000;

/**
 * The records of an object that changed since then, as `read` changes with the given fields. The next read may return a record
 * again, with the same event id while it has not changed. Converted Leads are included: they relink their lead to the Contact.
 * @param deleted whether to include records that were deleted since then
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

/** A read record in the shape of a change. */
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

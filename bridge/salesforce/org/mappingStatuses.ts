// Writes the status of each field mapping to the org (M8): Status__c and Status_Reason__c, only where they differ, so that a repeated
// check changes nothing.
import type { Fault } from '../../model/fault.ts';
import type { PackageNames } from '../../model/salesforce.ts';
import { query } from '../api/query.ts';
import { createRecords } from '../api/records.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';

export interface StatusRow {
  /** The id of the Field_Mapping__c. */
  id: string;
  status: 'Ok' | 'Issue';
  reason: string;
}

/** Characters of Status_Reason__c. */
const REASON_LENGTH = 255;

/**
 * One API call, and one more per 200 rows that differ. Rows of deleted mappings are skipped.
 * @returns how many were written, and why others were not
 * @throws PeerError
 */
export async function writeStatuses(
  rest: Rest,
  { prefix }: PackageNames,
  rows: readonly StatusRow[],
): Promise<{ written: number; refused: Fault[] }> {
  const [object, status, reason] = [`${prefix}Field_Mapping__c`, `${prefix}Status__c`, `${prefix}Status_Reason__c`];
  const columns = ['Id', status, reason].map(identifier).join(', ');
  const wanted = new Map(rows.map((row) => [row.id, row]));
  const writes = [];
  const records = createRecords(rest);
  for await (const stored of query(rest, `SELECT ${columns} FROM ${identifier(object)}`)) {
    const row = wanted.get(String(stored['Id']));
    if (!row) continue;
    const fields = { [status]: row.status, [reason]: fitting(row.reason) };
    if (stored[status] === fields[status] && stored[reason] === fields[reason]) continue;
    writes.push(records.update(object, row.id, fields));
  }
  const results = await Promise.all(writes);
  const refused = results.flatMap((result) => (result.ok ? [] : [result.fault]));
  return { written: results.length - refused.length, refused };
}

function fitting(reason: string): string | null {
  const text = reason.trim();
  return (text.length > REASON_LENGTH ? `${text.slice(0, REASON_LENGTH - 1).trimEnd()}…` : text) || null;
}

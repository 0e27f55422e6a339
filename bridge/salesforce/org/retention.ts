// Deletes integration reports that are older than the retention period of the admin (M19), a part at a time: one run costs at most 55
// API calls, and the next run deletes the rest.
import type { Fault } from '../../model/fault.ts';
import type { PackageNames } from '../../model/salesforce.ts';
import { deleteRecords } from '../api/deletions.ts';
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';
import { dateTime, identifier } from '../api/soql.ts';

/** Rows of one run: five pages of a query and fifty delete calls. */
export const REPORTS_AT_ONCE = 10_000;

/**
 * @param before ms since the epoch: earlier reports are deleted
 * @returns how many were deleted, why others were not, and whether there may be more
 * @throws PeerError
 */
export async function deleteOldReports(
  rest: Rest,
  { prefix }: PackageNames,
  before: number,
): Promise<{ deleted: number; refused: Fault[]; more: boolean }> {
  const occurred = identifier(`${prefix}Occurred_At__c`);
  const soql =
    `SELECT Id FROM ${identifier(`${prefix}Integration_Report__c`)} WHERE ${occurred} < ${dateTime(before)}` +
    ` OR (${occurred} = null AND CreatedDate < ${dateTime(before)}) ORDER BY CreatedDate, Id LIMIT ${REPORTS_AT_ONCE}`;
  const ids: string[] = [];
  for await (const row of query(rest, soql)) ids.push(String(row['Id']));
  const refused = await deleteRecords(rest, ids);
  return { deleted: ids.length - refused.length, refused, more: ids.length === REPORTS_AT_ONCE };
}

// Counts the integration reports that need somebody, by their code: what Home lists, for the weekly digest (B24).
import type { PackageNames } from '../../model/salesforce.ts';
import { query } from '../api/query.ts';
import type { Rest } from '../api/rest.ts';

/** Nobody reads more lines of a digest. */
const MOST = 10;

/** One API call. @param since ms since the epoch @returns most first @throws PeerError */
export async function reportCauses(
  rest: Rest,
  { prefix }: PackageNames,
  since: number,
): Promise<{ code: string; count: number }[]> {
  const [code, outcome, at] = ['Code', 'Outcome', 'Occurred_At'].map((name) => `${prefix}${name}__c`);
  const soql =
    `SELECT ${code} code, COUNT(Id) rows FROM ${prefix}Integration_Report__c` +
    ` WHERE ${outcome} IN ('Failed', 'Refused') AND ${at} >= ${new Date(since).toISOString()}` +
    ` GROUP BY ${code} ORDER BY COUNT(Id) DESC LIMIT ${MOST}`;
  const causes: { code: string; count: number }[] = [];
  for await (const row of query(rest, soql))
    causes.push({ code: String(row['code'] ?? ''), count: Number(row['rows']) });
  return causes;
}

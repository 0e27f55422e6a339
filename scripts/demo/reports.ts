// The bridge's reports, as they are stored in the org: one row for each attempt.
import { reportSchema, type Report } from '../../bridge/model/report.ts';
import type { Salesforce } from './salesforce.ts';

/** A row with its Name, the number under which it was stored. */
export type StoredReport = Report & { name: string };

const COLUMNS = [
  'Name',
  'Occurred_At__c',
  'Direction__c',
  'Event__c',
  'Outcome__c',
  'Code__c',
  'Reason__c',
  'Sellfire_Lead_Id__c',
  'Salesforce_Object__c',
  'Salesforce_Record_Id__c',
  'Changes__c',
] as const;
const changesSchema = reportSchema.shape.changes.catch([]);

/** In the order in which they were stored. @param where conditions on the columns, as jsforce has them */
export async function readReports(
  salesforce: Salesforce,
  where: Record<string, unknown> = {},
): Promise<StoredReport[]> {
  const rows = await salesforce.find('Integration_Report__c', where, COLUMNS);
  return rows
    .map((row) => ({
      name: String(row.Name),
      ...reportSchema.parse({
        occurredAt: Date.parse(String(row.Occurred_At__c)),
        direction: row.Direction__c,
        event: row.Event__c,
        outcome: row.Outcome__c,
        code: row.Code__c ?? '',
        reason: row.Reason__c ?? '',
        sellfireLeadId: row.Sellfire_Lead_Id__c,
        salesforceObject: row.Salesforce_Object__c,
        salesforceRecordId: row.Salesforce_Record_Id__c,
        changes: changesSchema.parse(readJson(row.Changes__c)),
      }),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function readJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return [];
  }
}

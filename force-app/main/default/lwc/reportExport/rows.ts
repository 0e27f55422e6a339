// Integration reports as the rows of a CSV file, the headings first.
import type { Report } from 'c/reportData';

const COLUMNS: readonly (readonly [heading: string, of: keyof Report])[] = [
  ['Report', 'number'],
  ['Occurred at', 'occurredAt'],
  ['Direction', 'direction'],
  ['Event', 'event'],
  ['Outcome', 'outcome'],
  ['Code', 'code'],
  ['Reason', 'reason'],
  ['Sellfire lead', 'leadId'],
  ['Salesforce object', 'object'],
  ['Salesforce record', 'recordId'],
  ['Record name', 'recordName'],
];

export function rowsOf(reports: readonly Report[]): string[][] {
  return [COLUMNS.map(([heading]) => heading), ...reports.map((one) => COLUMNS.map(([, of]) => one[of]))];
}

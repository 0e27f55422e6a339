// Integration reports as a CSV file that is safe to open: a value that a spreadsheet would take for a formula is kept as text.
// Source: OWASP, "CSV Injection"; RFC 4180.
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
/** Excel reads a file without it in the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';
const FORMULA = /^[=+\-@\t\r]/;

export function csvOf(reports: readonly Report[]): string {
  const rows = [COLUMNS.map(([heading]) => heading), ...reports.map((one) => COLUMNS.map(([, of]) => one[of]))];
  return BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// A CSV file that a person opens. A spreadsheet takes a cell that begins with one of these characters for a formula, which
// could send what stands beside it elsewhere (OWASP, "CSV Injection"): an apostrophe before it keeps it text.
import { stringify } from 'csv-stringify/sync';

const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;
/** Numbers, phone numbers and dates are none: they have no name and no operator between two values. */
const PLAIN = /^[+-]?[\d .()]+$/;

/** @param cells rows of text */
export const sheet = (cells: readonly (readonly string[])[]): string => stringify(cells.map((row) => row.map(asText)));

/** The cell as a spreadsheet shows it: never a formula. */
export const asText = (cell: string): string => (FORMULA.test(cell) && !PLAIN.test(cell) ? `'${cell}` : cell);

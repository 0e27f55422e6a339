// A CSV file that a person opens. A spreadsheet takes a cell that begins with one of these characters for a formula, which
// could send what stands beside it elsewhere (OWASP, "CSV Injection"): an apostrophe before it keeps it text.
import { stringify } from 'csv-stringify/sync';

const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;
/** Numbers, phone numbers and dates are none: they have no name and no operator between two values. */
const PLAIN = /^[+-]?[\d .()]+$/;

/** @param cells rows of text */
export const sheet = (cells: readonly (readonly string[])[]): string => stringify(cells.map((row) => row.map(asText)));

/** Where the list separator of a country is the semicolon, a spreadsheet divides a cell there, and at each tab and line, quotes or not. */
const DIVIDED = /([;\t\r\n])([^;\t\r\n]+)/g;

/** The cell as a spreadsheet shows it: never a formula, nor any part of it. */
export function asText(cell: string): string {
  const begin = cell.length - cell.trimStart().length;
  const rest = cell
    .slice(begin)
    .replace(DIVIDED, (all: string, separator: string, part: string) =>
      isFormula(part) ? `${separator}'${part}` : all,
    );
  return (isFormula(cell) ? "'" : '') + cell.slice(0, begin) + rest;
}

const isFormula = (text: string): boolean => FORMULA.test(text) && !PLAIN.test(text.trim());

// A CSV file that is safe to open: a value that a spreadsheet would take for a formula is kept as text. It is judged as the bridge
// judges the file of sales; a test holds the two equal. Source: OWASP, "CSV Injection"; RFC 4180.

/** Excel reads a file without it in the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;
/** Numbers and phone numbers are none: they have no name and no operator between two values. */
const PLAIN = /^[+-]?[\d .()]+$/;
/** Where the list separator is the semicolon, a spreadsheet divides a cell there, and at each tab and line, quotes or not. */
const DIVIDED = /([;\t\r\n])([^;\t\r\n]+)/g;

/** @param rows the headings first */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** Hands the file to the browser, which saves it under this name. */
export function download(name: string, rows: readonly (readonly string[])[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function cell(value: string): string {
  const safe = asText(value);
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The value as a spreadsheet shows it: never a formula, nor any part of it. */
export function asText(value: string): string {
  const begin = value.length - value.trimStart().length;
  const rest = value.slice(begin).replace(DIVIDED, (all: string, separator: string, part: string) => {
    return isFormula(part) ? `${separator}'${part}` : all;
  });
  return (isFormula(value) ? "'" : '') + value.slice(0, begin) + rest;
}

function isFormula(text: string): boolean {
  return FORMULA.test(text) && !PLAIN.test(text.trim());
}

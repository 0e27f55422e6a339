// CSV as the Bulk API reads and writes it: six delimiters, two line ends, every value quoted.
// Source: Bulk API 2.0 Developer Guide, "Prepare CSV Files", "Valid Date Format in Records".
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

export const DELIMITERS = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const;
export type ColumnDelimiter = keyof typeof DELIMITERS;

export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;
export type LineEnding = keyof typeof LINE_ENDINGS;

export interface CsvFormat {
  columnDelimiter: ColumnDelimiter;
  lineEnding: LineEnding;
}

/** Data that is no CSV in the job's format; the message is the platform's. */
export class CsvError extends Error {}

/** @throws CsvError */
export function readCsv(
  text: string,
  { columnDelimiter, lineEnding }: CsvFormat,
): { header: string[]; rows: string[][] } {
  const firstEnd = text.indexOf('\n');
  const hasReturn = firstEnd > 0 && text.charAt(firstEnd - 1) === '\r';
  if (firstEnd >= 0 && hasReturn !== (lineEnding === 'CRLF')) {
    throw new CsvError(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
    );
  }
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      delimiter: DELIMITERS[columnDelimiter],
      record_delimiter: LINE_ENDINGS[lineEnding],
      skip_empty_lines: true,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CsvError(`InvalidBatch : Failed to parse CSV: ${reason}`, { cause });
  }
  const [header, ...rows] = records;
  if (!header) throw new CsvError('InvalidBatch : Failed to parse CSV header. The file is empty.');
  return { header: header.map((name) => name.trim()), rows };
}

export function writeCsv(rows: readonly (readonly string[])[], { columnDelimiter, lineEnding }: CsvFormat): string {
  return stringify(rows as string[][], {
    delimiter: DELIMITERS[columnDelimiter],
    record_delimiter: LINE_ENDINGS[lineEnding],
    quoted: true,
    quoted_empty: true,
  });
}

// What the bridge answers to a preview of a mapping, out of the JSON of the request's result; anything else is no preview.
import { messagesOf, worded, type Message } from 'c/messages';

export interface PreviewRow {
  recordId: string;
  name: string;
  sellfireNow: string;
  salesforceNow: string;
  after: string;
  /** `salesforce`, `sellfire` or `none`: which side changes. */
  side: string;
  note: string;
}

export interface Preview {
  /** Linked records that the mapping concerns. */
  total: number;
  /** Of these, whose value would change. */
  differ: number;
  rows: PreviewRow[];
  /** In the reader's language. */
  warnings: string[];
  /** That a field or an object is gone. */
  gone: string[];
  /** Ids of mappings that contradict it. */
  contradictions: string[];
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Texts stay texts; lists are joined with commas, and nothing is blank. */
function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(text).join(', ') : String(value);
}

const isGone = ({ code }: Message): boolean => code.startsWith('FIELD_GONE');

/** @returns undefined where the data are no preview, as of an older bridge */
export function toPreview(data: unknown): Preview | undefined {
  if (typeof part(data, 'total') !== 'number') return undefined;
  const messages = messagesOf(part(data, 'warnings'));
  return {
    total: count(part(data, 'total')),
    differ: count(part(data, 'differ')),
    rows: list(part(data, 'rows')).map((row) => ({
      recordId: text(part(row, 'recordId')),
      name: text(part(row, 'name')),
      sellfireNow: text(part(row, 'sellfireNow')),
      salesforceNow: text(part(row, 'salesforceNow')),
      after: text(part(row, 'after')),
      side: text(part(row, 'side')),
      note: text(part(row, 'note')),
    })),
    warnings: messages.filter((message) => !isGone(message)).map(worded),
    gone: messages.filter(isGone).map(worded),
    contradictions: list(part(data, 'contradictions')).map(text),
  };
}

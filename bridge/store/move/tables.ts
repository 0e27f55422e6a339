// The tables of a store as they are moved from one dialect to the other: the same columns, in an order that both compare alike (numbers,
// and texts by their bytes).
export interface Table {
  name: string;
  /** With their types on PostgreSQL. */
  columns: Readonly<Record<string, 'text' | 'bigint' | 'integer' | 'boolean'>>;
  /** Of the columns: what orders the rows and names each of them. */
  key: readonly string[];
  /** A column that PostgreSQL counts by itself. */
  counts?: string;
  /** What SQLite has in place of a column. */
  inSqlite?: Readonly<Record<string, string>>;
}

const text = 'text';
const bigint = 'bigint';

export const TABLES: readonly Table[] = [
  {
    name: 'connection',
    columns: { id: text, created_at: bigint, details: text, sealed: text },
    key: ['id'],
  },
  {
    name: 'cursor',
    columns: { connection: text, name: text, value: text, at: bigint },
    key: ['connection', 'name'],
  },
  {
    name: 'inbox',
    columns: {
      seq: bigint,
      connection: text,
      source: text,
      event_id: text,
      record_id: text,
      copy: 'integer',
      key: text,
      change: text,
      received_at: bigint,
      attempts: 'integer',
      state: text,
      finished_at: bigint,
      code: text,
      reason: text,
    },
    key: ['seq'],
    counts: 'seq',
  },
  {
    name: 'link',
    columns: { connection: text, lead_id: text, revision: bigint, ended: 'boolean', body: text },
    key: ['connection', 'lead_id'],
  },
  {
    name: 'link_record',
    columns: { seq: bigint, connection: text, record_id: text, lead_id: text, kind: text },
    key: ['seq'],
    counts: 'seq',
    // The order in which leads were linked.
    inSqlite: { seq: 'rowid' },
  },
  {
    name: 'event_lead',
    columns: { connection: text, record_id: text, lead_id: text },
    key: ['connection', 'record_id'],
  },
  {
    name: 'reservation',
    columns: { connection: text, record_id: text, key: text },
    key: ['connection', 'record_id'],
  },
  {
    name: 'awaited',
    columns: { connection: text, lead_id: text, record_id: text, object: text },
    key: ['connection', 'lead_id'],
  },
  {
    name: 'report',
    columns: { seq: bigint, id: text, connection: text, body: text },
    key: ['seq'],
    counts: 'seq',
  },
];

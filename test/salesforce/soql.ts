// Runs SOQL. A query is compiled to SQL (soql/compile.ts), its rows are shaped as REST shows records, and what does not
// fit a page is kept behind a locator.
import type { FieldValue } from './model.ts';
import type { Schema } from './schema.ts';
import { compileQuery, type CompiledQuery, type Selected } from './soql/compile.ts';
import type { Tables } from './tables.ts';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };
export type JsonRecord = Record<string, JsonValue>;

export interface QueryRun {
  totalSize: number;
  /** Empty for `COUNT()`. */
  records: JsonRecord[];
  compiled: CompiledQuery;
}

export interface QueryContext {
  schema: Schema;
  tables: Tables;
  now: number;
  /** `/services/data/v67.0`: in front of the records' own addresses. */
  base: string;
  /** Deleted records too. */
  all?: boolean;
}

/** @throws PlatformError MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR … */
export function runQuery(soql: string, context: QueryContext): QueryRun {
  const { schema, tables, now, base } = context;
  const compiled = compileQuery(soql, { schema, now, all: context.all ?? false });
  const statement = tables.prepare(compiled.sql);
  statement.setReturnArrays(true);
  const rows = statement.all(...compiled.values) as unknown as FieldValue[][];
  if (compiled.countOnly) return { totalSize: Number(rows[0]?.[0] ?? 0), records: [], compiled };
  const { object, idColumn, selected } = compiled;
  const records = rows.map((row) => toRecord(row, object.name, row[idColumn] ?? null, selected, base));
  return { totalSize: records.length, records, compiled };
}

function toRecord(
  row: FieldValue[],
  type: string,
  id: FieldValue,
  selected: readonly Selected[],
  base: string,
): JsonRecord {
  const record: JsonRecord = { attributes: { type, url: `${base}/sobjects/${type}/${String(id)}` } };
  for (const entry of selected) record[entry.name] = valueOf(row, entry, base);
  return record;
}

function valueOf(row: FieldValue[], entry: Selected, base: string): JsonValue {
  if (entry.kind === 'field') return toJson(entry.field.type, row[entry.column] ?? null);
  if (entry.kind === 'compound') return compound(entry.parts.map((part) => [part.name, row[part.column] ?? null]));
  const at = entry.idColumns.findIndex((column) => (row[column] ?? null) !== null);
  const column = entry.idColumns[at];
  if (at < 0 || column === undefined) return null;
  return toRecord(row, entry.types[at] ?? '', row[column] ?? null, entry.selected, base);
}

/** A stored value as REST shows it: points in time with a numeric zone. */
export function toJson(type: string, value: FieldValue): JsonValue {
  if (type === 'datetime' && typeof value === 'string') return value.replace(/Z$/, '+0000');
  if (type === 'boolean') return value === 1 || value === true;
  return value;
}

/** A compound is null when all of it is. */
export function compound(parts: readonly (readonly [string, FieldValue])[]): JsonValue {
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}

/** The platform's default page, and the bounds of `Sforce-Query-Options: batchSize`. */
export const DEFAULT_PAGE = 2_000;
const SMALLEST_PAGE = 200;

export function pageSize(header: string | undefined): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(header ?? '')?.[1];
  return asked === undefined ? DEFAULT_PAGE : Math.min(DEFAULT_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}

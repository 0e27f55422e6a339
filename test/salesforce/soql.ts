// Runs SOQL. A query is compiled to SQL (soql/compile.ts), its rows are shaped as REST shows records, and what does not
// fit a page is kept behind a locator.
import type { SQLInputValue } from 'node:sqlite';
import type { FieldDef, FieldValue, Mask } from './model.ts';
import type { Schema } from './schema.ts';
import { compileQuery } from './soql/compile.ts';
import type { CompiledQuery, Selected } from './soql/compiled.ts';
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
  /** Only these records of the query's object. */
  among?: readonly string[];
  /** The part of the result that is wanted, instead of LIMIT and OFFSET of the query. */
  page?: { limit: number; offset: number };
}

/** @throws PlatformError MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR … */
export function runQuery(soql: string, context: QueryContext): QueryRun {
  const { schema, tables, now } = context;
  const compiled = compileQuery(soql, {
    schema,
    now,
    all: context.all ?? false,
    ...(context.among && { among: context.among }),
    ...(context.page && { page: context.page }),
  });
  // Pages ask for the same order again and again; other queries are not worth an index.
  if (context.page && compiled.ordered !== undefined) tables.ordered(compiled.object, compiled.ordered);
  const rows = read(tables, compiled.sql, compiled.values);
  if (compiled.countOnly) return { totalSize: Number(rows[0]?.[0] ?? 0), records: [], compiled };
  if (compiled.aggregate) {
    const records = rows.map((row) =>
      fill({ attributes: { type: 'AggregateResult' } }, row, compiled.selected, context),
    );
    return { totalSize: records.length, records, compiled };
  }
  const records = rows.map((row) => recordOf(row, compiled, context));
  return { totalSize: records.length, records, compiled };
}

function read(tables: Tables, sql: string, values: readonly SQLInputValue[]): FieldValue[][] {
  const statement = tables.prepare(sql);
  statement.setReturnArrays(true);
  return statement.all(...values) as unknown as FieldValue[][];
}

function recordOf(row: FieldValue[], { object, idColumn, selected }: CompiledQuery, context: QueryContext): JsonRecord {
  return toRecord(row, object.name, row[idColumn] ?? null, selected, context);
}

function toRecord(
  row: FieldValue[],
  type: string,
  id: FieldValue,
  selected: readonly Selected[],
  context: QueryContext,
): JsonRecord {
  const record = { attributes: { type, url: `${context.base}/sobjects/${type}/${String(id)}` } };
  return fill(record, row, selected, context, id);
}

function fill(
  record: JsonRecord,
  row: FieldValue[],
  selected: readonly Selected[],
  context: QueryContext,
  id: FieldValue = null,
): JsonRecord {
  for (const entry of selected) record[entry.name] = valueOf(row, entry, context, id);
  return record;
}

function valueOf(row: FieldValue[], entry: Selected, context: QueryContext, id: FieldValue): JsonValue {
  if (entry.kind === 'field') return toJson(entry.field, row[entry.column] ?? null);
  if (entry.kind === 'compound') return compound(entry.parts.map((part) => [part.name, row[part.column] ?? null]));
  if (entry.kind === 'children') {
    const { query } = entry;
    const rows = read(context.tables, query.sql, [String(id), ...query.values]);
    const records = rows.map((child) => recordOf(child, query, context));
    return records.length === 0 ? null : { totalSize: records.length, done: true, records };
  }
  const at = entry.idColumns.findIndex((column) => (row[column] ?? null) !== null);
  const column = entry.idColumns[at];
  if (at < 0 || column === undefined) return null;
  return toRecord(row, entry.types[at] ?? '', row[column] ?? null, entry.selected, context);
}

/** A stored value as REST shows it: points in time with a numeric zone. */
export function toJson(
  { type, mask, masked }: Pick<FieldDef, 'type' | 'mask' | 'masked'>,
  value: FieldValue,
): JsonValue {
  if (type === 'datetime' && typeof value === 'string') return value.replace(/Z$/, '+0000');
  if (type === 'boolean') return value === 1 || value === true;
  return masked && mask && typeof value === 'string' ? hidden(value, mask) : value;
}

/** An encrypted text as a user sees it who may not view encrypted data. */
function hidden(value: string, { character, type }: Mask): string {
  const open = type === 'lastFour' ? LAST_FOUR : 0;
  return value.replace(/./gsu, (one, at: number) => (at < value.length - open ? character : one));
}
const LAST_FOUR = 4;

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

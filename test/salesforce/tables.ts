// One SQLite table per object, one column per stored field. Knows SQL and nothing of the platform's rules.
// Text compares without letter case (ASCII by collation, the rest by `fold`); ids and case-sensitive fields exactly.
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { blankOf } from './blank.ts';
import type { FieldDef, FieldValue, ObjectDef, Row } from './model.ts';
import type { KeyPrefixes } from './schema.ts';

export interface Tables {
  readonly keyPrefixes: KeyPrefixes;
  readonly db: DatabaseSync;
  /** Creates the object's table or adds the columns that it lacks. */
  ensure(object: ObjectDef): void;
  /** A row of the object in which every stored field is empty. */
  blank(object: ObjectDef): Row;
  insert(object: ObjectDef, row: Row): void;
  update(object: ObjectDef, id: string, values: Row): void;
  /** For good: not even `queryAll` finds it afterwards. */
  erase(object: ObjectDef, id: string): void;
  /** Deleted records too. */
  read(object: ObjectDef, id: string): Row | undefined;
  /** Not deleted, equal in every given field, oldest first. */
  find(object: ObjectDef, where: Row, limit: number): Row[];
  /** Makes an index of the order, where the object has so many records that sorting them takes time. */
  ordered(object: ObjectDef, columns: string): void;
  /** The highest id stored for the object. */
  lastId(object: ObjectDef): string | undefined;
  /** Deleted records too. */
  count(object: ObjectDef): number;
  prepare(sql: string): StatementSync;
  close(): void;
}

/** Fewer records are sorted faster than an index is kept. */
const MANY_RECORDS = 10_000;
/** Each index makes every save of the object slower. */
const ORDERS_PER_OBJECT = 8;

/** Statements kept ready; those of ad-hoc queries are many and are forgotten oldest first. */
const STATEMENTS_KEPT = 2_000;

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Compounds are views of other columns and have none of their own. */
export function isStored(field: FieldDef): boolean {
  return field.type !== 'address' && field.type !== 'location';
}

const NOT_TEXT = new Set([
  'id',
  'reference',
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'time',
]);

export function isText(field: FieldDef): boolean {
  return !NOT_TEXT.has(field.type) && !field.caseSensitive;
}

/** Text as it is compared. */
export function fold(text: string): string {
  return text.toLowerCase();
}

export function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the whole ASCII range is meant
  return /^[\x00-\x7f]*$/.test(text);
}

/** What SQLite is given for a value. */
export function bind(value: FieldValue): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Lookups by phone are what a dialer's integration does all day, so phones are indexed beside what the platform indexes. */
function isIndexed(field: FieldDef): boolean {
  if (field.externalId || field.unique || field.name === 'SystemModstamp') return true;
  if (field.type === 'phone') return !/fax/i.test(field.name);
  return field.type === 'reference' && !field.referenceTo.includes('User');
}

/** What reading and writing an object's rows needs, made once for each state of its fields. */
interface Layout {
  columns: FieldDef[];
  /** A row without values. */
  blank: Row;
  /** Places of the columns that hold 0 and 1 for false and true. */
  booleans: number[];
  insert: string;
  /** By the fields that are written. */
  updates: Map<string, string>;
  select: string;
  /** By id. */
  read: string;
}

function layOut(object: ObjectDef): Layout {
  const columns = [...object.fields.values()].filter(isStored);
  const table = quote(object.name);
  const list = columns.map(({ name }) => quote(name)).join(', ');
  const select = `SELECT ${list} FROM ${table}`;
  return {
    columns,
    blank: blankOf(columns.map(({ name }) => name)),
    booleans: columns.flatMap(({ type }, place) => (type === 'boolean' ? [place] : [])),
    insert: `INSERT INTO ${table} (${list}) VALUES (${columns.map(() => '?').join(', ')})`,
    updates: new Map(),
    select,
    read: `${select} WHERE "Id" = ?`,
  };
}

function toRow({ columns, booleans, blank }: Layout, values: SQLOutputValue[]): Row {
  const row: Row = { ...blank };
  columns.forEach(({ name }, place) => (row[name] = values[place] as FieldValue));
  for (const place of booleans) row[columns[place]?.name ?? ''] = values[place] === 1;
  return row;
}

export function openTables(file?: string): Tables {
  const db = new DatabaseSync(file ?? ':memory:');
  // The org is a test fixture: a file is for looking at what happened and for starting again, not for surviving power loss.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY');
  db.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? fold(text) : text));
  db.exec('CREATE TABLE IF NOT EXISTS key_prefixes (name TEXT PRIMARY KEY COLLATE NOCASE, prefix TEXT UNIQUE)');
  const statements = new Map<string, StatementSync>();
  const layouts = new WeakMap<ObjectDef, Layout>();
  const orders = new Map<string, Set<string>>();

  function prepare(sql: string): StatementSync {
    const ready = statements.get(sql);
    if (ready) return ready;
    const statement = db.prepare(sql);
    if (statements.size >= STATEMENTS_KEPT) statements.delete(statements.keys().next().value ?? '');
    statements.set(sql, statement);
    return statement;
  }

  const layoutOf = (object: ObjectDef): Layout => {
    const ready = layouts.get(object);
    if (ready) return ready;
    const layout = layOut(object);
    layouts.set(object, layout);
    return layout;
  };

  function columnSql(field: FieldDef): string {
    if (field.type === 'id') return `${quote(field.name)} TEXT PRIMARY KEY`;
    const collation = isText(field) ? ' COLLATE NOCASE' : '';
    const fill = field.type === 'boolean' ? ` DEFAULT ${field.defaultValue === true ? 1 : 0}` : '';
    return quote(field.name) + collation + fill;
  }

  /** The columns and indexes of a table that this process has made or found, by the object's name. */
  const made = new Map<string, { columns: Set<unknown>; indexes: Set<string> }>();

  function tableOf(object: ObjectDef, columns: readonly FieldDef[]): { columns: Set<unknown>; indexes: Set<string> } {
    const known = made.get(object.name);
    if (known) return known;
    const table = quote(object.name);
    db.exec(`CREATE TABLE IF NOT EXISTS ${table} (${columns.map(columnSql).join(', ')}) WITHOUT ROWID`);
    const found = db.prepare(`PRAGMA table_info(${table})`).all();
    const state = { columns: new Set(found.map((column) => column['name'])), indexes: new Set<string>() };
    made.set(object.name, state);
    return state;
  }

  function ensure(object: ObjectDef): void {
    layouts.delete(object);
    const table = quote(object.name);
    const { columns } = layoutOf(object);
    const existing = tableOf(object, columns);
    for (const field of columns) {
      if (!existing.columns.has(field.name)) db.exec(`ALTER TABLE ${table} ADD COLUMN ${columnSql(field)}`);
      existing.columns.add(field.name);
      if (!isIndexed(field) || existing.indexes.has(field.name)) continue;
      // Most references and external ids are empty: an index of the others costs an insert nothing.
      const index = quote(`${object.name}.${field.name}`);
      const column = quote(field.name);
      db.exec(`CREATE INDEX IF NOT EXISTS ${index} ON ${table} (${column}) WHERE ${column} IS NOT NULL`);
      existing.indexes.add(field.name);
    }
    // Statements name every column, so those prepared before the change are stale.
    statements.clear();
  }

  function updateOf(object: ObjectDef, names: readonly string[]): string {
    const { updates } = layoutOf(object);
    const fields = names.join();
    const ready = updates.get(fields);
    if (ready !== undefined) return ready;
    const sets = names.map((name) => `${quote(name)} = ?`).join(', ');
    const sql = `UPDATE ${quote(object.name)} SET ${sets} WHERE "Id" = ?`;
    updates.set(fields, sql);
    return sql;
  }

  /** Rows come as arrays: an object made for each would cost three times as much, and be slow to copy afterwards. */
  function readerOf(sql: string): StatementSync {
    const statement = prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  }

  return {
    db,
    keyPrefixes: {
      of(name) {
        const prefix = prepare('SELECT prefix FROM key_prefixes WHERE name = ?').get(name)?.['prefix'];
        return typeof prefix === 'string' ? prefix : undefined;
      },
      isTaken: (prefix) => prepare('SELECT 1 FROM key_prefixes WHERE prefix = ?').get(prefix) !== undefined,
      keep: (name, prefix) => void prepare('INSERT INTO key_prefixes VALUES (?, ?)').run(name, prefix),
    },
    ensure,
    prepare,
    blank: (object) => ({ ...layoutOf(object).blank }),
    insert(object, row) {
      const { columns, insert } = layoutOf(object);
      const values: SQLInputValue[] = [];
      for (const { name } of columns) values.push(bind(row[name] ?? null));
      prepare(insert).run(...values);
    },
    update(object, id, changed) {
      const names = Object.keys(changed);
      if (names.length === 0) return;
      const values = names.map((name) => bind(changed[name] ?? null));
      prepare(updateOf(object, names)).run(...values, id);
    },
    erase: (object, id) => void prepare(`DELETE FROM ${quote(object.name)} WHERE "Id" = ?`).run(id),
    read(object, id) {
      const layout = layoutOf(object);
      const values = readerOf(layout.read).get(id);
      return values && toRow(layout, values as unknown as SQLOutputValue[]);
    },
    find(object, where, limit) {
      const tests: string[] = ['"IsDeleted" = 0'];
      const values: SQLInputValue[] = [];
      for (const [name, value] of Object.entries(where)) {
        const field = object.fields.get(name);
        const column = quote(name);
        if (value === null) {
          tests.push(`${column} IS NULL`);
        } else if (typeof value === 'string' && field && isText(field) && !isAscii(value)) {
          tests.push(`fold(${column}) = ?`);
          values.push(fold(value));
        } else {
          tests.push(`${column} = ?`);
          values.push(bind(value));
        }
      }
      const layout = layoutOf(object);
      const found = readerOf(`${layout.select} WHERE ${tests.join(' AND ')} ORDER BY "Id" LIMIT ?`).all(
        ...values,
        limit,
      );
      return (found as unknown as SQLOutputValue[][]).map((one) => toRow(layout, one));
    },
    ordered(object, columns) {
      const made = orders.get(object.name) ?? new Set<string>();
      if (made.has(columns) || made.size >= ORDERS_PER_OBJECT) return;
      const table = quote(object.name);
      if (!prepare(`SELECT 1 FROM ${table} LIMIT 1 OFFSET ${MANY_RECORDS}`).get()) return;
      db.exec(`CREATE INDEX IF NOT EXISTS ${quote(`${object.name} by ${columns}`)} ON ${table} (${columns})`);
      orders.set(object.name, made.add(columns));
    },
    lastId(object) {
      const last = db.prepare(`SELECT max("Id") AS id FROM ${quote(object.name)}`).get()?.['id'];
      return typeof last === 'string' ? last : undefined;
    },
    count: (object) => Number(db.prepare(`SELECT count(*) AS n FROM ${quote(object.name)}`).get()?.['n']),
    close: () => db.close(),
  };
}

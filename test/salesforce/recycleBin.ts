// What a deletion took along, so that undeleting gives it all back: details that went with their master, lookups that
// were emptied. And what is gone for good, which `/deleted` still lists.
// Source: SOAP API Developer Guide, "undelete()", "emptyRecycleBin()".
import { bind, type Tables } from './tables.ts';
import type { FieldValue } from './model.ts';

export interface RecycleBin {
  /** @param root the record whose deletion took this one along; its own id where it was deleted itself */
  put(object: string, id: string, root: string): void;
  /** A lookup that the deletion of `root` emptied. */
  released(root: string, lookup: Lookup): void;
  /** Records that went with `root`, in the order in which they went; itself last. */
  contents(root: string): { object: string; id: string }[];
  lookups(root: string): Lookup[];
  forget(root: string): void;
  /** Remembers that a record is gone for good. @param at ISO */
  erased(object: string, id: string, at: string): void;
  /** Records of an object that are gone for good and were deleted in [from, to), ISO. */
  gone(object: string, from: string, to: string): { id: string; deletedDate: string }[];
}

export interface Lookup {
  object: string;
  id: string;
  field: string;
  value: string;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS recycle_bin (root TEXT, id TEXT, object TEXT, PRIMARY KEY (root, id));
CREATE TABLE IF NOT EXISTS released_lookup (root TEXT, object TEXT, id TEXT, field TEXT, value TEXT);
CREATE INDEX IF NOT EXISTS released_lookup_root ON released_lookup (root);
CREATE TABLE IF NOT EXISTS erased_record (id TEXT PRIMARY KEY, object TEXT, at TEXT)`;

export function createRecycleBin(tables: Tables): RecycleBin {
  tables.db.exec(TABLES);
  const run = (sql: string, ...values: FieldValue[]): void => void tables.prepare(sql).run(...values.map(bind));
  const all = <T>(sql: string, ...values: FieldValue[]): T[] =>
    tables
      .prepare(sql)
      .all(...values.map(bind))
      .map((row) => ({ ...row }) as T);
  return {
    put: (object, id, root) => run('INSERT OR REPLACE INTO recycle_bin VALUES (?, ?, ?)', root, id, object),
    released: (root, { object, id, field, value }) =>
      run('INSERT INTO released_lookup VALUES (?, ?, ?, ?, ?)', root, object, id, field, value),
    contents: (root) => all('SELECT object, id FROM recycle_bin WHERE root = ? ORDER BY rowid', root),
    lookups: (root) => all('SELECT object, id, field, value FROM released_lookup WHERE root = ?', root),
    forget(root) {
      run('DELETE FROM recycle_bin WHERE root = ?', root);
      run('DELETE FROM released_lookup WHERE root = ?', root);
    },
    erased: (object, id, at) => run('INSERT OR REPLACE INTO erased_record VALUES (?, ?, ?)', id, object, at),
    gone: (object, from, to) =>
      all(
        'SELECT id, at AS deletedDate FROM erased_record WHERE object = ? AND at >= ? AND at < ? ORDER BY id',
        object,
        from,
        to,
      ),
  };
}

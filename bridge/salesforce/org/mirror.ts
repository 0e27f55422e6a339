// Mirrors a list of the bridge's into a custom object of the package, one row an entry, so that the pages can offer it. Only what
// differs is written, and a row whose entry is gone is deleted.
import type { Fault } from '../../model/fault.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { deleteRecords } from '../api/deletions.ts';
import { query } from '../api/query.ts';
import { createRecords } from '../api/records.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';

/** By the keys of the entries. */
export interface MirrorChange {
  added: string[];
  changed: string[];
  removed: string[];
  /** What the org did not take. */
  refused: { key: string; fault: Fault }[];
}

/**
 * One API call, and one more for each 200 rows that differ.
 * @param keyField the unique external id of the object
 * @param columns fields that are compared and written, besides the key
 * @param wanted fields by key; an empty list is no answer, so that it deletes nothing
 * @throws PeerError
 */
export async function mirrorRows(
  rest: Rest,
  { object, keyField, columns }: { object: string; keyField: string; columns: readonly string[] },
  wanted: ReadonlyMap<string, SalesforceFields>,
): Promise<MirrorChange> {
  const rows = await rowsOf(rest, object, [keyField, ...columns]);
  const change: MirrorChange = { added: [], changed: [], removed: [], refused: [] };
  const present = new Map(rows.map((row) => [String(row[keyField] ?? ''), row]));
  const records = createRecords(rest);
  await Promise.all(
    [...wanted].map(async ([key, fields]) => {
      const row = present.get(key);
      if (row && Object.entries(fields).every(([name, value]) => (row[name] ?? null) === value)) return;
      const result = await records.upsert(object, keyField, key, fields);
      if (!result.ok) change.refused.push({ key, fault: result.fault });
      else (row ? change.changed : change.added).push(key);
    }),
  );
  const gone = wanted.size === 0 ? [] : rows.filter((row) => !wanted.has(String(row[keyField] ?? '')));
  const faults = await deleteRecords(
    rest,
    gone.map(({ Id }) => String(Id)),
  );
  const keys = gone.map((row) => String(row[keyField] ?? row['Name'] ?? ''));
  const [fault] = faults;
  if (fault) change.refused.push(...keys.map((key) => ({ key, fault })));
  else change.removed.push(...keys);
  return change;
}

async function rowsOf(rest: Rest, object: string, columns: readonly string[]): Promise<SalesforceFields[]> {
  const rows: SalesforceFields[] = [];
  const selected = ['Id', ...columns].map(identifier).join(', ');
  for await (const row of query(rest, `SELECT ${selected} FROM ${identifier(object)} ORDER BY CreatedDate, Id`))
    rows.push(row);
  return rows;
}

/** As Salesforce keeps it: without blanks around it, and null where nothing is left. */
export const textOf = (text: string, length: number): string | null => text.slice(0, length).trim() || null;

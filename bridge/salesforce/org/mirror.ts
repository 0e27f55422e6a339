// Mirrors a list of the bridge into a custom object of the package, one row per entry, so that the pages can offer it. Only
// differences are written, and a row without an entry is deleted.
import type { Fault } from '../../model/fault.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { cutText } from '../../model/text.ts';
import { deleteRecords } from '../api/deletions.ts';
import { query } from '../api/query.ts';
import { createRecords } from '../api/records.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';

/** The keys of the entries by change. */
export interface MirrorChange {
  added: string[];
  changed: string[];
  removed: string[];
  /** Rows that the org refused. */
  refused: { key: string; fault: Fault }[];
}

/**
 * One API call, and one more per 200 rows that differ.
 * @param keyField the unique external id of the object
 * @param columns fields that are compared and written, besides the key
 * @param wanted fields by key; an empty map counts as a failed read and deletes nothing
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

/** The text as Salesforce stores it: without surrounding blanks, and null where it is empty. */
export const storedText = (text: string, length: number): string | null => cutText(text.trim(), length) || null;

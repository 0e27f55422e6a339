// The mirror of Sellfire's field catalogue in the org: one Sellfire_Field__c a field, from which the pages offer what can be mapped.
// Only what differs is written; a field that Sellfire no longer has is deleted.
import type { SellfireField } from '../../model/field.ts';
import type { Fault } from '../../model/fault.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { PackageNames, SalesforceFields } from '../../model/salesforce.ts';
import { deleteRecords } from '../api/deletions.ts';
import { query } from '../api/query.ts';
import { createRecords } from '../api/records.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';

/** By the keys of the fields, `lead.business_name`. */
export interface CatalogueChange {
  added: string[];
  changed: string[];
  removed: string[];
  /** What the org did not take. */
  refused: { key: string; fault: Fault }[];
}

/** Characters of Name and of Label__c. */
const NAME_LENGTH = 80;
const LABEL_LENGTH = 255;

/** One API call, and one more for each 200 fields that differ. @throws PeerError */
export async function mirrorCatalogue(
  rest: Rest,
  { prefix }: PackageNames,
  catalogue: readonly SellfireField[],
): Promise<CatalogueChange> {
  const object = `${prefix}Sellfire_Field__c`;
  const keyField = `${prefix}Key__c`;
  const wanted = new Map(catalogue.map((field) => [keyOf(field), rowOf(field, prefix)]));
  const shown = await rowsOf(rest, object, [keyField, ...columnsOf(prefix)]);
  const found: CatalogueChange = { added: [], changed: [], removed: [], refused: [] };
  const present = new Map(shown.map((row) => [String(row[keyField] ?? ''), row]));
  const records = createRecords(rest);
  await Promise.all(
    [...wanted].map(async ([key, fields]) => {
      const row = present.get(key);
      if (row && Object.entries(fields).every(([name, value]) => (row[name] ?? null) === value)) return;
      const result = await records.upsert(object, keyField, key, fields);
      if (!result.ok) found.refused.push({ key, fault: result.fault });
      else (row ? found.changed : found.added).push(key);
    }),
  );
  // An answer without any field is no catalogue.
  const gone = wanted.size === 0 ? [] : shown.filter((row) => !wanted.has(String(row[keyField] ?? '')));
  const faults = await deleteRecords(
    rest,
    gone.map(({ Id }) => String(Id)),
  );
  const keys = gone.map((row) => String(row[keyField] ?? row['Name'] ?? ''));
  const [fault] = faults;
  if (fault) found.refused.push(...keys.map((key) => ({ key, fault })));
  else found.removed.push(...keys);
  return found;
}

const keyOf = ({ object, name }: SellfireField): string => `${object}.${name}`;

async function rowsOf(rest: Rest, object: string, columns: readonly string[]): Promise<SalesforceFields[]> {
  const rows: SalesforceFields[] = [];
  const queued = ['Id', ...columns].map(identifier).join(', ');
  for await (const row of query(rest, `SELECT ${queued} FROM ${identifier(object)} ORDER BY CreatedDate, Id`))
    rows.push(row);
  return rows;
}

const BLANK: SellfireField = {
  object: 'lead',
  name: '',
  label: '',
  type: 'text',
  custom: false,
  read_only: false,
  max_length: null,
  options: [],
};
const columnsOf = (prefix: string): string[] => Object.keys(rowOf(BLANK, prefix));

function rowOf(field: SellfireField, prefix: string): SalesforceFields {
  const { object, name, label, type, custom, read_only, max_length, options } = field;
  const fields: SalesforceFields = {
    Object__c: object,
    Field__c: name,
    Label__c: textOf(label, LABEL_LENGTH),
    Type__c: type,
    Custom__c: custom,
    Read_Only__c: read_only,
    Max_Length__c: max_length,
    // Without a phone number there is no lead (spec §1).
    Required__c: object === 'lead' && name === PRIMARY_PHONE,
    Options__c: options.length > 0 ? JSON.stringify(options) : null,
  };
  const named = Object.entries(fields).map(([column, value]) => [prefix + column, value]);
  return { Name: textOf(label, NAME_LENGTH) ?? name, ...(Object.fromEntries(named) as SalesforceFields) };
}

/** As Salesforce keeps it: without blanks around it, and null where nothing is left. */
const textOf = (text: string, length: number): string | null => text.slice(0, length).trim() || null;

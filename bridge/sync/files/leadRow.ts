// Converts a Salesforce Lead or Contact to a row of Sellfire's CSV import (M16): every mapped field whose rule goes to
// Sellfire, and the ids that make the link. docs/import.md describes the file.
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Canonical } from '../../model/link.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD, PRIMARY_PHONE } from '../../model/mapping.ts';
import { asMessage, type Message } from '../../model/message.ts';
import type { Phase } from '../../model/phase.ts';
import type { PersonObject, SalesforceFields } from '../../model/salesforce.ts';
import { sameValue } from '../values/canonical.ts';
import { phaseFromSalesforce } from '../fields/phase.ts';
import { mappedFields, towardsSellfire, type MappedField } from '../mapping/rules.ts';
import { fromSalesforce } from '../mapping/asStored.ts';
import { countryFields } from '../../model/country.ts';
import { recordCountry } from '../mapping/country.ts';
import { phoneOf } from '../mapping/phone.ts';

/** The id columns by object. */
export const ID_COLUMNS = {
  Lead: 'salesforce_lead_id',
  Contact: 'salesforce_contact_id',
  Account: 'salesforce_account_id',
} as const;

export interface ImportRow {
  /** E.164. */
  phone: string;
  /** By column. An absent cell is empty, and an empty cell changes nothing in Sellfire. */
  cells: Record<string, string>;
  /** The values of the record that were left out, as sentences. */
  leftOut: Message[];
}

/** Columns of the object's file, the same for each row: the phone first. */
export function importColumns(config: SyncConfig, object: PersonObject): string[] {
  const names = new Set([PRIMARY_PHONE, ...carried(config, object).map(({ sellfire }) => sellfire.name)]);
  return [...names, ID_COLUMNS[object], ...(object === 'Contact' ? [ID_COLUMNS.Account] : [])];
}

/** The Salesforce fields that a row reads. */
export function importFields(config: SyncConfig, object: PersonObject): string[] {
  const fields = carried(config, object).map(({ salesforce }) => salesforce.name);
  return [
    ...new Set([...fields, ...countryFields(config.objects, object), ...(object === 'Contact' ? ['AccountId'] : [])]),
  ];
}

/**
 * @param known the Sellfire lead that has the record's phone
 * @returns why there is no row, with the code of M18, where the record has no number
 */
export function importRow(
  config: SyncConfig,
  object: PersonObject,
  id: string,
  fields: SalesforceFields,
  known: Lead | null,
): ImportRow | Explanation {
  const phone = phoneOf(config, object, fields);
  if ('code' in phone) return phone;
  const country = recordCountry(config, object, fields);
  const row: ImportRow = { phone: phone.number, cells: { [PRIMARY_PHONE]: phone.number }, leftOut: [] };
  for (const field of carried(config, object)) {
    const { name } = field.sellfire;
    const value = fromSalesforce(field, fields[field.salesforce.name] ?? null, country);
    if (name in row.cells || value === null || !towardsSellfire(field.mapping.rule, value)) continue;
    if (name === PHASE_FIELD && !acceptsPhase(row, value, known)) continue;
    row.cells[name] = cellOf(value);
  }
  row.cells[ID_COLUMNS[object]] = id;
  const accountId = fields['AccountId'];
  if (object === 'Contact' && typeof accountId === 'string') row.cells[ID_COLUMNS.Account] = accountId;
  return row;
}

function carried(config: SyncConfig, object: PersonObject): MappedField[] {
  return mappedFields(config, [object]).filter(
    ({ mapping, sellfire }) => towardsSellfire(mapping.rule, 'any') && !sellfire.read_only,
  );
}

/** M15: a phase that Sellfire does not accept would fail the whole row. */
function acceptsPhase(row: ImportRow, value: Canonical, known: Lead | null): boolean {
  const current = (known?.fields[PHASE_FIELD] ?? 'ColdCallCold') as Phase;
  if (known && sameValue(value, current)) return false;
  const verdict = phaseFromSalesforce(current, String(value));
  if (!verdict.accepted) row.leftOut.push(asMessage(verdict.why));
  return verdict.accepted;
}

const cellOf = (value: Canonical): string => (Array.isArray(value) ? value.join(';') : String(value));

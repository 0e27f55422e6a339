// Mirrors Sellfire's field catalogue into the org: one Sellfire_Field__c per field, from which the pages offer the fields to map. Only
// differences are written, and the row of a field that Sellfire no longer has is deleted.
import type { SellfireField } from '../../model/field.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { PackageNames, SalesforceFields } from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { mirrorRows, storedText, type MirrorChange } from './mirror.ts';

/** Characters of Name and of Label__c. */
const NAME_LENGTH = 80;
const LABEL_LENGTH = 255;

/** Keys are `lead.business_name`. @throws PeerError */
export function mirrorCatalogue(
  rest: Rest,
  { prefix }: PackageNames,
  catalogue: readonly SellfireField[],
): Promise<MirrorChange> {
  const keyField = `${prefix}Key__c`;
  const wanted = new Map(catalogue.map((field) => [keyOf(field), rowOf(field, prefix)]));
  return mirrorRows(rest, { object: `${prefix}Sellfire_Field__c`, keyField, columns: columnsOf(prefix) }, wanted);
}

const keyOf = ({ object, name }: SellfireField): string => `${object}.${name}`;

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
    Label__c: storedText(label, LABEL_LENGTH),
    Type__c: type,
    Custom__c: custom,
    Read_Only__c: read_only,
    Max_Length__c: max_length,
    // A lead needs a phone number (spec §1).
    Required__c: object === 'lead' && name === PRIMARY_PHONE,
    Options__c: options.length > 0 ? JSON.stringify(options) : null,
  };
  const named = Object.entries(fields).map(([column, value]) => [prefix + column, value]);
  return { Name: storedText(label, NAME_LENGTH) ?? name, ...(Object.fromEntries(named) as SalesforceFields) };
}

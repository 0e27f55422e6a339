// Fields of the small Salesforce that have a type: they hold what the platform would make of a value, or refuse it in the platform's words
// (M5, M8, M32).
import type { SalesforceField, SalesforceFields, SalesforceValue } from '../../bridge/model/salesforce.ts';
import { PlatformError, type FieldDef } from '../salesforce/model.ts';
import { toStored } from '../salesforce/values.ts';
import { SaveError } from './saves.ts';

/** By object, then by field. */
export type Schema = Map<string, Map<string, FieldDef>>;

export function addField(schema: Schema, object: string, field: FieldDef): void {
  const fields = schema.get(object) ?? new Map<string, FieldDef>();
  schema.set(object, fields.set(field.name, field));
}

/** What the fields of an object hold before anything is set. */
export const blanksOf = (schema: Schema, object: string): SalesforceFields =>
  Object.fromEntries([...(schema.get(object)?.values() ?? [])].map(({ name, type }) => [name, blankOf(type)]));

const blankOf = (type: FieldDef['type']): SalesforceValue => (type === 'boolean' ? false : null);

/**
 * The values as the record holds them.
 * @throws SaveError
 */
export function storedIn(schema: Schema, object: string, given: SalesforceFields): SalesforceFields {
  const fields = schema.get(object);
  if (!fields) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const field = fields.get(name);
      return [name, field ? stored(field, value) : value];
    }),
  );
}

function stored(field: FieldDef, value: SalesforceValue): SalesforceValue {
  try {
    return toStored(field, value);
  } catch (refusal) {
    if (refusal instanceof PlatformError) throw new SaveError(refusal.errorCode, refusal.message, refusal.fields);
    throw refusal;
  }
}

/** As describe shows the field to the bridge. @param timeZone IANA name, of the org */
export function described(field: FieldDef, timeZone: string): SalesforceField {
  const { name, label, type, length, precision, scale, nillable, createable, updateable, defaultedOnCreate } = field;
  const { restrictedPicklist, picklistValues } = field;
  const entries = picklistValues.map((one) => ({ value: one.value, label: one.label, active: one.active }));
  return {
    ...{ name, label, type, length, precision, scale, nillable, createable, updateable, defaultedOnCreate },
    ...{ restrictedPicklist, picklistValues: entries.filter(({ active }) => active).map(({ value }) => value) },
    ...(entries.length > 0 ? { picklist: entries } : {}),
    ...(type === 'date' || type === 'datetime' ? { timeZone } : {}),
  };
}

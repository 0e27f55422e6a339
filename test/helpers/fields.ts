// Fields and objects as the two systems describe them, for tests: a test says what matters to it, the rest is here once. Whatever
// describe gains, a test gains here.
import type { SellfireField, SellfireFieldType } from '../../bridge/model/field.ts';
import type { SalesforceField, SalesforceObject } from '../../bridge/model/salesforce.ts';

/** A field of a lead that its reps may change. */
export const sellfireField = (
  name: string,
  type: SellfireFieldType = 'text',
  extra: Partial<SellfireField> = {},
): SellfireField => ({
  object: 'lead',
  name,
  label: name,
  type,
  custom: false,
  read_only: false,
  max_length: null,
  options: [],
  ...extra,
});

/** An optional field that the bridge may write. */
export const salesforceField = (
  name: string,
  type = 'string',
  extra: Partial<SalesforceField> = {},
): SalesforceField => ({
  name,
  label: name,
  type,
  length: 255,
  precision: 18,
  scale: 2,
  nillable: true,
  createable: true,
  updateable: true,
  defaultedOnCreate: false,
  restrictedPicklist: false,
  picklistValues: [],
  ...extra,
});

/** An object that the bridge may write; a field given by its name alone is a text. */
export const salesforceObject = (
  name: string,
  fields: readonly (SalesforceField | string)[],
  extra: Partial<SalesforceObject> = {},
): SalesforceObject => ({
  name,
  label: name,
  createable: true,
  updateable: true,
  fields: Object.fromEntries(
    fields
      .map((field) => (typeof field === 'string' ? salesforceField(field) : field))
      .map((field) => [field.name, field]),
  ),
  ...extra,
});

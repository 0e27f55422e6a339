// Reads the org's objects from the describe of the connected user: the fields, their types and whether they are writable. A field
// that the user cannot see is absent, as if it did not exist.
import { z } from 'zod';
import { explain } from '../../model/catalogue/catalogue.ts';
import { BridgeError, PeerError } from '../../model/fault.ts';
import { packageNames } from '../../model/salesforce.ts';
import type { PackageNames, PicklistEntry, SalesforceField, SalesforceObject } from '../../model/salesforce.ts';
import { parsed, jsforceOver } from '../api/jsforce.ts';
import type { Rest } from '../api/rest.ts';
import { identifier } from '../api/soql.ts';
import { withRegionCodes } from './regionCodes.ts';
import { recordTypesSchema, withRecordType } from './recordTypes.ts';

/** The registered namespace of the package. */
const NAMESPACE = 'sellfire__';

/**
 * A list whose items are read one by one: what a later release describes in another way costs itself, and not the configuration of the
 * org. Where no item can be read, nothing may be concluded from the list.
 */
const readable = <T>(item: z.ZodType<T>) =>
  z.array(z.unknown()).transform((items, context): T[] => {
    const read = items.flatMap((one) => {
      const result = item.safeParse(one);
      return result.success ? [result.data] : [];
    });
    if (items.length === 0 || read.length > 0) return read;
    context.addIssue('has no item that can be read');
    return z.NEVER;
  });

const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number(),
  precision: z.number(),
  scale: z.number(),
  nillable: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  defaultedOnCreate: z.boolean(),
  restrictedPicklist: z.boolean(),
  picklistValues: readable(
    z.object({ value: z.string(), label: z.string().nullish(), active: z.boolean(), validFor: z.string().nullish() }),
  ),
  controllerName: z.string().nullish(),
  calculated: z.boolean().default(false),
  filterable: z.boolean().default(true),
  htmlFormatted: z.boolean().default(false),
  compoundFieldName: z.string().nullish(),
  referenceTo: z.array(z.string()).default([]),
});
const objectSchema = z.object({
  name: z.string(),
  label: z.string(),
  createable: z.boolean(),
  updateable: z.boolean(),
  fields: readable(fieldSchema),
  recordTypeInfos: recordTypesSchema,
});
const globalSchema = z.object({
  sobjects: readable(
    z.object({
      name: z.string(),
      label: z.string(),
      keyPrefix: z.string().nullable(),
      custom: z.boolean(),
      customSetting: z.boolean(),
      queryable: z.boolean(),
      createable: z.boolean(),
      updateable: z.boolean(),
      deletable: z.boolean(),
    }),
  ),
});

/** An object, and the permissions of the connected user on its records. */
export interface ObjectAccess {
  label: string;
  /** The prefix of its record ids; null where it has none. */
  keyPrefix: string | null;
  custom: boolean;
  customSetting: boolean;
  queryable: boolean;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
}

/** Every object that the connected user can see. One API call. @throws PeerError */
export async function readObjects(rest: Rest): Promise<Map<string, ObjectAccess>> {
  const { sobjects } = await parsed(globalSchema, () => jsforceOver(rest).describeGlobal());
  return new Map(sobjects.map(({ name, ...access }) => [name, access]));
}

/** The package's names in this org: with its namespace, or without it after a source deployment. @throws BridgeError */
export function findPackage(objects: ReadonlyMap<string, unknown>): PackageNames {
  const prefix = [NAMESPACE, ''].find((candidate) => objects.has(`${candidate}Field_Mapping__c`));
  if (prefix === undefined) throw new BridgeError(explain('PACKAGE_MISSING'));
  return packageNames(prefix);
}

/**
 * One API call, and one more where new records of the bridge get a record type.
 * @param recordType of new records, as the settings name it; blank is the default of the connected user
 * @returns undefined where there is no such object for this user. @throws PeerError
 */
export async function describeObject(rest: Rest, name: string, recordType = ''): Promise<SalesforceObject | undefined> {
  let described;
  try {
    described = await parsed(objectSchema, () => jsforceOver(rest).describe(identifier(name)));
  } catch (error) {
    if (error instanceof PeerError && ['NOT_FOUND', 'INVALID_TYPE'].includes(error.fault.code)) return undefined;
    throw error;
  }
  const fields = described.fields.map(({ controllerName: _controls, ...field }): [string, SalesforceField] => [
    field.name,
    {
      ...field,
      compoundFieldName: field.compoundFieldName ?? null,
      picklistValues: field.picklistValues.filter(({ active }) => active).map(({ value }) => value),
      ...(field.picklistValues.length > 0 ? { picklist: field.picklistValues.map(entryOf) } : {}),
    },
  ]);
  const { recordTypeInfos, ...object } = described;
  const known = withRegionCodes(Object.fromEntries(fields), described.fields);
  return withRecordType(rest, { ...object, fields: known }, recordTypeInfos, recordType);
}

/** A value without a label is its own label. */
const entryOf = ({
  value,
  label,
  active,
}: {
  value: string;
  label?: string | null | undefined;
  active: boolean;
}): PicklistEntry => ({
  value,
  label: label?.trim() || value,
  active,
});

export interface Schema {
  objects: ReadonlyMap<string, SalesforceObject>;
  /** Requested objects that do not exist. */
  missing: string[];
  /** The describe's type of a field, which distinguishes a date in an event from a number. */
  fieldType(object: string, field: string): string | undefined;
}

/** One API call per object. @param recordTypes of new records, by object. @throws PeerError */
export async function readSchema(
  rest: Rest,
  names: Iterable<string>,
  recordTypes: Readonly<Record<string, string>> = {},
): Promise<Schema> {
  const queued = [...new Set(names)];
  const described = await Promise.all(queued.map((name) => describeObject(rest, name, recordTypes[name])));
  const objects = new Map(described.flatMap((object) => (object ? [[object.name, object] as const] : [])));
  return {
    objects,
    missing: queued.filter((name) => !objects.has(name)),
    fieldType: (object, field) => objects.get(object)?.fields[field]?.type,
  };
}

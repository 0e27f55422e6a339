// What the User Interface API says of objects and picklists. Shapes: User Interface API Developer Guide, "Object Info",
// "Field", "Reference To Info", "Picklist Values", "Picklist Values Collection".
import { PlatformError, type FieldDef, type ObjectDef } from '../model.ts';
import { MASTER_RECORD_TYPE } from '../recordTypes.ts';
import type { Org } from '../org.ts';
import type { Schema } from '../schema.ts';
import { childRelationshipName } from '../soql/children.ts';
import { partName } from '../soql/select.ts';
import type { Display } from './display.ts';
import { themeOf } from './theme.ts';

type Json = Record<string, unknown>;

/** The record type of records without one. */
export { MASTER_RECORD_TYPE };

const DATA_TYPES: Readonly<Record<string, string>> = {
  id: 'Reference',
  reference: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  location: 'Location',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  combobox: 'ComboBox',
  phone: 'Phone',
  email: 'Email',
  url: 'Url',
  encryptedstring: 'EncryptedString',
  address: 'Address',
};
const NUMERIC = new Set(['double', 'currency', 'percent']);
const PICKLISTS = new Set(['picklist', 'multipicklist']);
const PERSONS = new Set(['Contact', 'Lead', 'User']);

/** Platform events are messages, not records with a page. @throws PlatformError INVALID_TYPE */
export function uiObject(schema: Schema, name: string): ObjectDef {
  const object = schema.find(name);
  if (object?.kind === 'record') return object;
  throw new PlatformError('INVALID_TYPE', `Object ${name} is not supported in UI API`);
}

export function isPerson({ name }: ObjectDef): boolean {
  return PERSONS.has(name);
}

export function nameFields(object: ObjectDef): string[] {
  if (PERSONS.has(object.name)) return ['FirstName', 'LastName', 'Name'];
  if (object.name === 'Task') return ['Subject'];
  return object.fields.has('Name') ? ['Name'] : [];
}

export function directoryEntry(object: ObjectDef, base: string, display: Display): Json {
  const { name: apiName, keyPrefix } = object;
  const label = display.label(object);
  const labelPlural = display.labelPlural(object);
  const objectInfoUrl = `${base}/ui-api/object-info/${apiName}`;
  return { apiName, keyPrefix, label, labelPlural, nameFields: nameFields(object), objectInfoUrl };
}

/** @param user who asks: his record types and his default; the master alone where it is left out */
export function objectInfo(org: Org, object: ObjectDef, display: Display, user = ''): Json {
  const { schema } = org;
  const recordTypes = org.recordTypes.infos(user, object.name);
  const allows = (operation: 'create' | 'update' | 'delete'): boolean => !object.refuses?.includes(operation);
  return {
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: childRelationships(schema, object),
    compactLayoutable: true,
    createable: allows('create'),
    custom: object.custom,
    defaultRecordTypeId: recordTypes.find(({ isDefault }) => isDefault)?.id ?? MASTER_RECORD_TYPE,
    deletable: allows('delete'),
    dependentFields: {},
    feedEnabled: false,
    fields: Object.fromEntries(
      [...object.fields.values()].map((field) => [field.name, fieldInfo(schema, object, field, display)]),
    ),
    keyPrefix: object.keyPrefix,
    label: display.label(object),
    labelPlural: display.labelPlural(object),
    layoutable: true,
    mruEnabled: false,
    nameFields: nameFields(object),
    queryable: true,
    recordTypeInfos: Object.fromEntries(
      recordTypes.map(({ id, name, available, isDefault, isMaster }) => [
        id,
        { available, defaultRecordTypeMapping: isDefault, master: isMaster, name, recordTypeId: id },
      ]),
    ),
    searchLayoutable: true,
    searchable: true,
    themeInfo: themeOf(org, object),
    updateable: allows('update'),
  };
}

export function masterRecordType(): Json {
  return {
    available: true,
    defaultRecordTypeMapping: true,
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE,
  };
}

function childRelationships(schema: Schema, object: ObjectDef): Json[] {
  return schema.objects().flatMap((child) =>
    [...child.fields.values()]
      .filter((field) => field.referenceTo.includes(object.name))
      .flatMap((field) => {
        const relationshipName = childRelationshipName(child, field);
        if (relationshipName === undefined) return [];
        return {
          childObjectApiName: child.name,
          fieldName: field.name,
          junctionIdListNames: [],
          junctionReferenceTo: [],
          relationshipName,
        };
      }),
  );
}

function fieldInfo(schema: Schema, object: ObjectDef, field: FieldDef, display: Display): Json {
  const compound = field.compoundFieldName === null ? undefined : object.fields.get(field.compoundFieldName);
  return {
    apiName: field.name,
    calculated: field.calculation !== undefined,
    compound:
      field.type === 'address' || field.type === 'location' || (field.name === 'Name' && PERSONS.has(object.name)),
    compoundComponentName: compound ? capital(partOf(compound, field)) : null,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    controllingFields: [],
    createable: field.createable,
    custom: field.custom,
    dataType: DATA_TYPES[field.type] ?? 'String',
    extraTypeInfo: extraTypeInfo(object, field),
    filterable: field.filterable,
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted ?? false,
    inlineHelpText: display.help(object, field),
    label: display.fieldLabel(object, field),
    length: NUMERIC.has(field.type) ? 0 : field.length,
    maskType: field.mask?.type ?? null,
    nameField: field.name === 'Name' || nameFields(object).includes(field.name),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: NUMERIC.has(field.type) ? field.precision : 0,
    reference: field.type === 'reference',
    referenceTargetField: null,
    referenceToInfos: field.referenceTo.map((apiName) => {
      const target = schema.find(apiName);
      return { apiName, nameFields: target ? nameFields(target) : ['Name'] };
    }),
    relationshipName: field.relationshipName,
    required: isRequired(field),
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    sortable: field.filterable && field.type !== 'multipicklist',
    unique: field.unique,
    updateable: field.updateable,
  };
}

/** Nobody fills it but who saves the record. */
export function isRequired(field: FieldDef): boolean {
  return !field.nillable && field.createable && !field.defaultedOnCreate;
}

/** A name's parts are fields of their own names; an address's are named within it. */
function partOf(compound: FieldDef, field: FieldDef): string {
  return compound.type === 'address' || compound.type === 'location' ? partName(compound, field.name) : field.name;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function extraTypeInfo(object: ObjectDef, field: FieldDef): string | null {
  if (field.type === 'textarea') return field.htmlFormatted ? 'RichTextArea' : 'PlainTextArea';
  return field.name === 'Name' && PERSONS.has(object.name) ? 'PersonName' : null;
}

/** @throws PlatformError where the record type is not that of the object, or the field has no list */
export function picklistValues(
  object: ObjectDef,
  recordTypeId: string,
  field: FieldDef,
  base: string,
  display: Display,
  holds: (field: FieldDef, value: string) => boolean = () => true,
): Json {
  if (!PICKLISTS.has(field.type)) {
    throw new PlatformError('INVALID_FIELD', `Field ${field.name} of ${object.name} is not a picklist`);
  }
  const values = field.picklistValues
    .filter(({ active, value }) => active && holds(field, value))
    .map(({ value, defaultValue }) => ({
      body: { attributes: null, label: display.picklistLabel(object, field, value), validFor: [], value },
      defaultValue,
    }));
  return {
    controllerValues: {},
    defaultValue: values.find(({ defaultValue }) => defaultValue)?.body ?? null,
    url: `${base}/ui-api/object-info/${object.name}/picklist-values/${recordTypeId}/${field.name}`,
    values: values.map(({ body }) => body),
  };
}

export function allPicklistValues(
  object: ObjectDef,
  recordTypeId: string,
  base: string,
  display: Display,
  holds: (field: FieldDef, value: string) => boolean,
): Json {
  const fields = [...object.fields.values()].filter(({ type }) => PICKLISTS.has(type));
  const picklistFieldValues = Object.fromEntries(
    fields.map((field) => [field.name, picklistValues(object, recordTypeId, field, base, display, holds)]),
  );
  return { picklistFieldValues };
}

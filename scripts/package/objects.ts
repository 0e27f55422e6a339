// The objects and fields of the package, read from their files, with the fields that the platform adds by itself.
import { filesOf, type PackageSource } from './source.ts';
import { standardFields } from './standardObjects.ts';
import { child, children, textOf, textsOf, type XmlElement } from './xml.ts';

/** `record`: a custom object · `event`: a platform event · `standard`: a standard object that the package adds fields to. */
export type ObjectKind = 'record' | 'event' | 'standard';

export interface PackageField {
  object: string;
  name: string;
  path: string;
  label: string;
  type: string;
  length?: number;
  precision?: number;
  scale?: number;
  required: boolean;
  unique: boolean;
  externalId: boolean;
  caseSensitive: boolean;
  defaultValue?: string;
  /** Of a lookup: the object it points to, and what that object calls the records that point to it. */
  referenceTo?: string;
  relationshipName?: string;
  trackHistory: boolean;
  help: string;
  /** API values of a picklist's own value set, in order. */
  values: { name: string; label: string }[];
  restricted: boolean;
}

export interface PackageObject {
  name: string;
  kind: ObjectKind;
  /** Of the object's own file; undefined for a standard object. */
  path?: string;
  label: string;
  pluralLabel: string;
  description: string;
  /** Only for events. */
  publishBehavior?: string;
  /** The label and, for an auto-number, the format of Name; undefined for events and standard objects. */
  nameField?: { label: string; format?: string };
  /** Custom fields by API name, in order of name. */
  fields: Map<string, PackageField>;
}

/** On every record of a custom object, whatever its definition says. */
const RECORD_FIELDS = [
  'Id',
  'Name',
  'OwnerId',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
];
/** On every message of a platform event. */
const EVENT_FIELDS = ['ReplayId', 'EventUuid', 'CreatedDate', 'CreatedById'];

/** By API name, in order of name. */
export function readObjects(source: PackageSource): Map<string, PackageObject> {
  const objects = new Map<string, PackageObject>();
  for (const { name, path, root } of filesOf(source, 'CustomObject')) {
    const nameField = child(root, 'nameField');
    const publishBehavior = textOf(root, 'publishBehavior');
    const format = nameField && textOf(nameField, 'displayFormat');
    objects.set(name, {
      name,
      kind: kindOf(name),
      path,
      label: textOf(root, 'label') ?? '',
      pluralLabel: textOf(root, 'pluralLabel') ?? '',
      description: textOf(root, 'description') ?? '',
      ...(publishBehavior === undefined ? {} : { publishBehavior }),
      ...(nameField
        ? { nameField: { label: textOf(nameField, 'label') ?? '', ...(format === undefined ? {} : { format }) } }
        : {}),
      fields: new Map(),
    });
  }
  for (const field of readFields(source)) {
    const object = objects.get(field.object) ?? standardObject(field.object);
    objects.set(object.name, object);
    object.fields.set(field.name, field);
  }
  return new Map([...objects].sort(([a], [b]) => a.localeCompare(b)));
}

function readFields(source: PackageSource): PackageField[] {
  return filesOf(source, 'CustomField').map(({ name, path, root }) => {
    const valueSet = child(root, 'valueSet');
    const definition = valueSet && child(valueSet, 'valueSetDefinition');
    const defaultValue = textOf(root, 'defaultValue');
    return {
      object: path.split('/').at(-3) ?? '',
      name,
      path,
      label: textOf(root, 'label') ?? '',
      type: textOf(root, 'type') ?? '',
      ...numberOf('length', textOf(root, 'length')),
      ...numberOf('precision', textOf(root, 'precision')),
      ...numberOf('scale', textOf(root, 'scale')),
      required: textOf(root, 'required') === 'true',
      unique: textOf(root, 'unique') === 'true',
      externalId: textOf(root, 'externalId') === 'true',
      caseSensitive: textOf(root, 'caseSensitive') === 'true',
      trackHistory: textOf(root, 'trackHistory') === 'true',
      ...(defaultValue === undefined ? {} : { defaultValue }),
      ...textIn(root, 'referenceTo'),
      ...textIn(root, 'relationshipName'),
      help: textOf(root, 'inlineHelpText') ?? '',
      restricted: valueSet !== undefined && textOf(valueSet, 'restricted') === 'true',
      values: (definition ? children(definition, 'value') : []).map((value) => ({
        name: textsOf(value, 'fullName').join(''),
        label: textsOf(value, 'label').join(''),
      })),
    };
  });
}

function numberOf<Key extends string>(key: Key, text: string | undefined): Partial<Record<Key, number>> {
  return text === undefined ? {} : ({ [key]: Number(text) } as Record<Key, number>);
}

function textIn<Key extends string>(root: XmlElement, key: Key): Partial<Record<Key, string>> {
  const text = textOf(root, key);
  return text === undefined ? {} : ({ [key]: text } as Record<Key, string>);
}

function kindOf(name: string): ObjectKind {
  if (name.endsWith('__e')) return 'event';
  return name.endsWith('__c') ? 'record' : 'standard';
}

function standardObject(name: string): PackageObject {
  return { name, kind: kindOf(name), label: name, pluralLabel: name, description: '', fields: new Map() };
}

/** Whether the object is one of the package or a standard one that the facts describe. */
export function isKnown(objects: ReadonlyMap<string, PackageObject>, object: string): boolean {
  return objects.has(object) || standardFields().has(object);
}

/** Whether the object has the field: of the package, of the standard facts, or one that the platform adds by itself. */
export function hasField(objects: ReadonlyMap<string, PackageObject>, object: string, field: string): boolean {
  if (objects.get(object)?.fields.has(field)) return true;
  if (kindOf(object) === 'event') return EVENT_FIELDS.includes(field);
  if (standardFields().get(object)?.has(field)) return true;
  return RECORD_FIELDS.filter((name) => name !== 'Name' || kindOf(object) === 'record').includes(field);
}

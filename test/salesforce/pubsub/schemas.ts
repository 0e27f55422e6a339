// Avro schemas of the org's events, made from its objects as they are when an event is made. A change of fields makes
// another schema with another id; an id that was once given keeps its schema, so an old event stays readable.
import { createHash } from 'node:crypto';
import avsc, { type Type } from 'avsc';
import { blankOf } from '../blank.ts';
import type { FieldDef, FieldType, FieldValue, ObjectDef, Row } from '../model.ts';
import { ENCODED_HEADER, PUBLISHED_HEADER } from './header.ts';

type AvroField = { name: string; type: unknown; doc?: string; default?: null };

/** One field of an event's record, at its Avro position. */
export interface EventField {
  name: string;
  position: number;
  /** For a plain field. */
  source?: FieldDef;
  /** For a compound, in the order of its record; `source` is undefined where the org lacks the part. */
  parts?: { name: string; source: FieldDef | undefined }[];
  /** The compound with every part empty. */
  blank?: Record<string, null>;
}

export interface EventSchema {
  /** Fingerprint of the schema: 22 characters, MD5 in URL-safe base 64, as the platform's look. */
  id: string;
  json: string;
  recordName: string;
  object: string;
  fields: EventField[];
  /** Names of the object's fields that the event has, whether by themselves or as parts. */
  sources: string[];
  /** The event with every field empty, but for what it says of itself (header, creation). */
  blank: Record<string, null>;
  type: Type;
}

const NAMESPACE = 'com.sforce.eventbus';
/** Never in an event: the id stands in the header, the others are derived or internal (guide, "Change Event Body"). */
const LEFT_OUT = new Set([
  'Id',
  'IsDeleted',
  'SystemModstamp',
  'LastActivityDate',
  'LastViewedDate',
  'LastReferencedDate',
  'PhotoUrl',
  'ReplayId',
  'EventUuid',
]);

const ADDRESS_PARTS: [string, string][] = [
  ['Street', 'string'],
  ['City', 'string'],
  ['State', 'string'],
  ['PostalCode', 'string'],
  ['Country', 'string'],
  ['StateCode', 'string'],
  ['CountryCode', 'string'],
  ['Latitude', 'double'],
  ['Longitude', 'double'],
  ['GeocodeAccuracy', 'string'],
];
const PLACE_PARTS: [string, string][] = [
  ['Latitude', 'double'],
  ['Longitude', 'double'],
];
const NAME_PARTS: [string, string][] = [
  ['Salutation', 'string'],
  ['FirstName', 'string'],
  ['LastName', 'string'],
];

const AVRO_TYPES: Partial<Record<FieldType, string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'double',
  percent: 'double',
  date: 'long',
  datetime: 'long',
  time: 'long',
};
const DOCS: Record<FieldType, string> = {
  id: 'EntityId',
  string: 'Text',
  textarea: 'StringPlusClob',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'DateOnly',
  datetime: 'DateTime',
  picklist: 'DynamicEnum',
  multipicklist: 'MultiEnum',
  combobox: 'EnumOrId',
  reference: 'EntityId',
  phone: 'Phone',
  email: 'Email',
  url: 'Url',
  encryptedstring: 'EncryptedText',
  time: 'TimeOnly',
  location: 'Location',
  address: 'Address',
};

const optional = (type: unknown): unknown[] => ['null', type];
const partsRecord = (name: string, parts: [string, string][]): object => ({
  type: 'record',
  name,
  fields: parts.map(([part, type]) => ({ name: part, type: optional(type), default: null })),
});

/** `LeadChangeEvent` for Lead, `Foo__ChangeEvent` for Foo__c. */
export function changeEventName(object: string): string {
  return object.endsWith('__c') ? `${object.slice(0, -1)}ChangeEvent` : `${object}ChangeEvent`;
}

/** The reverse; undefined for what is no change event. */
export function objectOfChangeEvent(entity: string): string | undefined {
  if (!entity.endsWith('ChangeEvent')) return undefined;
  const base = entity.slice(0, -'ChangeEvent'.length);
  return base.endsWith('__') ? `${base}c` : base;
}

/**
 * Formulas, roll-up summaries and encrypted texts are in no change event (guide, "Change Event Trigger Considerations", "Capturing
 * Changes and Encrypting the Event Payload": classic encryption is not supported).
 */
const isNeverCaptured = ({ calculation, type }: FieldDef): boolean =>
  calculation !== undefined || type === 'encryptedstring';

/** The present schema of an object's change event. */
export function changeEventSchema(object: ObjectDef): EventSchema {
  const fields: EventField[] = [];
  const avro: AvroField[] = [
    { name: 'ChangeEventHeader', type: PUBLISHED_HEADER, doc: 'ChangeEventHeader:ChangeEventHeader' },
  ];
  const named = new Set<string>();
  const add = (field: Omit<EventField, 'position'>, avroField: AvroField): void => {
    fields.push({ ...field, position: avro.length });
    avro.push({ ...avroField, default: null });
  };
  /** A record is written out where it first stands, and named afterwards. */
  const recordOnce = (name: string, parts: [string, string][]): unknown => {
    if (named.has(name)) return name;
    named.add(name);
    return partsRecord(name, parts);
  };

  const compounds = new Set<string>();
  for (const field of object.fields.values()) {
    if (LEFT_OUT.has(field.name) || isNeverCaptured(field)) continue;
    const compound = compoundOf(object, field);
    if (!compound) {
      const plain = optional(AVRO_TYPES[field.type] ?? 'string');
      // A business account's name is text, a person account's a record; both stand in the schema.
      if (object.name === 'Account' && field.name === 'Name')
        plain.push(partsRecord('Switchable_PersonName', NAME_PARTS));
      add({ name: field.name, source: field }, { name: field.name, type: plain, doc: docOf(field) });
      continue;
    }
    if (compounds.has(compound)) continue;
    compounds.add(compound);
    const kind = compoundKind(compound);
    const { parts } = kind;
    add(
      {
        name: compound,
        parts: parts.map(([name]) => ({ name, source: object.fields.get(kind.fieldOf(name)) })),
        blank: blankOf(parts.map(([name]) => name)),
      },
      {
        name: compound,
        type: optional(recordOnce(kind.record, parts)),
        doc: kind.doc,
      },
    );
  }
  return finish(changeEventName(object.name), object.name, fields, avro);
}

interface CompoundKind {
  parts: [string, string][];
  record: string;
  doc: string;
  /** The field of the org that a part is. */
  fieldOf: (part: string) => string;
}

function compoundKind(compound: string): CompoundKind {
  if (compound.endsWith('__c')) {
    const stem = compound.slice(0, -1);
    return { parts: PLACE_PARTS, record: 'Location', doc: 'Data:Location', fieldOf: (part) => `${stem}${part}__s` };
  }
  if (!compound.endsWith('Address'))
    return { parts: NAME_PARTS, record: 'PersonName', doc: 'Name:PersonName', fieldOf: (part) => part };
  const prefix = compound.slice(0, -'Address'.length);
  return { parts: ADDRESS_PARTS, record: 'Address', doc: 'Data:Address', fieldOf: (part) => prefix + part };
}

/** The present schema of a platform event. */
export function platformEventSchema(object: ObjectDef): EventSchema {
  const fields: EventField[] = [];
  const avro: AvroField[] = [
    { name: 'CreatedDate', type: 'long', doc: 'CreatedDate:DateTime' },
    { name: 'CreatedById', type: 'string', doc: 'CreatedBy:EntityId' },
  ];
  for (const field of object.fields.values()) {
    if (LEFT_OUT.has(field.name) || field.name === 'CreatedDate' || field.name === 'CreatedById') continue;
    fields.push({ name: field.name, position: avro.length, source: field });
    avro.push({
      name: field.name,
      type: optional(AVRO_TYPES[field.type] ?? 'string'),
      doc: docOf(field),
      default: null,
    });
  }
  return finish(object.name, object.name, fields, avro);
}

/** A field's value as its event carries it: dates and times in ms since the epoch, all else as it is. */
export function avroValue(field: FieldDef | undefined, row: Row): FieldValue {
  const value = field ? (row[field.name] ?? null) : null;
  if (value === null || field === undefined) return null;
  if (field.type === 'time') return Date.parse(`1970-01-01T${String(value)}`);
  return field.type === 'date' || field.type === 'datetime' ? Date.parse(String(value)) : value;
}

/** The reverse, for events that a client publishes. */
export function rowValue(field: FieldDef, value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (field.type === 'date') return new Date(Number(value)).toISOString().slice(0, 10);
  if (field.type === 'datetime') return new Date(Number(value)).toISOString();
  return typeof value === 'bigint' ? Number(value) : (value as FieldValue);
}

/** Larger than nearly every event. */
const USUAL_BYTES = 16_384;
const scratch = Buffer.alloc(USUAL_BYTES);

/** The event's payload. Small ones share memory: a buffer with memory of its own is much of what an event costs. */
export function encode(type: Type, body: Record<string, unknown>): Buffer {
  const end = type.encode(body, scratch, 0);
  return end < 0 ? type.toBuffer(body) : Buffer.from(scratch.subarray(0, end));
}

function compoundOf(object: ObjectDef, field: FieldDef): string | undefined {
  if (field.compoundFieldName) return field.compoundFieldName;
  if (field.type === 'address' || field.type === 'location') return field.name;
  for (const other of object.fields.values()) if (other.compoundFieldName === field.name) return field.name;
  return undefined;
}

function docOf(field: FieldDef): string {
  const type = DOCS[field.type];
  if (field.name === 'CreatedDate' || field.name === 'LastModifiedDate') return `${field.name}:${type}`;
  if (field.name === 'CreatedById' || field.name === 'LastModifiedById') return `${field.name.slice(0, -2)}:${type}`;
  return `${field.type === 'reference' ? 'ForeignKey' : 'Data'}:${type}`;
}

function finish(recordName: string, object: string, fields: EventField[], avro: AvroField[]): EventSchema {
  const bare = { name: recordName, namespace: NAMESPACE, type: 'record', fields: avro };
  const id = createHash('md5').update(JSON.stringify(bare)).digest('base64url');
  const encoded = avro.map((field) => (field.type === PUBLISHED_HEADER ? { ...field, type: ENCODED_HEADER } : field));
  return {
    id,
    json: JSON.stringify({ ...bare, uuid: id }),
    recordName,
    object,
    fields,
    sources: fields.flatMap((field) => (field.parts ?? [field]).flatMap(({ source }) => source?.name ?? [])),
    blank: blankOf(avro.map(({ name }) => name)),
    type: avsc.Type.forSchema({ ...bare, fields: encoded } as avsc.Schema),
  };
}

// Decodes the Avro record of an event. A change event becomes one change per record, with the field names and value shapes of
// REST; a platform event becomes its fields. In an update a null means nothing by itself: only the lists of the header say which
// fields changed and which were cleared.
// Source: Change Data Capture Developer Guide, "Change Event Fields"; Pub/Sub API guide, "Event Deserialization
// Considerations".
import { z } from 'zod';
import { fastSchema } from '../../lib/fastSchema.ts';
import type { SalesforceChange } from '../../model/change.ts';
import { FOLLOWED_OBJECTS } from '../../model/salesforce.ts';
import type { FollowedObject, SalesforceFields, SalesforceValue } from '../../model/salesforce.ts';
import type { EventSchema, SchemaField } from './avro.ts';
import { fieldPositions } from './bitmap.ts';
import type { FieldPositions } from './bitmap.ts';

/** Describe's type of a field (`date`, `datetime` …), or undefined where the object or field is not known. */
export type FieldTypes = (object: string, field: string) => string | undefined;

export type DecodedEvent =
  /** One change per record; empty for an object that the bridge does not follow. */
  | { kind: 'change'; replayId: string; at: number; object: string; changes: SalesforceChange[] }
  /** Changes of this object without an event of their own: more than 100,000 in a transaction, or ids that are only a pattern. */
  | { kind: 'overflow'; replayId: string; at: number; object: string }
  /** A platform event. */
  | { kind: 'message'; replayId: string; at: number; entity: string; fields: SalesforceFields }
  /** An event that cannot be decoded. It names its records where its header can be decoded. */
  | { kind: 'undecodable'; replayId: string; at: number; error: string; object?: string; recordIds?: string[] };

const headerSchema = z.object({
  entityName: z.string(),
  recordIds: z.array(z.string()),
  changeType: z.string(),
  changeOrigin: z.string(),
  commitTimestamp: z.number(),
  commitUser: z.string(),
  nulledFields: z.array(z.string()),
  diffFields: z.array(z.string()).default([]),
  changedFields: z.array(z.string()),
});
type Header = z.infer<typeof headerSchema>;
const anyHeader = fastSchema(headerSchema);

const KINDS: Record<string, SalesforceChange['kind']> = {
  CREATE: 'create',
  UPDATE: 'update',
  DELETE: 'delete',
  UNDELETE: 'undelete',
  GAP_CREATE: 'gap',
  GAP_UPDATE: 'gap',
  GAP_DELETE: 'gap',
  GAP_UNDELETE: 'gap',
};

/**
 * Never throws: an event that cannot be decoded becomes `undecodable`, so that it does not block the events after it.
 * @param now ms since the epoch, for events without a readable time
 */
export function decodeEvent(
  schema: EventSchema,
  payload: Buffer,
  replayId: string,
  types: FieldTypes,
  now: number,
): DecodedEvent {
  try {
    const record = schema.decode(payload);
    if (schema.fields[0]?.name !== 'ChangeEventHeader') return decodeMessage(schema, record, replayId, types, now);
    return decodeChange(schema, record, replayId, types);
  } catch (error) {
    return { ...undecodable(replayId, error, now), ...recordsOf(schema, payload) };
  }
}

export function undecodable(replayId: string, error: unknown, now: number): DecodedEvent & { kind: 'undecodable' } {
  return { kind: 'undecodable', replayId, at: now, error: error instanceof Error ? error.message : String(error) };
}

/** The header is the first field, so it can often be decoded when a later field cannot. */
function recordsOf(schema: EventSchema, payload: Buffer): { object?: string; recordIds?: string[] } {
  try {
    const header = anyHeader().parse(schema.decodeFirst(payload));
    return { object: header.entityName, recordIds: header.recordIds };
  } catch {
    return {};
  }
}

function decodeChange(
  schema: EventSchema,
  record: Record<string, unknown>,
  replayId: string,
  types: FieldTypes,
): DecodedEvent {
  const header = anyHeader().parse(record['ChangeEventHeader']);
  const { entityName: object, commitTimestamp: at } = header;
  // `001*` stands for records whose ids the event does not carry.
  const nameless = header.recordIds.some((id) => id.includes('*'));
  if (header.changeType === 'GAP_OVERFLOW' || nameless) return { kind: 'overflow', replayId, at, object };
  if (!isFollowed(object)) return { kind: 'change', replayId, at, object, changes: [] };
  const { kind, fields } = contentOf(schema, record, header, types);
  const undeleted = header.changeType === 'GAP_UNDELETE' ? { undeleted: true as const } : {};
  const changes = header.recordIds.map((recordId): SalesforceChange => {
    const { commitUser: user, changeOrigin: origin } = header;
    return { ...undeleted, source: 'salesforce', eventId: replayId, at, object, recordId, kind, fields, user, origin };
  });
  return { kind: 'change', replayId, at, object, changes };
}

const isFollowed = (object: string): object is FollowedObject =>
  (FOLLOWED_OBJECTS as readonly string[]).includes(object);

function contentOf(
  schema: EventSchema,
  record: Record<string, unknown>,
  header: Header,
  types: FieldTypes,
): Pick<SalesforceChange, 'kind' | 'fields'> {
  const kind = KINDS[header.changeType];
  if (!kind) throw new RangeError(`The change type ${header.changeType} is not known.`);
  // A long text sent as a diff cannot be rebuilt without the previous text, so the record is read instead.
  if (kind === 'gap' || header.diffFields.length > 0) return { kind: 'gap', fields: {} };
  if (kind === 'delete') return { kind, fields: {} };
  const values = kind === 'update' ? updated(schema, record, header) : present(schema, record);
  const fields: SalesforceFields = {};
  for (const { name, doc, value } of values)
    if (kind === 'update' || value !== null) fields[name] = restValue(value, types(header.entityName, name), doc);
  return { kind, fields };
}

/** `part`: position in the compound field; -1 for a value without parts. */
interface FieldValue {
  name: string;
  doc: string;
  value: unknown;
  part: number;
}

/** A creation carries every field. A null is left out: the field may be hidden, so a null says no more than its absence. */
function present(schema: EventSchema, record: Record<string, unknown>): FieldValue[] {
  return schema.fields.slice(1).flatMap((field) => valuesOf(field, record[field.name]));
}

/** @throws RangeError when the header lists a position that the schema does not have */
function updated(schema: EventSchema, record: Record<string, unknown>, header: Header): FieldValue[] {
  const changed = fieldPositions(header.changedFields);
  const nulled = fieldPositions(header.nulledFields);
  const listed = new Set([...changed.top, ...changed.nested.keys(), ...nulled.top, ...nulled.nested.keys()]);
  return [...listed]
    .sort((a, b) => a - b)
    .flatMap((position) => {
      const field = schema.fields[position];
      if (!field)
        throw new RangeError(`The header lists field ${position}, and the schema has ${schema.fields.length}.`);
      return valuesOf(field, record[field.name]).filter((value) => isListed(value, position, changed, nulled));
    });
}

/** Whether the header lists the value, or the part of the compound field that it is. */
function isListed(
  { part, value }: FieldValue,
  position: number,
  changed: FieldPositions,
  nulled: FieldPositions,
): boolean {
  if (part < 0) return true;
  const parts = changed.nested.get(position);
  if (parts?.has(part) || nulled.nested.get(position)?.has(part)) return true;
  if (parts) return false;
  // The compound is listed as a whole: every part when it was cleared, otherwise the parts with a value.
  return nulled.top.has(position) || (changed.top.has(position) && value !== null);
}

/** A value under its REST name; a compound field gives one value per part. An Account's Name is text, or a compound for a person account. */
function valuesOf(field: SchemaField, raw: unknown): FieldValue[] {
  const value = unwrap(raw);
  const { name, doc, parts } = field;
  if (!parts || typeof value === 'string') return [{ name, doc, value, part: -1 }];
  const values = (value ?? {}) as Record<string, unknown>;
  return parts.map((part, index) => ({
    name: partName(name, part),
    doc: '',
    value: unwrap(values[part] ?? null),
    part: index,
  }));
}

/** avsc returns `{ branch: value }` for a union whose branches it cannot distinguish by value. */
function unwrap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  const [only = ''] = keys;
  return keys.length === 1 && /^(string|int|long|float|double|boolean|bytes)$/.test(only)
    ? (value as Record<string, unknown>)[only]
    : value;
}

/** `Name.FirstName` → FirstName, `BillingAddress.Street` → BillingStreet, `Address.City` → City, `Site__c.City` → Site__City__s. */
export function partName(compound: string, part: string): string {
  if (compound === 'Name') return part;
  if (compound.endsWith('__c')) return `${compound.slice(0, -1)}${part}__s`;
  return `${compound.replace(/Address$/, '')}${part}`;
}

function decodeMessage(
  schema: EventSchema,
  record: Record<string, unknown>,
  replayId: string,
  types: FieldTypes,
  now: number,
): DecodedEvent {
  const { CreatedDate: createdDate } = record;
  const fields: SalesforceFields = {};
  for (const { name, doc } of schema.fields)
    fields[name] = restValue(unwrap(record[name]), types(schema.name, name), doc);
  const at = typeof createdDate === 'number' ? createdDate : now;
  return { kind: 'message', replayId, at, entity: schema.name, fields };
}

/**
 * The value as REST returns it. Dates and times are numbers in an event. The documentation text of its schema distinguishes them;
 * where it does not say, the describe does. @throws RangeError for a value without a plain REST form
 */
function restValue(value: unknown, type: string | undefined, doc: string): SalesforceValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    // The schema is the event's own: of a field whose type was changed, the describe is out of date.
    const kind = /:(DateOnly|DateTime|TimeOnly)\b/.exec(doc)?.[1] ?? type;
    if (kind === 'date' || kind === 'DateOnly') return new Date(value).toISOString().slice(0, 10);
    if (kind === 'datetime' || kind === 'DateTime') return new Date(value).toISOString();
    if (kind === 'time' || kind === 'TimeOnly') return new Date(value).toISOString().slice(11);
    return value;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  throw new RangeError(`A field holds a ${typeof value}, which REST has no plain value for.`);
}

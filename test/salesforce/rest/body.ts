// A record as a client sends it, turned into fields: `attributes` is taken off, and a parent given by its external id
// (`"Account": { "Ext__c": "x" }`) becomes the reference.
import { PlatformError, type FieldDef, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { invalidType } from '../schema.ts';
import { toStored, wrongType } from '../values.ts';

export type Body = Record<string, unknown>;

/** @throws PlatformError JSON_PARSER_ERROR where the body is no JSON object */
export function asRecord(body: unknown): Body {
  if (body === undefined) {
    const message = 'The HTTP entity body is required, but this request has no entity body.';
    throw new PlatformError('JSON_PARSER_ERROR', message);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw wrongType('sobject', body);
  return body as Body;
}

/** The object that a record of a collection says it is. */
export function typeOf(org: Org, record: Body): ObjectDef {
  const attributes = record['attributes'];
  const type =
    typeof attributes === 'object' && attributes !== null && 'type' in attributes ? attributes.type : undefined;
  if (typeof type !== 'string') throw invalidType('null');
  return org.schema.object(type);
}

/** `omit` names what identifies the record and is no field to be written. */
export function fieldsOf(org: Org, object: ObjectDef, record: Body, omit: readonly string[] = []): Body {
  let plain = true;
  for (const name in record) {
    const value = record[name];
    if (name === 'attributes' || (typeof value === 'object' && value !== null) || isOmitted(name, omit)) plain = false;
  }
  if (plain) return record;
  const fields: Body = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes' || isOmitted(name, omit)) continue;
    const relationship =
      typeof value === 'object' && value !== null ? org.schema.relationship(object, name) : undefined;
    if (relationship) fields[relationship.name] = findParent(org, relationship, asRecord(value));
    else fields[name] = value;
  }
  return fields;
}

function isOmitted(name: string, omit: readonly string[]): boolean {
  return omit.some((other) => other.toLowerCase() === name.toLowerCase());
}

function findParent(org: Org, relationship: FieldDef, given: Body): string {
  const keys = Object.entries(given).filter(([name]) => name !== 'attributes');
  const [key] = keys;
  const type =
    relationship.referenceTo.length === 1 ? org.schema.find(relationship.referenceTo[0] ?? '') : typeOf(org, given);
  const field = type && key && org.schema.field(type, key[0]);
  if (!type || !key || !field || keys.length !== 1 || !isIdentifier(field)) {
    const message = `A parent is named by one external id: ${relationship.relationshipName ?? relationship.name}`;
    throw new PlatformError('INVALID_FIELD', message, { fields: [relationship.name] });
  }
  const found = org.find(type.name, { [field.name]: toStored(field, key[1]) }, 2);
  const [only] = found;
  if (found.length === 1 && only) return String(only['Id']);
  const what = found.length === 0 ? 'not found' : 'matches several records';
  const message = `Foreign key external ID: ${String(key[1])} ${what} for field ${field.name} in entity ${type.name}`;
  throw new PlatformError('INVALID_FIELD', message, { fields: [relationship.name] });
}

/** Fields by which a record may be named from outside. */
export function isIdentifier(field: FieldDef): boolean {
  return field.externalId || field.type === 'id';
}

/** The records that carry this external id, at most two: more than one is ambiguous anyway. */
export function byExternalId(org: Org, object: ObjectDef, field: FieldDef, value: unknown): Row[] {
  const stored = toStored(field, typeof value === 'number' && !isNumber(field) ? String(value) : value);
  return stored === null ? [] : org.find(object.name, { [field.name]: stored }, 2);
}

function isNumber(field: FieldDef): boolean {
  return field.type === 'int' || field.type === 'double';
}

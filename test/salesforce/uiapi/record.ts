// A record as the User Interface API shows it: each field with its value and, where that differs, what people read.
// Source: User Interface API Developer Guide, "Record", "Field Value", "Get a Record".
import { PlatformError, type FieldDef, type ObjectDef, type Row } from '../model.ts';
import type { Org } from '../org.ts';
import { isStored } from '../tables.ts';
import type { Display } from './display.ts';
import { masterRecordType, MASTER_RECORD_TYPE } from './objectInfo.ts';

type Json = Record<string, unknown>;

/** A parent's fields are followed this far (`Contact.Account.Owner.Name`). */
const MAXIMUM_STEPS = 5;
/** In the answer of every record, whatever was asked for. */
const ALWAYS = ['Id'];

/**
 * @param fields qualified by the object: `Lead.Name`, `Lead.Owner.Name`
 * @param optional the same; those that do not exist are left out instead of being refused
 * @throws PlatformError INVALID_FIELD
 */
export function uiRecord(
  org: Org,
  object: ObjectDef,
  row: Row,
  fields: readonly string[],
  optional: readonly string[],
  display: Display,
): Json {
  const paths = ALWAYS.map((name) => [name]);
  for (const [list, required] of [
    [fields, true],
    [optional, false],
  ] as const) {
    for (const field of list) {
      const [first = '', ...path] = field.split('.').map((step) => step.trim());
      const known =
        path.length > 0 && path.length <= MAXIMUM_STEPS + 1 && first.toLowerCase() === object.name.toLowerCase();
      if (known && exists(org, object, path)) paths.push(path);
      else if (required) throw invalidField(field);
    }
  }
  return show(org, object, row, paths, display);
}

/** All fields that are stored: what a write answers with. */
export function wholeRecord(org: Org, object: ObjectDef, row: Row, display: Display): Json {
  const names = [...object.fields.values()].filter(isStored).map(({ name }) => [name]);
  return show(org, object, row, names, display);
}

function invalidField(name: string): PlatformError {
  return new PlatformError('INVALID_FIELD', `Invalid field: ${name}. The field does not exist or is not accessible.`);
}

function exists(org: Org, object: ObjectDef, path: readonly string[]): boolean {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    const field = org.schema.field(object, name);
    return field !== undefined && isStored(field);
  }
  const relationship = org.schema.relationship(object, name);
  return (relationship?.referenceTo ?? []).some((target) => {
    const parent = org.schema.find(target);
    return parent !== undefined && exists(org, parent, rest);
  });
}

function show(org: Org, object: ObjectDef, row: Row, paths: readonly (readonly string[])[], display: Display): Json {
  const fields: Json = {};
  const parents = new Map<FieldDef, string[][]>();
  for (const [name = '', ...rest] of paths) {
    if (rest.length === 0) {
      const field = org.schema.field(object, name);
      if (field && isStored(field)) fields[field.name] = fieldValue(object, field, row, display);
      continue;
    }
    const relationship = org.schema.relationship(object, name);
    if (relationship) parents.set(relationship, [...(parents.get(relationship) ?? []), rest]);
  }
  for (const [relationship, rest] of parents) {
    fields[relationship.relationshipName ?? relationship.name] = parentValue(org, relationship, row, rest, display);
  }
  return {
    apiName: object.name,
    childRelationships: {},
    fields,
    id: row['Id'],
    lastModifiedById: row['LastModifiedById'],
    lastModifiedDate: row['LastModifiedDate'],
    recordTypeId: MASTER_RECORD_TYPE,
    recordTypeInfo: masterRecordType(),
    systemModstamp: row['SystemModstamp'],
    weakEtag: Date.parse(String(row['SystemModstamp'])),
  };
}

function parentValue(
  org: Org,
  relationship: FieldDef,
  row: Row,
  paths: readonly (readonly string[])[],
  display: Display,
): Json {
  const id = row[relationship.name];
  const parent = typeof id === 'string' ? org.schema.byKeyPrefix(id.slice(0, 3)) : undefined;
  const found = parent && typeof id === 'string' ? org.get(parent.name, id) : undefined;
  if (!parent || !found) return { displayValue: null, value: null };
  const name = found['Name'] ?? found['Subject'] ?? null;
  return {
    displayValue: name,
    value: show(org, parent, found, [...ALWAYS.map((always) => [always]), ...paths], display),
  };
}

/** The display value is null where people read the value itself. */
function fieldValue(object: ObjectDef, field: FieldDef, row: Row, display: Display): Json {
  const value = row[field.name] ?? null;
  return { displayValue: display.value(object, field, value), value };
}

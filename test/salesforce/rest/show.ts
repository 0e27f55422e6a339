// A stored record as REST shows it: attributes first, the fields asked for (or all), compounds put together.
import type { FieldDef, ObjectDef, Row } from '../model.ts';
import { noSuchColumn } from '../rules.ts';
import type { Schema } from '../schema.ts';
import { compound, toJson, type JsonRecord } from '../soql.ts';
import { partName } from '../soql/select.ts';
import { isStored } from '../tables.ts';

/** @throws PlatformError INVALID_FIELD */
export function showRecord(
  schema: Schema,
  object: ObjectDef,
  row: Row,
  base: string,
  names?: readonly string[],
): JsonRecord {
  const fields = names ? names.map((name) => fieldOf(schema, object, name)) : [...object.fields.values()];
  const record: JsonRecord = {
    attributes: { type: object.name, url: `${base}/sobjects/${object.name}/${String(row['Id'])}` },
  };
  for (const field of fields) {
    record[field.name] = isStored(field) ? toJson(field, row[field.name] ?? null) : parts(object, field, row);
  }
  if (names && !('Id' in record)) record['Id'] = row['Id'] ?? null;
  return record;
}

function fieldOf(schema: Schema, object: ObjectDef, name: string): FieldDef {
  const field = schema.field(object, name.trim());
  if (!field) throw noSuchColumn(object, name.trim());
  return field;
}

function parts(object: ObjectDef, field: FieldDef, row: Row) {
  const found = [...object.fields.values()].filter((part) => part.compoundFieldName === field.name);
  return compound(found.map((part) => [partName(field, part.name), row[part.name] ?? null] as const));
}

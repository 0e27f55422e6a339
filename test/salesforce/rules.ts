// The data rules that look beyond one value: which fields a save may name, what is required, what must be unique,
// what a reference may point at. Each refusal carries the platform's code, its words and the fields concerned.
import { isAuditField } from './auditFields.ts';
import { toStored } from './values.ts';
import { PlatformError, type FieldDef, type FieldValue, type ObjectDef, type Row } from './model.ts';
import { perObject } from './perObject.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';

export type Operation = 'create' | 'update';

export interface Rules {
  /**
   * The given fields by their API names, each value as the record will hold it.
   * @param mayAudit whether audit fields may be set, where the operation can set them at all
   * @throws PlatformError INVALID_FIELD, INVALID_FIELD_FOR_INSERT_UPDATE and what `toStored` refuses
   */
  accept(object: ObjectDef, fields: Record<string, unknown>, operation: Operation, mayAudit?: () => boolean): Row;
  /** @throws PlatformError REQUIRED_FIELD_MISSING */
  requireFields(object: ObjectDef, row: Row): void;
  /** @throws PlatformError DUPLICATE_VALUE with the id of the record that holds the value */
  checkUnique(object: ObjectDef, id: string | undefined, values: Row): void;
  /** @throws PlatformError FIELD_INTEGRITY_EXCEPTION, INVALID_CROSS_REFERENCE_KEY, ENTITY_IS_DELETED, INACTIVE_OWNER_OR_USER */
  checkReferences(object: ObjectDef, values: Row): void;
}

export function createRules(schema: Schema, tables: Tables): Rules {
  const fieldsThat = (are: (field: FieldDef) => boolean): ((object: ObjectDef) => FieldDef[]) =>
    perObject(schema, ({ fields }) => [...fields.values()].filter(are));
  const uniqueFields = fieldsThat(({ unique }) => unique);
  const requiredFields = fieldsThat((field) => !field.nillable && field.createable && field.type !== 'boolean');
  const references = fieldsThat(({ type }) => type === 'reference');

  function accept(
    object: ObjectDef,
    fields: Record<string, unknown>,
    operation: Operation,
    mayAudit?: () => boolean,
  ): Row {
    const values: Row = {};
    const refused: string[] = [];
    for (const name in fields) {
      const value = fields[name];
      if (value === undefined) continue;
      const field = object.fields.get(name) ?? schema.field(object, name);
      if (!field) throw noSuchColumn(object, name);
      const writable = operation === 'create' ? field.createable : field.updateable;
      if (!writable && !(isAuditField(object, field.name) && mayAudit?.() === true)) refused.push(field.name);
      else values[field.name] = toStored(field, value);
    }
    if (refused.length > 0) throw notWritable(refused);
    return values;
  }

  function checkReference(field: FieldDef, id: string): void {
    const target = schema.byKeyPrefix(id.slice(0, 3));
    if (!target || !field.referenceTo.includes(target.name)) {
      throw new PlatformError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, {
        fields: [field.name],
      });
    }
    const found = tables.read(target, id);
    if (!found) {
      throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    }
    if (found['IsDeleted'] === true) {
      throw new PlatformError('ENTITY_IS_DELETED', 'entity is deleted');
    }
    if (field.name === 'OwnerId' && target.name === 'User' && found['IsActive'] === false) {
      const message = `operation performed with inactive user [${id}] as owner of record`;
      throw new PlatformError('INACTIVE_OWNER_OR_USER', message);
    }
  }

  return {
    accept,
    requireFields(object, row) {
      let missing: string[] | undefined;
      for (const field of requiredFields(object)) {
        if ((row[field.name] ?? null) === null) (missing ??= []).push(field.name);
      }
      if (!missing) return;
      throw new PlatformError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, {
        fields: missing,
      });
    },
    checkUnique(object, id, values) {
      for (const field of uniqueFields(object)) {
        const value = values[field.name] ?? null;
        if (value === null) continue;
        const holder = tables.find(object, { [field.name]: value }, 2).find((row) => row['Id'] !== id);
        if (holder) throw duplicate(field, holder['Id'] ?? null);
      }
    },
    checkReferences(object, values) {
      for (const field of references(object)) {
        const value = values[field.name] ?? null;
        if (typeof value === 'string') checkReference(field, value);
      }
    },
  };
}

export function noSuchColumn(object: ObjectDef, name: string): PlatformError {
  return new PlatformError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}

export function notWritable(names: string[]): PlatformError {
  const message =
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field ` +
    'and verify that it is read/write for your profile or permission set.';
  return new PlatformError('INVALID_FIELD_FOR_INSERT_UPDATE', message, { fields: names });
}

/** The platform names the holder by its 15-character id. */
function duplicate(field: FieldDef, holder: FieldValue): PlatformError {
  const message = `duplicate value found: ${field.name} duplicates value on record with id: ${String(holder).slice(0, 15)}`;
  return new PlatformError('DUPLICATE_VALUE', message, { fields: [field.name] });
}

// Saves and deletes records by the platform's order: accept, default, derive, require, check, store, publish.
// Every change passes through here, so the rules cannot be gone round and the journal misses nothing.
import type { AssignmentRules } from './assignmentRules.ts';
import type { AddressPicklists } from './addressPicklists.ts';
import { AUDIT_FIELDS } from './auditFields.ts';
import { createCalculations } from './calculated.ts';
import { ALL, createDeletion, type Deletion } from './deletion.ts';
import { PlatformError, type FieldValue, type ObjectDef, type Row } from './model.ts';
import { createNewRecords, defaultOf } from './newRecords.ts';
import type { PersonAccounts } from './personAccounts.ts';
import type { RecycleBin } from './recycleBin.ts';
import type { Rules } from './rules.ts';
import type { Schema } from './schema.ts';
import type { RecordTypes } from './recordTypes.ts';
import { behaviourOf } from './standard/behaviour.ts';
import type { Tables } from './tables.ts';
import type { SaveGuard } from './validation.ts';
import type { SaveSession } from './saveSession.ts';

export interface Records extends Deletion {
  /** @returns the new id. @throws PlatformError */
  create(session: SaveSession, object: string, fields: Record<string, unknown>): string;
  update(session: SaveSession, object: string, id: string, fields: Record<string, unknown>): void;
  /** Fields that users may not write, set by the platform in consequence of something else. */
  set(session: SaveSession, object: string, id: string, values: Row, options?: { unstamped?: boolean }): void;
  /** The next id of the object; it is taken. */
  nextId(object: string): string;
  /** Not deleted. */
  get(object: string, id: string): Row | undefined;
  find(object: string, where: Row, limit: number): Row[];
  /** The message of a platform event: accepted, defaulted and complete. */
  message(object: ObjectDef, fields: Record<string, unknown>): Row;
}

/** Times that every save sets. */
const STAMPS = new Set(['LastModifiedDate', 'SystemModstamp']);

export function createRecords(
  schema: Schema,
  tables: Tables,
  rules: Rules,
  bin: RecycleBin,
  guards: readonly SaveGuard[],
  assignments: AssignmentRules,
  recordTypes: Pick<RecordTypes, 'standardOf'>,
  addresses: Pick<AddressPicklists, 'settle'>,
  persons: PersonAccounts,
): Records {
  const calculations = createCalculations(schema, tables);
  const { begin, nextId } = createNewRecords(schema, tables, recordTypes);

  const writable = (name: string, operation: 'create' | 'update' | 'delete'): ObjectDef => {
    const object = schema.object(name);
    if (object.kind === 'record' && !object.refuses?.includes(operation)) return object;
    const verb = { create: 'inserted', update: 'updated', delete: 'deleted' }[operation];
    throw new PlatformError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be ${verb}: ${object.label}`);
  };

  function existing(object: ObjectDef, id: string): Row {
    const row = tables.read(object, id);
    if (!row) {
      throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { status: 404 });
    }
    if (row['IsDeleted'] === true) throw new PlatformError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404 });
    return row;
  }

  const helpers = (session: SaveSession) => ({
    now: session.now,
    user: session.user,
    read: (object: string, id: FieldValue | undefined) =>
      typeof id === 'string' ? tables.read(schema.object(object), id) : undefined,
    find: (object: string, where: Row) => tables.find(schema.object(object), where, ALL),
    create: (object: string, fields: Row) => create(session, object, fields),
    set: (object: string, id: string, values: Row) => set(session, object, id, values),
  });

  function create(session: SaveSession, name: string, fields: Record<string, unknown>): string {
    const object = writable(name, 'create');
    const accepted = rules.accept(object, fields, 'create', session.mayAudit);
    const given = new Set(Object.keys(accepted));
    const row = begin(object, accepted, session);
    const behaviour = behaviourOf(object.name);
    behaviour?.derive?.(row, undefined, given, helpers(session));
    persons.derive(object, row, undefined, given, helpers(session));
    addresses.settle(object, row, undefined, given);
    assign(session, object, row, true);
    rules.requireFields(object, row);
    for (const guard of guards) guard.check(object, row, undefined, session);
    rules.checkUnique(object, undefined, row);
    const id = nextId(object);
    Object.assign(row, { Id: id, IsDeleted: false, CreatedDate: session.now, CreatedById: session.user });
    Object.assign(row, { LastModifiedDate: session.now, LastModifiedById: session.user, SystemModstamp: session.now });
    for (const name of AUDIT_FIELDS) if (given.has(name)) row[name] = accepted[name] ?? null;
    // What the platform fills in by itself refers to what exists.
    rules.checkReferences(object, accepted);
    calculations.fill(object, row);
    tables.insert(object, row);
    calculations.changed(object, undefined, row);
    session.saved({ object: object.name, id, type: 'CREATE', after: row, changed: [] });
    behaviour?.saved?.(row, undefined, helpers(session));
    persons.saved(object, row, undefined, helpers(session));
    return id;
  }

  function assign(session: SaveSession, object: ObjectDef, row: Row, isNew: boolean): void {
    const owner = assignments.ownerOf(object, row, isNew, session.assigns ?? false);
    if (owner !== undefined) row['OwnerId'] = owner;
  }

  function update(session: SaveSession, name: string, id: string, fields: Record<string, unknown>): void {
    const object = writable(name, 'update');
    const before = existing(object, id);
    const values = rules.accept(object, fields, 'update');
    const row = { ...before, ...values };
    const behaviour = behaviourOf(object.name);
    const given = new Set(Object.keys(values));
    behaviour?.derive?.(row, before, given, helpers(session));
    persons.derive(object, row, before, given, helpers(session));
    addresses.settle(object, row, before, given);
    assign(session, object, row, false);
    rules.requireFields(object, row);
    for (const guard of guards) guard.check(object, row, before, session);
    const differing: Row = {};
    for (const field in row) if (row[field] !== before[field]) differing[field] = row[field] ?? null;
    rules.checkUnique(object, id, differing);
    rules.checkReferences(object, differing);
    store(session, object, before, row);
    behaviour?.saved?.(row, before, helpers(session));
    persons.saved(object, row, before, helpers(session));
  }

  function set(
    session: SaveSession,
    name: string,
    id: string,
    values: Row,
    { unstamped = false }: { unstamped?: boolean } = {},
  ): void {
    const object = schema.object(name);
    const before = tables.read(object, id);
    if (before) store(session, object, before, { ...before, ...values }, unstamped);
  }

  /** A save always stamps the record, also when it brings nothing new. */
  function store(session: SaveSession, object: ObjectDef, before: Row, row: Row, unstamped = false): void {
    if (!unstamped) Object.assign(row, { LastModifiedDate: session.now, LastModifiedById: session.user });
    row['SystemModstamp'] = session.now;
    calculations.fill(object, row);
    const values: Row = {};
    const changed: string[] = [];
    for (const field in row) {
      // Two saves within a second differ in their stamps all the same: the stamp is new, its second is not.
      if (row[field] === before[field] && (unstamped || !STAMPS.has(field))) continue;
      values[field] = row[field] ?? null;
      if (!calculations.isCalculated(object, field)) changed.push(field);
    }
    const id = String(row['Id']);
    tables.update(object, id, values);
    calculations.changed(object, before, row);
    session.saved({
      object: object.name,
      id,
      type: 'UPDATE',
      before,
      after: row,
      changed,
      ...(unstamped && { unstamped }),
    });
  }

  return {
    ...createDeletion({ schema, tables, rules, bin, persons, calculations, writable, existing, helpers }),
    create,
    update,
    set,
    nextId: (name) => nextId(schema.object(name)),
    get(name, id) {
      const row = tables.read(schema.object(name), id);
      return row && row['IsDeleted'] !== true ? row : undefined;
    },
    find: (name, where, limit) => tables.find(schema.object(name), where, limit),
    message(object, fields) {
      const row = rules.accept(object, fields, 'create');
      for (const field of object.fields.values()) {
        if (!(field.name in row) && field.custom) row[field.name] = defaultOf(field);
      }
      rules.requireFields(object, row);
      return row;
    },
  };
}

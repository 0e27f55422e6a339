// Saves and deletes records by the platform's order: accept, default, derive, require, check, store, publish.
// Every change passes through here, so the rules cannot be gone round and the journal misses nothing.
import type { AssignmentRules, Assigns } from './assignmentRules.ts';
import type { AddressPicklists } from './addressPicklists.ts';
import { AUDIT_FIELDS } from './auditFields.ts';
import { createCalculations } from './calculated.ts';
import { counterOf, idAt } from './ids.ts';
import { PlatformError, type FieldDef, type FieldValue, type ObjectDef, type RecordChange, type Row } from './model.ts';
import type { PersonAccounts } from './personAccounts.ts';
import { perObject } from './perObject.ts';
import type { RecycleBin } from './recycleBin.ts';
import type { Rules } from './rules.ts';
import type { Schema } from './schema.ts';
import type { RecordTypes } from './recordTypes.ts';
import { behaviourOf } from './standard/behaviour.ts';
import type { Tables } from './tables.ts';
import type { SaveGuard } from './validation.ts';

/** Who saves, when, and who is notified. */
export interface SaveSession {
  readonly user: string;
  /** ISO, whole seconds. */
  readonly now: string;
  readonly allowDuplicates?: boolean;
  /** The assignment rule that chooses the owner. */
  readonly assigns?: Assigns;
  /** Whether the user may say himself when and by whom a new record was made. */
  mayAudit(): boolean;
  saved(change: RecordChange): void;
  deleting(object: string, row: Row): void;
}

export interface Records {
  /** @returns the new id. @throws PlatformError */
  create(session: SaveSession, object: string, fields: Record<string, unknown>): string;
  update(session: SaveSession, object: string, id: string, fields: Record<string, unknown>): void;
  /** @param root the record whose deletion takes this one along */
  remove(session: SaveSession, object: string, id: string, root?: string): void;
  /** @throws PlatformError UNDELETE_FAILED, DUPLICATE_VALUE */
  undelete(session: SaveSession, object: string, id: string): void;
  /** From the recycle bin for good. @throws PlatformError where it is not deleted */
  erase(object: string, id: string): void;
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

/** How many children of one parent are dealt with when it is deleted: more than this org will hold. */
const ALL = 1_000_000;

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
  const counters = new Map<string, number>();
  const autoNumbers = new Map<FieldDef, number>();
  const calculations = createCalculations(schema, tables);

  function nextId(object: ObjectDef): string {
    let last = counters.get(object.keyPrefix);
    if (last === undefined) {
      const stored = tables.lastId(object);
      last = stored === undefined ? 0 : counterOf(stored);
    }
    counters.set(object.keyPrefix, last + 1);
    return idAt(object.keyPrefix, last + 1);
  }

  function nextNumber(object: ObjectDef, field: FieldDef, now: string): string {
    const last = autoNumbers.get(field) ?? tables.count(object);
    autoNumbers.set(field, last + 1);
    return formatNumber(field.displayFormat ?? '{0}', last + 1, now);
  }

  /** What a new record of the object holds before anybody has said anything, but for what differs by record and user. */
  const beginnings = perObject(schema, (object) => {
    const fields = [...object.fields.values()];
    const row = tables.blank(object);
    for (const field of fields) if (field.name in row) row[field.name] = defaultOf(field);
    const [owned, typed] = ['OwnerId', 'RecordTypeId'].map((name) => object.fields.has(name));
    return { row, numbered: fields.filter(({ autoNumber }) => autoNumber), owned, typed };
  });

  /** The record as it begins, with what was given for it. */
  function begin(object: ObjectDef, given: Row, session: SaveSession): Row {
    const { row: beginning, numbered, owned, typed } = beginnings(object);
    const row = { ...beginning };
    if (owned) row['OwnerId'] = session.user;
    if (typed) row['RecordTypeId'] = recordTypes.standardOf(session.user, object.name);
    for (const name in given) row[name] = given[name] ?? null;
    for (const field of numbered) row[field.name] = nextNumber(object, field, session.now);
    return row;
  }

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

  function remove(session: SaveSession, name: string, id: string, root = id): void {
    const object = writable(name, 'delete');
    const before = existing(object, id);
    persons.removing(object, before, root);
    session.deleting(object.name, before);
    for (const child of schema.objects()) {
      if (child.kind !== 'record') continue;
      for (const field of child.fields.values()) {
        if (field.type === 'reference' && field.referenceTo.includes(object.name))
          release(session, child, field, id, root);
      }
    }
    bin.put(object.name, id, root);
    const stamps = {
      IsDeleted: true,
      LastModifiedDate: session.now,
      LastModifiedById: session.user,
      SystemModstamp: session.now,
    };
    tables.update(object, id, stamps);
    calculations.changed(object, before, undefined);
    session.saved({ object: object.name, id, type: 'DELETE', before, after: { ...before, ...stamps }, changed: [] });
    behaviourOf(object.name)?.removed?.(before, helpers(session));
  }

  /** Details go with their master; a lookup is emptied by the database, without a save of the record that holds it. */
  function release(session: SaveSession, child: ObjectDef, field: FieldDef, id: string, root: string): void {
    for (const row of tables.find(child, { [field.name]: id }, ALL)) {
      const childId = String(row['Id']);
      if (field.cascadeDelete) {
        remove(session, child.name, childId, root);
        continue;
      }
      tables.update(child, childId, { [field.name]: null });
      calculations.refresh(child, childId);
      bin.released(root, { object: child.name, id: childId, field: field.name, value: id });
    }
  }

  function undelete(session: SaveSession, name: string, id: string): void {
    const object = writable(name, 'create');
    if (tables.read(object, id)?.['IsDeleted'] !== true) {
      throw new PlatformError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
    }
    // A detail that went with its master comes back with it, or by itself once the master is back.
    const taken = bin.contents(id);
    for (const { object: of, id: one } of taken.length > 0 ? taken.toReversed() : [{ object: object.name, id }]) {
      revive(session, schema.object(of), one);
    }
    for (const { object: of, id: one, field, value } of bin.lookups(id)) {
      // What was filled again in the meantime stays.
      const holder = tables.read(schema.object(of), one);
      if (holder?.[field] !== null) continue;
      tables.update(schema.object(of), one, { [field]: value });
      calculations.refresh(schema.object(of), one);
    }
    bin.forget(id);
  }

  function revive(session: SaveSession, object: ObjectDef, id: string): void {
    const before = tables.read(object, id);
    if (before?.['IsDeleted'] !== true) return;
    for (const field of object.fields.values()) {
      const master = field.cascadeDelete ? before[field.name] : null;
      const target = typeof master === 'string' ? schema.byKeyPrefix(master.slice(0, 3)) : undefined;
      if (target && tables.read(target, String(master))?.['IsDeleted'] !== false) {
        throw new PlatformError('UNDELETE_FAILED', `The record that ${field.name} refers to is deleted`);
      }
    }
    rules.checkUnique(object, id, before);
    const values: Row = {
      IsDeleted: false,
      LastModifiedDate: session.now,
      LastModifiedById: session.user,
      SystemModstamp: session.now,
      ...('MasterRecordId' in before && { MasterRecordId: null }),
    };
    tables.update(object, id, values);
    calculations.changed(object, undefined, { ...before, ...values });
    session.saved({ object: object.name, id, type: 'UNDELETE', before, after: { ...before, ...values }, changed: [] });
    behaviourOf(object.name)?.saved?.({ ...before, ...values }, before, helpers(session));
  }

  function erase(name: string, id: string): void {
    const object = writable(name, 'delete');
    const row = tables.read(object, id);
    if (row?.['IsDeleted'] !== true) throw new PlatformError('INVALID_ID_FIELD', 'Entity is not in the recycle bin');
    const taken = bin.contents(id);
    for (const one of taken.length > 0 ? taken : [{ object: object.name, id }]) {
      const gone = tables.read(schema.object(one.object), one.id);
      if (gone?.['IsDeleted'] !== true) continue;
      bin.erased(one.object, one.id, String(gone['SystemModstamp']));
      tables.erase(schema.object(one.object), one.id);
    }
    bin.forget(id);
  }

  return {
    create,
    update,
    remove,
    undelete,
    erase,
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

function defaultOf(field: FieldDef): FieldValue {
  if (field.type === 'boolean') return field.defaultValue === true;
  const { defaultValue } = field;
  if (typeof defaultValue === 'string' || typeof defaultValue === 'number') return defaultValue;
  return field.picklistValues.find((value) => value.defaultValue && value.active)?.value ?? null;
}

/** `R-{YYYY}-{0000}`: zeroes give the least width of the number. */
function formatNumber(format: string, count: number, now: string): string {
  return format.replace(/\{(0+|YYYY|YY|MM|DD)\}/g, (_whole, part: string) => {
    if (part === 'YYYY') return now.slice(0, 4);
    if (part === 'YY') return now.slice(2, 4);
    if (part === 'MM') return now.slice(5, 7);
    if (part === 'DD') return now.slice(8, 10);
    return String(count).padStart(part.length, '0');
  });
}

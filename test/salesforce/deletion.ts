// Deletes records by the platform's order: details go with their master, lookups are emptied, and all of it waits in the recycle bin,
// from where it comes back together or is gone for good.
import type { Calculations } from './calculated.ts';
import { PlatformError, type FieldDef, type ObjectDef, type Row } from './model.ts';
import type { PersonAccounts } from './personAccounts.ts';
import type { RecycleBin } from './recycleBin.ts';
import type { Rules } from './rules.ts';
import type { SaveSession } from './saveSession.ts';
import type { Schema } from './schema.ts';
import { behaviourOf, type Surroundings } from './standard/behaviour.ts';
import type { Tables } from './tables.ts';

/** How many children of one parent are dealt with when it is deleted: more than this org will hold. */
export const ALL = 1_000_000;

export interface Deletion {
  /** @param root the record whose deletion takes this one along */
  remove(session: SaveSession, object: string, id: string, root?: string): void;
  /** @throws PlatformError UNDELETE_FAILED, DUPLICATE_VALUE */
  undelete(session: SaveSession, object: string, id: string): void;
  /** From the recycle bin for good. @throws PlatformError where it is not deleted */
  erase(object: string, id: string): void;
}

export interface DeletionParts {
  schema: Schema;
  tables: Tables;
  rules: Rules;
  bin: RecycleBin;
  persons: PersonAccounts;
  calculations: Calculations;
  /** @throws PlatformError */
  writable(name: string, operation: 'create' | 'delete'): ObjectDef;
  /** @throws PlatformError */
  existing(object: ObjectDef, id: string): Row;
  helpers(session: SaveSession): Surroundings;
}

export function createDeletion(parts: DeletionParts): Deletion {
  const { schema, tables, rules, bin, persons, calculations, writable, existing, helpers } = parts;

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

  return { remove, undelete, erase };
}

// The org as one user sees it: objects without Read are not there, fields without Read are not there either, and what
// may not be written says so. Automation that a save sets off is not bound by it, as flows run in system mode.
import { isAuditField, maySetAuditFields } from './auditFields.ts';
import type { UserAccess } from './access.ts';
import { PlatformError, type FieldDef, type ObjectDef, type Row, type Transaction } from './model.ts';
import { NEWEST_VERSION, type Org } from './org.ts';
import { noSuchColumn, notWritable } from './rules.ts';
import { invalidType, type Schema } from './schema.ts';
import { runQuery } from './soql.ts';

/** Without it an encrypted text is masked (Salesforce Help, "Classic Encryption for Custom Fields"). */
const VIEW_ENCRYPTED = 'ViewEncryptedData';
/** The user permission "Convert Leads". */
const CONVERT_LEADS = 'ConvertLeads';

const views = new WeakMap<Org, Map<string, Org>>();

/** The org as this user may use it: the org itself for who may do everything. */
export function orgFor(org: Org, userId: string): Org {
  if (org.access.of(userId).all) return org;
  const known = views.get(org) ?? new Map<string, Org>();
  views.set(org, known);
  const view = known.get(userId) ?? viewOf(org, userId);
  known.set(userId, view);
  return view;
}

function viewOf(org: Org, userId: string): Org {
  const base = `/services/data/v${NEWEST_VERSION}`;
  const schema = visibleSchema(org, userId);
  const visible = (name: string, row: Row): Row => {
    const seen = org.tables.blank(schema.object(name));
    for (const field in seen) seen[field] = row[field] ?? null;
    return seen;
  };
  const guarded = (transaction: Transaction): Transaction => guard(org, userId, schema, transaction);
  const view: Partial<Org> = {
    schema,
    get(object, id) {
      const row = org.get(object, id);
      return row && visible(object, row);
    },
    find: (object, where, limit) => org.find(object, where, limit).map((row) => visible(object, row)),
    query: (soql, { all = false } = {}) => runQuery(soql, { schema, tables: org.tables, now: org.clock(), base, all }),
    transact: (context, work) => org.transact(context, (transaction) => work(guarded(transaction))),
    publish: (context, event, fields) =>
      org.transact(context, (transaction) => guarded(transaction).publish(event, fields)),
  };
  // Everything else is the org's own, also what changes later.
  return Object.setPrototypeOf(view, org) as Org;
}

function guard(org: Org, userId: string, schema: Schema, transaction: Transaction): Transaction {
  const check = (name: string, operation: 'create' | 'update' | 'delete', fields: Row): void => {
    const object = schema.object(name);
    if (object.refuses?.includes(operation)) {
      if (operation !== 'create') throw insufficient();
      const message = `entity type cannot be inserted: ${object.label}`;
      throw new PlatformError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
    }
    const refused: string[] = [];
    const key = operation === 'create' ? 'createable' : 'updateable';
    for (const given in fields) {
      const field = object.fields.get(given) ?? schema.field(object, given);
      if (!field) throw noSuchColumn(object, given);
      // What nobody may write is refused further on, in the words for that.
      if (!field[key] && org.schema.field(org.schema.object(name), given)?.[key] === true) refused.push(field.name);
    }
    if (refused.length > 0) throw notWritable(refused);
  };
  return {
    ...transaction,
    create(object, fields) {
      check(object, 'create', fields);
      return transaction.create(object, fields);
    },
    update(object, id, fields) {
      check(object, 'update', fields);
      transaction.update(object, id, fields);
    },
    remove(object, id) {
      check(object, 'delete', {});
      transaction.remove(object, id);
    },
    // Who may delete a record may take it back, and for good.
    undelete(object, id) {
      check(object, 'delete', {});
      transaction.undelete(object, id);
    },
    erase(object, id) {
      check(object, 'delete', {});
      transaction.erase(object, id);
    },
    merge(object, master, losers, fields) {
      check(object, 'update', fields);
      check(object, 'delete', {});
      return transaction.merge(object, master, losers, fields);
    },
    convertLead(request) {
      if (!org.access.of(userId).has(CONVERT_LEADS)) throw insufficient();
      check('Lead', 'update', {});
      for (const [object, id] of [
        ['Account', request.accountId],
        ['Contact', request.contactId],
        ['Opportunity', request.doNotCreateOpportunity ? null : request.opportunityId],
      ] as const) {
        if (id !== null) check(object, id === undefined ? 'create' : 'update', {});
      }
      return transaction.convertLead(request);
    },
    publish(event, fields) {
      check(event, 'create', fields);
      return transaction.publish(event, fields);
    },
  };
}

function insufficient(): PlatformError {
  const message = 'insufficient access rights on object id';
  return new PlatformError('INSUFFICIENT_ACCESS_OR_READONLY', message, { status: 403 });
}

/** A schema without what the user may not read. Made anew when the org's objects or its permissions change. */
function visibleSchema(org: Org, userId: string): Schema {
  const real = org.schema;
  let version = -1;
  const made = new Map<string, ObjectDef | undefined>();
  real.onChange({ defined: () => made.clear(), fieldAdded: () => made.clear() });

  const find = (name: string): ObjectDef | undefined => {
    if (org.access.version !== version) {
      made.clear();
      version = org.access.version;
    }
    const object = real.find(name);
    if (!object) return undefined;
    if (!made.has(object.name)) made.set(object.name, narrowed(object, org.access.of(userId)));
    return made.get(object.name);
  };
  const seen = (field: FieldDef | undefined, object: ObjectDef): FieldDef | undefined =>
    field && find(object.name)?.fields.get(field.name);
  return {
    objects: () => real.objects().flatMap((object) => find(object.name) ?? []),
    find,
    object(name) {
      const object = find(name);
      if (!object) throw invalidType(name);
      return object;
    },
    byKeyPrefix(prefix) {
      const object = real.byKeyPrefix(prefix);
      return object && find(object.name);
    },
    field: (object, name) => seen(real.field(object, name), object),
    relationship: (object, name) => seen(real.relationship(object, name), object),
    define: (input) => real.define(input),
    addField: (object, field) => real.addField(object, field),
    removeField: (object, name) => real.removeField(object, name),
    onChange: (listener) => real.onChange(listener),
  };
}

function narrowed(object: ObjectDef, access: UserAccess): ObjectDef | undefined {
  const rights = access.object(object);
  // An event is published by who may create it, whether or not he may subscribe.
  if (!rights.read && !rights.create) return undefined;
  const fields = new Map<string, FieldDef>();
  const audit = maySetAuditFields(access);
  for (const field of object.fields.values()) {
    const { read, edit } = object.kind === 'platformEvent' ? { read: true, edit: true } : access.field(object, field);
    if (!read) continue;
    if (field.type === 'encryptedstring' && !access.has(VIEW_ENCRYPTED)) {
      fields.set(field.name, { ...field, masked: true, ...(edit ? {} : { createable: false, updateable: false }) });
      continue;
    }
    // The describe of who may set audit fields says so.
    if (audit && isAuditField(object, field.name)) {
      fields.set(field.name, { ...field, createable: true });
      continue;
    }
    fields.set(field.name, edit ? field : { ...field, createable: false, updateable: false });
  }
  const refuses = new Set(object.refuses);
  if (!rights.create) refuses.add('create');
  if (!rights.edit) refuses.add('update');
  if (!rights.delete) refuses.add('delete');
  return { ...object, fields, refuses: [...refuses] };
}

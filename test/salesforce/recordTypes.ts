// The record types of the org: which an object has, which of them a user may give a record, and which values of a picklist a
// record of the type may hold. An object shows RecordTypeId from its first record type on.
// Sources: Object Reference, "RecordType"; Salesforce Help, "Considerations for Creating and Updating Record Types and Picklists",
// "Picklist Administration" (restricted picklists); User Interface API Developer Guide, "Get Values for All Picklist Fields of a
// Record Type".
import { fieldDef } from './fields.ts';
import { PlatformError, type FieldDef, type ObjectDef, type Row } from './model.ts';
import type { Schema } from './schema.ts';
import type { Tables } from './tables.ts';
import type { SaveGuard } from './validation.ts';

export const MASTER_RECORD_TYPE = '012000000000000AAA';

export interface RecordTypeDefinition {
  object: string;
  developerName: string;
  name: string;
  active: boolean;
  /** Picklist → the values that a record of the type may hold. A picklist that is left out has all of its values. */
  picklists: Readonly<Record<string, readonly string[]>>;
  /** Whether its accounts are persons. */
  isPersonType?: boolean;
}

export interface RecordType extends RecordTypeDefinition {
  id: string;
}

/** A record type as a describe lists it for a user. */
export interface RecordTypeInfo {
  id: string;
  name: string;
  developerName: string;
  active: boolean;
  available: boolean;
  isDefault: boolean;
  isMaster: boolean;
}

export interface RecordTypes extends SaveGuard {
  /** Adds the record type, or replaces the one of this name. Until `assign` says otherwise nobody may use it. */
  define(definition: RecordTypeDefinition): RecordType;
  /** What the profile of a user says: the record types of the object that he may give, and the one that he gives otherwise. */
  assign(user: string, object: string, names: readonly string[], standard: string): void;
  /** Those of the object, the master last. */
  infos(user: string, object: string): RecordTypeInfo[];
  /** The one that a new record of this user gets; null is the master. */
  standardOf(user: string, object: string): string | null;
  /** Of the object; undefined for the master and for one of another object. */
  find(object: string, id: string): RecordType | undefined;
  /** Whether a record of the type may hold the value. */
  holds(id: string, field: FieldDef, value: string): boolean;
}

interface Assignment {
  names: readonly string[];
  standard: string;
}

export function createRecordTypes(
  schema: Schema,
  tables: Tables,
  insert: (object: string, row: Row) => void,
  nextId: (object: string) => string,
): RecordTypes {
  const types = new Map<string, RecordType>();
  const assignments = new Map<string, Assignment>();
  const of = (object: string): RecordType[] => [...types.values()].filter((type) => type.object === object);
  const assigned = (user: string, object: string): Assignment | undefined => assignments.get(`${user}.${object}`);

  function reveal(object: string): void {
    if (!schema.find('RecordType')) schema.define(RECORD_TYPE);
    if (schema.object(object).fields.has('RecordTypeId')) return;
    schema.addField(
      object,
      fieldDef({
        name: 'RecordTypeId',
        label: 'Record Type ID',
        type: 'reference',
        referenceTo: ['RecordType'],
        relationshipName: 'RecordType',
      }),
    );
  }

  const holds = (id: string, field: FieldDef, value: string): boolean =>
    types.get(id)?.picklists[field.name]?.includes(value) ?? true;

  function standardOf(user: string, object: string): string | null {
    const standard = assigned(user, object)?.standard;
    return of(object).find(({ developerName }) => developerName === standard)?.id ?? null;
  }

  function check(object: ObjectDef, row: Row, before: Row | undefined, { user }: { user: string }): void {
    const id = row['RecordTypeId'] ?? null;
    if (typeof id !== 'string') return;
    const type = types.get(id);
    const mayGive = type?.active === true && assigned(user, object.name)?.names.includes(type.developerName);
    if (id !== before?.['RecordTypeId'] && type && !mayGive) {
      const message = `Record Type ID: this ID value isn't valid for the user: ${id}`;
      throw new PlatformError('INVALID_CROSS_REFERENCE_KEY', message, { fields: ['RecordTypeId'] });
    }
    for (const field of object.fields.values()) {
      const value = row[field.name];
      if (!field.restrictedPicklist || typeof value !== 'string' || value === before?.[field.name]) continue;
      const lacking = (field.type === 'multipicklist' ? value.split(';') : [value]).find(
        (one) => !holds(id, field, one),
      );
      if (lacking === undefined) continue;
      const message = `${field.label}: bad value for restricted picklist field: ${lacking}`;
      throw new PlatformError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, { fields: [field.name] });
    }
  }

  return {
    define(definition) {
      const { object, developerName: DeveloperName, name: Name, active: IsActive, isPersonType } = definition;
      reveal(object);
      if (isPersonType)
        schema.addField('RecordType', fieldDef({ name: 'IsPersonType', label: 'Is Person Type', type: 'boolean' }));
      const known = of(object).find(({ developerName }) => developerName === DeveloperName);
      const id = known?.id ?? nextId('RecordType');
      if (known) tables.update(schema.object('RecordType'), id, { Name, IsActive });
      else {
        const kind: Row = isPersonType ? { IsPersonType: true } : {};
        insert('RecordType', { Id: id, DeveloperName, Name, IsActive, SobjectType: object, ...kind });
      }
      const type = { ...definition, id };
      types.set(id, type);
      return type;
    },
    assign: (user, object, names, standard) => void assignments.set(`${user}.${object}`, { names, standard }),
    infos(user, object) {
      const standard = standardOf(user, object);
      const own = of(object).map(({ id, name, developerName, active }) => ({
        ...{ id, name, developerName, active },
        available: assigned(user, object)?.names.includes(developerName) ?? false,
        isDefault: id === standard,
        isMaster: false,
      }));
      const master = { id: MASTER_RECORD_TYPE, name: 'Master', developerName: 'Master', active: true, isMaster: true };
      return [...own, { ...master, available: true, isDefault: standard === null }];
    },
    standardOf,
    find: (object, id) => (types.get(id)?.object === object ? types.get(id) : undefined),
    holds,
    check,
  };
}

const RECORD_TYPE: Parameters<Schema['define']>[0] = {
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  kind: 'record',
  custom: false,
  refuses: ['create', 'update', 'delete'],
  fields: [
    fieldDef({ name: 'Name', label: 'Name', type: 'string', length: 80, nillable: false }),
    fieldDef({ name: 'DeveloperName', label: 'Record Type Name', type: 'string', length: 80, nillable: false }),
    fieldDef({ name: 'NamespacePrefix', label: 'Namespace Prefix', type: 'string', length: 15 }),
    fieldDef({ name: 'Description', label: 'Description', type: 'string' }),
    fieldDef({ name: 'SobjectType', label: 'SObject Type Name', type: 'picklist', length: 40, nillable: false }),
    fieldDef({ name: 'IsActive', label: 'Active', type: 'boolean' }),
  ],
};

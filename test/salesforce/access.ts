// Who may do what: profiles and the permission sets that are assigned to a user, as they were deployed. Permissions add
// up; nothing takes one away. Sharing plays no part: whoever may read an object reads all of its records.
// Source: Metadata API Developer Guide, "PermissionSet"; Salesforce Help, "Permission Sets", "Field-Level Security".
import type { FieldDef, ObjectDef } from './model.ts';
import type { Tables } from './tables.ts';
import type { Schema } from './schema.ts';

export interface ObjectRights {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
}

export interface PermissionSetDefinition {
  /** With the prefix of its namespace. */
  name: string;
  label: string;
  objects: ReadonlyMap<string, ObjectRights>;
  /** `Lead.Email` → read, edit. */
  fields: ReadonlyMap<string, { read: boolean; edit: boolean }>;
  /** `ViewAllData`, `EditTask` … */
  user: ReadonlySet<string>;
  /** Custom permissions, as the package names them: `Configure_Sellfire`. */
  custom: ReadonlySet<string>;
}

export interface UserAccess {
  /** Everything, as an administrator has it. */
  all: boolean;
  has(userPermission: string): boolean;
  hasCustom(customPermission: string): boolean;
  /** Names of the assigned permission sets, with the prefix of their namespace. */
  readonly permissionSets: readonly string[];
  /** Those that the assigned sets give, as the package names them. */
  readonly customPermissions: readonly string[];
  object(object: ObjectDef): ObjectRights;
  /** What its object’s rights leave of a field. */
  field(object: ObjectDef, field: FieldDef): { read: boolean; edit: boolean };
}

export interface Access {
  /** False: every user may do everything. */
  enforced: boolean;
  /** Rises with everything that may change what a user may do. */
  readonly version: number;
  /** Adds the permission set, or replaces the one of this name. */
  define(set: PermissionSetDefinition): void;
  changed(): void;
  of(userId: string): UserAccess;
}

const NOTHING: ObjectRights = { read: false, create: false, edit: false, delete: false, viewAll: false };
const EVERYTHING: ObjectRights = { read: true, create: true, edit: true, delete: true, viewAll: true };
const READ_ONLY: ObjectRights = { ...NOTHING, read: true };

const ADMINISTRATOR = 'System Administrator';
/** Every user reads these; only administrators write them. */
const SETUP = new Set([
  'Organization',
  'Profile',
  'User',
  'PermissionSet',
  'PermissionSetAssignment',
  'CurrencyType',
  'RecordType',
]);
/** Objects whose rights are those of another one; writing the first is editing the second. */
const FOLLOWS: Readonly<Record<string, string>> = {
  OpportunityLineItem: 'Opportunity',
  OpportunityContactRole: 'Opportunity',
  PricebookEntry: 'Pricebook2',
};

/** Fields that a permission may hide; every other one comes with its object. */
export function isPermissionable(object: ObjectDef, field: FieldDef): boolean {
  if (field.custom) return field.nillable || field.type === 'boolean';
  return !object.custom && field.nillable && field.type !== 'address' && (field.createable || field.updateable);
}

export function createAccess(schema: Schema, tables: Tables): Access {
  const sets = new Map<string, PermissionSetDefinition>();
  const known = new Map<string, UserAccess>();
  let version = 0;

  const access: Access = {
    enforced: false,
    get version() {
      return version;
    },
    define(set) {
      sets.set(set.name, set);
      access.changed();
    },
    changed() {
      version += 1;
      known.clear();
    },
    of(userId) {
      const ready = known.get(userId);
      if (ready) return ready;
      const made = accessOf(userId);
      known.set(userId, made);
      return made;
    },
  };
  return access;

  function accessOf(userId: string): UserAccess {
    const user = tables.read(schema.object('User'), userId);
    const profile = tables.read(schema.object('Profile'), String(user?.['ProfileId']));
    const assigned = tables
      .find(schema.object('PermissionSetAssignment'), { AssigneeId: userId }, 1_000)
      .map((row) => tables.read(schema.object('PermissionSet'), String(row['PermissionSetId'])))
      .map((row) => [row?.['NamespacePrefix'], row?.['Name']].filter(Boolean).join('__'))
      .flatMap((name) => sets.get(name) ?? []);
    const has = (permission: string): boolean => assigned.some((set) => set.user.has(permission));
    // Unlike other rights, an administrator has a custom permission only where it is assigned.
    const hasCustom = (permission: string): boolean =>
      !access.enforced || assigned.some((set) => set.custom.has(permission));
    const all = !access.enforced || profile?.['Name'] === ADMINISTRATOR || has('ModifyAllData');

    function object(of: ObjectDef): ObjectRights {
      if (all) return EVERYTHING;
      if (SETUP.has(of.name)) return READ_ONLY;
      if (of.name === 'Task') {
        const edit = has('EditTask');
        return { read: true, create: edit, edit, delete: edit, viewAll: has('ViewAllData') };
      }
      const followed = FOLLOWS[of.name];
      if (followed !== undefined) {
        const { read, edit, viewAll } = object(schema.object(followed));
        return { read, create: edit, edit, delete: edit, viewAll };
      }
      const rights = { ...NOTHING };
      for (const set of assigned) {
        const granted = set.objects.get(of.name) ?? NOTHING;
        for (const right of Object.keys(rights) as (keyof ObjectRights)[]) rights[right] ||= granted[right];
      }
      if (of.kind === 'record' && has('ViewAllData')) rights.read = rights.viewAll = true;
      return rights;
    }

    return {
      all,
      has,
      hasCustom,
      permissionSets: assigned.map(({ name }) => name),
      customPermissions: [...new Set(assigned.flatMap(({ custom }) => [...custom]))],
      object,
      field(of, field) {
        if (all || SETUP.has(of.name) || !isPermissionable(of, field)) return { read: true, edit: true };
        // The parts of a place are seen with the place.
        const path = `${of.name}.${field.compoundFieldName?.endsWith('__c') ? field.compoundFieldName : field.name}`;
        const granted = assigned.flatMap((set) => set.fields.get(path) ?? []);
        return { read: granted.some(({ read }) => read), edit: granted.some(({ edit }) => edit) };
      },
    };
  }
}

// What an administrator gives the integration user of this org: the package's own permission set, and one that the
// administrator made for the standard objects, which a package cannot grant.
import { isPermissionable, type ObjectRights, type PermissionSetDefinition } from './access.ts';
import type { FieldDef, ObjectDef } from './model.ts';
import type { Org } from './org.ts';

/** Of the package; its namespace comes before it where there is one. */
const PACKAGE_SET = 'Sellfire_Integration';
const LOCAL_SET = 'Local_Integration';

const WORKED_ON: ObjectRights = { read: true, create: true, edit: true, delete: false, viewAll: true };
const LOOKED_AT: ObjectRights = { read: true, create: false, edit: false, delete: false, viewAll: false };
const OBJECTS: Readonly<Record<string, ObjectRights>> = {
  Account: WORKED_ON,
  Contact: WORKED_ON,
  Lead: WORKED_ON,
  Opportunity: WORKED_ON,
  Product2: LOOKED_AT,
  Pricebook2: LOOKED_AT,
};
/** Objects whose rights follow from others, with fields of their own. */
const FIELDS_OF = [...Object.keys(OBJECTS), 'Task', 'OpportunityLineItem', 'OpportunityContactRole', 'PricebookEntry'];

const objectsOf = new WeakMap<Org, Map<string, ObjectRights>>();

/** Installs and assigns both sets. Fields that the objects get later are added to the administrator's own. */
export function grantIntegration(org: Org): void {
  const fields = new Map<string, { read: boolean; edit: boolean }>();
  const grant = (object: ObjectDef, field: FieldDef): void => {
    if (isPermissionable(object, field)) fields.set(`${object.name}.${field.name}`, { read: true, edit: true });
  };
  for (const name of FIELDS_OF) {
    const object = org.schema.object(name);
    for (const field of object.fields.values()) if (!field.custom) grant(object, field);
  }
  const objects = new Map(Object.entries(OBJECTS));
  objectsOf.set(org, objects);
  const set: PermissionSetDefinition = {
    name: LOCAL_SET,
    label: 'Local integration',
    objects,
    fields,
    user: new Set(['ApiEnabled', 'ActivitiesAccess', 'EditTask', 'ViewAllData']),
    custom: new Set(),
  };
  org.installPermissionSet(set);
  org.schema.onChange({
    defined: () => undefined,
    fieldAdded(object, field) {
      if (!FIELDS_OF.includes(object.name)) return;
      grant(object, field);
      org.access.changed();
    },
  });
  for (const Name of [PACKAGE_SET, LOCAL_SET]) assign(org, Name);
}

/** Changes what the administrator's own set grants on an object. */
export function changeIntegration(org: Org, object: string, rights: Partial<ObjectRights>): void {
  objectsOf.get(org)?.set(object, { ...(OBJECTS[object] ?? LOOKED_AT), ...rights });
  org.access.changed();
}

function assign(org: Org, Name: string): void {
  const AssigneeId = org.users.integration.id;
  for (const set of org.find('PermissionSet', { Name })) {
    const PermissionSetId = set['Id'] ?? null;
    if (org.find('PermissionSetAssignment', { AssigneeId, PermissionSetId }, 1).length > 0) continue;
    const context = { user: org.users.admin.id, origin: '' };
    org.transact(context, (transaction) =>
      transaction.create('PermissionSetAssignment', { AssigneeId, PermissionSetId }),
    );
  }
}

// The people who sit in front of the pages: one who configures the package, one who works with it, and one who has nothing
// of it. They are ordinary users with what an administrator gives them, made when they are first asked for.
import type { ObjectRights } from './access.ts';
import { isPermissionable } from './access.ts';
import type { Org } from './org.ts';
import type { OrgUser } from './users.ts';

export type Role = 'administrator' | 'user' | 'outsider';
export const ROLES: readonly Role[] = ['administrator', 'user', 'outsider'];

/** Of the package; its namespace comes before it where there is one. */
const PACKAGE_SETS: Readonly<Record<Role, string | undefined>> = {
  administrator: 'Sellfire_Administrator',
  user: 'Sellfire_User',
  outsider: undefined,
};
/** What every salesperson of a real org may do with standard objects, by profile there. */
const SALES_SET = 'Local_Sales';
const WORKED_ON: ObjectRights = { read: true, create: true, edit: true, delete: true, viewAll: false };
export const SALES_OBJECTS = ['Account', 'Contact', 'Lead', 'Opportunity'];

/** @throws Error where the package of the role's permission set is not deployed */
export function personOf(org: Org, role: Role): OrgUser {
  const username = `${role}@local.example`;
  const known = org.users.find(username);
  if (known) return known;
  const context = { user: org.users.admin.id, origin: '' };
  const profile = org.find('Profile', { Name: 'Standard User' }, 1)[0]?.['Id'] ?? null;
  const id = org.transact(context, (transaction) =>
    transaction.create('User', {
      Username: username,
      Email: username,
      FirstName: 'Local',
      LastName: role.charAt(0).toUpperCase() + role.slice(1),
      Alias: role.slice(0, 8),
      ProfileId: profile,
    }),
  );
  grantSales(org, id);
  const set = PACKAGE_SETS[role];
  if (set !== undefined) assign(org, id, set);
  const made = org.users.get(id);
  if (!made) throw new Error(`The user ${username} could not be made.`);
  return made;
}

function grantSales(org: Org, userId: string): void {
  if (org.find('PermissionSet', { Name: SALES_SET }, 1).length === 0) installSales(org);
  assign(org, userId, SALES_SET);
}

/** Gives everybody who has the set the rights on these objects, and takes those on others. */
export function installSales(org: Org, objects: readonly string[] = SALES_OBJECTS): void {
  const fields = new Map<string, { read: boolean; edit: boolean }>();
  for (const name of [...objects, 'Task', 'OpportunityLineItem', 'OpportunityContactRole']) {
    const object = org.schema.object(name);
    for (const field of object.fields.values()) {
      const own = !field.custom && isPermissionable(object, field);
      if (own) fields.set(`${name}.${field.name}`, { read: true, edit: true });
    }
  }
  org.installPermissionSet({
    name: SALES_SET,
    label: 'Local sales',
    objects: new Map(objects.map((name) => [name, WORKED_ON])),
    fields,
    user: new Set(['EditTask', 'ActivitiesAccess']),
    custom: new Set(),
  });
}

function assign(org: Org, userId: string, name: string): void {
  const [set] = org.find('PermissionSet', { Name: name }, 1);
  if (!set) throw new Error(`The permission set ${name} is not deployed.`);
  const context = { user: org.users.admin.id, origin: '' };
  org.transact(context, (transaction) =>
    transaction.create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: set['Id'] ?? null }),
  );
}

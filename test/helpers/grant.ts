// More rights for the connected user, as an administrator gives them: in a permission set that is deployed and assigned.
import { deploy, xml } from '../salesforce/tests/packages.ts';
import type { Stack } from './stack.ts';

export interface Granted {
  /** Object → how far: each right comes with those before it. */
  objects?: Readonly<Record<string, 'read' | 'edit' | 'create'>>;
  /** `Thing__c.Size__c`: read and edit. */
  fields?: readonly string[];
}

let granted = 0;

export async function grant({ org }: Pick<Stack, 'org'>, { objects = {}, fields = [] }: Granted): Promise<void> {
  const name = `Granted_${(granted += 1)}`;
  const ofObjects = Object.entries(objects).map(([object, right]) => {
    const may = { allowCreate: right === 'create', allowDelete: false, allowEdit: right !== 'read', allowRead: true };
    const rights = Object.entries({ ...may, modifyAllRecords: false, object, viewAllRecords: false });
    return `<objectPermissions>${rights.map(([key, value]) => `<${key}>${value}</${key}>`).join('')}</objectPermissions>`;
  });
  const ofFields = fields.map(
    (field) =>
      `<fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions>`,
  );
  await deploy(org.org, {
    [`permissionsets/${name}.permissionset`]: xml(
      'PermissionSet',
      `${ofFields.join('')}<label>${name}</label>${ofObjects.join('')}`,
    ),
  });
  const PermissionSetId = org.org.find('PermissionSet', { Name: name })[0]?.['Id'] ?? null;
  org.org.transact({ user: org.users.admin.id, origin: '' }, (transaction) =>
    transaction.create('PermissionSetAssignment', { AssigneeId: org.users.integration.id, PermissionSetId }),
  );
}

// Permission sets for tests: what one grants, deployed under the name Test and assigned to the integration user.
import type { RunningOrg } from '../server.ts';
import { deploy, xml } from './packages.ts';

export const object = (name: string, rights: string[]): string =>
  `<objectPermissions>${['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords', 'viewAllRecords']
    .map((right) => `<${right}>${String(rights.includes(right))}</${right}>`)
    .join('')}<object>${name}</object></objectPermissions>`;

export const field = (name: string, editable: boolean): string =>
  `<fieldPermissions><editable>${String(editable)}</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;

export const userPermission = (name: string): string =>
  `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`;

/** Takes everything from the integration user. */
export function revokeAll({ org, users }: RunningOrg): void {
  for (const { Id } of org.find('PermissionSetAssignment', { AssigneeId: users.integration.id })) {
    const context = { user: users.admin.id, origin: '' };
    org.transact(context, (tx) => tx.remove('PermissionSetAssignment', String(Id)));
  }
}

/** Gives the integration user these permissions, and no others. */
export async function grantOnly(running: RunningOrg, ...permissions: string[]): Promise<void> {
  const { org, users } = running;
  revokeAll(running);
  const content = `<label>Test</label>${permissions.join('')}`;
  await deploy(org, { 'permissionsets/Test.permissionset': xml('PermissionSet', content) });
  const PermissionSetId = String(org.find('PermissionSet', { Name: 'Test' })[0]?.['Id']);
  org.transact({ user: users.admin.id, origin: '' }, (tx) =>
    tx.create('PermissionSetAssignment', { AssigneeId: users.integration.id, PermissionSetId }),
  );
}

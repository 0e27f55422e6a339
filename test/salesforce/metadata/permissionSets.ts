// A permission set of the metadata as the rights that it gives.
// Source: Metadata API Developer Guide, "PermissionSet".
import type { ObjectRights, PermissionSetDefinition } from '../access.ts';
import { childrenOf, flagOf, textOf, type Element } from './xml.ts';

export function readPermissionSet(name: string, element: Element): PermissionSetDefinition {
  const objects = new Map<string, ObjectRights>();
  for (const permission of childrenOf(element, 'objectPermissions')) {
    const modifyAll = flagOf(permission, 'modifyAllRecords');
    const viewAll = modifyAll || flagOf(permission, 'viewAllRecords');
    objects.set(textOf(permission, 'object') ?? '', {
      read: viewAll || flagOf(permission, 'allowRead'),
      create: flagOf(permission, 'allowCreate'),
      edit: modifyAll || flagOf(permission, 'allowEdit'),
      delete: modifyAll || flagOf(permission, 'allowDelete'),
      viewAll,
    });
  }
  const fields = new Map<string, { read: boolean; edit: boolean }>();
  for (const permission of childrenOf(element, 'fieldPermissions')) {
    // This org keeps activities as tasks.
    const path = (textOf(permission, 'field') ?? '').replace(/^Activity\./, 'Task.');
    const edit = flagOf(permission, 'editable');
    fields.set(path, { read: edit || flagOf(permission, 'readable'), edit });
  }
  const enabled = (kind: string): Set<string> =>
    new Set(
      childrenOf(element, kind)
        .filter((permission) => flagOf(permission, 'enabled'))
        .map((permission) => textOf(permission, 'name') ?? ''),
    );
  return {
    name,
    label: textOf(element, 'label') ?? name,
    objects,
    fields,
    user: enabled('userPermissions'),
    custom: enabled('customPermissions'),
  };
}

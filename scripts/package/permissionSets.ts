// The permission sets of the package, read from their files.
import { filesOf, type PackageSource } from './source.ts';
import { children, textOf, textsOf } from './xml.ts';

export interface ObjectPermission {
  object: string;
  create: boolean;
  read: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}

export interface PermissionSet {
  name: string;
  path: string;
  label: string;
  description: string;
  objects: Map<string, ObjectPermission>;
  /** By `Object.Field`. */
  fields: Map<string, { editable: boolean; readable: boolean }>;
  applications: string[];
  tabs: string[];
  customPermissions: string[];
  userPermissions: string[];
}

/** The sets by what they are for. */
export const INTEGRATION = 'Sellfire_Integration';

export function readPermissionSets(source: PackageSource): PermissionSet[] {
  return filesOf(source, 'PermissionSet').map(({ name, path, root }) => ({
    name,
    path,
    label: textOf(root, 'label') ?? '',
    description: textOf(root, 'description') ?? '',
    objects: new Map(
      children(root, 'objectPermissions').map((one) => {
        const is = (flag: string): boolean => textOf(one, flag) === 'true';
        const object = textOf(one, 'object') ?? '';
        return [
          object,
          {
            object,
            create: is('allowCreate'),
            read: is('allowRead'),
            edit: is('allowEdit'),
            delete: is('allowDelete'),
            viewAll: is('viewAllRecords'),
            modifyAll: is('modifyAllRecords'),
          },
        ];
      }),
    ),
    fields: new Map(
      children(root, 'fieldPermissions').map((one) => [
        textOf(one, 'field') ?? '',
        { editable: textOf(one, 'editable') === 'true', readable: textOf(one, 'readable') === 'true' },
      ]),
    ),
    applications: children(root, 'applicationVisibilities').flatMap((one) => textsOf(one, 'application')),
    tabs: children(root, 'tabSettings').flatMap((one) => textsOf(one, 'tab')),
    customPermissions: children(root, 'customPermissions').flatMap((one) => textsOf(one, 'name')),
    userPermissions: children(root, 'userPermissions').flatMap((one) => textsOf(one, 'name')),
  }));
}

// The records by which an org shows what an installed package brings: its permission sets and its notification types.
import type { Access, PermissionSetDefinition } from './access.ts';
import type { Row } from './model.ts';
import type { NotificationTypeDefinition } from './pubsub/org.ts';
import type { Records } from './records.ts';

/** Permissions of a user that `PermissionSet` shows as fields (Object Reference, "PermissionSet"). */
const USER_PERMISSIONS = ['ModifyAllData', 'ViewAllData', 'ManageUsers', 'CustomizeApplication', 'AuthorApex'];

export interface PackageRecords {
  /** Makes the permission set known under its name, as a record that can be assigned. */
  installPermissionSet(set: PermissionSetDefinition): void;
  installNotificationType(type: NotificationTypeDefinition): void;
}

export interface PackageRecordsParts {
  records: Pick<Records, 'find' | 'nextId'>;
  access: Access;
  insertSeed: (object: string, row: Row) => void;
  /** The id of the org's administrator. */
  adminId: string;
}

export function createPackageRecords({ records, access, insertSeed, adminId }: PackageRecordsParts): PackageRecords {
  function installPermissionSet(set: PermissionSetDefinition): void {
    const [, NamespacePrefix = null, Name = set.name] = /^(?:([a-z]\w*?)__)?(.+)$/i.exec(set.name) ?? [];
    if (records.find('PermissionSet', { Name, NamespacePrefix }, 1).length === 0) {
      const by = { CreatedById: adminId, LastModifiedById: adminId };
      const Id = records.nextId('PermissionSet');
      insertSeed('PermissionSet', {
        ...by,
        Id,
        Name,
        NamespacePrefix,
        Label: set.label,
        IsCustom: true,
        IsOwnedByProfile: false,
        ...Object.fromEntries(USER_PERMISSIONS.map((name) => [`Permissions${name}`, set.user.has(name)])),
      });
    }
    access.define(set);
  }

  function installNotificationType({ name, label, description, desktop, mobile }: NotificationTypeDefinition): void {
    const [, NamespacePrefix = null, DeveloperName = name] = /^(?:([a-z]\w*?)__)?(.+)$/i.exec(name) ?? [];
    if (records.find('CustomNotificationType', { DeveloperName, NamespacePrefix }, 1).length > 0) return;
    insertSeed('CustomNotificationType', {
      CreatedById: adminId,
      LastModifiedById: adminId,
      Id: records.nextId('CustomNotificationType'),
      CustomNotifTypeName: DeveloperName,
      DeveloperName,
      NamespacePrefix,
      MasterLabel: label,
      Description: description,
      Desktop: desktop,
      Mobile: mobile,
    });
  }

  return { installPermissionSet, installNotificationType };
}

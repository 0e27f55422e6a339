// The audit fields: the platform writes them, but for who creates records with the permission to say when and by whom they
// were made. An org that has the permission at all is one where the setting behind it was turned on.
// Source: Salesforce Help, "Enable the 'Set Audit Fields upon Record Creation' Permission".
import type { UserAccess } from './access.ts';
import type { ObjectDef } from './model.ts';

export const AUDIT_FIELDS = ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'] as const;

/** The user permission; administrators too have it only from a permission set. */
const PERMISSION = 'CreateAuditFields';
/** Standard objects of this org on which the fields can be set; on custom objects they always can. */
const OBJECTS = new Set(['Account', 'Contact', 'Lead', 'Opportunity', 'Task']);

export function isAuditField(object: ObjectDef, name: string): boolean {
  const known = (AUDIT_FIELDS as readonly string[]).includes(name);
  return known && object.kind === 'record' && (object.custom || OBJECTS.has(object.name));
}

export function maySetAuditFields(access: UserAccess): boolean {
  return access.has(PERMISSION);
}

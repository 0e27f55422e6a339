// Nobody is locked out of the package and nobody gets more than needed: every field is in a permission set, every set names
// only what exists, and what the platform refuses or ignores in a packaged set is not in one.
import { Findings, type Gate } from '../gate.ts';
import { readObjects, type PackageField, type PackageObject } from '../objects.ts';
import { readPermissionSets, type ObjectPermission, type PermissionSet } from '../permissionSets.ts';
import { filesOf, type PackageSource } from '../source.ts';

type Objects = ReadonlyMap<string, PackageObject>;

export const permissionsGate: Gate = {
  name: 'permissions',
  promise: 'every object and field is in a permission set, and every set holds together',
  check(source) {
    const objects = readObjects(source);
    const sets = readPermissionSets(source);
    const findings = new Findings('permissions');
    for (const object of objects.values()) checkCoverage(object, sets, findings);
    for (const { path, name } of filesOf(source, 'CustomPermission')) {
      findings.expect(
        sets.some((set) => set.customPermissions.includes(name)),
        `${path}: is in no permission set`,
      );
    }
    for (const set of sets) {
      for (const permission of set.objects.values()) checkObject(set, permission, objects, findings);
      for (const [name, { editable, readable }] of set.fields) {
        checkField(set, name, editable, objects, findings);
        findings.expect(readable, `${set.path}: lists ${name} and does not let it be read`);
      }
      checkExtras(set, source, findings);
    }
    return findings;
  },
};

/** Field-level security does not exist for events, and a required field is always visible: the platform refuses both. */
function isSecurable(object: PackageObject, field: PackageField): boolean {
  return object.kind !== 'event' && !field.required;
}

function checkCoverage(object: PackageObject, sets: PermissionSet[], findings: Findings): void {
  if (object.kind !== 'standard') {
    findings.expect(
      sets.some((set) => set.objects.has(object.name)),
      `${object.name}: is in no permission set`,
    );
  }
  for (const field of object.fields.values()) {
    if (!isSecurable(object, field)) continue;
    for (const secured of securedNames(object.name, field.name)) {
      findings.expect(
        sets.some((set) => set.fields.has(secured)),
        `${secured}: is in no permission set`,
      );
    }
  }
}

/** Field-level security of a field of Activity is that of Task and of Event, and both are to be named. */
function securedNames(object: string, field: string): string[] {
  return (object === 'Activity' ? ['Task', 'Event'] : [object]).map((name) => `${name}.${field}`);
}

function checkObject(set: PermissionSet, allowed: ObjectPermission, objects: Objects, findings: Findings): void {
  const { object } = allowed;
  const where = `${set.path}: ${object}`;
  const kind = objects.get(object)?.kind;
  findings.expect(
    kind === 'record' || kind === 'event',
    `${where} is no object of the package, and a package cannot grant permissions on others`,
  );
  findings.expect(allowed.read, `${where} is listed and cannot be read`);
  findings.expect(!allowed.delete || allowed.edit, `${where}: deleting needs editing`);
  findings.expect(
    !allowed.modifyAll || (allowed.viewAll && allowed.edit && allowed.delete),
    `${where}: modifying all records needs viewing all, editing and deleting`,
  );
  if (kind === 'event') {
    findings.expect(
      !allowed.edit && !allowed.delete && !allowed.viewAll && !allowed.modifyAll,
      `${where} is an event: it can be read and created only`,
    );
  }
}

function checkField(set: PermissionSet, name: string, editable: boolean, objects: Objects, findings: Findings): void {
  const [objectName = '', fieldName = ''] = name.split('.');
  const object = objects.get(['Task', 'Event'].includes(objectName) ? 'Activity' : objectName);
  const field = object?.fields.get(fieldName);
  if (!object || !field) return findings.expect(false, `${set.path}: ${name} is no field of the package`);
  findings.expect(
    isSecurable(object, field),
    `${set.path}: ${name} is required or on an event, so it cannot be listed`,
  );
  if (object.kind === 'standard') return;
  const allowed = set.objects.get(objectName);
  findings.expect(allowed !== undefined, `${set.path}: ${name} is listed without its object`);
  // A field may be open for those who only create: they fill it once.
  if (editable) {
    findings.expect(
      allowed?.edit === true || allowed?.create === true,
      `${set.path}: ${name} is editable and its object is not`,
    );
  }
}

function checkExtras(set: PermissionSet, source: PackageSource, findings: Findings): void {
  const named = (type: string): Set<string> => new Set(filesOf(source, type).map((file) => file.name));
  const applications = named('CustomApplication');
  const tabs = named('CustomTab');
  const custom = named('CustomPermission');
  for (const one of set.applications) findings.expect(applications.has(one), `${set.path}: no application ${one}`);
  for (const one of set.tabs) findings.expect(tabs.has(one), `${set.path}: no tab ${one}`);
  for (const one of set.customPermissions) {
    findings.expect(custom.has(one), `${set.path}: no custom permission ${one}`);
  }
  for (const one of set.userPermissions) {
    findings.expect(false, `${set.path}: ${one} is a user permission, which a package cannot grant`);
  }
}

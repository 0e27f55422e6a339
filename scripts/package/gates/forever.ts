// What is released can never be taken back or made right, so each trap of it is looked at before: what was handed out is
// still there and is what it was, and nothing new is of a kind that an upgrade cannot bring or mend.
// Source: Second-Generation Managed Packaging Developer Guide, "Components Available in Managed Packages".
import { Findings, type Gate } from '../gate.ts';
import { readObjects, type PackageField, type PackageObject } from '../objects.ts';
import { INTEGRATION, readPermissionSets } from '../permissionSets.ts';
import { readExposed } from '../lwc/exposed.ts';
import { componentsOf, lockedOf, readReleased, type Released, type ReleasedField } from '../released.ts';
import { filesOf, type PackageSource } from '../source.ts';

/** Types that a package must not hold, and why. */
const REFUSED_TYPES: Readonly<Record<string, string>> = {
  GlobalValueSet: 'its new values never reach orgs that have the package',
  StandardValueSet: 'values of a standard picklist cannot be packaged',
  Profile: 'only the parts about packaged items are installed; a permission set says all of it',
  RecordType: 'picklist values of a record type are not added on an upgrade',
};
/** Picklists that the bridge writes and that are restricted all the same, with the reason. */
const RESTRICTED_ON_PURPOSE = new Set([
  // M15: exactly these values. One that Sellfire does not know must be refused when it is typed, not when it is synced.
  'Lead.Phase__c',
  'Contact.Phase__c',
]);
/** Names of child relationships on objects that are not ours begin so, to meet no name of the customer. */
const OURS = /^Sellfire_/;

export const foreverGate: Gate = {
  name: 'forever',
  promise: 'what was released is there unchanged, and nothing is of a kind that cannot be upgraded',
  async check(source) {
    const objects = readObjects(source);
    const findings = new Findings('released and new parts');
    await checkReleased(source, objects, findings);
    for (const [type, reason] of Object.entries(REFUSED_TYPES)) {
      for (const { path } of filesOf(source, type)) findings.expect(false, `${path}: ${reason}`);
    }
    const integration = readPermissionSets(source).find((set) => set.name === INTEGRATION);
    for (const object of objects.values()) {
      if (object.kind === 'event') {
        findings.expect(
          object.publishBehavior !== undefined,
          `${object.name}: leaves its publish behaviour to a default`,
        );
      }
      for (const field of object.fields.values()) {
        const name = `${object.name}.${field.name}`;
        checkRelationship(name, field, findings);
        const written = integration?.fields.get(name)?.editable === true && object.kind !== 'event';
        if (field.type !== 'Picklist' || !written) continue;
        findings.expect(
          !field.restricted || RESTRICTED_ON_PURPOSE.has(name),
          `${name}: the bridge writes it, and a restricted picklist refuses every value that a later bridge may need`,
        );
      }
    }
    return findings;
  },
};

async function checkReleased(
  source: PackageSource,
  objects: ReadonlyMap<string, PackageObject>,
  findings: Findings,
): Promise<void> {
  let released: Released;
  try {
    released = await readReleased(source);
  } catch (error) {
    return findings.expect(false, `config/released.json: ${error instanceof Error ? error.message : String(error)}`);
  }
  const components = new Set(componentsOf(source));
  for (const component of released.components) {
    findings.expect(components.has(component), `${component}: was released and is gone`);
  }
  for (const [object, fields] of Object.entries(released.fields)) {
    const present = objects.get(object)?.fields ?? new Map<string, PackageField>();
    for (const [name, before] of Object.entries(fields)) {
      const field = present.get(name);
      findings.expect(field !== undefined, `${object}.${name}: was released and is gone`);
      if (field) checkField(`${object}.${name}`, before, lockedOf(field), findings);
    }
    for (const field of present.values()) {
      if (field.name in fields) continue;
      const empty = field.required && field.defaultValue === undefined;
      findings.expect(
        !empty && field.type !== 'AutoNumber',
        `${object}.${field.name}: a new field that is ${empty ? 'required' : 'numbered'} cannot come to an object that was released`,
      );
    }
  }
  await checkExposed(source, released, findings);
}

/** An exposed component stands on pages of customers, with values set on it. */
async function checkExposed(source: PackageSource, released: Released, findings: Findings): Promise<void> {
  const present = await readExposed(source);
  for (const [name, before] of Object.entries(released.exposed)) {
    const now = present[name];
    findings.expect(now !== undefined, `lwc/${name}: was released as exposed, and is not`);
    for (const target of before.targets) {
      findings.expect(now?.targets.includes(target) === true, `lwc/${name}: was released for ${target}, and is not`);
    }
    for (const property of before.properties) {
      findings.expect(
        now?.properties.includes(property) === true,
        `lwc/${name}: was released with the property ${property}, and is without`,
      );
    }
  }
}

function checkField(name: string, before: ReleasedField, now: ReleasedField, findings: Findings): void {
  for (const key of ['type', 'externalId', 'unique', 'relationshipName'] as const) {
    findings.expect(
      before[key] === now[key],
      `${name}: was released with ${key} ${String(before[key])}, and has ${String(now[key])}`,
    );
  }
  findings.expect(
    (now.length ?? 0) >= (before.length ?? 0),
    `${name}: was released with ${String(before.length)} characters, and has ${String(now.length)}`,
  );
  findings.expect(before.required || !now.required, `${name}: was released as optional, and is required`);
}

function checkRelationship(name: string, field: PackageField, findings: Findings): void {
  if (field.type !== 'Lookup' && field.type !== 'MasterDetail') return;
  const { relationshipName = '', referenceTo = '' } = field;
  const foreign = !referenceTo.endsWith('__c');
  findings.expect(
    relationshipName.length > 0 && (!foreign || OURS.test(relationshipName)),
    `${name}: its child relationship on ${referenceTo} is '${relationshipName}', which can never be renamed`,
  );
}

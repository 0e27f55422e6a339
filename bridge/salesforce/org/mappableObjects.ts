// The mirror of the org's objects whose fields can be mapped: one Mappable_Object__c an object, since no adapter of the pages lists
// objects. What can be mapped is what the connected user may write (M10–M13).
import { FOLLOWED_OBJECTS, type PackageNames, type SalesforceFields } from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { mirrorRows, textOf, type MirrorChange } from './mirror.ts';
import type { ObjectAccess } from './schema.ts';

/** Characters of Name. */
const NAME_LENGTH = 80;
/** Standard objects that a demo or a sale makes (M12, M25). */
const TRIGGERS: Record<string, string> = {
  ...Object.fromEntries(FOLLOWED_OBJECTS.map((object) => [object, 'create/update;demo set;sale'])),
  Opportunity: 'demo set;sale',
  OpportunityLineItem: 'sale',
};

/** @param objects every object that the connected user can see. @throws PeerError */
export function mirrorMappableObjects(
  rest: Rest,
  { prefix }: PackageNames,
  objects: ReadonlyMap<string, ObjectAccess>,
): Promise<MirrorChange> {
  const keyField = `${prefix}Api_Name__c`;
  const wanted = new Map<string, SalesforceFields>();
  for (const [name, access] of objects) {
    const triggers = triggersOf(name, access, prefix);
    if (triggers === undefined) continue;
    wanted.set(name, {
      Name: textOf(access.label, NAME_LENGTH) ?? name,
      [`${prefix}Custom__c`]: access.custom,
      [`${prefix}Triggers__c`]: triggers,
      [`${prefix}Key_Prefix__c`]: access.keyPrefix,
    });
  }
  const columns = ['Name', ...['Custom__c', 'Triggers__c', 'Key_Prefix__c'].map((field) => prefix + field)];
  return mirrorRows(rest, { object: `${prefix}Mappable_Object__c`, keyField, columns }, wanted);
}

/** @returns undefined where nothing of the object can be mapped */
function triggersOf(name: string, access: ObjectAccess, prefix: string): string | undefined {
  if (!access.createable || !access.queryable) return undefined;
  if (name in TRIGGERS) return TRIGGERS[name];
  // The package's own objects are the bridge's; settings, events and the rest of the custom kinds are no records of a customer.
  const isOwn = prefix !== '' && name.startsWith(prefix);
  return access.custom && name.endsWith('__c') && !access.customSetting && !isOwn && !isPackage(name, prefix)
    ? 'sale'
    : undefined;
}

/** In an org that the source was deployed to, the package's objects have no namespace to know them by. */
const PACKAGE_OBJECTS = [
  'Bridge_Status__c',
  'Field_Mapping__c',
  'Integration_Report__c',
  'Mappable_Object__c',
  'Organization__c',
  'Sellfire_Field__c',
  'Site__c',
  'Sync_Request__c',
  'Sync_Settings__c',
];
const isPackage = (name: string, prefix: string): boolean => prefix === '' && PACKAGE_OBJECTS.includes(name);

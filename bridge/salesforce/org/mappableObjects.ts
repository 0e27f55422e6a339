// Mirrors the org's objects with mappable fields: one Mappable_Object__c per object, because no wire adapter of the pages lists
// objects. An object is mappable when the connected user may write it (M10–M13).
import { FOLLOWED_OBJECTS, type PackageNames, type SalesforceFields } from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { mirrorRows, textOf, type MirrorChange } from './mirror.ts';
import type { ObjectAccess } from './schema.ts';

/** Characters of Name. */
const NAME_LENGTH = 80;
/** Standard objects that a demo or a sale creates (M12, M25). */
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

/** @returns undefined for an object without mappable fields */
function triggersOf(name: string, access: ObjectAccess, prefix: string): string | undefined {
  if (!access.createable || !access.queryable) return undefined;
  if (name in TRIGGERS) return TRIGGERS[name];
  // The package's own objects, custom settings, events and other custom kinds hold no customer records.
  const isOwn = prefix !== '' && name.startsWith(prefix);
  return access.custom && name.endsWith('__c') && !access.customSetting && !isOwn && !isPackage(name, prefix)
    ? 'sale'
    : undefined;
}

/** In an org with a source deployment, the package's objects have no namespace that identifies them. */
const PACKAGE_OBJECTS = [
  'Bridge_Status__c',
  'Field_Mapping__c',
  'Integration_Report__c',
  'Mappable_Object__c',
  'Organization__c',
  'Sellfire_Field__c',
  'Sellfire_Rep__c',
  'Site__c',
  'Sync_Request__c',
  'Sync_Settings__c',
];
const isPackage = (name: string, prefix: string): boolean => prefix === '' && PACKAGE_OBJECTS.includes(name);

// Which objects of an org may be mapped, and when their fields are written (M10–M13).
import { TRIGGERS, type Trigger } from '../../model/mapping.ts';
import { FOLLOWED_OBJECTS } from '../../model/salesforce.ts';

/** What the describe of an org says of one of its objects. */
export interface ObjectTraits {
  createable: boolean;
  queryable: boolean;
  custom: boolean;
  customSetting: boolean;
}

/** Standard objects that a demo or a sale creates (M12, M25). */
const STANDARD: Readonly<Record<string, readonly Trigger[]>> = {
  ...Object.fromEntries(FOLLOWED_OBJECTS.map((object) => [object, TRIGGERS])),
  Opportunity: ['demoSet', 'sale'],
  OpportunityLineItem: ['sale'],
};

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

/**
 * The triggers that a mapping of the object may have; undefined where no field of the object can be mapped. An object is mappable when the
 * connected user may create and query it. The package's own objects, custom settings, events and other custom kinds hold no customer records.
 * @param prefix the namespace of the package with its underscores, empty in an org with a source deployment
 */
export function triggersOf(name: string, object: ObjectTraits, prefix: string): readonly Trigger[] | undefined {
  if (!object.createable || !object.queryable) return undefined;
  if (Object.hasOwn(STANDARD, name)) return STANDARD[name];
  const isOwn = prefix === '' ? PACKAGE_OBJECTS.includes(name) : name.startsWith(prefix);
  return object.custom && name.endsWith('__c') && !object.customSetting && !isOwn ? ['sale'] : undefined;
}

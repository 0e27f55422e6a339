// Mirrors the org's objects with mappable fields: one Mappable_Object__c per object, because no wire adapter of the pages lists
// objects.
import { TRIGGER_NAMES, type Trigger } from '../../model/mapping.ts';
import type { PackageNames, SalesforceFields } from '../../model/salesforce.ts';
import type { Rest } from '../api/rest.ts';
import { mirrorRows, storedText, type MirrorChange } from './mirror.ts';
import type { ObjectAccess } from './schema.ts';

/** Characters of Name. */
const NAME_LENGTH = 80;

export interface MappableObject extends Pick<ObjectAccess, 'label' | 'keyPrefix' | 'custom'> {
  name: string;
  triggers: readonly Trigger[];
}

/** @throws PeerError */
export function mirrorMappableObjects(
  rest: Rest,
  { prefix }: PackageNames,
  objects: readonly MappableObject[],
): Promise<MirrorChange> {
  const keyField = `${prefix}Api_Name__c`;
  const wanted = new Map<string, SalesforceFields>();
  for (const { name, label, keyPrefix, custom, triggers } of objects) {
    wanted.set(name, {
      Name: storedText(label, NAME_LENGTH) ?? name,
      [`${prefix}Custom__c`]: custom,
      [`${prefix}Triggers__c`]: triggers.map((trigger) => TRIGGER_NAMES[trigger]).join(';'),
      [`${prefix}Key_Prefix__c`]: keyPrefix,
    });
  }
  const columns = ['Name', ...['Custom__c', 'Triggers__c', 'Key_Prefix__c'].map((field) => prefix + field)];
  return mirrorRows(rest, { object: `${prefix}Mappable_Object__c`, keyField, columns }, wanted);
}

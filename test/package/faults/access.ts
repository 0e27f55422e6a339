// Faults to plant in the package: its permissions.
import type { PlantedFault } from '../faults.ts';
import { INTEGRATION, ADMINISTRATOR, USER, STATUS_FIELD, permission, entry } from './places.ts';

export const ACCESS_FAULTS: PlantedFault[] = [
  {
    gate: 'permissions',
    what: 'a field that nobody may see',
    plant: async (copy) => {
      for (const set of [INTEGRATION, ADMINISTRATOR, USER]) await copy.edit(set, permission('Lead.Phase__c'), '');
    },
    says: /Lead\.Phase__c: is in no permission set/,
  },
  {
    gate: 'permissions',
    what: 'a field of activities that only tasks show',
    plant: async (copy) => {
      for (const set of [INTEGRATION, ADMINISTRATOR, USER]) {
        await copy.edit(set, permission('Event.EventDateTime__c'), '');
      }
    },
    says: /Event\.EventDateTime__c: is in no permission set/,
  },
  {
    gate: 'permissions',
    what: 'an event that nobody may publish',
    plant: (copy) => copy.edit(INTEGRATION, entry('objectPermissions', 'Bridge_Status__e'), ''),
    says: /Bridge_Status__e: is in no permission set/,
  },
  {
    gate: 'permissions',
    what: 'a custom permission that nobody is given',
    plant: (copy) => copy.edit(ADMINISTRATOR, entry('customPermissions', 'Configure_Sellfire'), ''),
    says: /Configure_Sellfire.*: is in no permission set/,
  },
  {
    gate: 'permissions',
    what: 'a custom permission that does not exist',
    plant: (copy) => copy.edit(ADMINISTRATOR, '<name>Configure_Sellfire<', '<name>Configure_Dialer<'),
    says: /no custom permission Configure_Dialer/,
  },
  {
    gate: 'permissions',
    what: 'a permission on a field that does not exist',
    plant: (copy) => copy.edit(INTEGRATION, '<field>Lead.Phase__c<', '<field>Lead.Stage__c<'),
    says: /Lead\.Stage__c is no field of the package/,
  },
  {
    gate: 'permissions',
    what: 'a permission on a required field',
    plant: (copy) => copy.edit(STATUS_FIELD, '<required>false<', '<required>true<'),
    says: /Field_Mapping__c\.Status__c is required or on an event/,
  },
  {
    gate: 'permissions',
    what: 'a permission on a standard object',
    plant: (copy) => copy.edit(INTEGRATION, '<object>Bridge_Status__c<', '<object>Lead<'),
    says: /Lead is no object of the package/,
  },
  {
    gate: 'permissions',
    what: 'a field that may be edited on an object that may not',
    plant: (copy) =>
      copy.edit(
        ADMINISTRATOR,
        /<editable>false<\/editable>(\s*)<field>Bridge_Status__c\.State__c/,
        '<editable>true</editable>$1<field>Bridge_Status__c.State__c',
      ),
    says: /Bridge_Status__c\.State__c is editable and its object is not/,
  },
  {
    gate: 'permissions',
    what: 'an event that may be edited',
    plant: (copy) =>
      copy.edit(
        INTEGRATION,
        /<allowEdit>false<\/allowEdit>(\s*<allowRead>true<\/allowRead>\s*<modifyAllRecords>false<\/modifyAllRecords>\s*<object>Bridge_Status__e)/,
        '<allowEdit>true</allowEdit>$1',
      ),
    says: /Bridge_Status__e is an event/,
  },
  {
    gate: 'permissions',
    what: 'a tab that does not exist',
    plant: (copy) => copy.edit(ADMINISTRATOR, '<tab>Bridge_Status__c<', '<tab>Bridge__c<'),
    says: /no tab Bridge__c/,
  },
  {
    gate: 'permissions',
    what: 'a user permission',
    plant: (copy) =>
      copy.edit(
        INTEGRATION,
        '</PermissionSet>',
        '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions></PermissionSet>',
      ),
    says: /ApiEnabled is a user permission/,
  },
];

// Faults to plant in the package: its fields and rules.
import type { PlantedFault } from '../faults.ts';
import { MAPPING, MAPPING_LAYOUT, PHASE, DAYS_RULE, DEAL_KEY } from './places.ts';

export const DATA_FAULTS: PlantedFault[] = [
  {
    gate: 'picklists',
    what: 'a phase in another place',
    plant: async (copy) => {
      await copy.edit(PHASE, '<fullName>Retired<', '<fullName>Customers<');
      await copy.edit(PHASE, '<fullName>Customer<', '<fullName>Retired<');
    },
    says: /Lead\.Phase__c: value 13 is Customers, not Retired/,
  },
  {
    gate: 'picklists',
    what: 'a phase too many',
    plant: (copy) =>
      copy.edit(
        'objects/Contact/fields/Phase__c.field-meta.xml',
        '</valueSetDefinition>',
        '<value><fullName>Lost</fullName><default>false</default><label>Lost</label></value></valueSetDefinition>',
      ),
    says: /Contact\.Phase__c: has 15 values, not 14/,
  },
  {
    gate: 'picklists',
    what: "a phase with its system's spelling mended",
    plant: (copy) => copy.edit(PHASE, '<label>PostInitialHelPhase', '<label>PostInitialHeldPhase'),
    says: /PostInitialHelPhaseDemoNotHeld is labelled PostInitialHeldPhaseDemoNotHeld/,
  },
  {
    gate: 'picklists',
    what: 'phases that are not restricted',
    plant: (copy) => copy.edit(PHASE, '<restricted>true<', '<restricted>false<'),
    says: /Lead\.Phase__c: is not restricted/,
  },
  {
    gate: 'rules',
    what: 'a rule on a field that does not exist',
    plant: (copy) => copy.edit(DAYS_RULE, 'Report_Days__c &lt; 1', 'Days__c &lt; 1'),
    says: /Sync_Settings__c\.Days__c does not exist/,
  },
  {
    gate: 'rules',
    what: 'a function that the rules do not use',
    plant: (copy) => copy.edit(DAYS_RULE, 'NOT(ISBLANK(', 'NOT(ISNULL('),
    says: /ISNULL is no function/,
  },
  {
    gate: 'rules',
    what: 'a bracket that is not closed',
    plant: (copy) => copy.edit(DAYS_RULE, '3650))', '3650)'),
    says: /brackets do not match/,
  },
  {
    gate: 'rules',
    what: 'a message displayed at a field that does not exist',
    plant: (copy) => copy.edit(DAYS_RULE, '<errorDisplayField>Report_Days__c', '<errorDisplayField>Days__c'),
    says: /is displayed at Days__c, which does not exist/,
  },
  {
    gate: 'rules',
    what: 'a rule without a message',
    plant: (copy) => copy.edit(DAYS_RULE, /<errorMessage>[^<]*</, '<errorMessage><'),
    says: /its errorMessage has not 1 to 255 characters/,
  },
  {
    gate: 'rules',
    what: 'a rule that is asleep',
    plant: (copy) => copy.edit(DAYS_RULE, '<active>true<', '<active>false<'),
    says: /is not active/,
  },
  {
    gate: 'keys',
    what: 'a key that is not unique',
    plant: (copy) => copy.edit(DEAL_KEY, '<unique>true<', '<unique>false<'),
    says: /Sellfire_Opportunity_Key__c: is not unique/,
  },
  {
    gate: 'keys',
    what: 'a key that is no external id',
    plant: (copy) => copy.edit(DEAL_KEY, '<externalId>true<', '<externalId>false<'),
    says: /Sellfire_Opportunity_Key__c: is no external id/,
  },
  {
    gate: 'keys',
    what: 'a key that takes two ids for one',
    plant: (copy) => copy.edit(DEAL_KEY, '<caseSensitive>true<', '<caseSensitive>false<'),
    says: /takes a1 and A1 for the same/,
  },
  {
    gate: 'keys',
    what: 'an account that leads may not share',
    plant: (copy) =>
      copy.edit('objects/Account/fields/Sellfire_Lead_Id__c.field-meta.xml', '<unique>false<', '<unique>true<'),
    says: /Account\.Sellfire_Lead_Id__c: is unique, and may be shared/,
  },
  {
    gate: 'keys',
    what: 'an external id that nothing uses',
    plant: (copy) =>
      copy.edit('objects/Lead/fields/Owned_Rep_Id__c.field-meta.xml', '<externalId>false<', '<externalId>true<'),
    says: /Lead\.Owned_Rep_Id__c: is a key that nothing is known to use/,
  },
  {
    gate: 'history',
    what: 'a setting whose changes are not tracked',
    plant: (copy) =>
      copy.edit(
        'objects/Sync_Settings__c/fields/Api_Share__c.field-meta.xml',
        '<trackHistory>true<',
        '<trackHistory>false<',
      ),
    says: /Sync_Settings__c\.Api_Share__c: configures the bridge and is not tracked/,
  },
  {
    gate: 'history',
    what: 'mappings that keep no history',
    plant: (copy) =>
      copy.edit(`${MAPPING}/Field_Mapping__c.object-meta.xml`, '<enableHistory>true<', '<enableHistory>false<'),
    says: /Field_Mapping__c: keeps no history/,
  },
  {
    gate: 'history',
    what: 'a history that no page shows',
    plant: (copy) => copy.edit(MAPPING_LAYOUT, 'RelatedEntityHistoryList', 'RelatedNoteList'),
    says: /Field_Mapping__c: its page does not show the history/,
  },
];

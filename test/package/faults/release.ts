// Faults to plant in the package: what is released for good.
import type { PlantedFault } from '../faults.ts';
import { plantComponents } from './bundles.ts';
import { MAPPING, STORE_REPORT, INTEGRATION, PHASE, MEMBERS, STATUS_FIELD } from './places.ts';

/** From where faults are planted. */
const RECORD = '../../../config/released.json';

export const RELEASE_FAULTS: PlantedFault[] = [
  {
    gate: 'allocations',
    what: 'an event definition more',
    plant: async (copy) => {
      const event = await copy.read('objects/Sync_Progress__e/Sync_Progress__e.object-meta.xml');
      await copy.add('objects/Sync_Result__e/Sync_Result__e.object-meta.xml', event);
    },
    says: /is event definition 6 of 5/,
  },
  {
    gate: 'allocations',
    what: 'an object more whose changes are sent as events',
    plant: async (copy) => {
      const member = await copy.read(`${MEMBERS}/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml`);
      const to = `${MEMBERS}/Sellfire_TaskChangeEvent.platformEventChannelMember-meta.xml`;
      await copy.add(to, member.replace('>LeadChangeEvent<', '>TaskChangeEvent<'));
    },
    says: /is entity 4 of 3/,
  },
  {
    gate: 'forever',
    what: 'a released field that is gone',
    plant: (copy) => copy.remove('objects/Integration_Report__c/fields/Code__c.field-meta.xml'),
    says: /Integration_Report__c\.Code__c: was released and is gone/,
  },
  {
    gate: 'forever',
    what: 'a released flow with another name',
    plant: (copy) => copy.move(STORE_REPORT, 'flows/Keep_Integration_Report.flow-meta.xml'),
    says: /Flow:Store_Integration_Report: was released and is gone/,
  },
  {
    gate: 'forever',
    what: 'a released field of another type',
    plant: (copy) => copy.edit(PHASE, '<type>Picklist<', '<type>Text<'),
    says: /Lead\.Phase__c: was released with type Picklist, and has Text/,
  },
  {
    gate: 'forever',
    what: 'a released text that became shorter',
    plant: (copy) => copy.edit('objects/Lead/fields/Sellfire_Lead_Id__c.field-meta.xml', '<length>64<', '<length>36<'),
    says: /was released with 64 characters, and has 36/,
  },
  {
    gate: 'forever',
    what: 'a released component that is hidden, or offers less',
    plant: async (copy) => {
      await plantComponents(copy);
      const was = { targets: ['lightning__RecordPage'], properties: ['recordId'] };
      const exposed = { leadPhase: was, phaseBadge: was };
      await copy.edit(RECORD, /\}\s*$/, `, "exposed": ${JSON.stringify(exposed)} }`);
      const onHomePage = '<isExposed>true</isExposed><targets><target>lightning__HomePage</target></targets>';
      await copy.edit('lwc/phaseBadge/phaseBadge.js-meta.xml', '<isExposed>false</isExposed>', onHomePage);
    },
    says: /lwc\/leadPhase: was released as exposed, and is not[^]*phaseBadge: was released for lightning__RecordPage, and is not[^]*phaseBadge: was released with the property recordId, and is without/,
  },
  {
    gate: 'forever',
    what: 'a lost record of what was released',
    plant: (copy) => copy.remove(RECORD),
    says: /config\/released\.json: .*no such file/,
  },
  {
    gate: 'forever',
    what: 'a new field that a released object would require',
    plant: (copy) =>
      copy.edit('objects/Lead/fields/Recording_Consent__c.field-meta.xml', '<required>false<', '<required>true<'),
    says: /Lead\.Recording_Consent__c: a new field that is required/,
  },
  {
    gate: 'forever',
    what: 'a released field that became required',
    plant: (copy) => copy.edit(PHASE, '<required>false<', '<required>true<'),
    says: /Lead\.Phase__c: was released as optional, and is required/,
  },
  {
    gate: 'forever',
    what: 'a value set whose new values would reach nobody',
    plant: (copy) =>
      copy.add(
        'globalValueSets/Phases.globalValueSet-meta.xml',
        '<?xml version="1.0"?><GlobalValueSet xmlns="http://soap.sforce.com/2006/04/metadata"><masterLabel>Phases</masterLabel><sorted>false</sorted></GlobalValueSet>',
      ),
    says: /its new values never reach orgs that have the package/,
  },
  {
    gate: 'forever',
    what: 'a restricted picklist that the bridge writes',
    plant: (copy) => copy.edit(STATUS_FIELD, '<restricted>false<', '<restricted>true<'),
    says: /Field_Mapping__c\.Status__c: the bridge writes it, and a restricted picklist/,
  },
  {
    gate: 'forever',
    what: 'an event that leaves when it is published to a default',
    plant: (copy) =>
      copy.edit(
        'objects/Sync_Request__e/Sync_Request__e.object-meta.xml',
        /<publishBehavior>.*<\/publishBehavior>/,
        '',
      ),
    says: /Sync_Request__e: leaves its publish behaviour to a default/,
  },
  {
    gate: 'forever',
    what: 'a child relationship that may meet one of the customer',
    plant: (copy) =>
      copy.edit(
        'objects/Site__c/fields/Account__c.field-meta.xml',
        '<relationshipName>Sellfire_Sites<',
        '<relationshipName>Sites<',
      ),
    says: /Site__c\.Account__c: its child relationship on Account is 'Sites'/,
  },
  {
    gate: 'names',
    what: 'a field name of more than 40 characters',
    plant: (copy) => copy.move(STATUS_FIELD, `${MAPPING}/fields/${'Status_'.repeat(6)}X__c.field-meta.xml`),
    says: /has 43 characters, 40 are allowed/,
  },
  {
    gate: 'names',
    what: 'a name that would be read as a namespace',
    plant: (copy) => copy.move(STATUS_FIELD, `${MAPPING}/fields/My__Status__c.field-meta.xml`),
    says: /My__Status is not letters, digits and single underscores/,
  },
  {
    gate: 'apex',
    what: 'a class',
    plant: (copy) => copy.add('classes/Retry.cls', 'public class Retry {}'),
    says: /Retry\.cls: is Apex/,
  },
  {
    gate: 'apex',
    what: 'a component that calls Apex',
    plant: (copy) => copy.add('lwc/panel/panel.js', "import run from '@salesforce/apex/Panel.run';"),
    says: /panel\.js: calls Apex/,
  },
  {
    gate: 'apex',
    what: 'a permission set that grants a class',
    plant: (copy) =>
      copy.edit(
        INTEGRATION,
        '<description>',
        '<classAccesses><apexClass>Retry</apexClass><enabled>true</enabled></classAccesses><description>',
      ),
    says: /<classAccesses> is Apex/,
  },
];

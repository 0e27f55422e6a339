// Faults to plant in the package: its files.
import type { PlantedFault } from '../faults.ts';
import { STORE_REPORT, PHASE, APP } from './places.ts';

export const SOURCE_FAULTS: PlantedFault[] = [
  {
    gate: 'shape',
    what: 'malformed XML',
    plant: (copy) => copy.edit(PHASE, '</label>', '</lable>'),
    says: /Phase__c.*malformed XML at \d+:\d+/,
  },
  {
    gate: 'shape',
    what: 'an element that the type does not have',
    plant: (copy) => copy.edit(PHASE, '<label>Phase</label>', '<label>Phase</label><hint>x</hint>'),
    says: /unknown element <hint>/,
  },
  {
    gate: 'shape',
    what: 'a value outside its enumeration',
    plant: (copy) => copy.edit(PHASE, '<type>Picklist</type>', '<type>PickList</type>'),
    says: /type is 'PickList', not one of/,
  },
  {
    gate: 'shape',
    what: 'a text where a boolean belongs',
    plant: (copy) => copy.edit(PHASE, '<restricted>true<', '<restricted>yes<'),
    says: /restricted is 'yes', not a boolean/,
  },
  {
    gate: 'shape',
    what: 'a required element that is missing',
    plant: (copy) =>
      copy.edit(
        'platformEventChannelMembers/Sellfire_LeadChangeEvent.platformEventChannelMember-meta.xml',
        '<eventChannel>Sellfire__chn</eventChannel>',
        '',
      ),
    says: /lacks the required <eventChannel>/,
  },
  {
    gate: 'shape',
    what: 'a single element that is repeated',
    plant: (copy) => copy.edit(PHASE, '<label>Phase</label>', '<label>Phase</label><label>Phase</label>'),
    says: /label is repeated/,
  },
  {
    gate: 'shape',
    what: 'a reference broken over lines',
    plant: (copy) => copy.edit(STORE_REPORT, '<leftValueReference>Find_Report<', '<leftValueReference>\nFind_Report<'),
    says: /white space/,
  },
  {
    gate: 'shape',
    what: 'a root that is no metadata type',
    plant: async (copy) => {
      await copy.edit(APP, '<CustomApplication', '<LightningApplication');
      await copy.edit(APP, '</CustomApplication', '</LightningApplication');
    },
    says: /<LightningApplication> is not a metadata type/,
  },
  {
    gate: 'shape',
    what: 'a missing namespace',
    plant: (copy) => copy.edit(PHASE, / xmlns="[^"]*"/, ''),
    says: /not in http/,
  },
  {
    gate: 'conversion',
    what: 'a suffix that is no type',
    plant: (copy) => copy.move(STORE_REPORT, 'flows/Store_Integration_Report.flows-meta.xml'),
    says: /flows-meta\.xml/,
  },
  {
    gate: 'conversion',
    what: 'a file in the folder of another type',
    plant: (copy) => copy.move(STORE_REPORT, 'layouts/Store_Integration_Report.flow-meta.xml'),
    says: /a Flow belongs in flows\//,
  },
  {
    gate: 'conversion',
    what: 'a name inside that is not the name outside',
    plant: (copy) => copy.edit(PHASE, '<fullName>Phase__c<', '<fullName>Phases__c<'),
    says: /named Phases__c inside/,
  },
  {
    gate: 'conversion',
    what: 'a file that belongs to nothing',
    plant: (copy) => copy.add('flows/notes.txt', 'left behind'),
    says: /notes\.txt: belongs to no component/,
  },
];

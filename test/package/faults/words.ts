// Faults to plant in the package: texts that are written out where a label could stand.
import type { PlantedFault } from '../faults.ts';
import { plantComponents } from './bundles.ts';
import { CONFLICT, HOME, HOME_COMPONENT, standing, STORE_REPORT } from './places.ts';

const SCRIPT = `import { LightningElement } from 'lwc';
export default class PhaseBadge extends LightningElement {
  columns = [{ label: 'Phase', fieldName: 'phase' }];
}
`;

function component(what: string, file: string, text: string, says: string): PlantedFault {
  return {
    gate: 'words',
    what: `a text in ${what} of a component`,
    plant: (copy) => plantComponents(copy, { [`phaseBadge/phaseBadge.${file}`]: text }),
    says: new RegExp(`phaseBadge\\.${file}: '${says}' is written out`),
  };
}

export const WORDS_FAULTS: PlantedFault[] = [
  {
    gate: 'words',
    what: 'a text that a flow stores',
    plant: (copy) => copy.edit(STORE_REPORT, '{!$Label.Not_Stored_Report}', 'Could not be stored. Salesforce says:'),
    says: /Store_Integration_Report.*'Could not be stored\. Salesforce says: \{!.*' is written out/,
  },
  {
    gate: 'words',
    what: 'a message with which a flow refuses',
    plant: (copy) => copy.edit(CONFLICT, '{!$Label.Mapping_Not_Checked}', 'Try again.'),
    says: /Field_Mapping_Conflict.*'Try again\.' is written out/,
  },
  {
    gate: 'words',
    what: 'a text that a flow puts into a field',
    plant: (copy) =>
      copy.edit(
        STORE_REPORT,
        /<elementReference>\$Record\.Reason__c<[^>]*>/,
        '<stringValue>Not known yet</stringValue>',
      ),
    says: /'Not known yet' is written out/,
  },
  {
    gate: 'words',
    what: 'a text in a formula',
    plant: (copy) => copy.edit(CONFLICT, '"associated_contact"', '"an associated contact"'),
    says: /'an associated contact' is written out in a formula/,
  },
  {
    gate: 'words',
    what: 'a text on a page',
    plant: (copy) => copy.edit(HOME, HOME_COMPONENT, standing('flexipage:richText', { richTextValue: 'Welcome' })),
    says: /Sellfire_Home.*'Welcome' is written out/,
  },
  component('the template', 'html', '<template><p>No phase yet</p></template>', 'No phase yet'),
  component('an attribute', 'html', '<template><lightning-badge label="Cold"></lightning-badge></template>', 'Cold'),
  component('the script', 'ts', SCRIPT, 'Phase'),
  component('a built text', 'ts', SCRIPT.replace("'Phase'", '`Phase of ${1}`'), 'Phase of'),
];

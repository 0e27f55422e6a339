// Faults to plant in the package: its components. A sound one is planted first, and then broken.
import { transpile } from '../../../scripts/package/lwc/transpile.ts';
import type { PlantedFault } from '../faults.ts';
import type { PackageCopy } from '../plant.ts';

const FOLDER = 'lwc/leadPhase';
const SCRIPT = `import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import PHASE from '@salesforce/schema/Lead.Phase__c';
import details from '@salesforce/label/c.Tab_Details';
import { shortened } from 'c/phaseWords';

export default class LeadPhase extends LightningElement {
  @api recordId: string | undefined;
  @wire(getRecord, { recordId: '$recordId', fields: [PHASE] }) lead: { data?: unknown } | undefined;
  readonly title: string = shortened(details);
}
`;
const WORDS = `export function shortened(text: string): string {
  return text.slice(0, 20);
}
`;
const TEMPLATE = `<template>
  <lightning-card title={title}>
    <template lwc:if={lead}><c-phase-badge></c-phase-badge></template>
  </lightning-card>
</template>
`;
const BADGE = `import { LightningElement } from 'lwc';
export default class PhaseBadge extends LightningElement {}
`;

/** Edits of the sound components, by file inside `lwc/`; the last word of each is what lies there. */
export async function plantComponents(
  copy: PackageCopy,
  edits: Record<string, string | undefined> = {},
): Promise<void> {
  const files: Record<string, string | undefined> = {
    ...bundle('leadPhase', SCRIPT, TEMPLATE),
    ...bundle('phaseBadge', BADGE, '<template></template>\n'),
    ...bundle('phaseWords', WORDS),
    ...edits,
  };
  for (const [path, text] of Object.entries(files)) if (text !== undefined) await copy.add(`lwc/${path}`, text);
}

function bundle(name: string, script: string, template?: string): Record<string, string> {
  return {
    [`${name}/${name}.ts`]: script,
    [`${name}/${name}.js`]: transpile(`${name}.ts`, script).code,
    [`${name}/${name}.js-meta.xml`]: `<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>67.0</apiVersion>
    <description>Planted: a component that every gate takes.</description>
    <isExposed>false</isExposed>
</LightningComponentBundle>
`,
    ...(template === undefined ? {} : { [`${name}/${name}.html`]: template }),
  };
}

/** The script and what comes of it, with one text in it replaced. */
function script(from: string, to: string): Record<string, string> {
  const text = SCRIPT.replace(from, to);
  if (text === SCRIPT) throw new Error(`The planted script holds no ${from}`);
  return { 'leadPhase/leadPhase.ts': text, 'leadPhase/leadPhase.js': transpile('leadPhase.ts', text).code };
}

export const BUNDLES_FAULTS: PlantedFault[] = [
  {
    gate: 'bundles',
    what: 'a template that does not compile',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.html': '<template>{title.(}</template>' }),
    says: /leadPhase\.html: 1:\d+ LWC\d+/,
  },
  {
    gate: 'bundles',
    what: 'a script that does not compile',
    plant: (copy) =>
      plantComponents(copy, script('{ LightningElement, api, wire }', '{ LightningElements, api, wire }')),
    says: /leadPhase\.js: 1:\d+ LWC\d+/,
  },
  {
    gate: 'bundles',
    what: 'TypeScript that cannot be read',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.ts': 'export default class {{' }),
    says: /leadPhase\.ts: 1:\d+ /,
  },
  {
    gate: 'bundles',
    what: 'a component that is not built',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.js': undefined }),
    says: /leadPhase\.ts: is not built, so it would not be deployed/,
  },
  {
    gate: 'bundles',
    what: 'a component that was changed after it was built',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.ts': `${SCRIPT}export const more = 1;\n` }),
    says: /leadPhase\.ts: was changed since it was built/,
  },
  {
    gate: 'bundles',
    what: 'a script without its TypeScript',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.ts': undefined }),
    says: /leadPhase\.js: was built from a script that is gone, or was written by hand/,
  },
  {
    gate: 'bundles',
    what: 'TypeScript that is not left out of deployments',
    plant: (copy) => copy.edit('../../../.forceignore', '**/lwc/**/*.ts', ''),
    says: /\.forceignore: does not leave out \*\*\/lwc/,
  },
  {
    gate: 'bundles',
    what: 'a script under another name than its folder',
    plant: async (copy) => {
      await plantComponents(copy);
      await copy.move(`${FOLDER}/leadPhase.ts`, `${FOLDER}/leadPhases.ts`);
      await copy.move(`${FOLDER}/leadPhase.js`, `${FOLDER}/leadPhases.js`);
    },
    says: /leadPhase: has no leadPhase\.ts/,
  },
  {
    gate: 'bundles',
    what: 'a component without its configuration',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.js-meta.xml': undefined }),
    says: /leadPhase: has no leadPhase\.js-meta\.xml/,
  },
  ...(
    [
      ['a label', 'c.Tab_Details', 'c.Tab_Detail', '@salesforce/label/c.Tab_Detail'],
      ['a field', 'Lead.Phase__c', 'Lead.Phases__c', '@salesforce/schema/Lead.Phases__c'],
      ['another component', 'c/phaseWords', 'c/words', 'c/words'],
      ['a module of the platform', 'lightning/uiRecordApi', 'lightning/uiRecordsApi', 'lightning/uiRecordsApi'],
      ['events on the page', "'lightning/uiRecordApi'", "'lightning/empApi'", 'lightning/empApi'],
    ] as const
  ).map(([what, from, to, named]): PlantedFault => ({
    gate: 'bundles',
    what: `an import of ${what} that is not to be had`,
    plant: (copy) => plantComponents(copy, script(from, to)),
    says: new RegExp(`leadPhase\\.js: imports ${named}, which does not exist`),
  })),
  {
    gate: 'bundles',
    what: 'a tag that is no component of the package',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.html': TEMPLATE.replaceAll('badge', 'bagde') }),
    says: /leadPhase\.html: <c-phase-bagde> does not exist/,
  },
  {
    gate: 'bundles',
    what: 'a tag that is no component of the platform',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.html': TEMPLATE.replaceAll('-card', '-cart') }),
    says: /leadPhase\.html: <lightning-cart> does not exist/,
  },
  {
    gate: 'conversion',
    what: 'a component that would be deployed empty',
    plant: (copy) => plantComponents(copy, { 'leadPhase/leadPhase.js': undefined }),
    says: /lwc\/leadPhase: would be deployed without its leadPhase\.js/,
  },
  {
    gate: 'conversion',
    what: 'TypeScript that would be deployed',
    plant: async (copy) => {
      await plantComponents(copy);
      await copy.edit('../../../.forceignore', '**/lwc/**/*.ts', '');
    },
    says: /lwc\/leadPhase: leadPhase\.ts would be deployed/,
  },
  {
    gate: 'texts',
    what: 'a component without a description',
    plant: async (copy) => {
      await plantComponents(copy);
      await copy.edit(`${FOLDER}/leadPhase.js-meta.xml`, /<description>[^<]*<\/description>/, '');
    },
    says: /leadPhase\.js-meta\.xml: has no description/,
  },
];

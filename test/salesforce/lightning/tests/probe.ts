// A component that uses what the platform gives to components, deployed beside the package for the tests of the pages.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SOURCE_API_VERSION } from '../../../../scripts/package/project.ts';
import { deployFolder } from '../../metadata.ts';
import type { Org } from '../../org.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

const SCRIPT = `import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import { gql, graphql } from 'lightning/graphql';
import { getRecord, getFieldValue, updateRecord, createRecord } from 'lightning/uiRecordApi';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import TITLE from '@salesforce/schema/Lead.Title';
import userId from '@salesforce/user/Id';
import locale from '@salesforce/i18n/locale';
import LightningConfirm from 'lightning/confirm';
import LightningPrompt from 'lightning/prompt';
import Question from 'c/probeModal';

const LEADS = gql\`
  query leads {
    uiapi { query { Lead(orderBy: { LastName: { order: ASC } }) {
      edges { node { LastName { value } Title { value displayValue } Owner { ... on User { Name { value } } } } }
    } } }
  }
\`;

export default class Probe extends NavigationMixin(LightningElement) {
  answer = '';
  refused = '';
  @wire(CurrentPageReference) reference;
  @wire(graphql, { query: LEADS }) leads;
  @wire(getObjectInfo, { objectApiName: 'Lead' }) info;
  @wire(getRecord, { recordId: '$leadId', fields: [TITLE] }) lead;

  get leadId() { return this.reference?.state?.c__lead; }
  get rows() { return (this.leads?.data?.uiapi.query.Lead.edges ?? []).map(({ node }) => node.LastName.value + ': ' + (node.Title.value ?? '')).join(', '); }
  get keys() { return Object.keys(this.leads?.data?.uiapi.query.Lead.edges[0]?.node ?? {}).join(' '); }
  get title() { return getFieldValue(this.lead?.data, TITLE); }
  get label() { return this.info?.data?.fields.Title.label; }
  get session() { return userId + ' ' + locale; }

  async rename() { await updateRecord({ fields: { Id: this.leadId, Title: 'Renamed' } }); }
  refresh() { return this.leads.refresh(); }
  async fail() {
    try { await createRecord({ apiName: 'Lead', fields: { LastName: 'x', Company: 'x', Email: 'no address' } }); }
    catch (error) { this.refused = error.status + ' ' + Object.keys(error.body.output.fieldErrors).join(' '); }
  }
  async ask() { this.answer = String(await Question.open({ label: 'A question', size: 'small' })); }
  async confirm() { this.answer = String(await LightningConfirm.open({ label: 'Sure', message: 'Are you?' })); }
  async prompt() { this.answer = String(await LightningPrompt.open({ label: 'Name', message: 'Which?', defaultValue: 'none' })); }
  picked(event) { this.answer = event.detail.recordId; }
  toast() { this.dispatchEvent(new ShowToastEvent({ title: 'Saved {0}', message: 'See {0}', messageData: ['all of it'], variant: 'success' })); }
  go() { this[NavigationMixin.Navigate]({ type: 'standard__objectPage', attributes: { objectApiName: 'Lead', actionName: 'list' } }); }
}
`;
const TEMPLATE = `<template>
  <p class="rows">{rows}</p>
  <p class="keys">{keys}</p>
  <p class="title">{title}</p>
  <p class="label">{label}</p>
  <p class="session">{session}</p>
  <p class="answer">{answer}</p>
  <p class="refused">{refused}</p>
  <lightning-button label="Rename" onclick={rename}></lightning-button>
  <lightning-button label="Refresh" onclick={refresh}></lightning-button>
  <lightning-button label="Fail" onclick={fail}></lightning-button>
  <lightning-button label="Ask" onclick={ask}></lightning-button>
  <lightning-button label="Confirm" onclick={confirm}></lightning-button>
  <lightning-button label="Prompt" onclick={prompt}></lightning-button>
  <lightning-record-picker label="A lead" object-api-name="Lead" onchange={picked}></lightning-record-picker>
  <lightning-button label="Toast" onclick={toast}></lightning-button>
  <lightning-button label="Leads" onclick={go}></lightning-button>
</template>
`;
const MODAL = `import LightningModal from 'lightning/modal';
export default class ProbeModal extends LightningModal {
  yes() { this.close('yes'); }
}
`;
const MODAL_TEMPLATE = `<template>
  <lightning-modal-header label={label}></lightning-modal-header>
  <lightning-modal-body>Is it?</lightning-modal-body>
  <lightning-modal-footer><lightning-button label="It is" onclick={yes}></lightning-button></lightning-modal-footer>
</template>
`;

function bundle(name: string, script: string, template: string): Record<string, string> {
  const meta = `<apiVersion>${SOURCE_API_VERSION}</apiVersion><isExposed>false</isExposed>`;
  return {
    [`lwc/${name}/${name}.js`]: script,
    [`lwc/${name}/${name}.html`]: template,
    [`lwc/${name}/${name}.js-meta.xml`]: `${XML}<LightningComponentBundle ${NAMESPACE}>${meta}</LightningComponentBundle>`,
  };
}

export async function deployProbe(org: Org): Promise<void> {
  await deployFiles(org, { ...bundle('probe', SCRIPT, TEMPLATE), ...bundle('probeModal', MODAL, MODAL_TEMPLATE) });
}

/** A component that imports what nobody has. */
export async function deployBroken(org: Org): Promise<void> {
  const script = `import { LightningElement } from 'lwc';\nimport missing from '@salesforce/label/c.No_Such_Label';\nexport default class Broken extends LightningElement { missing = missing; }\n`;
  await deployFiles(org, bundle('broken', script, '<template></template>\n'));
}

async function deployFiles(org: Org, files: Record<string, string>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'probe-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, 'main', 'default', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    await deployFolder(org, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

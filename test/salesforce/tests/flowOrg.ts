// An org of each test's own with an object and events that flows write and publish, and what its tests ask of it.
import { afterEach, beforeEach } from '@jest/globals';
import { flowAutomation } from '../flows/automation.ts';
import type { Row, Transaction } from '../model.ts';
import { createOrg, type Org } from '../org.ts';
import { customObject, deploy, eventObject, textField, type Files } from './packages.ts';

export let org: Org;

beforeEach(async () => {
  org = createOrg();
  await deploy(org, {
    'objects/Log__c.object': customObject(
      textField('Text__c') +
        textField('Key__c', '<unique>true</unique><caseSensitive>false</caseSensitive>') +
        '<fields><fullName>Size__c</fullName><label>Size</label><type>Number</type><precision>8</precision><scale>2</scale></fields>',
    ),
    'objects/Note__e.object': eventObject(textField('Text__c') + textField('Key__c')),
    'objects/Answer__e.object': eventObject(textField('Text__c')),
  });
});

afterEach(() => org.close());

export const flows = (files: Record<string, string>): Files =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`flows/${name}.flow`, content]));
export const run = <T>(work: (tx: Transaction) => T, user = org.users.admin.id): T =>
  org.transact({ user, origin: '' }, work);
export const lead = (fields: Row = {}): string =>
  run((tx) => tx.create('Lead', { LastName: 'Ng', Company: 'Acme', ...fields }));
export const logs = (): unknown[] => org.find('Log__c', {}).map((row) => row['Text__c']);
export const idle = (): Promise<void> => flowAutomation(org).idle();

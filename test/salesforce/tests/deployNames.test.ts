// Names and words of a deployment: what is too long, what has wrong characters, and what is there already is refused.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createOrg, type Org } from '../org.ts';
import { create, onSave } from './flowFiles.ts';
import { customObject, deploy, eventObject, problems, textField, xml, type Files, field } from './packages.ts';

describe('names and words', () => {
  let org: Org;
  beforeEach(() => {
    org = createOrg();
  });
  afterEach(() => org.close());

  const CHARACTERS =
    /can only contain underscores and alphanumeric characters\. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores\.$/;
  const tooLong = (what: string, most: number): RegExp =>
    new RegExp(`Value too long for field: ${what} maximum length is:${most}$`);
  const object = (from: string, to: string): string => customObject(textField('A__c')).replace(from, to);
  const lead = (fields: string): Files => ({ 'objects/Lead.object': xml('CustomObject', fields) });
  const labelled = (root: string, more = ''): string => xml(root, `<label>${'x'.repeat(81)}</label>${more}`);
  const picklist = (value: string): string =>
    field(
      'Kind__c',
      'Picklist',
      `<valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>${value}</fullName><default>false</default><label>A</label></value></valueSetDefinition></valueSet>`,
    );
  const bundle = (name: string): Files => ({
    [`lwc/${name}/${name}.js`]: 'export default 1;',
    [`lwc/${name}/${name}.js-meta.xml`]: xml('LightningComponentBundle', '<apiVersion>67.0</apiVersion>'),
  });
  const label = (name: string, more: string): Files => ({
    'labels/CustomLabels.labels': xml(
      'CustomLabels',
      `<labels><fullName>${name}</fullName><language>en_US</language><protected>false</protected>${more}</labels>`,
    ),
  });
  const aLabel = '<shortDescription>a</shortDescription><value>a</value>';
  const cases: [string, Files, RegExp][] = [
    [
      'a field label of 41 characters',
      lead(textField('A__c').replace('<label>A__c', `<label>${'x'.repeat(41)}`)),
      tooLong('MasterLabel', 40),
    ],
    [
      'a field name of 41 characters',
      lead(textField(`${'x'.repeat(41)}__c`).replace(/<label>[^<]*/, '<label>A')),
      tooLong('fullName', 40),
    ],
    [
      'help text of 511 characters',
      lead(textField('A__c', `<inlineHelpText>${'x'.repeat(511)}</inlineHelpText>`)),
      tooLong('InlineHelpText', 510),
    ],
    ['a field name with two underscores in a row', lead(textField('A__B__c')), /with the namespace: A\./],
    ['a field name with three underscores in a row', lead(textField('A_B___c')), CHARACTERS],
    [
      'an object label of 41 characters',
      { 'objects/T__c.object': object('Thing<', `${'x'.repeat(41)}<`) },
      tooLong('Label', 40),
    ],
    [
      'an object plural of 41 characters',
      { 'objects/T__c.object': object('Things<', `${'x'.repeat(41)}<`) },
      tooLong('PluralLabel', 40),
    ],
    ['an object name that begins with a digit', { 'objects/1T__c.object': object('', '') }, CHARACTERS],
    ['an object name that ends with an underscore', { 'objects/T___c.object': object('', '') }, CHARACTERS],
    [
      'a list view name with a space',
      {
        'objects/T__c.object': object(
          '<sharing',
          '<listViews><fullName>My List</fullName><label>a</label></listViews><sharing',
        ),
      },
      CHARACTERS,
    ],
    ['a picklist value of 256 characters', lead(picklist('x'.repeat(256))), tooLong('Picklist Value', 255)],
    [
      'a flow name that ends with an underscore',
      { 'flows/F_.flow': onSave('Lead', 'Make', create('Make', 'Task', { Subject: 'x' }), 'Create') },
      CHARACTERS,
    ],
    [
      'a flow element name with two underscores in a row',
      {
        'objects/Note__e.object': eventObject(textField('Text__c')),
        'flows/F.flow': onSave('Lead', 'A__B', create('A__B', 'Note__e', { Text__c: 'x' }), 'Create'),
      },
      CHARACTERS,
    ],
    [
      'a permission set label of 81 characters',
      { 'permissionsets/P.permissionset': labelled('PermissionSet') },
      tooLong('Label', 80),
    ],
    [
      'a permission set name that begins with a digit',
      { 'permissionsets/1P.permissionset': xml('PermissionSet', '<label>P</label>') },
      CHARACTERS,
    ],
    [
      'a custom permission label of 81 characters',
      { 'customPermissions/P.customPermission': labelled('CustomPermission') },
      tooLong('MasterLabel', 80),
    ],
    [
      'a tab label of 41 characters',
      {
        ...bundle('page'),
        'tabs/T.tab': xml('CustomTab', `<label>${'x'.repeat(41)}</label><lwcComponent>page</lwcComponent>`),
      },
      tooLong('Label', 40),
    ],
    [
      'an app label of 41 characters',
      { 'applications/A.app': xml('CustomApplication', `<label>${'x'.repeat(41)}</label>`) },
      tooLong('Label', 40),
    ],
    [
      'an app name that ends with an underscore',
      { 'applications/A_.app': xml('CustomApplication', '<label>A</label>') },
      CHARACTERS,
    ],
    [
      'a Lightning page label of 81 characters',
      { 'flexipages/P.flexipage': xml('FlexiPage', `<masterLabel>${'x'.repeat(81)}</masterLabel>`) },
      tooLong('MasterLabel', 80),
    ],
    ['a bundle that begins with a capital', bundle('Page'), /must begin with a lowercase letter/],
    ['a bundle with a hyphen', bundle('my-page'), /alphanumeric or underscore/],
    ['a label name of 81 characters', label('x'.repeat(81), aLabel), tooLong('fullName', 80)],
    ['a label name that begins with a digit', label('1a', aLabel), CHARACTERS],
    [
      'a label value of 1,001 characters',
      label('a', aLabel.replace('<value>a', `<value>${'x'.repeat(1001)}`)),
      tooLong('Value', 1000),
    ],
  ];
  it.each(cases)('that an org refuses are refused: %s', async (_what, files, problem) => {
    expect(await problems(org, files)).toEqual([expect.stringMatching(problem)]);
  });

  it('that are as long as an org takes them deploy', async () => {
    const name = 'x'.repeat(40);
    await deploy(org, {
      [`objects/${name}__c.object`]: object('Thing<', `${name}<`).replace('Things<', `${name}<`),
      ...lead(textField(`${name}__c`).replace(/<label>[^<]*/, `<label>${name}`)),
      ...label('x'.repeat(80), aLabel.replace('<value>a', `<value>${'x'.repeat(1000)}`)),
    });
    expect(org.schema.object('Lead').fields.get(`${name}__c`)?.label).toBe(name);
  });
});

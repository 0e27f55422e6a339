import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import JSZip from 'jszip';
import { deployZip } from '../metadata/deploy.ts';
import { installedIn } from '../metadata/installed.ts';
import { createOrg, type Org } from '../org.ts';
import { eventBus } from '../pubsub/bus.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { until } from '../../helpers/until.ts';
import { create, onSave } from './flowFiles.ts';
import {
  channel,
  customObject,
  deploy,
  eventObject,
  member,
  problems,
  textField,
  xml,
  zipFiles,
  type Files,
} from './packages.ts';

const field = (name: string, type: string, more = ''): string =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${more}</fields>`;
const NUMBER = '<precision>8</precision><scale>2</scale>';

describe('a deployment', () => {
  let org: Org;
  beforeEach(() => {
    org = createOrg();
  });
  afterEach(() => org.close());

  it('makes objects and fields as their metadata says', async () => {
    await deploy(org, {
      'globalValueSets/Colors.globalValueSet': xml(
        'GlobalValueSet',
        '<customValue><fullName>Red</fullName><default>true</default><label>Red!</label></customValue><customValue><fullName>Blue</fullName><default>false</default><label>Blue</label><isActive>false</isActive></customValue><masterLabel>Colors</masterLabel><sorted>false</sorted>',
      ),
      'objects/Thing__c.object': customObject(
        textField(
          'Key__c',
          '<unique>true</unique><externalId>true</externalId><caseSensitive>false</caseSensitive><required>true</required>',
        ) +
          field('Color__c', 'Picklist', '<valueSet><valueSetName>Colors</valueSetName></valueSet>') +
          field(
            'Kind__c',
            'Picklist',
            '<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>A</fullName><default>false</default><label>A</label></value></valueSetDefinition></valueSet>',
          ) +
          field(
            'Account__c',
            'Lookup',
            '<referenceTo>Account</referenceTo><relationshipName>Things</relationshipName>',
          ) +
          field('On__c', 'Checkbox', '<defaultValue>true</defaultValue>') +
          field('Size__c', 'Number', `${NUMBER}<defaultValue>2.5</defaultValue>`) +
          field('Story__c', 'LongTextArea', '<length>5000</length><visibleLines>3</visibleLines>'),
      ),
      'objects/Lead.object': xml('CustomObject', textField('Phase__c')),
      'objects/Activity.object': xml('CustomObject', field('At__c', 'DateTime')),
    });
    const thing = org.schema.object('Thing__c');
    expect(thing).toMatchObject({ custom: true, kind: 'record', label: 'Thing', labelPlural: 'Things' });
    expect(thing.fields.get('Key__c')).toMatchObject({ unique: true, externalId: true, nillable: false, length: 255 });
    expect(thing.fields.get('Color__c')).toMatchObject({ restrictedPicklist: true, defaultValue: 'Red' });
    expect(thing.fields.get('Color__c')?.picklistValues[1]).toEqual({
      value: 'Blue',
      label: 'Blue',
      active: false,
      defaultValue: false,
    });
    expect(thing.fields.get('Account__c')).toMatchObject({
      type: 'reference',
      referenceTo: ['Account'],
      relationshipName: 'Account__r',
    });
    expect(thing.fields.get('Size__c')).toMatchObject({ precision: 8, scale: 2 });
    expect(org.schema.object('Lead').fields.get('Phase__c')?.custom).toBe(true);
    expect(org.schema.object('Task').fields.get('At__c')?.type).toBe('datetime');
    const id = org.transact({ user: org.users.admin.id, origin: '' }, (tx) => tx.create('Thing__c', { Key__c: 'k' }));
    expect(org.get('Thing__c', id)).toMatchObject({ On__c: true, Size__c: 2.5, Color__c: 'Red' });
  });

  it('takes effect as a whole or not at all', async () => {
    const files = {
      'objects/Good__c.object': customObject(textField('A__c')),
      'objects/Note__e.object': eventObject(textField('Text__c')),
      'platformEventChannels/Mine__chn.platformEventChannel': channel(),
      'platformEventChannelMembers/Mine_LeadChangeEvent.platformEventChannelMember': member(
        'Mine__chn',
        'LeadChangeEvent',
      ),
      'flows/Good.flow': onSave('Lead', 'Make', create('Make', 'Note__e', { Text__c: 'x' }), 'Create'),
      'permissionsets/Bad.permissionset': xml(
        'PermissionSet',
        '<label>Bad</label><objectPermissions><object>Nothing__c</object></objectPermissions>',
      ),
    };
    expect(await problems(org, files)).toEqual([
      'PermissionSet Bad: In field: object - no CustomObject named Nothing__c found',
    ]);
    expect(org.schema.find('Good__c')).toBeUndefined();
    expect(eventBus(org).topic('/data/Mine__chn')).toBeUndefined();
    expect(installedIn(org).all('Flow')).toEqual([]);
    const good = { ...files, 'permissionsets/Bad.permissionset': xml('PermissionSet', '<label>Good</label>') };
    const checked = await deployZip(org, await zipFiles(good), { checkOnly: true });
    expect(checked.success).toBe(true);
    expect(org.schema.find('Good__c')).toBeUndefined();
    await deploy(org, good);
    expect(org.schema.find('Good__c')).toBeDefined();
    expect(eventBus(org).topic('/data/Mine__chn')).toBeDefined();
  });

  it('says of each component whether it was created or was there before', async () => {
    const files = { 'objects/Thing__c.object': customObject(textField('A__c')) };
    const first = await deploy(org, files);
    expect(first.components.map(({ componentType, fullName, created }) => [componentType, fullName, created])).toEqual([
      ['CustomObject', 'Thing__c', true],
      ['CustomField', 'Thing__c.A__c', true],
    ]);
    const second = await deploy(org, files);
    expect(second.components.every(({ created }) => !created)).toBe(true);
  });

  it('gives every custom name of the package its prefix, and leaves texts and standard names alone', async () => {
    await deploy(
      org,
      {
        'objects/Thing__c.object': customObject(
          textField('Key__c') + field('Other__c', 'Lookup', '<referenceTo>Thing__c</referenceTo>'),
        ),
        'objects/Note__e.object': eventObject(textField('Text__c')),
        'objects/Lead.object': xml('CustomObject', textField('Phase__c')),
        'platformEventChannels/Mine__chn.platformEventChannel': channel(),
        'platformEventChannelMembers/Mine_LeadChangeEvent.platformEventChannelMember': member(
          'Mine__chn',
          'LeadChangeEvent',
          ['Phase__c'],
        ),
        'platformEventChannelMembers/Mine_Thing_ChangeEvent.platformEventChannelMember': member(
          'Mine__chn',
          'Thing__ChangeEvent',
        ),
        'flows/Keep.flow': onSave(
          'Lead',
          'Keep',
          create('Keep', 'Thing__c', { Key__c: 'Phase__c is {!$Record.Phase__c} at {!$Record.Company}' }),
          'Create',
        ),
      },
      { namespace: 'ns' },
    );
    expect(org.schema.find('Thing__c')).toBeUndefined();
    expect([...org.schema.object('ns__Thing__c').fields.keys()]).toEqual(
      expect.arrayContaining(['ns__Key__c', 'ns__Other__c']),
    );
    expect(org.schema.object('ns__Thing__c').fields.get('ns__Other__c')).toMatchObject({
      referenceTo: ['ns__Thing__c'],
      relationshipName: 'ns__Other__r',
    });
    for (const topic of [
      '/data/ns__Mine__chn',
      '/data/ns__Thing__ChangeEvent',
      '/data/LeadChangeEvent',
      '/event/ns__Note__e',
    ]) {
      expect([topic, eventBus(org).topic(topic)?.name]).toEqual([topic, topic]);
    }
    expect(installedIn(org).get('Flow', 'ns__Keep')).toBeDefined();
    org.transact({ user: org.users.admin.id, origin: '' }, (tx) =>
      tx.create('Lead', { LastName: 'Ng', Company: 'Acme', ns__Phase__c: 'Cold' }),
    );
    expect(org.find('ns__Thing__c', {})).toMatchObject([{ ns__Key__c: 'Phase__c is Cold at Acme' }]);
  });

  it('keeps what it only stores, after checking what that refers to', async () => {
    await deploy(org, {
      'objects/Thing__c.object': customObject(textField('A__c')),
      'labels/CustomLabels.labels': xml(
        'CustomLabels',
        '<labels><fullName>Hello</fullName><language>en_US</language><protected>true</protected><shortDescription>Hello</shortDescription><value>Hello!</value></labels>',
      ),
      'tabs/Thing__c.tab': xml('CustomTab', '<customObject>true</customObject><motif>Custom1: Heart</motif>'),
      'applications/App.app': xml(
        'CustomApplication',
        '<label>App</label><tabs>standard-home</tabs><tabs>Thing__c</tabs>',
      ),
      'layouts/Thing__c-Thing Layout.layout': xml(
        'Layout',
        '<layoutSections><layoutColumns><layoutItems><field>A__c</field></layoutItems></layoutColumns></layoutSections>',
      ),
      'flexipages/Home.flexipage': xml('FlexiPage', '<masterLabel>Home</masterLabel><type>HomePage</type>'),
      'lwc/hello/hello.js': 'export default class {}',
      'lwc/hello/hello.html': '<template></template>',
      'lwc/hello/hello.js-meta.xml': xml(
        'LightningComponentBundle',
        '<apiVersion>67.0</apiVersion><isExposed>false</isExposed>',
      ),
      'tabs/Hello.tab': xml('CustomTab', '<label>Hello</label><lwcComponent>hello</lwcComponent><motif>x</motif>'),
      'customPermissions/Greet.customPermission': xml('CustomPermission', '<label>Greet</label>'),
    });
    expect(installedIn(org).get('LightningComponentBundle', 'hello')?.content?.size).toBe(2);
    const broken = await problems(org, {
      'applications/App.app': xml('CustomApplication', '<label>App</label><tabs>None__c</tabs>'),
      'layouts/Thing__c-Thing Layout.layout': xml(
        'Layout',
        '<layoutSections><layoutColumns><layoutItems><field>B__c</field></layoutItems></layoutColumns></layoutSections>',
      ),
      'permissionsets/P.permissionset': xml(
        'PermissionSet',
        '<label>P</label><fieldPermissions><field>Thing__c.B__c</field></fieldPermissions><customPermissions><enabled>true</enabled><name>Sing</name></customPermissions>',
      ),
      'tabs/Goodbye.tab': xml('CustomTab', '<label>Goodbye</label><lwcComponent>goodbye</lwcComponent>'),
      'lwc/hello/hello.ts': 'export default class {}',
      'lwc/hello/hello.js-meta.xml': xml('LightningComponentBundle', '<apiVersion>67.0</apiVersion>'),
    });
    expect(broken.join('\n')).toMatch(
      /no CustomTab named None__c[\s\S]*no CustomField named Thing__c.B__c|no CustomField named Thing__c.B__c[\s\S]*no CustomTab/,
    );
    expect(broken.join('\n')).toContain('Invalid file found for Lightning Component Bundle hello: hello.ts');
    expect(broken.join('\n')).toContain('no CustomPermission named Sing');
    expect(broken.join('\n')).toContain('no LightningComponentBundle named goodbye');
    expect(broken).toHaveLength(7);
  });

  it('keeps a message channel, for components to import', async () => {
    const text = xml('LightningMessageChannel', '<isExposed>false</isExposed><masterLabel>Chosen</masterLabel>');
    expect(await problems(org, { 'messageChannels/Chosen.messageChannel': text })).toEqual([]);
    const channels = installedIn(org).all('LightningMessageChannel');
    expect(channels.map(({ fullName }) => fullName)).toEqual(['Chosen']);
  });

  const refused: [string, Record<string, string>, RegExp][] = [
    [
      'a formula field',
      { 'objects/Lead.object': xml('CustomObject', field('F__c', 'Date', '<formula>TODAY()</formula>')) },
      /formula field that depends on the moment is not supported/,
    ],
    [
      'a field type that this org lacks',
      { 'objects/Lead.object': xml('CustomObject', field('F__c', 'Location')) },
      /Location/,
    ],
    [
      'a text without a length',
      { 'objects/Lead.object': xml('CustomObject', field('F__c', 'Text')) },
      /Must specify 'length'/,
    ],
    [
      'a number without a precision',
      { 'objects/Lead.object': xml('CustomObject', field('F__c', 'Number')) },
      /Must specify 'precision'/,
    ],
    [
      'a checkbox without a default',
      { 'objects/Lead.object': xml('CustomObject', field('F__c', 'Checkbox')) },
      /defaultValue/,
    ],
    [
      'a picklist on an event',
      { 'objects/N__e.object': eventObject(field('F__c', 'Picklist')) },
      /platform event cannot/,
    ],
    [
      'a field of an object that is not there',
      { 'objects/None.object': xml('CustomObject', textField('F__c')) },
      /None/,
    ],
    [
      'a lookup to nothing',
      { 'objects/Lead.object': xml('CustomObject', field('F__c', 'Lookup', '<referenceTo>None__c</referenceTo>')) },
      /'None__c' does not resolve/,
    ],
    [
      'a record type without a label',
      { 'objects/Lead.object': xml('CustomObject', '<recordTypes><fullName>x</fullName></recordTypes>') },
      /Required field is missing: label/,
    ],
    [
      'an object without a name field',
      {
        'objects/T__c.object': xml(
          'CustomObject',
          '<label>T</label><pluralLabel>T</pluralLabel><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>',
        ),
      },
      /nameField/,
    ],
    ['a foreign namespace', { 'objects/other__T__c.object': customObject('') }, /namespace: other/],
    [
      'a channel of another kind',
      {
        'platformEventChannels/C__chn.platformEventChannel': xml(
          'PlatformEventChannel',
          '<channelType>x</channelType><label>C</label>',
        ),
      },
      /PlatformEventChannelType/,
    ],
    [
      'a member of no channel',
      { 'platformEventChannelMembers/M.platformEventChannelMember': member('None__chn', 'LeadChangeEvent') },
      /channel None__chn/,
    ],
    [
      'a member of no object',
      { 'platformEventChannelMembers/M.platformEventChannelMember': member('ChangeEvents', 'NoneChangeEvent') },
      /NoneChangeEvent/,
    ],
    [
      'a member name with two underscores',
      { 'platformEventChannelMembers/A__B.platformEventChannelMember': member('ChangeEvents', 'LeadChangeEvent') },
      /namespace: A/,
    ],
    [
      'a filter on a member',
      {
        'platformEventChannelMembers/M.platformEventChannelMember': member('ChangeEvents', 'LeadChangeEvent').replace(
          '<selected',
          '<filterExpression>x</filterExpression><selected',
        ),
      },
      /filterExpression/,
    ],
    [
      'a component of a page that only some may see',
      {
        'flexipages/P.flexipage': xml(
          'FlexiPage',
          '<flexiPageRegions><itemInstances><componentInstance><componentName>c:hello</componentName><identifier>c_hello</identifier><visibilityRule><criteria><leftValue>{!$User.Name}</leftValue></criteria></visibilityRule></componentInstance></itemInstances><name>main</name><type>Region</type></flexiPageRegions><masterLabel>P</masterLabel>',
        ),
      },
      /visibilityRule of the component c_hello is not supported by this org/,
    ],
    [
      'a message channel without a label',
      { 'messageChannels/Chosen.messageChannel': xml('LightningMessageChannel', '<isExposed>false</isExposed>') },
      /Required field is missing: masterLabel/,
    ],
    ['XML that is not well-formed', { 'flows/F.flow': '<Flow><start></Flow>' }, /line 1/],
    ['another root than the type', { 'flows/F.flow': xml('CustomObject', '') }, /must be Flow/],
    ['a folder that this org does not know', { 'classes/A.cls': 'class A {}' }, /Unknown folder 'classes'/],
    ['deleting components', { 'destructiveChanges.xml': xml('Package', '') }, /not supported by this org/],
  ];
  it.each(refused)('%s is refused', async (_what, files, problem) => {
    expect((await problems(org, files)).join('\n')).toMatch(problem);
  });

  describe('names and words', () => {
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

  it('a package whose list and files disagree is refused', async () => {
    const manifest = xml(
      'Package',
      '<types><members>Missing</members><name>Flow</name></types><types><members>x</members><name>Wonder</name></types><version>67.0</version>',
    );
    const zip = await zipFiles({ 'tabs/Lead.tab': xml('CustomTab', '') }, manifest);
    const { components } = await deployZip(org, zip);
    expect(components.map(({ problem }) => problem)).toEqual(
      expect.arrayContaining([
        "Unknown type name 'Wonder' specified in package.xml",
        "An object 'Missing' of type Flow was named in package.xml, but was not found in zipped directory",
        'Not in package.xml',
      ]),
    );
  });

  it('an org of its own selects at most five objects, an installed package is not counted', async () => {
    const objects = ['Lead', 'Contact', 'Account', 'Opportunity', 'Task', 'Product2'];
    const files = Object.fromEntries(
      objects.map((name) => [
        `platformEventChannelMembers/M_${name}.platformEventChannelMember`,
        member('ChangeEvents', `${name}ChangeEvent`),
      ]),
    );
    expect(await problems(org, files)).toEqual([expect.stringMatching(/limit of 5 entities/)]);
    await deploy(org, files, { namespace: 'ns' });
  });
});

describe('the Metadata API', () => {
  let running: RunningOrg;
  let connection: jsforce.Connection;
  const files = { 'objects/Thing__c.object': customObject(textField('A__c')) };

  beforeAll(async () => {
    running = await startOrg();
    const { token } = running.org.sessions.open(running.users.admin.id, 'tests');
    connection = new jsforce.Connection({ instanceUrl: running.restUrl, accessToken: token, version: '67.0' });
    // A second between two questions is long for an org that answers at once.
    connection.metadata.pollInterval = 20;
  });
  afterAll(() => running.close());

  it('deploys for jsforce over SOAP, and reports what failed', async () => {
    const result = await connection.metadata.deploy(await zipFiles(files), { rollbackOnError: true }).complete(true);
    expect(result).toMatchObject({
      success: true,
      status: 'Succeeded',
      numberComponentErrors: 0,
      numberComponentsDeployed: 2,
    });
    expect(running.org.schema.find('Thing__c')).toBeDefined();
    const failed = await connection.metadata.deploy(await zipFiles({ 'flows/F.flow': xml('Flow', '') })).complete(true);
    expect(failed).toMatchObject({ success: false, status: 'Failed', numberComponentsDeployed: 0 });
    const [failure] = [failed.details?.componentFailures ?? []].flat();
    expect(failure).toMatchObject({
      componentType: 'Flow',
      fullName: 'F',
      fileName: 'flows/F.flow',
      problemType: 'Error',
    });
  });

  it('deploys over REST, also only to check', async () => {
    const url = `${running.restUrl}/services/data/v67.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${connection.accessToken ?? ''}` };
    const form = new FormData();
    const zip = await zipFiles({ 'objects/Other__c.object': customObject('') });
    form.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.xml');
    const options = JSON.stringify({ deployOptions: { checkOnly: true } });
    form.append('entity_content', new Blob([options], { type: 'application/json' }));
    const answer = await fetch(url, { method: 'POST', headers, body: form });
    const { id } = (await answer.json()) as { id: string };
    expect(answer.status).toBe(201);
    const result = await until('the check is done', async () => {
      const status = await connection.metadata.checkDeployStatus(id, true, true);
      return status.done && status;
    });
    expect(result).toMatchObject({ done: true, success: true, checkOnly: true });
    expect(running.org.schema.find('Other__c')).toBeUndefined();
  });

  it('describes and lists what it takes', async () => {
    const described = await connection.metadata.describe('67.0');
    expect(described.metadataObjects.map(({ xmlName }) => xmlName)).toEqual(
      expect.arrayContaining(['CustomObject', 'Flow']),
    );
    await connection.metadata.deploy(await zipFiles(files)).complete(true);
    const [listed] = await connection.metadata.list({ type: 'CustomObject' }, '67.0');
    expect(listed).toMatchObject({ fullName: 'Thing__c', fileName: 'objects/Thing__c.object' });
  });

  it('gives back what was deployed: whole files, single parts, and what a later deployment left alone', async () => {
    const both = { 'objects/Thing__c.object': customObject(textField('A__c') + textField('B__c')) };
    await deploy(running.org, both);
    const onlyA = xml('CustomObject', textField('A__c', '<externalId>true</externalId>'));
    const manifest = '<types><members>Thing__c.A__c</members><name>CustomField</name></types><version>67.0</version>';
    const zip = await zipFiles({ 'objects/Thing__c.object': onlyA }, xml('Package', manifest));
    expect(await deployZip(running.org, zip)).toMatchObject({ success: true });
    const whole = await retrieved({ CustomObject: ['Thing__c'] });
    expect(Object.keys(whole.files)).toEqual(['unpackaged/objects/Thing__c.object', 'unpackaged/package.xml']);
    const object = whole.files['unpackaged/objects/Thing__c.object'] ?? '';
    for (const part of [textField('B__c'), '<externalId>true</externalId>', '<sharingModel>']) {
      expect(object).toContain(part);
    }
    expect(object.match(/<fullName>A__c/g)).toHaveLength(1);
    const part = await retrieved({ CustomField: ['Thing__c.B__c', 'Thing__c.C__c'], Nonsense: ['x'] });
    expect(part.files['unpackaged/objects/Thing__c.object']).toContain(textField('B__c'));
    expect(part.files['unpackaged/objects/Thing__c.object']).not.toContain('A__c');
    expect(part.problems).toEqual([
      "Entity of type 'CustomField' named 'Thing__c.C__c' cannot be found",
      "Unknown type name 'Nonsense' specified in package.xml",
    ]);
  });

  async function retrieved(members: Record<string, string[]>) {
    const types = Object.entries(members).map(([name, names]) => ({ name, members: names }));
    const request = { apiVersion: '67.0', unpackaged: { types, version: '67.0' } } as unknown as Parameters<
      typeof connection.metadata.retrieve
    >[0];
    const { id } = await connection.metadata.retrieve(request);
    const { zipFile, messages } = await connection.metadata.checkRetrieveStatus(id);
    const zip = await JSZip.loadAsync(zipFile, { base64: true });
    const files: Record<string, string> = {};
    for (const file of Object.values(zip.files).filter(({ dir }) => !dir))
      files[file.name] = await file.async('string');
    return { files, problems: [messages ?? []].flat().map(({ problem }) => problem) };
  }

  it('refuses what it does not do, and whoever has no session', async () => {
    await expect(connection.metadata.read('CustomObject', 'Lead')).rejects.toThrow(/readMetadata is not supported/);
    const stranger = new jsforce.Connection({ instanceUrl: running.restUrl, accessToken: 'no', version: '67.0' });
    await expect(stranger.metadata.describe('67.0')).rejects.toThrow(/INVALID_SESSION_ID/);
    const url = `${running.restUrl}/services/data/v67.0/metadata/deployRequest`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
    const headers = { authorization: `Bearer ${connection.accessToken ?? ''}` };
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(400);
    expect((await fetch(`${url}/0Af000000000000AAA`, { headers })).status).toBe(404);
  });
});

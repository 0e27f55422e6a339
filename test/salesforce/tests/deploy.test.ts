// A deployment to the local org by the Metadata API: what it makes, and what it refuses.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployZip } from '../metadata/deploy.ts';
import { installedIn } from '../metadata/installed.ts';
import { createOrg, type Org } from '../org.ts';
import { eventBus } from '../pubsub/bus.ts';
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
  field,
} from './packages.ts';
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

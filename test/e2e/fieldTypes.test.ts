// Every kind of field that an org has, mapped (M8): it is carried as docs/field-mappings.md says, or refused in words before anything
// has failed.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { SalesforceField, SalesforceObject } from '../../bridge/model/salesforce.ts';
import { conversion, isMasked } from '../../bridge/sync/mapping/typeTable.ts';
import { isUnreported } from '../../bridge/sync/mapping/unreported.ts';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { customObject, deploy, textField, xml } from '../salesforce/tests/packages.ts';
import { Story, type Row } from './story.ts';

jest.setTimeout(60_000);

const field = (name: string, type: string, more: string): string =>
  `<fields><fullName>${name}</fullName><label>${name.replace('__c', '').replaceAll('_', ' ')}</label><type>${type}</type>${more}</fields>`;
const LEAD = [
  field('Tier__c', 'Text', '<formula>IF(NumberOfEmployees &gt; 100, "Large", "Small")</formula>'),
  field('Story__c', 'Html', '<length>32768</length><visibleLines>10</visibleLines>'),
  field('Secret__c', 'EncryptedText', '<length>100</length><maskChar>X</maskChar><maskType>all</maskType>'),
  field('Serial__c', 'AutoNumber', '<displayFormat>L-{0000}</displayFormat>'),
  field('Counted__c', 'AutoNumber', '<displayFormat>{0}</displayFormat>'),
  field('Long__c', 'LongTextArea', '<length>32768</length><visibleLines>10</visibleLines>'),
  textField('Plain__c'),
  field('Opens__c', 'Time', ''),
  field('Place__c', 'Location', '<displayLocationInDecimal>true</displayLocationInDecimal><scale>4</scale>'),
].join('');
const VISIT = customObject(
  '<fields><fullName>Account__c</fullName><label>Account</label><type>MasterDetail</type><referenceTo>Account</referenceTo><relationshipName>Visits</relationshipName></fields>',
);
const VISITS = field(
  'Visits__c',
  'Summary',
  '<summaryForeignKey>Visit__c.Account__c</summaryForeignKey><summaryOperation>count</summaryOperation>',
);

let stack: Stack;
let story: Story;

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  const { org } = stack.org;
  await deploy(org, { 'objects/Visit__c.object': VISIT });
  await deploy(org, {
    'objects/Lead.object': xml('CustomObject', LEAD),
    'objects/Account.object': xml('CustomObject', VISITS),
  });
  const { catalogue } = stack.sellfire.dialer;
  const admin = { kind: 'user', id: null, request_id: null };
  for (const [name, type] of [
    ['tier', 'text'],
    ['story', 'long_text'],
    ['serial', 'text'],
    ['full_name', 'text'],
    ['secret', 'text'],
    ['visits', 'number'],
    ['address', 'text'],
    ['opens', 'text'],
    ['place', 'text'],
    ['latitude', 'number'],
    ['longitude', 'number'],
  ] as const)
    catalogue.addField({ object: 'lead', name, label: name, type }, admin);
  await mapFields(stack.admin, stack.prefix);
  await mapFields(stack.admin, stack.prefix, [
    ['tier', 'Lead', 'Tier__c', 'SalesforceUnlessBlank'],
    ['story', 'Lead', 'Story__c', 'TwoWay'],
    ['serial', 'Lead', 'Serial__c', 'SalesforceUnlessBlank'],
    ['title', 'Lead', 'Counted__c', 'AlwaysSellfire'],
    ['full_name', 'Lead', 'Name', 'SalesforceUnlessBlank'],
    ['secret', 'Lead', 'Secret__c', 'AlwaysSellfire'],
    ['address', 'Lead', 'Address', 'SalesforceUnlessBlank'],
    ['opens', 'Lead', 'Opens__c', 'TwoWay'],
    ['place', 'Lead', 'Place__c', 'TwoWay'],
    ['latitude', 'Lead', 'Place__Latitude__s', 'TwoWay'],
    ['longitude', 'Lead', 'Place__Longitude__s', 'TwoWay'],
    ['tier', 'Contact', 'Name', 'AlwaysSellfire'],
    ['primary_phone_number', 'Account', 'Phone', 'TwoWay'],
    ['visits', 'Account', 'Visits__c', 'SalesforceUnlessBlank'],
  ]);
  await stack.bridge.start();
});
afterAll(async () => {
  await stack.stop();
});

async function statusOf(object: string, name: string): Promise<Row> {
  return until(`${object}.${name} has a status`, async () => {
    const [row] = await story.query(
      `SELECT @Status__c, @Status_Reason__c FROM @Field_Mapping__c WHERE @Salesforce_Object__c = '${object}' AND @Salesforce_Field__c = '${name}'`,
    );
    const { Status__c, Status_Reason__c } = story.plain(row ?? {});
    return Status__c ? { status: Status__c, reason: Status_Reason__c } : undefined;
  });
}
const saying = (words: string): unknown => expect.stringContaining(words);

describe('a field that the org computes', () => {
  it('by a formula reaches Sellfire when a part of it changes, and its status says what has no event', async () => {
    expect(await statusOf('Lead', 'Tier__c')).toEqual({ status: 'Ok', reason: saying('reports no changes of Tier') });
    const { id, lead } = await story.fromSalesforce({ NumberOfEmployees: 12 });
    await story.sellfireHas(lead.id, { tier: 'Small' });
    await story.update('Lead', id, { NumberOfEmployees: 120 });
    await story.sellfireHas(lead.id, { tier: 'Large' });
  });

  it('by a roll-up of other records reaches Sellfire with the next change of its own, and by the comparison', async () => {
    expect(await statusOf('Account', 'Visits__c')).toEqual({
      status: 'Ok',
      reason: saying('reports no changes of Visits'),
    });
    const phone = story.phone();
    const account = await story.create('Account', { Name: 'Acme', Phone: phone });
    const lead = await until('the lead', () => stack.sellfire.dialer.leads.findByPhone(phone));
    await story.create('Visit__c', { Account__c: account });
    await story.update('Account', account, { Website: 'acme.example' });
    await story.sellfireHas(lead.id, { visits: 1 });
    await story.create('Visit__c', { Account__c: account });
    await story.asked('Reconcile');
    await story.sellfireHas(lead.id, { visits: 2 });
  });

  it('by counting reaches Sellfire once', async () => {
    const { id, lead } = await story.fromSalesforce();
    await story.sellfireHas(lead.id, { serial: stack.org.org.get('Lead', id)?.['Serial__c'] as string });
  });

  it('by counting is not written, which its status says before anything has failed, and nothing fails', async () => {
    expect(await statusOf('Lead', 'Counted__c')).toEqual({ status: 'Issue', reason: saying('cannot write') });
    const { id, lead } = await story.fromSellfire({ title: 'Owner' });
    const counted = stack.org.org.get('Lead', id)?.['Counted__c'];
    expect(counted).toMatch(/^\d+$/);
    story.edit(lead.id, { title: 'Founder', city: 'Waco' });
    await story.salesforceHas(id, { City: 'Waco', Counted__c: counted });
    await story.quiet();
    const rows = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(rows.filter(({ Outcome__c }) => Outcome__c !== 'Success')).toEqual([]);
    expect(JSON.stringify(rows)).not.toContain('Counted__c');
  });

  it('of its parts reaches Sellfire when one of them changes; it is not written, which is said', async () => {
    expect(await statusOf('Contact', 'Name')).toEqual({ status: 'Issue', reason: saying('cannot write') });
    const { id, lead } = await story.fromSalesforce({ FirstName: 'Ada' });
    await story.sellfireHas(lead.id, { full_name: 'Ada Stone' });
    await story.update('Lead', id, { FirstName: 'Bea' });
    await story.sellfireHas(lead.id, { full_name: 'Bea Stone' });
  });

  it('and is an address has a status that says so, and every part of it may be mapped', async () => {
    expect(await statusOf('Lead', 'Address')).toEqual({ status: 'Issue', reason: saying('types do not fit') });
    const { id, lead } = await story.fromSalesforce({ City: 'Waco' });
    await story.sellfireHas(lead.id, { city: 'Waco' });
    story.edit(lead.id, { city: 'Tyler' });
    await story.salesforceHas(id, { City: 'Tyler' });
  });
});

describe('an e-mail address', () => {
  it('keeps its spelling in Sellfire, although Salesforce keeps it in lower case, and the comparison has nothing to say', async () => {
    const { id, lead } = await story.fromSellfire({ email: 'Ada.Stone@Acme.Example' });
    await story.salesforceHas(id, { Email: 'ada.stone@acme.example' });
    story.edit(lead.id, { city: 'Waco' });
    await story.salesforceHas(id, { City: 'Waco' });
    await story.quiet();
    const reports = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`);
    await story.asked('Reconcile');
    await story.quiet();
    await story.sellfireHas(lead.id, { email: 'Ada.Stone@Acme.Example' });
    await expect(story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`)).resolves.toHaveLength(reports.length);
  });
});

describe('rich text', () => {
  it('is words in Sellfire and HTML in Salesforce, and neither comes back over the other', async () => {
    const { id, lead } = await story.fromSalesforce({ Story__c: '<p>Bread &amp; <b>rolls</b></p><p>Since 1980</p>' });
    await story.sellfireHas(lead.id, { story: 'Bread & rolls\nSince 1980' });
    story.edit(lead.id, { city: 'Waco' });
    await story.salesforceHas(id, { City: 'Waco', Story__c: '<p>Bread &amp; <b>rolls</b></p><p>Since 1980</p>' });
    story.edit(lead.id, { story: 'Cakes < rolls' });
    await story.salesforceHas(id, { Story__c: 'Cakes &lt; rolls' });
    await story.quiet();
    await story.sellfireHas(lead.id, { story: 'Cakes < rolls' });
  });

  it('that was pasted has its named characters and its tables as words, and keeps its own form', async () => {
    const pasted =
      '<table><tr><td title="a > b">Caf&eacute;</td><td>9&ndash;5</td></tr></table><p>&#xD83D; Cr&ecirc;pes</p>';
    const { id, lead } = await story.fromSalesforce({ Story__c: pasted });
    await story.sellfireHas(lead.id, { story: 'Café 9–5\n\n\ufffd Crêpes' });
    await story.quiet();
    await story.salesforceHas(id, { Story__c: pasted });
  });
});

describe('an encrypted text', () => {
  it('is written by Always use Sellfire, and its mask never reaches Sellfire, not even by the comparison', async () => {
    const { id, lead } = await story.fromSellfire({ secret: 'A1' });
    await story.salesforceHas(id, { Secret__c: 'A1' });
    story.edit(lead.id, { secret: 'B2' });
    await story.salesforceHas(id, { Secret__c: 'B2' });
    await story.quiet();
    await story.asked('Reconcile');
    await story.quiet();
    await story.sellfireHas(lead.id, { secret: 'B2' });
    expect(stack.org.org.get('Lead', id)?.['Secret__c']).toBe('B2');
  });

  it('under a rule that needs its value has a status that says why that is not to be had', async () => {
    await story.reloaded(() => story.map(['secret', 'Contact', 'Title', 'DoNotSync']));
    const mapping = await story.query(`SELECT Id FROM @Field_Mapping__c WHERE @Salesforce_Field__c = 'Secret__c'`);
    await story.reloaded(() =>
      story.update('@Field_Mapping__c', String(mapping[0]?.['Id']), { '@Sync_Rule__c': 'TwoWay' }),
    );
    await until('the status says so', async () => {
      const { status, reason } = await statusOf('Lead', 'Secret__c');
      return status === 'Issue' && String(reason).includes('shows its mask');
    });
  });
});

describe('the table of kinds in docs/field-mappings.md', () => {
  it('says of each kind what the bridge does with what the org describes', async () => {
    const lead = (await describedBy('Lead')).fields;
    const account = (await describedBy('Account')).fields;
    const kinds: [string, SalesforceField | undefined, SalesforceObject['fields']][] = [
      ['Text, phone, e-mail, URL, picklist', lead['Plain__c'], lead],
      ['Text area', lead['Street'], lead],
      ['Long text area', lead['Long__c'], lead],
      ['Rich text', lead['Story__c'], lead],
      ['Encrypted text', lead['Secret__c'], lead],
      ['Formula', lead['Tier__c'], lead],
      ['Roll-up summary', account['Visits__c'], account],
      ['Auto-number', lead['Serial__c'], lead],
      ['Name of a person', lead['Name'], lead],
      ['First and last name', lead['LastName'], lead],
      ['Address as a whole', lead['Address'], lead],
      ['Street, city, state …', lead['City'], lead],
      ['Geolocation as a whole', lead['Place__c'], lead],
      ['Its latitude, its longitude', lead['Place__Latitude__s'], lead],
      ['Checkbox, number, date, lookup', lead['NumberOfEmployees'], lead],
    ];
    const rows = kinds.map(([kind, one, fields]) => {
      if (!one) throw new Error(`The org has no ${kind}.`);
      const { toSellfire, toSalesforce } = conversion(
        ['int', 'double'].includes(one.type) && !one.calculated ? 'number' : 'text',
        one.type,
      );
      const reads = toSellfire.verdict !== 'none';
      const cells = [
        reads,
        toSalesforce.verdict !== 'none' && one.updateable,
        reads && !isUnreported({ fields } as SalesforceObject, one) && !isMasked(one),
        reads,
        one.filterable !== false && one.type !== 'address' && one.type !== 'location',
      ];
      return [kind, ...cells.map((can) => (can ? 'yes' : 'no'))];
    });
    const documented = readFileSync(new URL('../../docs/field-mappings.md', import.meta.url), 'utf8')
      .split('\n')
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      )
      .filter((cells) => cells.length === 6 && cells.slice(1).every((cell) => ['yes', 'no'].includes(cell)));
    expect(documented).toEqual(rows);
  });
});

/** As the connected user's describe has it. */
async function describedBy(object: string): Promise<SalesforceObject> {
  const { fields } = await stack.admin.describe(object);
  const named = fields.map((one) => [one.name, one as unknown as SalesforceField]);
  return { fields: Object.fromEntries(named) } as SalesforceObject;
}

describe('a time of day', () => {
  it('crosses both ways as Salesforce shows it, and one that is none fails alone', async () => {
    expect(await statusOf('Lead', 'Opens__c')).toEqual({ status: 'Ok', reason: saying('no time like 10:30:00.000Z') });
    const { id, lead } = await story.fromSalesforce({ Opens__c: '09:30:00.000Z' });
    await story.sellfireHas(lead.id, { opens: '09:30:00.000Z' });
    await story.update('Lead', id, { Opens__c: '00:00:00.000Z' });
    await story.sellfireHas(lead.id, { opens: '00:00:00.000Z' });
    story.edit(lead.id, { opens: '17:45' });
    await story.salesforceHas(id, { Opens__c: '17:45:00.000Z' });
    story.edit(lead.id, { opens: 'half past five', title: 'Owner' });
    await story.salesforceHas(id, { Title: 'Owner', Opens__c: '17:45:00.000Z' });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
    expect(row?.['Reason__c']).toMatch(/half past five/);
    await story.update('Lead', id, { Opens__c: null });
    await story.sellfireHas(lead.id, { opens: null });
  });
});

describe('a place', () => {
  it('is refused as a whole before anything has failed, and its parts cross both ways', async () => {
    expect(await statusOf('Lead', 'Place__c')).toMatchObject({ status: 'Issue' });
    const { id, lead } = await story.fromSalesforce({ Place__Latitude__s: 30.2672, Place__Longitude__s: -97.7431 });
    await story.sellfireHas(lead.id, { latitude: 30.2672, longitude: -97.7431 });
    story.edit(lead.id, { latitude: 48.137154 });
    await story.salesforceHas(id, { Place__Latitude__s: 48.1372, Place__Longitude__s: -97.7431 });
    await story.update('Lead', id, { Place__Latitude__s: null, Place__Longitude__s: null });
    await story.sellfireHas(lead.id, { latitude: null, longitude: null });
    story.edit(lead.id, { latitude: 91, longitude: 11.5 });
    await story.salesforceHas(id, { Place__Longitude__s: 11.5, Place__Latitude__s: null });
    const rows = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Outcome__c = 'Failed'`);
    expect(rows.map(({ Code__c }) => Code__c)).toEqual(['NUMBER_OUTSIDE_VALID_RANGE']);
  });
});

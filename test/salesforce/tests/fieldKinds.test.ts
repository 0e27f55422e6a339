// Kinds of fields that the platform computes, formats or hides: formulas, roll-ups, rich and encrypted texts, times.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { avroValue, changeEventSchema } from '../pubsub/schemas.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';
import { customObject, deploy, problems, xml } from './packages.ts';

const field = (name: string, type: string, more: string): string =>
  `<fields><fullName>${name}</fullName><label>${name.replace('__c', '').replaceAll('_', ' ')}</label><type>${type}</type>${more}</fields>`;
const LEAD = [
  field('Greeting__c', 'Text', '<formula>"Dear " &amp; FirstName &amp; " of " &amp; Company</formula>'),
  field('Loud__c', 'Text', '<formula>UPPER(Greeting__c)</formula>'),
  field('Owner_Mail__c', 'Text', '<formula>Owner:User.Email</formula>'.replace('Owner:User', 'CreatedBy')),
  field('Half__c', 'Number', '<formula>AnnualRevenue / 2</formula><precision>18</precision><scale>2</scale>'),
  field('Story__c', 'Html', '<length>32768</length><visibleLines>10</visibleLines>'),
  field('Secret__c', 'EncryptedText', '<length>100</length><maskChar>asterisk</maskChar><maskType>lastFour</maskType>'),
  field('Opens__c', 'Time', ''),
  field('Place__c', 'Location', '<displayLocationInDecimal>true</displayLocationInDecimal><scale>4</scale>'),
].join('');
const master =
  '<fields><fullName>Account__c</fullName><label>Account</label><type>MasterDetail</type><referenceTo>Account</referenceTo><relationshipName>Visits</relationshipName></fields>';
const amount = field('Amount__c', 'Number', '<precision>18</precision><scale>2</scale>');
const summary = (name: string, operation: string, summarized = ''): string =>
  field(
    name,
    'Summary',
    `<summaryForeignKey>Visit__c.Account__c</summaryForeignKey><summaryOperation>${operation}</summaryOperation>${summarized}`,
  );
const SUMMARIZED = '<summarizedField>Visit__c.Amount__c</summarizedField>';

let running: RunningOrg;
let send: Send;
let asIntegration: Send;

beforeAll(async () => {
  running = await startOrg();
  const { org } = running;
  await deploy(org, { 'objects/Visit__c.object': customObject(master + amount) });
  await deploy(org, {
    'objects/Lead.object': xml('CustomObject', LEAD),
    'objects/Account.object': xml(
      'CustomObject',
      summary('Visits__c', 'count') + summary('Spent__c', 'sum', SUMMARIZED) + summary('Most__c', 'max', SUMMARIZED),
    ),
  });
  const lead =
    '<objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Lead</object><viewAllRecords>true</viewAllRecords></objectPermissions>';
  const secret =
    '<fieldPermissions><editable>true</editable><field>Lead.Secret__c</field><readable>true</readable></fieldPermissions>';
  await deploy(org, {
    'permissionsets/Secrets.permissionset': xml('PermissionSet', `${secret}<label>Secrets</label>${lead}`),
  });
  const set = org.find('PermissionSet', { Name: 'Secrets' })[0]?.['Id'] ?? null;
  org.transact({ user: running.users.admin.id, origin: '' }, (tx) =>
    tx.create('PermissionSetAssignment', { AssigneeId: running.users.integration.id, PermissionSetId: set }),
  );
  send = await signIn(running);
  asIntegration = await signIn(running, running.users.integration.username);
});
afterAll(() => running.close());

const described = async (object: string, name: string): Promise<unknown> => {
  const { body } = await send('GET', `${DATA}/sobjects/${object}/describe`);
  return (body as { fields: { name: string }[] }).fields.find((one) => one.name === name);
};
async function made(object: string, fields: object): Promise<string> {
  const { status, body } = await send('POST', `${DATA}/sobjects/${object}`, fields);
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { id: string }).id;
}
const read = async (object: string, id: string): Promise<unknown> =>
  (await send('GET', `${DATA}/sobjects/${object}/${id}`)).body;
const lead = { LastName: 'Reed', FirstName: 'Ann', Company: 'Reed Hall' };

describe('a formula field', () => {
  it('is described as computed, and written by nobody', async () => {
    expect(await described('Lead', 'Greeting__c')).toMatchObject({
      ...{ calculated: true, createable: false, updateable: false, nillable: true, filterable: true, length: 1300 },
      calculatedFormula: '"Dear " & FirstName & " of " & Company',
    });
    const { body } = await send('POST', `${DATA}/sobjects/Lead`, { ...lead, Greeting__c: 'Hello' });
    expect(body).toMatchObject([{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Greeting__c'] }]);
  });

  it('shows what the record and its parents hold now, formulas of formulas too', async () => {
    const id = await made('Lead', { ...lead, AnnualRevenue: 101 });
    const { admin } = running.users;
    expect(await read('Lead', id)).toMatchObject({
      ...{ Greeting__c: 'Dear Ann of Reed Hall', Loud__c: 'DEAR ANN OF REED HALL', Half__c: 50.5 },
      Owner_Mail__c: running.org.get('User', admin.id)?.['Email'],
    });
    await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { FirstName: 'Bea' });
    const stamp = running.org.get('Lead', id)?.['SystemModstamp'];
    await send('PATCH', `${DATA}/sobjects/User/${admin.id}`, { Email: 'new@example.com' });
    expect(await read('Lead', id)).toMatchObject({
      Loud__c: 'DEAR BEA OF REED HALL',
      Owner_Mail__c: 'new@example.com',
    });
    expect(running.org.get('Lead', id)?.['SystemModstamp']).toBe(stamp);
  });

  it('and a roll-up summary and an encrypted text are in no change event', () => {
    const names = (object: string): string[] => changeEventSchema(running.org.schema.object(object)).sources;
    for (const name of ['Greeting__c', 'Half__c', 'Secret__c']) expect(names('Lead')).not.toContain(name);
    expect(names('Lead')).toContain('Story__c');
    for (const name of ['Visits__c', 'Spent__c']) expect(names('Account')).not.toContain(name);
  });

  it('is refused where this org cannot compute it, or where a part of it is not there', async () => {
    const one = (formula: string) =>
      problems(running.org, {
        'objects/Lead.object': xml('CustomObject', field('Odd__c', 'Text', `<formula>${formula}</formula>`)),
      });
    expect(await one('Nowhere__c')).toEqual([
      'CustomField Lead.Odd__c: Field Nowhere__c does not exist. Check spelling.',
    ]);
    expect(await one('TEXT(TODAY())')).toEqual([expect.stringContaining('depends on the moment')]);
    expect(await one('Owner.Manager.Name')).toEqual([expect.stringContaining('more than one relationship')]);
  });
});

describe('a roll-up summary', () => {
  it('counts, adds and compares the details that there are, through edits, moves, deletions and undeletions', async () => {
    const [first, second] = [await made('Account', { Name: 'One' }), await made('Account', { Name: 'Two' })];
    expect(await read('Account', first)).toMatchObject({ Visits__c: 0, Spent__c: 0, Most__c: null });
    const visit = await made('Visit__c', { Account__c: first, Amount__c: 40 });
    await made('Visit__c', { Account__c: first, Amount__c: 2.5 });
    expect(await read('Account', first)).toMatchObject({ Visits__c: 2, Spent__c: 42.5, Most__c: 40 });
    await send('PATCH', `${DATA}/sobjects/Visit__c/${visit}`, { Amount__c: 50 });
    expect(await read('Account', first)).toMatchObject({ Spent__c: 52.5, Most__c: 50 });
    await send('DELETE', `${DATA}/sobjects/Visit__c/${visit}`);
    expect(await read('Account', first)).toMatchObject({ Visits__c: 1, Spent__c: 2.5 });
    running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => tx.undelete('Visit__c', visit));
    await send('PATCH', `${DATA}/sobjects/Visit__c/${visit}`, { Account__c: second });
    expect(await read('Account', first)).toMatchObject({ Visits__c: 1 });
    expect(await read('Account', second)).toMatchObject({ Visits__c: 1, Spent__c: 50 });
    expect(await described('Account', 'Spent__c')).toMatchObject({ calculated: true, updateable: false });
  });

  it('is of a master-detail relationship', async () => {
    const odd = field(
      'Odd__c',
      'Summary',
      '<summaryForeignKey>Contact.AccountId</summaryForeignKey><summaryOperation>count</summaryOperation>',
    );
    expect(await problems(running.org, { 'objects/Lead.object': xml('CustomObject', odd) })).toEqual([
      'CustomField Lead.Odd__c: Contact.AccountId is no master-detail relationship to Lead.',
    ]);
  });
});

describe('rich text', () => {
  it('is described as HTML, and cannot be searched in a query', async () => {
    expect(await described('Lead', 'Story__c')).toMatchObject({
      ...{ type: 'textarea', htmlFormatted: true, extraTypeInfo: 'richtextarea', filterable: false, sortable: false },
    });
    const q = encodeURIComponent("SELECT Id FROM Lead WHERE Story__c = 'x'");
    expect((await send('GET', `${DATA}/query?q=${q}`)).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
  });
});

describe('an encrypted text', () => {
  it('is described with its mask, and cannot be searched, sorted or unique', async () => {
    expect(await described('Lead', 'Secret__c')).toMatchObject({
      ...{ type: 'encryptedstring', encrypted: true, mask: '*', maskType: 'lastFour' },
      ...{ filterable: false, sortable: false, groupable: false },
    });
    const q = encodeURIComponent("SELECT Id FROM Lead WHERE Secret__c = 'x'");
    expect((await send('GET', `${DATA}/query?q=${q}`)).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
  });

  it('is written by whoever may edit it, and masked without View Encrypted Data', async () => {
    const { body } = await asIntegration('POST', `${DATA}/sobjects/Lead`, { ...lead, Secret__c: '+15125550100' });
    const { id } = body as { id: string };
    const q = encodeURIComponent(`SELECT Secret__c FROM Lead WHERE Id = '${id}'`);
    const masked = { Secret__c: '********0100' };
    expect((await asIntegration('GET', `${DATA}/sobjects/Lead/${id}`)).body).toMatchObject(masked);
    expect((await asIntegration('GET', `${DATA}/query?q=${q}`)).body).toMatchObject({ records: [masked] });
    expect(await read('Lead', id)).toMatchObject({ Secret__c: '+15125550100' });
  });
});

describe('a time of day', () => {
  it('has milliseconds and no zone, and is sent so, and what is none is refused', async () => {
    expect(await described('Lead', 'Opens__c')).toMatchObject({ type: 'time', soapType: 'xsd:time', createable: true });
    const id = await made('Lead', { ...lead, Opens__c: '09:30:00Z' });
    expect(await read('Lead', id)).toMatchObject({ Opens__c: '09:30:00.000Z' });
    const opens = changeEventSchema(running.org.schema.object('Lead')).fields.find(({ name }) => name === 'Opens__c');
    expect(avroValue(opens?.source, running.org.get('Lead', id) ?? {})).toBe(34_200_000);
    for (const Opens__c of ['24:00:00.000Z', 'noon', 930])
      expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Opens__c })).body).toMatchObject([
        { errorCode: 'JSON_PARSER_ERROR' },
      ]);
  });
});

describe('a place', () => {
  it('is described as a compound that nobody writes, and its parts are written', async () => {
    expect(await described('Lead', 'Place__c')).toMatchObject({
      type: 'location',
      createable: false,
      updateable: false,
    });
    const part = { type: 'double', scale: 4, custom: true, createable: true, compoundFieldName: 'Place__c' };
    expect(await described('Lead', 'Place__Latitude__s')).toMatchObject(part);
    const id = await made('Lead', { ...lead, Place__Latitude__s: 30.26724, Place__Longitude__s: -97.7431 });
    expect(await read('Lead', id)).toMatchObject({
      Place__c: { latitude: 30.2672, longitude: -97.7431 },
      Place__Longitude__s: -97.7431,
    });
    const { body } = await send(
      'GET',
      `${DATA}/query?q=${encodeURIComponent(`SELECT Place__c FROM Lead WHERE Id = '${id}'`)}`,
    );
    expect(body).toMatchObject({ records: [{ Place__c: { latitude: 30.2672, longitude: -97.7431 } }] });
    const refused = await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Place__c: { latitude: 1, longitude: 1 } });
    expect(refused.status).toBe(400);
  });

  it('is on the globe', async () => {
    for (const fields of [{ Place__Latitude__s: 90.1 }, { Place__Longitude__s: -180.1 }])
      expect((await send('POST', `${DATA}/sobjects/Lead`, { ...lead, ...fields })).body).toMatchObject([
        { errorCode: 'NUMBER_OUTSIDE_VALID_RANGE', fields: Object.keys(fields) },
      ]);
  });

  it('is one field of a change event, with both parts', () => {
    const place = changeEventSchema(running.org.schema.object('Lead')).fields.find(({ name }) => name === 'Place__c');
    expect(place?.parts?.map(({ name, source }) => [name, source?.name])).toEqual([
      ['Latitude', 'Place__Latitude__s'],
      ['Longitude', 'Place__Longitude__s'],
    ]);
  });
});

// Record types: which a user has, which is the default, and which picklist values each has.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordTypeInfo } from '../recordTypes.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';
import { deploy, problems, xml } from './packages.ts';

const field = `<fields><fullName>Line__c</fullName><label>Line</label><type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${['Gold', 'Silver', 'Bronze'].map((name) => `<value><fullName>${name}</fullName><default>false</default><label>${name}</label></value>`).join('')}</valueSetDefinition></valueSet></fields>`;
const type = (name: string, values: readonly string[], picklist = 'Line__c'): string =>
  `<recordTypes><fullName>${name}</fullName><active>true</active><label>${name} Leads</label><picklistValues><picklist>${picklist}</picklist>${values.map((value) => `<values><fullName>${value}</fullName><default>false</default></values>`).join('')}</picklistValues></recordTypes>`;

let running: RunningOrg;
let send: Send;
let partner: string;
let direct: string;
let reserved: string;

beforeAll(async () => {
  running = await startOrg();
  const { org, users } = running;
  await deploy(org, {
    'objects/Lead.object': xml(
      'CustomObject',
      field + type('Partner', ['Gold', 'Silver']) + type('Direct', ['Bronze']) + type('Reserved', ['Gold']),
    ),
  });
  const idOf = (DeveloperName: string): string => String(org.find('RecordType', { DeveloperName })[0]?.['Id']);
  [partner, direct, reserved] = ['Partner', 'Direct', 'Reserved'].map(idOf) as [string, string, string];
  org.recordTypes.assign(users.admin.id, 'Lead', ['Partner', 'Direct'], 'Partner');
  send = await signIn(running);
});
afterAll(() => running.close());

const lead = { LastName: 'Reed', Company: 'Reed Hall' };
const post = (fields: object): ReturnType<Send> => send('POST', `${DATA}/sobjects/Lead`, { ...lead, ...fields });
async function made(fields: object): Promise<string> {
  const { status, body } = await post(fields);
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { id: string }).id;
}
const typeOf = (id: string): unknown => running.org.get('Lead', id)?.['RecordTypeId'];

describe('record types', () => {
  it('come with the metadata of their object, which shows RecordTypeId from then on', async () => {
    const { body } = await send(
      'GET',
      `${DATA}/query?q=${encodeURIComponent("SELECT Name FROM RecordType WHERE SobjectType = 'Lead' ORDER BY Name")}`,
    );
    expect((body as { records: { Name: string }[] }).records.map(({ Name }) => Name)).toEqual([
      'Direct Leads',
      'Partner Leads',
      'Reserved Leads',
    ]);
    expect(running.org.schema.object('Lead').fields.get('RecordTypeId')).toMatchObject({ referenceTo: ['RecordType'] });
    expect(running.org.schema.object('Contact').fields.has('RecordTypeId')).toBe(false);
    expect(
      await problems(running.org, { 'objects/Lead.object': xml('CustomObject', type('Odd', ['x'], 'No__c')) }),
    ).toEqual(['RecordType Lead.Odd: Picklist: No__c does not exist on Lead']);
  });

  it('are given by whoever creates a record, else by the profile', async () => {
    expect(typeOf(await made({}))).toBe(partner);
    expect(typeOf(await made({ RecordTypeId: direct }))).toBe(direct);
    const other = running.org.transact({ user: running.users.integration.id, origin: '' }, (tx) =>
      tx.create('Lead', lead),
    );
    expect(typeOf(other)).toBeNull();
  });

  it('are refused where the user may not give them, or where they are of nothing', async () => {
    const refused = { errorCode: 'INVALID_CROSS_REFERENCE_KEY' };
    const { body } = await post({ RecordTypeId: reserved });
    expect(body).toEqual([
      {
        ...refused,
        message: `Record Type ID: this ID value isn't valid for the user: ${reserved}`,
        fields: ['RecordTypeId'],
      },
    ]);
    expect((await post({ RecordTypeId: '012SF0zzzzzzzzz' })).body).toMatchObject([refused]);
  });

  it('are given to no new record once they are not active, and stay with those that have them', async () => {
    const id = await made({ RecordTypeId: direct });
    const definition = {
      object: 'Lead',
      developerName: 'Direct',
      name: 'Direct Leads',
      picklists: { Line__c: ['Bronze'] },
    };
    running.org.recordTypes.define({ ...definition, active: false });
    const { body } = await post({ RecordTypeId: direct });
    expect(body).toMatchObject([{ errorCode: 'INVALID_CROSS_REFERENCE_KEY', fields: ['RecordTypeId'] }]);
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { City: 'Reno' })).status).toBe(204);
    expect(typeOf(id)).toBe(direct);
    const described = await send('GET', `${DATA}/sobjects/Lead/describe`);
    const { recordTypeInfos } = described.body as { recordTypeInfos: RecordTypeInfo[] };
    expect(recordTypeInfos.find(({ developerName }) => developerName === 'Direct')).toMatchObject({ active: false });
    running.org.recordTypes.define({ ...definition, active: true });
  });

  it('say which values of a restricted picklist their records may hold', async () => {
    const refused = { errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Line__c'] };
    expect((await post({ Line__c: 'Bronze' })).body).toMatchObject([refused]);
    const id = await made({ Line__c: 'Bronze', RecordTypeId: direct });
    const { body } = await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Line__c: 'Gold' });
    expect(body).toMatchObject([refused]);
  });

  it('are listed by describe and object info for the user who asks, with the values of each', async () => {
    const { body } = await send('GET', `${DATA}/sobjects/Lead/describe`);
    const { recordTypeInfos } = body as { recordTypeInfos: (RecordTypeInfo & Record<string, unknown>)[] };
    expect(
      recordTypeInfos.map(({ developerName, available, ...info }) => [
        developerName,
        available,
        info['defaultRecordTypeMapping'],
      ]),
    ).toEqual([
      ['Partner', true, true],
      ['Direct', true, false],
      ['Reserved', false, false],
      ['Master', true, false],
    ]);
    const info = await send('GET', `${DATA}/ui-api/object-info/Lead`);
    expect(info.body).toMatchObject({
      defaultRecordTypeId: partner,
      recordTypeInfos: { [direct]: { name: 'Direct Leads', available: true, defaultRecordTypeMapping: false } },
    });
    const values = await send('GET', `${DATA}/ui-api/object-info/Lead/picklist-values/${direct}/Line__c`);
    expect((values.body as { values: { value: string }[] }).values.map(({ value }) => value)).toEqual(['Bronze']);
    const all = await send('GET', `${DATA}/ui-api/object-info/Lead/picklist-values/${partner}`);
    expect(all.body).toMatchObject({
      picklistFieldValues: { Line__c: { values: [{ value: 'Gold' }, { value: 'Silver' }] } },
    });
    expect((await send('GET', `${DATA}/ui-api/object-info/Contact/picklist-values/${direct}`)).status).toBe(404);
  });
});

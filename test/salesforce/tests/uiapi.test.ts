// The User Interface API of the local org: object infos and records.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldDef, picklist } from '../fields.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { IdempotencyKeys } from '../uiapi/idempotency.ts';
import { DATA, signIn, type Send } from './client.ts';

let running: RunningOrg;
let send: Send;
/** Whole seconds, as records keep them. */
let now = Math.floor(Date.now() / 1000) * 1000;
const UI = `${DATA}/ui-api`;
const MASTER = '012000000000000AAA';

async function create(apiName: string, fields: Record<string, unknown>): Promise<string> {
  const { status, body } = await send('POST', `${UI}/records`, { apiName, fields });
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { id: string }).id;
}
const count = (name: string): number =>
  running.org.query(`SELECT COUNT() FROM Lead WHERE LastName = '${name}'`).totalSize;

beforeAll(async () => {
  running = await startOrg({ clock: () => now });
  running.org.schema.addField(
    'Lead',
    fieldDef({
      name: 'Colour__c',
      label: 'Colour',
      type: 'picklist',
      picklistValues: picklist(['Red', 'Blue'], 'Red'),
    }),
  );
  send = await signIn(running);
});
afterAll(() => running.close());

describe('object info', () => {
  it('lists what has records', async () => {
    const { body } = await send('GET', `${UI}/object-info`);
    expect(body).toMatchObject({
      objects: {
        Contact: {
          apiName: 'Contact',
          keyPrefix: '003',
          nameFields: ['FirstName', 'LastName', 'Name'],
          objectInfoUrl: `${UI}/object-info/Contact`,
        },
      },
    });
  });

  it('describes an object, its fields and what refers to it', async () => {
    const { body } = await send('GET', `${UI}/object-info/contact`);
    expect(body).toMatchObject({
      apiName: 'Contact',
      defaultRecordTypeId: MASTER,
      createable: true,
      recordTypeInfos: { [MASTER]: { master: true, name: 'Master', available: true } },
      childRelationships: expect.arrayContaining([
        expect.objectContaining({ childObjectApiName: 'Task', fieldName: 'WhoId', relationshipName: 'Tasks' }),
      ]),
      fields: {
        AccountId: {
          apiName: 'AccountId',
          dataType: 'Reference',
          reference: true,
          relationshipName: 'Account',
          referenceToInfos: [{ apiName: 'Account', nameFields: ['Name'] }],
        },
        LastName: { required: true, dataType: 'String', nameField: true },
        Name: { compound: true, extraTypeInfo: 'PersonName', createable: false },
        MailingCity: { compoundFieldName: 'MailingAddress', compoundComponentName: 'City', required: false },
        MailingAddress: { compound: true, dataType: 'Address' },
        OwnerId: { polymorphicForeignKey: false, required: false },
      },
    });
    expect(await send('GET', `${UI}/object-info/Nope__c`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE', message: 'Object Nope__c is not supported in UI API' }],
    });
  });

  it('has the values of picklists by record type', async () => {
    const path = `${UI}/object-info/Lead/picklist-values/${MASTER}`;
    const red = { attributes: null, label: 'Red', validFor: [], value: 'Red' };
    const colour = {
      controllerValues: {},
      defaultValue: red,
      url: `${path}/Colour__c`,
      values: [red, { attributes: null, label: 'Blue', validFor: [], value: 'Blue' }],
    };
    expect((await send('GET', `${path}/Colour__c`)).body).toEqual(colour);
    expect((await send('GET', path)).body).toMatchObject({
      picklistFieldValues: { Colour__c: colour, Status: { values: expect.any(Array) } },
    });
    expect((await send('GET', `${path}/LastName`)).status).toBe(400);
    expect((await send('GET', `${UI}/object-info/Lead/picklist-values/012000000000001AAA`)).status).toBe(404);
  });
});

describe('a record', () => {
  it('has the fields that are asked for, as value and as people read it', async () => {
    const account = await create('Account', { Name: 'Zenith', NumberOfEmployees: 1234 });
    const contact = await create('Contact', { LastName: 'Reed', AccountId: account });
    const { body } = await send(
      'GET',
      `${UI}/records/${contact}?fields=Contact.LastName,Contact.Account.NumberOfEmployees,Contact.CreatedDate&optionalFields=Contact.Nope__c,Contact.Email`,
    );
    expect(body).toEqual({
      apiName: 'Contact',
      childRelationships: {},
      fields: {
        Id: { displayValue: null, value: contact },
        LastName: { displayValue: null, value: 'Reed' },
        CreatedDate: {
          displayValue: expect.stringMatching(/^\d+\/\d+\/\d{4}, \d+:\d\d\s[AP]M$/),
          value: new Date(now).toISOString(),
        },
        Email: { displayValue: null, value: null },
        Account: {
          displayValue: 'Zenith',
          value: expect.objectContaining({
            apiName: 'Account',
            id: account,
            fields: {
              Id: { displayValue: null, value: account },
              NumberOfEmployees: { displayValue: '1,234', value: 1234 },
            },
          }),
        },
      },
      id: contact,
      lastModifiedById: running.users.admin.id,
      lastModifiedDate: new Date(now).toISOString(),
      recordTypeId: MASTER,
      recordTypeInfo: expect.objectContaining({ master: true }),
      systemModstamp: new Date(now).toISOString(),
      weakEtag: now,
    });
  });

  it('is refused to whoever asks wrongly', async () => {
    const id = await create('Lead', { LastName: 'R', Company: 'c' });
    for (const [path, status, errorCode] of [
      [`${id}?fields=Lead.Nope__c`, 400, 'INVALID_FIELD'],
      [`${id}?fields=LastName`, 400, 'INVALID_FIELD'],
      [`${id}`, 400, 'MISSING_ARGUMENT'],
      [`${id}?layoutTypes=Wide`, 400, 'INVALID_INPUT'],
      [`${id}?layoutTypes=Full&modes=Read`, 400, 'INVALID_INPUT'],
      [`${id}?fields=Lead.Id&childRelationships=Lead.Tasks`, 400, 'INVALID_INPUT'],
      ['003R0000001?fields=Lead.Id', 400, 'INVALID_ID_FIELD'],
      ['00QSF0zzzzzzzzz?fields=Lead.Id', 404, 'NOT_FOUND'],
    ] as const) {
      expect(await send('GET', `${UI}/records/${path}`)).toMatchObject({ status, body: [{ errorCode }] });
    }
  });

  it('is read with others in one batch, each with its own status', async () => {
    const ids = [await create('Lead', { LastName: 'B1', Company: 'c' }), '00QSF0zzzzzzzzz'];
    const { body } = await send('GET', `${UI}/records/batch/${ids.join(',')}?fields=Lead.LastName`);
    expect(body).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 200, result: { fields: { LastName: { value: 'B1' } } } }, { statusCode: 404 }],
    });
  });

  it('is created, updated and deleted, and answered whole', async () => {
    const { status, body } = await send('POST', `${UI}/records`, {
      apiName: 'Lead',
      fields: { LastName: 'W', Company: 'c' },
    });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { apiName: 'Lead', fields: { Colour__c: { value: 'Red' } } },
    });
    const path = `${UI}/records/${(body as { id: string }).id}`;
    expect(await send('PATCH', path, { fields: { AnnualRevenue: 1500, Colour__c: 'Blue' } })).toMatchObject({
      status: 200,
      body: {
        fields: { AnnualRevenue: { value: 1500, displayValue: '$1,500' }, Colour__c: { displayValue: 'Blue' } },
      },
    });
    expect(await send('DELETE', path)).toMatchObject({ status: 204, body: '' });
    expect((await send('GET', `${path}?fields=Lead.Id`)).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(404);
  });

  it('that cannot be saved is refused field by field', async () => {
    const fields = { LastName: 'W', Company: 'c', Email: 'nowhere' };
    expect(await send('POST', `${UI}/records`, { apiName: 'Lead', fields })).toMatchObject({
      status: 400,
      body: {
        enhancedErrorType: 'RecordError',
        output: {
          errors: [],
          fieldErrors: { Email: [{ errorCode: 'INVALID_EMAIL_ADDRESS', field: 'Email', fieldLabel: 'Email' }] },
        },
      },
    });
    expect(
      await send('POST', `${UI}/records`, { apiName: 'Lead', fields: { LastName: 'W', Company: 'c', Name: 'x' } }),
    ).toMatchObject({
      status: 400,
      body: { output: { fieldErrors: { Name: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] } } },
    });
    expect((await send('POST', `${UI}/records`, { apiName: 'Lead' })).body).toMatchObject([
      { errorCode: 'JSON_PARSER_ERROR' },
    ]);
    expect((await send('POST', `${UI}/records`, { apiName: 'Nope', fields: {} })).body).toMatchObject([
      { errorCode: 'INVALID_TYPE' },
    ]);
  });

  it('is not updated where it was changed after the given time', async () => {
    const id = await create('Lead', { LastName: 'U', Company: 'c' });
    const seen = { 'if-unmodified-since': new Date(now).toUTCString() };
    expect((await send('PATCH', `${UI}/records/${id}`, { fields: { Title: 'a' } }, seen)).status).toBe(200);
    now += 5_000;
    await send('PATCH', `${UI}/records/${id}`, { fields: { Title: 'b' } });
    expect((await send('PATCH', `${UI}/records/${id}`, { fields: { Title: 'c' } }, seen)).status).toBe(412);
    expect(running.org.get('Lead', id)?.['Title']).toBe('b');
  });

  it('with a key is written once, however often the request comes', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { apiName: 'Lead', fields: { LastName: 'Once', Company: 'c' } };
    const first = await send('POST', `${UI}/records`, body, key);
    const again = await send('POST', `${UI}/records`, body, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(count('Once')).toBe(1);
    await send('POST', `${UI}/records`, body, { 'idempotency-key': randomUUID() });
    expect(count('Once')).toBe(2);

    const path = `${UI}/records/${(first.body as { id: string }).id}`;
    const gone = { 'idempotency-key': randomUUID() };
    expect([
      (await send('DELETE', path, undefined, gone)).status,
      (await send('DELETE', path, undefined, gone)).status,
    ]).toEqual([204, 204]);
    expect((await send('POST', `${UI}/records`, body, { 'idempotency-key': 'not-a-uuid' })).status).toBe(400);
  });
});

it('keeps an answer for 30 days', () => {
  let at = 0;
  let times = 0;
  const keys = new IdempotencyKeys(() => at);
  const key = randomUUID();
  const work = () => ({ status: 201, body: (times += 1) });
  const bodies = [0, 29, 31].map((day) => {
    at = day * 24 * 60 * 60 * 1000;
    return keys.once(key, 'user POST /records', work).body;
  });
  expect(bodies).toEqual([1, 1, 2]);
  // The same key of somebody else, or for something else, is another one.
  expect(keys.once(key, 'other POST /records', work).body).toBe(3);
});

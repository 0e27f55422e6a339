// sObject Collections of the local org: each record succeeds or fails by itself, unless all are asked for or none.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fieldDef } from '../fields.ts';
import type { Commit } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { until } from '../../helpers/until.ts';
import { DATA, signIn, type Send } from './client.ts';

interface Result {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

let running: RunningOrg;
let send: Send;
let commits: Commit[];
const PATH = `${DATA}/composite/sobjects`;

const lead = (fields: Record<string, unknown> = {}) => ({
  attributes: { type: 'Lead' },
  LastName: 'Reed',
  Company: 'c',
  ...fields,
});
const count = (): number => running.org.query('SELECT COUNT() FROM Lead').totalSize;

async function call(method: string, path: string, body?: unknown): Promise<Result[]> {
  const answer = await send(method, path, body);
  expect(answer.status).toBe(200);
  return answer.body as Result[];
}
const codes = (results: Result[]) => results.map((result) => result.errors[0]?.statusCode ?? 'ok');

beforeAll(async () => {
  running = await startOrg();
  running.org.schema.addField(
    'Lead',
    fieldDef({ name: 'Ext__c', type: 'string', length: 40, unique: true, externalId: true }),
  );
  running.org.listen({ committed: (commit) => void commits.push(commit) });
  send = await signIn(running);
});
beforeEach(() => {
  commits = [];
});
afterAll(() => running.close());

describe('a collection', () => {
  it('takes records of several objects in ten chunks at most', async () => {
    const [{ id = '' } = {}] = await call('POST', PATH, { records: [lead()] });
    const account = running.org.transact({ user: running.users.admin.id, origin: '' }, (transaction) =>
      transaction.create('Account', { Name: 'a' }),
    );
    const both = [
      { attributes: { type: 'Lead' }, id, Company: 'd' },
      { attributes: { type: 'Account' }, id: account, Name: 'd' },
    ];
    const ten = Array.from({ length: 5 }, () => both).flat();
    const eleven = await send('PATCH', PATH, { records: [...ten, both[0]] });
    expect(eleven.status).toBe(400);
    expect(running.org.get('Account', account)?.['Name']).toBe('a');
    expect(codes(await call('PATCH', PATH, { records: both }))).toEqual(['ok', 'ok']);
  });

  it('of 200 records is one call and one transaction, its results in its order', async () => {
    const used = running.org.usage.apiRequests.used;
    const records = Array.from({ length: 200 }, (_unused, n) => lead({ LastName: `L${n}` }));
    const results = await call('POST', PATH, { allOrNone: false, records });
    expect(running.org.usage.apiRequests.used).toBe(used + 1);
    expect(results.every((result) => result.success && result.errors.length === 0)).toBe(true);
    expect(results.map((result) => running.org.get('Lead', result.id ?? '')?.['LastName'])).toEqual(
      records.map((record) => record.LastName),
    );
    expect(commits).toHaveLength(1);
    expect(commits[0]?.changes).toHaveLength(200);
    expect(commits[0]?.origin).toBe('com/salesforce/api/rest/67.0');
  });

  it('of 201 is refused whole', async () => {
    const before = count();
    const records = Array.from({ length: 201 }, () => lead());
    expect(await send('POST', PATH, { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }],
    });
    expect(count()).toBe(before);
  });

  it('saves what can be saved and reports the rest, each with its own reason', async () => {
    const records = [
      lead(),
      lead({ Company: null }),
      lead({ Email: 'nowhere' }),
      lead({ attributes: { type: 'Account' }, Name: 'A', Company: undefined, LastName: undefined }),
    ];
    const results = await call('POST', PATH, { allOrNone: false, records });
    expect(codes(results)).toEqual(['ok', 'REQUIRED_FIELD_MISSING', 'INVALID_EMAIL_ADDRESS', 'ok']);
    expect(results[1]).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Company]',
          fields: ['Company'],
        },
      ],
    });
    expect(commits[0]?.changes.map((change) => change.object)).toEqual(['Lead', 'Account']);
  });

  it('with allOrNone undoes all and says which record was the culprit', async () => {
    const before = count();
    const results = await call('POST', PATH, { allOrNone: true, records: [lead(), lead({ Company: null }), lead()] });
    expect(codes(results)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'REQUIRED_FIELD_MISSING',
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    ]);
    expect(results[0]).not.toHaveProperty('id');
    expect(count()).toBe(before);
    expect(commits).toEqual([]);
  });

  it('with a record that cannot be read fails whole, before anything is saved', async () => {
    const before = count();
    expect(await send('POST', PATH, { records: [lead(), lead({ Company: 5 })] })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect(await send('POST', PATH, { records: [lead(), lead({ Nope: 5 })] })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    expect(count()).toBe(before);
    expect(commits).toEqual([]);
  });
});

describe('an update', () => {
  it('names its records by id', async () => {
    const [one, two] = await call('POST', PATH, { records: [lead(), lead()] });
    const results = await call('PATCH', PATH, {
      allOrNone: false,
      records: [
        { attributes: { type: 'Lead' }, id: one?.id, Title: 'CEO' },
        { attributes: { type: 'Lead' }, Id: two?.id?.slice(0, 15), Title: 'x'.repeat(129) },
        { attributes: { type: 'Lead' }, id: '00QSF0zzzzzzzzz', Title: 'x' },
      ],
    });
    expect(results[0]).toEqual({ id: one?.id, success: true, errors: [] });
    expect(codes(results)).toEqual(['ok', 'STRING_TOO_LONG', 'INVALID_CROSS_REFERENCE_KEY']);
    expect(running.org.get('Lead', one?.id ?? '')?.['Title']).toBe('CEO');
  });

  it('meets locked rows one by one', async () => {
    const created = await call('POST', PATH, { records: [lead(), lead()] });
    running.org.faults.add({ kind: 'lock-row', recordIds: [created[0]?.id ?? ''] });
    const records = created.map(({ id }) => ({ attributes: { type: 'Lead' }, id, Title: 'x' }));
    expect(codes(await call('PATCH', PATH, { records }))).toEqual(['UNABLE_TO_LOCK_ROW', 'ok']);
  });
});

describe('rows that a save locks until its request is answered', () => {
  it('are the record’s own and its Account’s: who comes meanwhile is refused, and nobody beside it', async () => {
    const account = { attributes: { type: 'Account' }, Name: 'a' };
    const [one, other] = await call('POST', PATH, { records: [account, account] });
    const contact = (of: Result | undefined) => ({
      attributes: { type: 'Contact' },
      LastName: 'c',
      AccountId: of?.id,
    });
    const { locks } = running.org;
    locks.use();
    const first = call('POST', PATH, { records: [contact(one)] });
    await until('the first save holds its rows', () => locks.held === 1);
    const second = call('POST', PATH, { records: [contact(one), contact(other)] });
    await until('the second save is done', () => locks.held === 2);
    locks.end();
    expect(codes(await first)).toEqual(['ok']);
    expect(codes(await second)).toEqual(['UNABLE_TO_LOCK_ROW', 'ok']);
    expect(locks.refused).toBe(1);
    expect(codes(await call('POST', PATH, { records: [contact(one)] }))).toEqual(['ok']);
  });
});

describe('an upsert', () => {
  it('creates and updates in one call and says which', async () => {
    await call('POST', PATH, { records: [lead({ Ext__c: 'known' })] });
    const results = await call('PATCH', `${PATH}/Lead/Ext__c`, {
      allOrNone: false,
      records: [
        lead({ Ext__c: 'KNOWN', Title: 'CEO' }),
        lead({ Ext__c: 'new' }),
        lead({ Ext__c: 'twice' }),
        lead({ Ext__c: 'TWICE' }),
        lead(),
      ],
    });
    expect(results.map((result) => result.created)).toEqual([false, true, undefined, undefined, undefined]);
    expect(codes(results)).toEqual(['ok', 'ok', 'DUPLICATE_VALUE', 'DUPLICATE_VALUE', 'MISSING_ARGUMENT']);
    expect(running.org.find('Lead', { Ext__c: 'known' })).toMatchObject([{ Title: 'CEO', Ext__c: 'known' }]);
  });

  it('needs an external id', async () => {
    expect((await send('PATCH', `${PATH}/Lead/Company`, { records: [lead()] })).status).toBe(404);
  });
});

describe('a read and a delete', () => {
  it('take ids from the query or the body and keep their order', async () => {
    const ids = (await call('POST', PATH, { records: [lead({ LastName: 'A' }), lead({ LastName: 'B' })] })).map(
      (result) => result.id,
    );
    const missing = '00QSF0zzzzzzzzz';
    const expected = [{ LastName: 'B' }, null, { LastName: 'A' }];
    const asked = [ids[1], missing, ids[0]];
    expect((await send('GET', `${PATH}/Lead?ids=${asked.join(',')}&fields=LastName`)).body).toMatchObject(expected);
    expect((await send('POST', `${PATH}/Lead`, { ids: asked, fields: ['LastName'] })).body).toMatchObject(expected);

    expect(codes(await call('DELETE', `${PATH}?ids=${[ids[0], missing].join(',')}&allOrNone=true`))).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
    expect(codes(await call('DELETE', `${PATH}?ids=${[ids[0], missing].join(',')}`))).toEqual([
      'ok',
      'INVALID_CROSS_REFERENCE_KEY',
    ]);
    expect(codes(await call('DELETE', `${PATH}?ids=${ids[0]}`))).toEqual(['ENTITY_IS_DELETED']);
  });
});

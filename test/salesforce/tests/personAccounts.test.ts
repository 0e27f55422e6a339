// A person account is an Account and a Contact at once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUSINESS_TYPE, PERSON_TYPE } from '../personAccounts.ts';
import type { Commit } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';

let running: RunningOrg;
let send: Send;
let commits: Commit[];
let personType: string;

beforeAll(async () => {
  running = await startOrg();
  const { org, users } = running;
  org.persons.use();
  org.recordTypes.assign(users.admin.id, 'Account', [BUSINESS_TYPE, PERSON_TYPE], BUSINESS_TYPE);
  personType = String(org.find('RecordType', { DeveloperName: PERSON_TYPE })[0]?.['Id']);
  send = await signIn(running);
  org.listen({ committed: (commit) => void commits?.push(commit) });
});
afterAll(() => running.close());

const post = (object: string, fields: object): ReturnType<Send> => send('POST', `${DATA}/sobjects/${object}`, fields);
async function person(fields: object = {}): Promise<{ id: string; contact: string }> {
  commits = [];
  const { status, body } = await post('Account', {
    RecordTypeId: personType,
    FirstName: 'Ann',
    LastName: 'Reed',
    ...fields,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  const { id } = body as { id: string };
  return { id, contact: String(running.org.get('Account', id)?.['PersonContactId']) };
}
const refused = (errorCode: string, fields: string[] = []): object => [{ errorCode, fields }];

describe('a person account', () => {
  it('is an account and a contact, sent as two changes of one transaction', async () => {
    const { id, contact } = await person({ Phone: '512 555 0100', PersonEmail: 'ann@example.com' });
    expect(running.org.get('Account', id)).toMatchObject({ IsPersonAccount: true, Name: 'Ann Reed' });
    expect(running.org.get('Contact', contact)).toMatchObject({
      ...{ IsPersonAccount: true, AccountId: id, LastName: 'Reed', Phone: '512 555 0100', Email: 'ann@example.com' },
    });
    expect(commits.map(({ changes }) => changes.map(({ object, type }) => `${object} ${type}`))).toEqual([
      ['Account CREATE', 'Contact CREATE'],
    ]);
    commits = [];
    await send('PATCH', `${DATA}/sobjects/Account/${id}`, { LastName: 'Moss' });
    expect(running.org.get('Contact', contact)).toMatchObject({ LastName: 'Moss' });
    await send('PATCH', `${DATA}/sobjects/Contact/${contact}`, { Phone: '512 555 0101' });
    expect(running.org.get('Account', id)).toMatchObject({ Name: 'Ann Moss', Phone: '512 555 0101' });
    for (const { changes } of commits)
      expect(changes.map(({ object }) => object).sort()).toEqual(['Account', 'Contact']);
  });

  it('has a name of two parts, and is made by them; a business is made by its name', async () => {
    const named = await post('Account', { RecordTypeId: personType, Name: 'Reed', LastName: 'Reed' });
    expect(named.body).toMatchObject(refused('INVALID_FIELD_FOR_INSERT_UPDATE', ['Name']));
    const nameless = await post('Account', { RecordTypeId: personType });
    expect(nameless.body).toMatchObject(refused('REQUIRED_FIELD_MISSING', ['LastName']));
    const business = await post('Account', { Name: 'Reed Hall', LastName: 'Reed' });
    expect(business.body).toMatchObject(refused('INVALID_FIELD_FOR_INSERT_UPDATE', ['LastName']));
    expect((await post('Account', { Name: 'Reed Hall' })).status).toBe(201);
  });

  it('has no contact besides its own, which is neither moved nor deleted by itself', async () => {
    const { id, contact } = await person();
    const second = await post('Contact', { AccountId: id, LastName: 'Moss' });
    expect(second.body).toMatchObject(refused('FIELD_INTEGRITY_EXCEPTION', ['AccountId']));
    const other = (await post('Account', { Name: 'Other' })).body as { id: string };
    const moved = await send('PATCH', `${DATA}/sobjects/Contact/${contact}`, { AccountId: other.id });
    expect(moved.body).toMatchObject(refused('INVALID_FIELD_FOR_INSERT_UPDATE', ['AccountId']));
    expect((await send('DELETE', `${DATA}/sobjects/Contact/${contact}`)).body).toMatchObject(refused('DELETE_FAILED'));
    await send('DELETE', `${DATA}/sobjects/Account/${id}`);
    expect(running.org.get('Contact', contact)).toBeUndefined();
  });

  it('is found by the kind of its record type, and by itself', async () => {
    const { id } = await person();
    const q = encodeURIComponent(
      "SELECT DeveloperName FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true",
    );
    expect((await send('GET', `${DATA}/query?q=${q}`)).body).toMatchObject({
      records: [{ DeveloperName: PERSON_TYPE }],
    });
    const own = encodeURIComponent(`SELECT Id FROM Account WHERE IsPersonAccount = true AND Id = '${id}'`);
    expect((await send('GET', `${DATA}/query?q=${own}`)).body).toMatchObject({ totalSize: 1 });
  });
});

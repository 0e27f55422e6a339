// The queries of the pages are ones that an org answers: every object, field and argument is in the schema of a user.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PACKAGE_DIRECTORY } from '../../scripts/package/project.ts';
import { DEFAULT_SETTINGS } from '../../bridge/model/settings.ts';
import { HOME_QUERY } from '../../force-app/main/default/lwc/homeData/query.ts';
import { REPS_QUERY, usersQuery } from '../../force-app/main/default/lwc/repData/queries.ts';
import { SETTINGS, SETTINGS_QUERY } from '../../force-app/main/default/lwc/settingsData/fields.ts';
import { startOrg, type RunningOrg } from '../salesforce/server.ts';
import { DATA, signIn, type Send } from '../salesforce/tests/client.ts';
import { connection, graphql, type Ask } from '../salesforce/tests/graphqlClient.ts';

let running: RunningOrg;
let send: Send;
let ask: Ask;
beforeAll(async () => {
  running = await startOrg({ deploy: PACKAGE_DIRECTORY });
  send = await signIn(running);
  ask = graphql(send);
}, 60_000);
afterAll(() => running.close());

async function create(object: string, fields: Record<string, unknown>): Promise<void> {
  const { status, body } = await send('POST', `${DATA}/sobjects/${object}`, fields);
  expect({ status, body }).toMatchObject({ status: 201 });
}

describe('the query of the Home page', () => {
  it('is answered where there is nothing yet', async () => {
    const answer = await ask(HOME_QUERY);
    expect(answer.errors).toEqual([]);
    expect(connection(answer, 'Bridge_Status__c').edges).toEqual([]);
  });

  it('counts by cause what failed or was refused in the last week, and nothing else', async () => {
    const now = Date.now();
    const report = (days: number, Code__c: string, Outcome__c = 'Failed'): Promise<void> =>
      create('Integration_Report__c', {
        Code__c,
        Outcome__c,
        Occurred_At__c: new Date(now - days * 86_400_000).toISOString(),
      });
    await report(1, 'TOO_LONG');
    await report(2, 'TOO_LONG', 'Refused');
    await report(1, 'PHONE_KNOWN');
    await report(1, 'DONE', 'Success');
    await report(30, 'OLD');
    const answer = await ask(HOME_QUERY);
    expect(answer.errors).toEqual([]);
    const counted = connection<{ aggregate: unknown }>(answer, 'Integration_Report__c', 'aggregate').edges;
    expect(counted.map(({ node }) => node.aggregate)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Code__c: { value: 'TOO_LONG' }, Id: { count: { value: 2 } } }),
        expect.objectContaining({ Code__c: { value: 'PHONE_KNOWN' }, Id: { count: { value: 1 } } }),
      ]),
    );
    expect(counted).toHaveLength(2);
  });
});

describe('the queries of the Reps page', () => {
  it('are answered, with the user whose id or address a rep has, and no other (M14)', async () => {
    await create('Sellfire_Rep__c', { Name: 'Ann', Rep_Id__c: 'rep_01', Email__c: 'nobody@x.example' });
    const answer = await ask(REPS_QUERY);
    expect(answer.errors).toEqual([]);
    expect(connection(answer, 'Sellfire_Rep__c').edges).toMatchObject([{ node: { Rep_Id__c: { value: 'rep_01' } } }]);
    const { id } = running.users.administrator;
    const rep = { id: 'rep_01', name: 'Ann', email: 'nobody@x.example', state: 'active', userId: id };
    const users = await ask(usersQuery([rep]) ?? '');
    expect(users.errors).toEqual([]);
    expect(connection(users, 'User').edges).toMatchObject([{ node: { Id: id, IsActive: { value: true } } }]);
  });
});

describe('the query of the Settings page', () => {
  it('is answered, with who saved them', async () => {
    await create('Sync_Settings__c', { Name: 'Sellfire', Report_Days__c: 30 });
    const { edges } = connection(await ask(SETTINGS_QUERY), 'Sync_Settings__c');
    expect(edges).toMatchObject([
      { node: { Report_Days__c: { value: 30 }, LastModifiedBy: { Name: { value: expect.any(String) } } } },
    ]);
  });
});

describe('the Settings page', () => {
  it('shows as defaults what the bridge does before anybody has saved (M19)', () => {
    const displayed = new Map(SETTINGS.map(({ field, fallback }) => [field.toLowerCase(), fallback]));
    const used = Object.entries(DEFAULT_SETTINGS);
    const fieldOf = (name: string): string => `${name.replace(/[A-Z]/g, '_$&')}__c`.toLowerCase();
    // A blank text is no value on the page.
    const shown = (name: string): unknown =>
      displayed.get(fieldOf(name)) ?? (displayed.has(fieldOf(name)) ? '' : undefined);
    expect(used.map(([name]) => [name, shown(name)])).toEqual(used);
  });
});

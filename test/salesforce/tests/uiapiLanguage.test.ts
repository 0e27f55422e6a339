// The words and values of the org in the language of its user.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Row } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';
import { connection, graphql } from './graphqlClient.ts';

/** The package’s components are built the first time. */
const STARTING_MS = 120_000;
const PACKAGE = fileURLToPath(new URL('../../../force-app', import.meta.url));
const UI = `${DATA}/ui-api`;
const MASTER = '012000000000000AAA';

let running: RunningOrg;
let english: Send;
let spanish: Send;

function setUser(id: string, fields: Row): void {
  running.org.transact({ user: running.users.admin.id, origin: '' }, (transaction) =>
    transaction.update('User', id, fields),
  );
}

beforeAll(async () => {
  running = await startOrg({ deploy: PACKAGE, clock: () => Date.parse('2026-07-01T02:30:00Z') });
  english = await signIn(running);
  const { id, username } = running.users.administrator;
  setUser(id, { LanguageLocaleKey: 'es', LocaleSidKey: 'es_ES', TimeZoneSidKey: 'America/Chicago' });
  spanish = await signIn(running, username);
}, STARTING_MS);
afterAll(() => running.close());

const get = async (send: Send, path: string): Promise<Record<string, unknown>> =>
  (await send('GET', `${UI}/${path}`)).body as Record<string, unknown>;

describe('the words of the org', () => {
  it('are in the language of the user: labels and help of objects and fields', async () => {
    const info = await get(spanish, 'object-info/Integration_Report__c');
    expect(info).toMatchObject({
      label: 'Informe de integración',
      labelPlural: 'Informes de integración',
      fields: { Outcome__c: { label: 'Resultado', inlineHelpText: expect.stringContaining('hecho') } },
    });
    expect(await get(english, 'object-info/Integration_Report__c')).toMatchObject({
      label: 'Integration Report',
      fields: { Outcome__c: { label: 'Outcome' } },
    });
  });

  it('are in that language in picklists too, whose values stay the same', async () => {
    const path = `object-info/Sync_Request__c/picklist-values/${MASTER}/Status__c`;
    type Values = { value: string; label: string }[];
    const of = async (send: Send): Promise<Values> => (await get(send, path))['values'] as Values;
    const [there, here] = [await of(english), await of(spanish)];
    expect(here.map(({ value }) => value)).toEqual(there.map(({ value }) => value));
    const translated = here.filter(({ label }, place) => label !== there[place]?.label);
    expect(translated.length).toBeGreaterThan(0);
  });

  it('are in that language in layouts, list views, related lists and GraphQL', async () => {
    const columns = (await get(spanish, 'list-info/Integration_Report__c/All'))['displayColumns'];
    expect(columns).toEqual(expect.arrayContaining([expect.objectContaining({ label: 'Resultado' })]));
    expect(JSON.stringify(await get(spanish, 'layout/Integration_Report__c'))).toContain('"label":"Resultado"');
    const { relatedLists } = await get(spanish, 'related-list-info/Lead');
    expect(relatedLists).toEqual(
      expect.arrayContaining([expect.objectContaining({ entityLabelPlural: 'Informes de integración' })]),
    );
    const ask = graphql(spanish);
    const { data } = await ask('{ uiapi { objectInfos(apiNames: ["Integration_Report__c"]) { label locale } } }');
    expect(data?.uiapi['objectInfos']).toEqual([{ label: 'Informe de integración', locale: 'es' }]);
    const other = await ask(
      '{ uiapi { objectInfos(apiNames: ["Integration_Report__c"], locale: "en_US") { label locale } } }',
    );
    expect(other.data?.uiapi['objectInfos']).toEqual([{ label: 'Integration Report', locale: 'en_US' }]);
  });

  it('fall back to those of the language itself, and else to the words as they were written', async () => {
    const { id, username } = running.users.user;
    setUser(id, { LanguageLocaleKey: 'es_MX' });
    const mexican = await signIn(running, username);
    expect(await get(mexican, 'object-info/Sync_Request__c')).toMatchObject({
      label: expect.stringMatching(/Solicitud/),
    });
    setUser(id, { LanguageLocaleKey: 'fr' });
    expect(await get(mexican, 'object-info/Sync_Request__c')).toMatchObject({ label: 'Sync Request' });
  });
});

describe('values', () => {
  it('are displayed as people of the user’s locale and time zone write them', async () => {
    const { body } = await english('POST', `${UI}/records`, {
      apiName: 'Lead',
      fields: { LastName: 'Valor', Company: 'c', AnnualRevenue: 12345, NumberOfEmployees: 54321 },
    });
    const { id } = body as { id: string };
    const path = `records/${id}?fields=Lead.CreatedDate,Lead.AnnualRevenue,Lead.NumberOfEmployees`;
    const displayed = async (send: Send): Promise<Record<string, string>> => {
      const { fields } = (await get(send, path)) as { fields: Record<string, { displayValue: string }> };
      return Object.fromEntries(Object.entries(fields).map(([name, { displayValue }]) => [name, displayValue]));
    };
    const there = await displayed(english);
    expect(there['CreatedDate']).toMatch(/^7\/1\/2026, 2:30\sAM$/);
    expect(there).toMatchObject({ AnnualRevenue: '$12,345', NumberOfEmployees: '54,321' });
    const here = await displayed(spanish);
    expect(here['CreatedDate']).toBe('30/6/2026, 21:30');
    expect(here['NumberOfEmployees']).toBe('54.321');
    const { edges } = connection<{ CreatedDate: unknown }>(
      await graphql(spanish)(
        '{ uiapi { query { Lead(first: 1) { edges { node { CreatedDate { value displayValue } } } } } } }',
      ),
      'Lead',
    );
    expect(edges[0]?.node.CreatedDate).toEqual({
      value: '2026-07-01T02:30:00.000Z',
      displayValue: '30/6/2026, 21:30',
    });
  });

  it('of a user whose locale or time zone is none are displayed as the org writes them', async () => {
    const { id, username } = running.users.outsider;
    setUser(id, { TimeZoneSidKey: 'Nowhere/Land' });
    const outsider = await signIn(running, username);
    const { status } = await outsider('GET', `${UI}/object-info/Lead`);
    expect(status).toBe(200);
  });
});

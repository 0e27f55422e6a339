// An org with the package's objects and a few records, for the tests of GraphQL.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';
import { connection, graphql, type Ask } from './graphqlClient.ts';

// The package's objects are there, as they are for its pages.
/** The package’s components are built the first time. */
const STARTING_MS = 120_000;
const PACKAGE = fileURLToPath(new URL('../../../force-app', import.meta.url));
export const STRANGE = `O'Neil "the \\ <b>" 😀%_`;

export let running: RunningOrg;
export let send: Send;
export let ask: Ask;
export let now = Date.parse('2026-11-20T10:00:00Z');
export const ids: Record<string, string> = {};

export async function create(object: string, fields: Record<string, unknown>): Promise<string> {
  const { status, body } = await send('POST', `${DATA}/sobjects/${object}`, fields);
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { id: string }).id;
}

/** Last names of the leads that a filter finds, in the order of their creation. */
export async function found(where: string, variables?: Record<string, unknown>, head = ''): Promise<unknown[]> {
  const query = `${head} { uiapi { query { Lead(first: 100, where: ${where}) { edges { node { LastName { value } } } } } } }`;
  return connection(await ask(query, variables), 'Lead').edges.map(({ node }) => node['LastName']?.value);
}

beforeAll(async () => {
  running = await startOrg({ deploy: PACKAGE, clock: () => now });
  send = await signIn(running);
  ask = graphql(send);
  ids['acme'] = await create('Account', { Name: 'Acme', NumberOfEmployees: 1234, Industry: 'Retail' });
  ids['reed'] = await create('Contact', { LastName: 'Reed', AccountId: ids['acme'] });
  ids['moss'] = await create('Contact', { LastName: 'Moss', AccountId: ids['acme'] });
  const leads: [string, Record<string, unknown>][] = [
    ['Alder', { Company: 'North', AnnualRevenue: 1000, LeadSource: 'Web', DoNotCall: true }],
    ['Birch', { Company: 'North', AnnualRevenue: 3000, LeadSource: 'Web', Email: 'birch@north.example' }],
    ['Cedar', { Company: 'South', LeadSource: 'Other' }],
    [STRANGE, { Company: 'West', AnnualRevenue: 2000 }],
  ];
  for (const [LastName, fields] of leads) {
    ids[LastName] = await create('Lead', { LastName, ...fields });
    now += 60_000;
  }
  ids['task'] = await create('Task', { Subject: 'Call', WhoId: ids['Alder'] });
}, STARTING_MS);
afterAll(() => running.close());

// Queries of components: what is sent, and what comes back as the records change.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { executeMutation, gql, graphql, type GraphqlResult } from '../client/graphql.ts';
import { GraphqlDocument } from '../client/graphqlDocument.ts';
import { connectTo } from '../client/http.ts';
import { store } from '../client/records.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

let sent: { query: string; variables: unknown }[];
let title: string;
let last = 0;

beforeEach(() => {
  sent = [];
  title = 'Owner';
  const fetch = (_url: string, init: RequestInit): Promise<Response> => {
    sent.push(JSON.parse(String(init.body)) as (typeof sent)[number]);
    const node = { Title: { value: title }, lightning_Id: '00Q000000000009AAA' };
    return Promise.resolve(Response.json({ data: { uiapi: { query: { Lead: { edges: [{ node }] } } } }, errors: [] }));
  };
  connectTo({ fetch, base: '' });
});

/** A query that no other test has asked. */
const query = () => gql`query leads${last++} { uiapi { query { Lead { edges { node { Title { value } } } } } } }`;

function wire(config: object): { emitted: Partial<GraphqlResult>[]; stop: () => void } {
  const emitted: Partial<GraphqlResult>[] = [];
  const adapter = new graphql((value) => emitted.push(value));
  adapter.update(config);
  adapter.connect();
  return { emitted, stop: () => adapter.disconnect() };
}

const LEAD = (value: string) => ({ uiapi: { query: { Lead: { edges: [{ node: { Title: { value } } }] } } } });

describe('the wire graphql', () => {
  it('emits data in the shape of the query, without errors', async () => {
    const { emitted } = wire({ query: query() });
    await settled();
    expect(emitted[0]).toEqual({ data: undefined, errors: undefined });
    expect(emitted.at(-1)).toMatchObject({ data: LEAD('Owner'), errors: undefined });
  });

  it('waits until it has a query, and the variables that the query needs', async () => {
    const { emitted } = wire({ query: undefined });
    const needs = gql`
      query one($id: ID!) {
        uiapi {
          query {
            Lead(where: { Id: { eq: $id } }) {
              edges {
                node {
                  Title {
                    value
                  }
                }
              }
            }
          }
        }
      }
    `;
    wire({ query: needs, variables: {} });
    await settled();
    expect(sent).toEqual([]);
    expect(emitted).toHaveLength(1);
  });

  it('asks once for all who ask the same, and again for other variables', async () => {
    const same = query();
    wire({ query: same });
    wire({ query: same });
    await settled();
    wire({ query: same });
    wire({ query: same, variables: { first: 3 } });
    await settled();
    expect(sent).toHaveLength(2);
  });

  it('emits anew when a record of its result changes, without asking', async () => {
    const { emitted } = wire({ query: query() });
    await settled();
    const fields = { Title: { value: 'Manager', displayValue: null } };
    store.ingestFields([{ id: '00Q000000000009AAA', apiName: 'Lead', fields }]);
    expect(emitted.at(-1)?.data).toEqual(LEAD('Manager'));
    expect(sent).toHaveLength(1);
  });

  it('asks again on refresh, which resolves when the new result was emitted', async () => {
    const { emitted } = wire({ query: query() });
    await settled();
    title = 'Director';
    await emitted.at(-1)?.refresh?.();
    expect(emitted.at(-1)?.data).toEqual(LEAD('Director'));
  });

  it('emits the errors of the answer, and those of the connection', async () => {
    const answer = (body: unknown, status: number): void =>
      connectTo({ fetch: () => Promise.resolve(Response.json(body, { status })) });
    answer({ data: null, errors: [{ message: 'Field undefined' }] }, 200);
    const undefinedField = wire({ query: query() });
    await settled();
    expect(undefinedField.emitted.at(-1)).toMatchObject({ data: undefined, errors: [{ message: 'Field undefined' }] });
    answer([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }], 401);
    const ended = wire({ query: query() });
    await settled();
    expect(ended.emitted.at(-1)?.errors).toMatchObject([{ message: 'Session expired or invalid' }]);
  });

  it('refuses a query that gql has not made, and gql one that is no GraphQL', () => {
    expect(() => wire({ query: 'query { uiapi }' })).toThrow(/gql/);
    expect(() => gql`query {`).toThrow(/Syntax Error/);
  });
});

describe('a mutation', () => {
  it('is sent once, and answers with data and errors', async () => {
    const { data, errors } = await executeMutation({ query: query(), variables: { input: {} } });
    expect({ data, errors, times: sent.length }).toMatchObject({ errors: undefined, times: 1 });
    expect(sent[0]?.variables).toEqual({ input: {} });
  });
});

describe('a document', () => {
  it('asks for the Id of each record and of each parent, and of nothing else', () => {
    const { query: text } = new GraphqlDocument(
      'query q { uiapi { query { Lead { totalCount edges { node { Title { value } Account { Name { value } } Sites__r { edges { node { Name { value } } } } } } } } } }',
    );
    expect(text.match(/lightning_Id: Id/g)).toHaveLength(3);
    const { query: counted } = new GraphqlDocument(
      'query q { uiapi { aggregate { Lead { edges { node { aggregate { Id { count { value } } } } } } } } }',
    );
    expect(counted).not.toContain('lightning_Id');
  });
});

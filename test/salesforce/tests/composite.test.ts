// Composite requests, graphs, batches and trees of the local org: references, and what is rolled back.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import { fieldDef } from '../fields.ts';
import type { Commit } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { assertion, DATA, signIn, type Send } from './client.ts';

interface Result {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}
interface Sub {
  method: string;
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
}

let running: RunningOrg;
let send: Send;
let commits: Commit[];

const post = (referenceId: string, object: string, body: unknown): Sub => ({
  method: 'POST',
  url: `${DATA}/sobjects/${object}`,
  referenceId,
  body,
});
const get = (referenceId: string, path: string): Sub => ({ method: 'GET', url: `${DATA}${path}`, referenceId });
const count = (object: string, name: string): number =>
  running.org.query(`SELECT COUNT() FROM ${object} WHERE Name = '${name}'`).totalSize;

async function composite(compositeRequest: Sub[], allOrNone = false): Promise<Result[]> {
  const { status, body } = await send('POST', `${DATA}/composite`, { allOrNone, compositeRequest });
  expect(status).toBe(200);
  return (body as { compositeResponse: Result[] }).compositeResponse;
}
const statuses = (results: Result[]): number[] => results.map((result) => result.httpStatusCode);
const halted = (message: unknown) => [{ errorCode: 'PROCESSING_HALTED', message }];
const ROLLED_BACK = 'The transaction was rolled back since another operation in the same transaction failed.';

beforeAll(async () => {
  running = await startOrg();
  const ext = fieldDef({ name: 'Ext__c', type: 'string', length: 40, unique: true, externalId: true });
  running.org.schema.addField('Account', ext);
  running.org.listen({ committed: (commit) => void commits.push(commit) });
  send = await signIn(running);
});
beforeEach(() => {
  commits = [];
});
afterAll(() => running.close());

describe('a composite request', () => {
  it('lets later subrequests use what earlier ones answered, in address and body', async () => {
    const used = running.org.usage.apiRequests.used;
    const results = await composite([
      post('account', 'Account', { Name: 'Chain', BillingCity: 'Reno' }),
      post('contact', 'Contact', { LastName: 'Reed', AccountId: '@{account.id}' }),
      get('read', '/sobjects/Account/@{account.id}'),
      post('copy', 'Account', { Name: 'Copy of @{read.Name}', BillingCity: '@{read.BillingAddress.city}' }),
      get('found', `/query?q=${encodeURIComponent('SELECT Id, Name FROM Account WHERE Name LIKE ')}'Copy of Chain'`),
      {
        method: 'PATCH',
        url: `${DATA}/sobjects/Account/@{found.records[0].Id}`,
        referenceId: 'patch',
        body: { Site: 'x' },
      },
      { method: 'DELETE', url: `${DATA}/sobjects/Account/@{copy.id}`, referenceId: 'gone' },
    ]);
    expect(statuses(results)).toEqual([201, 201, 200, 201, 200, 204, 204]);
    const id = (results[0]?.body as { id: string }).id;
    expect(results[0]).toMatchObject({
      referenceId: 'account',
      httpHeaders: { Location: `${DATA}/sobjects/Account/${id}` },
      body: { success: true, errors: [] },
    });
    expect(running.org.find('Contact', { AccountId: id })).toHaveLength(1);
    expect(results[3]?.body).toMatchObject({ success: true });
    expect(results[5]?.body).toBeNull();
    // The whole is one call and, without allOrNone, a transaction each.
    expect(running.org.usage.apiRequests.used).toBe(used + 1);
    expect(commits).toHaveLength(5);
  });

  it('without allOrNone goes on after a failure, but not with what needed it', async () => {
    const results = await composite([
      post('bad', 'Account', {}),
      post('needs', 'Contact', { LastName: 'N', AccountId: '@{bad.id}' }),
      post('alone', 'Account', { Name: 'Alone' }),
      get('case', '/sobjects/Account/@{alone.ID}'),
    ]);
    expect(statuses(results)).toEqual([400, 400, 201, 400]);
    expect(results[0]?.body).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }]);
    expect(results[1]?.body).toEqual(halted('Invalid reference specified. No value for bad.id found in bad'));
    expect(results[3]?.body).toEqual(halted('Invalid reference specified. No value for alone.ID found in alone'));
    expect(count('Account', 'Alone')).toBe(1);
  });

  it('with allOrNone is one transaction, undone by one failure', async () => {
    const results = await composite(
      [
        post('one', 'Account', { Name: 'Undone' }),
        post('two', 'Contact', {}),
        post('three', 'Account', { Name: 'Undone' }),
      ],
      true,
    );
    expect(statuses(results)).toEqual([400, 400, 400]);
    expect(results[0]?.body).toEqual(halted(ROLLED_BACK));
    expect(results[1]?.body).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING' }]);
    expect(results[2]?.body).toEqual(halted(ROLLED_BACK));
    expect(count('Account', 'Undone')).toBe(0);
    expect(commits).toEqual([]);

    expect(
      statuses(
        await composite([post('a', 'Account', { Name: 'Kept' }), post('b', 'Contact', { LastName: 'K' })], true),
      ),
    ).toEqual([201, 201]);
    expect(commits).toHaveLength(1);
    expect(commits[0]).toMatchObject({ origin: 'com/salesforce/api/rest/67.0', changes: [{}, {}] });
  });

  it('imposes allOrNone on the collections in it, and leaves them theirs where it is off', async () => {
    const records = [{ attributes: { type: 'Account' }, Name: 'Coll' }, { attributes: { type: 'Account' } }];
    const collection: Sub = {
      method: 'POST',
      url: `${DATA}/composite/sobjects`,
      referenceId: 'coll',
      body: { allOrNone: false, records },
    };
    const contact = post('contact', 'Contact', { LastName: 'C' });
    expect(statuses(await composite([collection, contact]))).toEqual([200, 201]);
    expect(count('Account', 'Coll')).toBe(1);
    const [first, second] = await composite([collection, contact], true);
    expect(first?.body).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(second).toMatchObject({ httpStatusCode: 400, body: halted(ROLLED_BACK) });
    expect(count('Account', 'Coll')).toBe(1);
  });

  it('is refused whole where it is too large, ambiguous or brings headers that it inherits', async () => {
    const many = Array.from({ length: 26 }, (_unused, n) => get(`r${n}`, '/limits'));
    const queries = Array.from({ length: 6 }, (_unused, n) => get(`r${n}`, '/query?q=SELECT+Id+FROM+User'));
    const duplicate = [get('same', '/sobjects'), get('same', '/sobjects')];
    const header = [{ ...get('h', '/sobjects'), httpHeaders: { Authorization: 'Bearer x' } }];
    const name = [get('not-a-name', '/sobjects')];
    for (const [request, code] of [
      [many, 'LIMIT_EXCEEDED'],
      [queries, 'LIMIT_EXCEEDED'],
      [duplicate, 'JSON_PARSER_ERROR'],
      [header, 'INVALID_HTTP_HEADER'],
      [name, 'JSON_PARSER_ERROR'],
      [undefined, 'JSON_PARSER_ERROR'],
    ] as const) {
      const answer = await send('POST', `${DATA}/composite`, { compositeRequest: request });
      expect(answer).toMatchObject({ status: 400, body: [{ errorCode: code }] });
    }
  });

  it('does not hold another composite request, nor what is nowhere', async () => {
    const results = await composite([
      { method: 'POST', url: `${DATA}/composite`, referenceId: 'nested', body: { compositeRequest: [] } },
      get('nowhere', '/nowhere'),
      { method: 'GET', url: '/services/data/v99.0/sobjects', referenceId: 'version' },
    ]);
    expect(statuses(results)).toEqual([404, 404, 404]);
  });
});

describe('a composite graph', () => {
  const graph = async (graphs: unknown) => {
    const { status, body } = await send('POST', `${DATA}/composite/graph`, { graphs });
    expect(status).toBe(200);
    const answer = body as {
      graphs: { graphId: string; isSuccessful: boolean; graphResponse: { compositeResponse: Result[] } }[];
    };
    return answer.graphs.map((one) => ({ ...one, results: one.graphResponse.compositeResponse }));
  };

  it('is kept or undone by itself', async () => {
    const [good, bad] = await graph([
      {
        graphId: 'good',
        compositeRequest: [
          post('a', 'Account', { Name: 'Graph' }),
          post('c', 'Contact', { LastName: 'G', AccountId: '@{a.id}' }),
          { method: 'PATCH', url: `${DATA}/sobjects/Account/Ext__c/g1`, referenceId: 'u', body: { Name: 'Graph' } },
        ],
      },
      { graphId: 'bad', compositeRequest: [post('a', 'Account', { Name: 'Graph' }), post('c', 'Contact', {})] },
    ]);
    expect(good).toMatchObject({ graphId: 'good', isSuccessful: true });
    expect(statuses(good?.results ?? [])).toEqual([201, 201, 201]);
    expect(bad).toMatchObject({
      isSuccessful: false,
      results: [{ body: halted(ROLLED_BACK) }, { httpStatusCode: 400 }],
    });
    expect(count('Account', 'Graph')).toBe(2);
    expect(commits).toHaveLength(1);
    expect(commits[0]?.changes).toHaveLength(3);
  });

  it('of 500 nodes is one transaction', async () => {
    const nodes = Array.from({ length: 500 }, (_unused, n) => post(`n${n}`, 'Account', { Name: 'Large' }));
    const [answer] = await graph([{ graphId: 'large', compositeRequest: nodes }]);
    expect(answer?.isSuccessful).toBe(true);
    expect(count('Account', 'Large')).toBe(500);
    expect(commits).toHaveLength(1);
  });

  it('is not attempted once more than 14 graphs have failed', async () => {
    const graphs = Array.from({ length: 17 }, (_unused, n) => ({
      graphId: `g${n}`,
      compositeRequest: [post('a', 'Account', n === 16 ? { Name: 'Late' } : {})],
    }));
    const answers = await graph(graphs);
    const code = (n: number) => (answers[n]?.results[0]?.body as { errorCode: string }[])[0]?.errorCode;
    expect([code(0), code(14), code(15), code(16)]).toEqual([
      'REQUIRED_FIELD_MISSING',
      'REQUIRED_FIELD_MISSING',
      'PROCESSING_HALTED',
      'PROCESSING_HALTED',
    ]);
    expect(count('Account', 'Late')).toBe(0);
  });

  it('is refused whole where it is too large, too deep or holds what graphs may not', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_unused, n) => post(`n${n}`, 'Account', { Name: n === 0 ? 'Deep' : `@{n${n - 1}.id}` }));
    const one = (compositeRequest: Sub[]) => [{ graphId: 'g', compositeRequest }];
    for (const [graphs, code] of [
      [Array.from({ length: 76 }, (_unused, n) => ({ graphId: `g${n}`, compositeRequest: [] })), 'LIMIT_EXCEEDED'],
      [one(Array.from({ length: 501 }, (_unused, n) => post(`n${n}`, 'Account', {}))), 'LIMIT_EXCEEDED'],
      [one(chain(16)), 'LIMIT_EXCEEDED'],
      [one(Array.from({ length: 16 }, (_unused, n) => post(`n${n}`, `Thing${n}__c`, {}))), 'LIMIT_EXCEEDED'],
      [one([get('q', '/query?q=SELECT+Id+FROM+User')]), 'INVALID_INPUT'],
      [[...one([]), ...one([])], 'JSON_PARSER_ERROR'],
      [[{ graphId: '-', compositeRequest: [] }], 'JSON_PARSER_ERROR'],
    ] as const) {
      const answer = await send('POST', `${DATA}/composite/graph`, { graphs });
      expect(answer).toMatchObject({ status: 400, body: [{ errorCode: code }] });
    }
    expect((await graph(one(chain(15))))[0]?.isSuccessful).toBe(true);
  });

  it('is taken from jsforce', async () => {
    const connection = new jsforce.Connection({ loginUrl: running.restUrl, version: '67.0' });
    await connection.authorize({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await assertion(running),
    });
    const compositeRequest = [post('a', 'Account', { Name: 'By jsforce' })];
    const graphs = [{ graphId: 'g', compositeRequest }];
    expect(await connection.requestPost('/composite/graph', { graphs })).toMatchObject({
      graphs: [{ isSuccessful: true }],
    });
    expect(await connection.requestPost('/composite', { compositeRequest })).toMatchObject({
      compositeResponse: [{ httpStatusCode: 201 }],
    });
  });
});

describe('a batch', () => {
  it('answers each by itself, counts each as a call, and stops only where haltOnError says so', async () => {
    const batchRequests = [
      { method: 'GET', url: 'v67.0/sobjects/Nope__c' },
      { method: 'POST', url: 'v67.0/sobjects/Account', richInput: { Name: 'Batch' } },
    ];
    const used = running.org.usage.apiRequests.used;
    const { body } = await send('POST', `${DATA}/composite/batch`, { batchRequests });
    expect(body).toMatchObject({
      hasErrors: true,
      results: [
        { statusCode: 404, result: [{ errorCode: 'NOT_FOUND' }] },
        { statusCode: 201, result: { success: true } },
      ],
    });
    expect(running.org.usage.apiRequests.used).toBe(used + 3);
    expect((await send('POST', `${DATA}/composite/batch`, { haltOnError: true, batchRequests })).body).toMatchObject({
      results: [{ statusCode: 404 }, { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] }],
    });
    expect(count('Account', 'Batch')).toBe(1);
  });
});

describe('a tree', () => {
  const account = (referenceId: string, more: object = {}): object => ({
    attributes: { type: 'Account', referenceId },
    Name: referenceId,
    ...more,
  });
  const contact = (referenceId: string, more: object = {}): object => ({
    attributes: { type: 'Contact', referenceId },
    LastName: referenceId,
    ...more,
  });
  const grow = (records: object[], object = 'Account') => send('POST', `${DATA}/composite/tree/${object}`, { records });

  it('creates records with those that belong to them, in one transaction', async () => {
    const answer = await grow([
      account('tree1', { Contacts: { records: [contact('leaf1'), contact('leaf2')] } }),
      account('tree2'),
    ]);
    expect(answer.status).toBe(201);
    const { hasErrors, results } = answer.body as {
      hasErrors: boolean;
      results: { referenceId: string; id: string }[];
    };
    // Level by level.
    expect([hasErrors, results.map(({ referenceId }) => referenceId)]).toEqual([
      false,
      ['tree1', 'tree2', 'leaf1', 'leaf2'],
    ]);
    expect(running.org.find('Contact', { LastName: 'leaf2' })).toMatchObject([{ AccountId: results[0]?.id }]);
    expect(commits).toHaveLength(1);
  });

  it('is undone whole by one record, which alone is named', async () => {
    const answer = await grow([account('tree3', { Contacts: { records: [contact('leaf3', { Email: 'nowhere' })] } })]);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        hasErrors: true,
        results: [{ referenceId: 'leaf3', errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }] }],
      },
    });
    expect(count('Account', 'tree3')).toBe(0);
  });

  it('is refused where it is too large or not what its address says', async () => {
    const many = Array.from({ length: 201 }, (_unused, index) => account(`n${index}`));
    expect(await grow(many)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_INPUT' }] });
    let deep = account('d0');
    for (let level = 1; level < 6; level += 1) deep = account(`d${level}`, { ChildAccounts: { records: [deep] } });
    expect(await grow([deep])).toMatchObject({
      status: 400,
      body: [{ message: expect.stringMatching(/^Too many levels: 6\./) }],
    });
    for (const records of [
      [account('twice'), account('twice')],
      [contact('c')],
      [{ attributes: { type: 'Account' } }],
    ]) {
      expect(await grow(records)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_INPUT' }] });
    }
    expect((await grow([], 'Nothing')).status).toBe(404);
  });
});

describe('collation', () => {
  const names = (): string[] =>
    commits.flatMap(({ changes }) => changes.map(({ after }) => String(after['Name'] ?? after['LastName'])));
  const ask = async (compositeRequest: Sub[], more: object = {}, version = 'v67.0'): Promise<Result[]> => {
    const { body } = await send('POST', `/services/data/${version}/composite`, { compositeRequest, ...more });
    return (body as { compositeResponse: Result[] }).compositeResponse;
  };
  const requests = (): Sub[] => [
    post('a', 'Account', { Name: 'first' }),
    { method: 'PATCH', url: `${DATA}/sobjects/Account/@{a.id}`, referenceId: 'b', body: { Name: 'changed' } },
    post('c', 'Account', { Name: 'second' }),
    post('d', 'Contact', { LastName: 'needs', AccountId: '@{c.id}' }),
  ];

  it('puts together what is alike and depends on nothing, in one transaction before what stood between', async () => {
    const results = await ask(requests());
    expect(results.map(({ referenceId, httpStatusCode }) => [referenceId, httpStatusCode])).toEqual([
      ['a', 201],
      ['b', 204],
      ['c', 201],
      ['d', 201],
    ]);
    expect(names()).toEqual(['first', 'second', 'changed', 'needs']);
    expect(commits.map(({ changes }) => changes.length)).toEqual([2, 1, 1]);
  });

  it('is off where the request says so, and in versions that did not have it', async () => {
    await ask(requests(), { collateSubrequests: false });
    expect(names()).toEqual(['first', 'changed', 'second', 'needs']);
    commits.length = 0;
    const older = JSON.parse(JSON.stringify(requests()).replaceAll('v67.0', 'v47.0')) as Sub[];
    await ask(older, {}, 'v47.0');
    expect(names()).toEqual(['first', 'changed', 'second', 'needs']);
  });

  it('lets each fail alone', async () => {
    const results = await ask([
      post('a', 'Account', { Name: 'kept' }),
      post('b', 'Contact', {}),
      post('c', 'Account', { Name: 'kept too' }),
    ]);
    expect(results.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 400, 201]);
    expect(names()).toEqual(['kept', 'kept too']);
  });
});

// Reading many records: a query job's whole life against an API that is scripted, and against the local org.
import { afterEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { PeerError } from '../../../../bridge/model/fault.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { bulkQuery } from '../../../../bridge/salesforce/api/bulk.ts';
import { countRows, LARGE, largeQuery } from '../../../../bridge/salesforce/api/largeQuery.ts';
import { createRest, type Rest } from '../../../../bridge/salesforce/api/rest.ts';
import { createSession } from '../../../../bridge/salesforce/auth/session.ts';
import { startOrg } from '../../../salesforce/server.ts';
import { rowsAnswer, startFakeApi, type FakeAnswer, type FakeApi, type FakeRequest } from '../fakeApi.ts';

const SOQL = 'SELECT Id, Name FROM Lead ORDER BY Id';
const JOB = '750000000000001AAA';

let api: FakeApi;
let rest: Rest;
afterEach(async () => {
  await rest.close();
  await api.close();
});

async function start(answer: (request: FakeRequest, n: number) => FakeAnswer): Promise<void> {
  let n = 0;
  api = await startFakeApi((request) => answer(request, (n += 1)));
  const token = { accessToken: 't', instanceUrl: api.url, orgId: '00D', userId: '005' };
  rest = createRest({
    session: { token: async () => token, refresh: async () => token, revoke: async () => undefined },
    retries: 0,
  });
}
const calls = (): string[] =>
  api.requests.map(({ method, path }) => `${method} ${path.replace('/services/data/v67.0', '').replace(JOB, 'JOB')}`);
const state = (name: string, more: object = {}): FakeAnswer => ({ json: { id: JOB, state: name, ...more } });
const piece = (text: string, count: number, locator = 'null'): FakeAnswer => ({
  text,
  headers: { 'content-type': 'text/csv', 'sforce-numberofrecords': String(count), 'sforce-locator': locator },
});
async function all(rows: AsyncIterable<SalesforceFields>): Promise<SalesforceFields[]> {
  const found: SalesforceFields[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
const faultOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PeerError);
  return (error as PeerError).fault;
};

describe('a query job', () => {
  it('is waited for, read piece by piece in order, and removed', async () => {
    let looks = 0;
    await start(({ method, path, query }) => {
      if (method === 'POST') return state('UploadComplete');
      if (path.endsWith('/results'))
        return query.get('locator') === null
          ? piece('"Id","Name"\n"1","a ""quoted""\nline"\n"2",""\n', 2, 'MTIz')
          : piece('"Id","Name"\n"3","c, d"\n', 1);
      return method === 'GET' ? state((looks += 1) < 2 ? 'InProgress' : 'JobComplete') : {};
    });
    expect(await all(bulkQuery(rest, SOQL))).toEqual([
      { Id: '1', Name: 'a "quoted"\nline' },
      { Id: '2', Name: null },
      { Id: '3', Name: 'c, d' },
    ]);
    expect(JSON.parse(api.requests[0]?.body ?? '')).toEqual({ operation: 'query', query: SOQL });
    expect(api.requests.find(({ query }) => query.has('locator'))?.query.get('locator')).toBe('MTIz');
    expect(calls()).toEqual([
      'POST /jobs/query',
      'GET /jobs/query/JOB',
      'GET /jobs/query/JOB',
      'GET /jobs/query/JOB/results',
      'GET /jobs/query/JOB/results',
      'DELETE /jobs/query/JOB',
    ]);
  });

  it('is aborted and removed when the reading is stopped while it runs', async () => {
    const abort = new AbortController();
    await start(({ method }) => {
      if (method === 'GET') abort.abort();
      return state('InProgress');
    });
    await expect(all(bulkQuery(rest, SOQL, { signal: abort.signal }))).rejects.toThrow();
    expect(calls().slice(-2)).toEqual(['PATCH /jobs/query/JOB', 'DELETE /jobs/query/JOB']);
    expect(JSON.parse(api.requests.at(-2)?.body ?? '')).toEqual({ state: 'Aborted' });
  });

  it('whose answer was cut short is a fault, and never fewer rows', async () => {
    await start(({ method, path }) => {
      if (path.endsWith('/results')) return piece('"Id","Name"\n"1","a"\n', 2);
      return method === 'DELETE' ? {} : state('JobComplete');
    });
    expect(await faultOf(all(bulkQuery(rest, SOQL)))).toMatchObject({ class: 'retry', code: 'UNEXPECTED_ANSWER' });
    expect(calls().at(-1)).toBe('DELETE /jobs/query/JOB');
  });

  it('whose reader needs no more is removed', async () => {
    await start(({ method, path }) => {
      if (path.endsWith('/results')) return piece('"Id","Name"\n"1","a"\n"2","b"\n', 2, 'MTIz');
      return method === 'DELETE' ? {} : state('JobComplete');
    });
    for await (const row of bulkQuery(rest, SOQL)) {
      expect(row['Id']).toBe('1');
      break;
    }
    expect(calls().slice(-2)).toEqual(['GET /jobs/query/JOB/results', 'DELETE /jobs/query/JOB']);
  });
});

describe('a large query', () => {
  const wanted = { object: 'Lead', columns: ['Name'], where: [] };

  it('is read by REST up to a page', async () => {
    await start(({ query }) =>
      query.get('q')?.includes('COUNT()')
        ? { json: { totalSize: LARGE, done: true, records: [] } }
        : rowsAnswer([{ Id: '1', Name: 'a' }]),
    );
    expect(await all(largeQuery(rest, { ...wanted, where: ["City = 'Austin'"], after: 'x' }))).toEqual([
      { Id: '1', Name: 'a' },
    ]);
    expect(api.requests.map(({ query }) => query.get('q'))).toEqual([
      "SELECT COUNT() FROM Lead WHERE City = 'Austin' AND Id > 'x'",
      "SELECT Id, Name FROM Lead WHERE City = 'Austin' AND Id > 'x' ORDER BY Id",
    ]);
  });

  it('is read by REST where the edition has no Bulk API, or the job failed', async () => {
    for (const refused of [
      { status: 400, json: [{ errorCode: 'FEATURENOTENABLED', message: 'Async API not enabled' }] },
      state('Failed', { errorMessage: 'InternalServerError' }),
    ]) {
      await start(({ method, query }) => {
        if (method !== 'GET') return method === 'POST' ? refused : {};
        return query.get('q')?.includes('COUNT()')
          ? { json: { totalSize: LARGE + 1, done: true, records: [] } }
          : rowsAnswer([{ Id: '1', Name: 'a' }]);
      });
      expect(await all(largeQuery(rest, wanted))).toEqual([{ Id: '1', Name: 'a' }]);
      await rest.close();
      await api.close();
    }
  });
});

it('reads thousands of records of the org in few calls, each once and in order', async () => {
  const org = await startOrg({ deploy: 'force-app' });
  await start(() => ({}));
  const privateKey = await readFile(org.keyFile, 'utf8');
  const real = createRest({
    session: createSession({
      loginUrl: org.restUrl,
      clientId: org.clientId,
      grant: { kind: 'jwt', username: org.users.integration.username, privateKey },
    }),
  });
  try {
    const MANY = LARGE + 500;
    for (let made = 0; made < MANY; made += 100)
      org.org.transact({ user: org.users.admin.id, origin: '' }, (transaction) => {
        for (let n = made; n < made + 100; n += 1)
          transaction.create('Lead', { LastName: `L${n}`, Company: 'Acme, Inc.', NumberOfEmployees: n });
      });
    const rows = await all(
      largeQuery(real, { object: 'Lead', columns: ['LastName', 'NumberOfEmployees', 'Email'], where: [] }),
    );
    expect(rows).toHaveLength(MANY);
    expect(rows[7]).toEqual({ Id: expect.any(String), LastName: 'L7', NumberOfEmployees: '7', Email: null });
    expect(new Set(rows.map(({ Id }) => Id)).size).toBe(MANY);
    // The count, the job, some looks at it, one piece, and its end.
    expect(real.calls).toBeLessThan(10);
    const half = { object: 'Lead', where: [], after: String(rows[MANY / 2]?.['Id']) };
    expect(await countRows(real, half)).toBe(MANY / 2 - 1);
  } finally {
    await real.close();
    await org.close();
  }
}, 60_000);

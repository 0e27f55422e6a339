// jsforce over the bridge's own caller keeps every promise of a call; jsforce by itself does not, and the second half says which:
// it is the evidence of docs/adr/0007-jsforce-off-the-hot-path.md, to be read again where a new version of jsforce fails it.
import { afterEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Connection, OAuth2 } from 'jsforce';
import { setDefaults } from 'jsforce/lib/request.js';
import { z } from 'zod';
import { PeerError } from '../../../../bridge/model/fault.ts';
import { parsed, jsforceOver } from '../../../../bridge/salesforce/api/jsforce.ts';
import { query } from '../../../../bridge/salesforce/api/query.ts';
import { createRest, type Rest, type RestOptions } from '../../../../bridge/salesforce/api/rest.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { rowsAnswer, startFakeApi, type FakeAnswer, type FakeApi, type FakeRequest } from '../fakeApi.ts';

type Script = (request: FakeRequest, n: number) => FakeAnswer;
const SOQL = 'SELECT Id FROM Lead';
const LIMITS = { DailyApiRequests: { Max: 100, Remaining: 60 } };
const AWAY: FakeAnswer = { status: 503, json: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'm' }] };

let api: FakeApi;
const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function serve(answer: Script): Promise<FakeApi> {
  let n = 0;
  const started = await startFakeApi((request) => answer(request, (n += 1)));
  opened.push(started);
  return started;
}

async function start(answer: Script, more: Partial<RestOptions> = {}): Promise<Rest> {
  api = await serve(answer);
  let issued = 1;
  const token = async () => ({ accessToken: `t${issued}`, instanceUrl: api.url, orgId: '00D', userId: '005' });
  const refresh = async () => {
    issued += 1;
    return token();
  };
  const rest = createRest({ session: { token, refresh, revoke: async () => undefined }, ...more });
  opened.push(rest);
  return rest;
}

async function rowsOf(rest: Rest): Promise<SalesforceFields[]> {
  const rows: SalesforceFields[] = [];
  for await (const row of query(rest, SOQL)) rows.push(row);
  return rows;
}
const faultOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PeerError);
  return (error as PeerError).fault;
};

describe('jsforce over the caller of the bridge', () => {
  it('asks the budget before each request, also one that is tried again', async () => {
    let granted = 0;
    const acquire = async (): Promise<void> => void (granted += 1);
    const rest = await start((_, n) => (n < 3 ? AWAY : rowsAnswer([{ Id: '1' }])), { acquire });
    expect(await rowsOf(rest)).toEqual([{ Id: '1' }]);
    expect(granted).toBe(3);
    expect(api.requests).toHaveLength(3);
  });

  it('makes no request that the budget refuses', async () => {
    const refusal = new Error('The share is used up.');
    const rest = await start(() => rowsAnswer([]), { acquire: () => Promise.reject(refusal) });
    await expect(rowsOf(rest)).rejects.toBe(refusal);
    expect(api.requests).toEqual([]);
  });

  it('tries nothing again by itself', async () => {
    const rest = await start(() => AWAY, { retries: 0 });
    expect(await faultOf(rowsOf(rest))).toMatchObject({ class: 'retry', code: 'SERVER_UNAVAILABLE' });
    expect(api.requests).toHaveLength(1);
  });

  it('sends a creation of unknown outcome once', async () => {
    const rest = await start(() => 'cut');
    const created = parsed(z.unknown(), () => jsforceOver(rest).sobject('Lead').create({ Company: 'c' }));
    expect(await faultOf(created)).toMatchObject({ class: 'retry', unknownOutcome: true });
    expect(api.requests).toHaveLength(1);
  });

  it('has a refused token renewed by the session, once', async () => {
    const rest = await start(({ headers }) =>
      headers.authorization === 'Bearer t1'
        ? { status: 401, json: [{ errorCode: 'INVALID_SESSION_ID', message: 'm' }] }
        : rowsAnswer([]),
    );
    expect(await rowsOf(rest)).toEqual([]);
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it.each<[what: string, answer: FakeAnswer, fault: object]>([
    [
      'a refused query',
      { status: 400, json: [{ errorCode: 'MALFORMED_QUERY', message: 'unexpected token' }] },
      { class: 'record', code: 'MALFORMED_QUERY', message: 'unexpected token' },
    ],
    [
      'used-up calls',
      { status: 403, json: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'm' }] },
      { class: 'limit', code: 'REQUEST_LIMIT_EXCEEDED' },
    ],
    [
      'an error in XML',
      { status: 503, text: '<Errors><Error/></Errors>', headers: { 'content-type': 'application/xml' } },
      { class: 'retry', code: 'HTTP_503' },
    ],
    [
      'an error page',
      { status: 502, text: '<html>Bad gateway</html>', headers: { 'content-type': 'text/html' } },
      { class: 'retry', code: 'HTTP_502', message: '<html>Bad gateway</html>' },
    ],
    [
      'a page that says it is well',
      { text: '<html>Maintenance</html>', headers: { 'content-type': 'text/html' } },
      { class: 'retry', code: 'UNEXPECTED_ANSWER' },
    ],
    ['an answer without rows', { json: { done: true } }, { class: 'retry', code: 'UNEXPECTED_ANSWER' }],
    ['JSON that is none', { text: '{"done": true, ' }, { class: 'retry', code: 'UNEXPECTED_ANSWER' }],
  ])('reports %s as any other call does', async (_, answer, fault) => {
    const rest = await start(() => answer, { retries: 0 });
    expect(await faultOf(rowsOf(rest))).toMatchObject({ ...fault, unknownOutcome: false });
  });

  it('follows no redirect', async () => {
    const elsewhere = await serve(() => rowsAnswer([]));
    const rest = await start(() => ({ status: 302, headers: { location: `${elsewhere.url}/x` } }), { retries: 0 });
    expect(await faultOf(rowsOf(rest))).toMatchObject({ code: 'HTTP_302' });
    expect(elsewhere.requests).toEqual([]);
  });

  it('reports what the org has used of its calls', async () => {
    const headers = { 'sforce-limit-info': 'api-usage=18/15000' };
    const rest = await start(() => ({ json: LIMITS, headers }));
    await parsed(z.unknown(), () => jsforceOver(rest).limits());
    expect(rest.usage).toEqual({ used: 18, allowed: 15_000 });
  });

  it.each([
    ['more rows are said than come', { totalSize: 2, done: true, records: [{ Id: '1' }] }],
    ['nothing says that it is done', { totalSize: 2, records: [{ Id: '1' }] }],
    ['it is not done, and has no next page', { totalSize: 1, done: false, records: [{ Id: '1' }] }],
  ])('a query that stops early is an error: %s', async (_, json) => {
    const rest = await start(() => ({ json }), { retries: 0 });
    expect(await faultOf(rowsOf(rest))).toMatchObject({ class: 'retry', code: 'UNEXPECTED_ANSWER' });
  });
});

describe('jsforce by itself', () => {
  // Its own pauses before a retry are 0.5 s, and twice that each time.
  setDefaults({ followRedirect: true, retry: { minTimeout: 1 } });
  const connect = ({ url: instanceUrl }: FakeApi, more = {}) =>
    new Connection({ instanceUrl, accessToken: 'secret', version: '67.0', ...more });

  it('tries a reading and a deletion five times again without asking, and no write that may be repeated', async () => {
    const seen: Record<string, number> = {};
    for (const method of ['GET', 'DELETE', 'PATCH', 'POST'] as const) {
      const away = await serve(() => AWAY);
      const body = method === 'PATCH' || method === 'POST' ? { body: '{}' } : {};
      await connect(away)
        .request({ method, url: '/sobjects/Lead/00Q', ...body })
        .catch(() => undefined);
      seen[method] = away.requests.length;
    }
    expect(seen).toEqual({ GET: 6, DELETE: 6, PATCH: 1, POST: 1 });
  });

  it('says nothing of what became of a creation that was cut', async () => {
    const cut = await serve(() => 'cut');
    const error = await connect(cut)
      .sobject('Lead')
      .create({ Company: 'c' })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
    expect(cut.requests).toHaveLength(1);
  });

  it('renews a token as often as it is refused', async () => {
    const refusing = await serve((_, n) =>
      n < 12 ? { status: 401, json: [{ errorCode: 'INVALID_SESSION_ID', message: 'm' }] } : { json: LIMITS },
    );
    const refreshFn = (_: unknown, done: (error: null, token: string) => void): void => done(null, 'new');
    await connect(refusing, { refreshFn }).limits();
    expect(refusing.requests).toHaveLength(12);
  });

  it('takes the token along to wherever it is redirected', async () => {
    const elsewhere = await serve(() => ({ json: LIMITS }));
    const redirecting = await serve(() => ({ status: 302, headers: { location: `${elsewhere.url}/x` } }));
    await connect(redirecting).limits();
    expect(elsewhere.requests[0]?.headers.authorization).toBe('Bearer secret');
  });

  it('ends a query at its own limit as if there were no more rows', async () => {
    const next = { nextRecordsUrl: '/services/data/v67.0/query/01g-2' };
    const paged = await serve(() => ({
      json: { totalSize: 9, done: false, ...next, records: [{ Id: '1' }, { Id: '2' }] },
    }));
    const rows: unknown[] = [];
    for await (const row of connect(paged).query(SOQL, { autoFetch: true, maxFetch: 3 }).stream('record'))
      rows.push(row);
    expect(rows).toHaveLength(3);
  });

  it('takes a query for done where the org does not say so', async () => {
    const early = await serve(() => ({ json: { totalSize: 2, records: [{ Id: '1' }] } }));
    expect(await connect(early).query(SOQL)).toMatchObject({ done: true, totalSize: 2 });
  });

  describe('with a query job', () => {
    const JOB = '750000000000001AAA';
    const org =
      (piece: (locator: string | null) => { text: string; headers: Record<string, string> }): Script =>
      ({ path, query: parameters }) =>
        path.endsWith('/results')
          ? piece(parameters.get('locator'))
          : { json: { id: JOB, state: path.endsWith(JOB) ? 'JobComplete' : 'UploadComplete' } };
    const csv = (text: string, count: number, locator = 'null') => ({
      text,
      headers: { 'content-type': 'text/csv', 'sforce-numberofrecords': String(count), 'sforce-locator': locator },
    });

    it('takes a cut answer for the whole one, and leaves the job in the org', async () => {
      const cut = await serve(org(() => csv('"Id"\n"1"\n', 5)));
      const rows: unknown[] = [];
      const stream = await connect(cut).bulk2.query(SOQL, { pollInterval: 1 });
      stream.on('record', (row) => rows.push(row));
      await new Promise((resolve) => stream.on('end', resolve));
      expect(rows).toEqual([{ Id: '1' }]);
      expect(cut.requests.map(({ method }) => method)).not.toContain('DELETE');
    });

    it('ends the process at the second piece of the results', async () => {
      const paged = await serve(org((locator) => csv('"Id"\n"1"\n', 1, locator === null ? 'MTIz' : 'null')));
      const script = `
        import jsforce from 'jsforce';
        const org = new jsforce.Connection({ instanceUrl: '${paged.url}', accessToken: 't', version: '67.0' });
        const rows = await org.bulk2.query('${SOQL}', { pollInterval: 1 });
        rows.on('record', () => undefined);`;
      const { error, stderr } = await new Promise<{ error: unknown; stderr: string }>((resolve) => {
        execFile(process.execPath, ['--input-type=module', '--eval', script], (failure, _, text) =>
          resolve({ error: failure, stderr: text }),
        );
      });
      expect(error).not.toBeNull();
      expect(stderr).toContain('write after end');
    });
  });

  it('makes a code verifier longer than the 128 characters of RFC 7636, and takes a shorter one', () => {
    const oauth = new OAuth2({ clientId: 'c', redirectUri: 'https://b.example/cb', useVerifier: true });
    expect(oauth.codeVerifier).toHaveLength(171);
    oauth.codeVerifier = 'v'.repeat(64);
    const challenge = createHash('sha256').update(oauth.codeVerifier).digest('base64url');
    expect(new URL(oauth.getAuthorizationUrl({})).searchParams.get('code_challenge')).toBe(challenge);
  });
});

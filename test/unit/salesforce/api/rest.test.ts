// REST calls and gathered records, against an API that is scripted to fail.
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PeerError } from '../../../../bridge/model/fault.ts';
import { query } from '../../../../bridge/salesforce/api/query.ts';
import { createRecords } from '../../../../bridge/salesforce/api/records.ts';
import { createRest } from '../../../../bridge/salesforce/api/rest.ts';
import type { Rest, RestOptions } from '../../../../bridge/salesforce/api/rest.ts';
import type { Session } from '../../../../bridge/salesforce/auth/session.ts';
import { until } from '../../../helpers/until.ts';
import { startFakeApi } from '../fakeApi.ts';
import type { FakeAnswer, FakeApi, FakeRequest } from '../fakeApi.ts';

let api: FakeApi;
let rest: Rest;
afterEach(async () => {
  await rest.close();
  await api.close();
});

async function start(
  answer: (request: FakeRequest, n: number) => FakeAnswer | Promise<FakeAnswer>,
  more: Partial<RestOptions> = {},
) {
  let n = 0;
  api = await startFakeApi((request) => answer(request, (n += 1)));
  let issued = 1;
  const token = () => ({ accessToken: `t${issued}`, instanceUrl: api.url, orgId: '00D', userId: '005' });
  const session: Session = {
    token: async () => token(),
    refresh: async (stale) => {
      if (stale === `t${issued}`) issued += 1;
      return token();
    },
    revoke: async () => {},
  };
  rest = createRest({ session, ...more });
}
const failure = (errorCode: string, status: number): FakeAnswer => ({ status, json: [{ errorCode, message: 'm' }] });
const faultOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PeerError);
  return (error as PeerError).fault;
};
const get = { method: 'GET', path: '/limits', schema: z.unknown() } as const;
const post = { method: 'POST', path: '/sobjects/Lead', body: {}, schema: z.unknown() } as const;

describe('a call', () => {
  it('a refused token is renewed once and the call made again', async () => {
    await start(({ headers }) =>
      headers.authorization === 'Bearer t1' ? failure('INVALID_SESSION_ID', 401) : { json: { ok: true } },
    );
    expect(await rest.call(post)).toEqual({ ok: true });
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('says nothing of its own of a clock that is set back while it is under way', async () => {
    let off = 3_600_000;
    const answer = (): FakeAnswer => {
      off = 0;
      return { json: 1 };
    };
    await start(answer, { now: () => Date.now() + off });
    await rest.call(get);
    expect(rest.clockAhead).toBeLessThan(60_000);
  });

  it('a token that is refused twice is an auth fault, not a loop', async () => {
    await start(() => failure('INVALID_SESSION_ID', 401));
    expect(await faultOf(rest.call(get))).toMatchObject({ class: 'auth', code: 'INVALID_SESSION_ID' });
    expect(api.requests).toHaveLength(2);
  });

  it('a reading is tried again after a broken gateway and a cut connection', async () => {
    await start((_, n) => (n === 1 ? { status: 502 } : n === 2 ? 'cut' : { json: 1 }));
    expect(await rest.call(get)).toBe(1);
    expect(api.requests).toHaveLength(3);
  });

  it('a creation of unknown outcome is not sent twice', async () => {
    await start(() => 'cut');
    expect(await faultOf(rest.call(post))).toMatchObject({ class: 'retry', unknownOutcome: true });
    expect(api.requests).toHaveLength(1);
  });

  it('a creation that met a lock was not done, and is sent again', async () => {
    await start((_, n) => (n === 1 ? failure('UNABLE_TO_LOCK_ROW', 400) : { json: 1 }));
    expect(await rest.call(post)).toBe(1);
  });

  it('what no second try can mend is not tried again', async () => {
    await start(() => failure('INVALID_FIELD', 400));
    expect(await faultOf(rest.call(get))).toMatchObject({ class: 'record', code: 'INVALID_FIELD' });
    expect(api.requests).toHaveLength(1);
  });

  it('a used-up allocation is reported, not tried again', async () => {
    await start(() => failure('REQUEST_LIMIT_EXCEEDED', 403));
    expect(await faultOf(rest.call(get))).toMatchObject({ class: 'limit' });
    expect(api.requests).toHaveLength(1);
  });

  it('that too many long calls keep out is made again, also where it writes: it is not the day’s calls that are used up', async () => {
    const json = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentRequests Limit exceeded.' }];
    await start((_, n) => (n === 1 ? { status: 403, json } : { json: 1 }));
    expect(await rest.call(post)).toBe(1);
    expect(api.requests).toHaveLength(2);
  });

  it.each([
    ['ten', 10, undefined],
    ['four, for a process that works for another one,', 4, 4],
  ])('of those at once no more than %s are in flight, whatever asks for them', async (_, limit, connections) => {
    await start(() => ({ json: 1 }));
    let [inFlight, most] = [0, 0];
    const full = Promise.withResolvers<undefined>();
    const answered = Promise.withResolvers<undefined>();
    const slow = await startFakeApi(async ({ path }) => {
      if (path === '/probe') return { json: 1 };
      most = Math.max(most, (inFlight += 1));
      if (inFlight === limit) full.resolve(undefined);
      await answered.promise;
      inFlight -= 1;
      return { json: 1 };
    });
    const token = { accessToken: 't', instanceUrl: slow.url, orgId: '', userId: '' };
    const busy = createRest({ session: { token: async () => token } as unknown as Session, connections });
    const calls = Promise.all(Array.from({ length: 60 }, () => busy.call(get)));
    await full.promise;
    // One more would be there before these have gone to and fro one after the other.
    for (let probe = 0; probe < 20; probe += 1) await fetch(`${slow.url}/probe`);
    answered.resolve(undefined);
    await calls;
    await busy.close();
    await slow.close();
    expect(most).toBe(limit);
  });

  it('waits for another one where as many are under way as may be at once', async () => {
    let most = 0;
    let underWay = 0;
    const answers: ((answer: FakeAnswer) => void)[] = [];
    await start(
      () =>
        new Promise((resolve) => {
          most = Math.max(most, (underWay += 1));
          answers.push((answer) => {
            underWay -= 1;
            resolve(answer);
          });
        }),
      { connections: 2 },
    );
    const calls = Array.from({ length: 6 }, () => rest.call(get));
    for (let answered = 0; answered < 6; answered += 1) {
      const due = Math.min(6, answered + 2);
      await until('the calls that may be under way are', () => answers.length === due);
      answers[answered]?.({ json: answered });
    }
    expect((await Promise.all(calls)).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('Retry-After is waited for', async () => {
    const steps: (string | number)[] = [];
    const sleep = async (ms: number): Promise<void> => void steps.push(ms);
    const answer = (_: FakeRequest, n: number): FakeAnswer => {
      steps.push(`call ${n}`);
      return n === 1 ? { status: 503, headers: { 'retry-after': '20' } } : { json: 1 };
    };
    await start(answer, { sleep });
    await rest.call(get);
    expect(steps).toEqual(['call 1', 20_000, 'call 2']);
  });

  it('an answer that does not come is a fault of unknown outcome', async () => {
    await start(() => ({ json: 1 }), { timeoutMs: 200, retries: 0 });
    const hanging = await startFakeApi(() => new Promise<never>(() => {}));
    const session = {
      token: async () => ({ accessToken: 't', instanceUrl: hanging.url, orgId: '', userId: '' }),
    } as unknown as Session;
    const slow = createRest({ session, timeoutMs: 200, retries: 0 });
    expect(await faultOf(slow.call(post))).toMatchObject({ class: 'retry', unknownOutcome: true });
    await hanging.close();
    await slow.close();
  });

  it('the usage of the org is read from every answer', async () => {
    await start(() => ({ json: 1, headers: { 'sforce-limit-info': 'api-usage=18/15000' } }));
    await rest.call(get);
    expect(rest.usage).toEqual({ used: 18, allowed: 15000 });
  });

  it('an answer of another form is a fault, not a crash', async () => {
    await start(() => ({ json: { unexpected: true } }), { retries: 0 });
    expect(await faultOf(rest.call({ ...get, schema: z.array(z.string()) }))).toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    });
  });
});

describe('a query', () => {
  it('is read to its last page', async () => {
    const page = (ids: string[], next?: string) => ({
      json: {
        totalSize: 4,
        done: !next,
        ...(next ? { nextRecordsUrl: next } : {}),
        records: ids.map((Id) => ({ attributes: { type: 'Lead' }, Id, Owner: { Name: 'x' } })),
      },
    });
    await start(({ path }) => {
      if (path.endsWith('/query')) return page(['1', '2'], '/services/data/v67.0/query/01g-2000');
      return path.endsWith('-2000') ? page(['3'], '/services/data/v67.0/query/01g-4000') : page(['4']);
    });
    const rows: unknown[] = [];
    for await (const row of query(rest, 'SELECT Id FROM Lead')) rows.push(row);
    expect(rows).toEqual([{ Id: '1' }, { Id: '2' }, { Id: '3' }, { Id: '4' }]);
    expect(api.requests[0]?.query.get('q')).toBe('SELECT Id FROM Lead');
  });

  it('a next page elsewhere than in the org is not followed', async () => {
    await start(() => ({ json: { done: false, nextRecordsUrl: 'https://evil.example/', records: [] } }), {
      retries: 0,
    });
    const first = query(rest, 'SELECT Id FROM Lead').next();
    expect(await faultOf(first)).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });
});

interface Body {
  allOrNone: boolean;
  records: Record<string, string>[];
}
const recordsOf = (request: FakeRequest): Body['records'] => (JSON.parse(request.body) as Body).records;
const accept = (request: FakeRequest): FakeAnswer => ({
  json: recordsOf(request).map((record) => ({
    id: `00Q${record['Sellfire_Lead_Id__c'] ?? record['Id']}`,
    success: true,
    created: true,
    errors: [],
  })),
});

describe('gathered writes', () => {
  const upsert = (id: string, fields = {}) =>
    createRecordsOnce().upsert('Lead', 'Sellfire_Lead_Id__c', id, { Company: `c${id}`, ...fields });
  let records: ReturnType<typeof createRecords> | undefined;
  const createRecordsOnce = () => (records ??= createRecords(rest));
  afterEach(() => {
    records = undefined;
  });

  it('two hundred and fifty upserts are two calls, and each gets the result of its own record', async () => {
    await start(accept);
    const results = await Promise.all(Array.from({ length: 250 }, (_, n) => upsert(String(n))));
    expect(api.requests.map((request) => recordsOf(request).length)).toEqual([200, 50]);
    expect(api.requests[0]?.path).toBe('/services/data/v67.0/composite/sobjects/Lead/Sellfire_Lead_Id__c');
    expect(results[217]).toEqual({ ok: true, id: '00Q217', created: true });
  });

  it('a rejected record fails alone, with its fields', async () => {
    const errors = [{ statusCode: 'STRING_TOO_LONG', message: 'too large', fields: ['Company'] }];
    await start((request) => ({
      json: recordsOf(request).map((record) =>
        record['Company'] === 'c2'
          ? { success: false, errors }
          : { id: '00Q', success: true, created: false, errors: [] },
      ),
    }));
    const results = await Promise.all(['1', '2', '3'].map((id) => upsert(id)));
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(results[1]).toMatchObject({ fault: { class: 'record', code: 'STRING_TOO_LONG', fields: ['Company'] } });
  });

  it('a record for whose sake the whole call is refused fails alone too', async () => {
    await start((request) =>
      recordsOf(request).some((record) => record['Wrong__c']) ? failure('INVALID_FIELD', 400) : accept(request),
    );
    const ids = Array.from({ length: 20 }, (_, n) => String(n));
    const results = await Promise.all(ids.map((id) => upsert(id, id === '13' ? { Wrong__c: 'x' } : {})));
    expect(results.flatMap(({ ok }, n) => (ok ? [] : [n]))).toEqual([13]);
  });

  it('one record written twice at once goes out in two calls, in order', async () => {
    await start(accept);
    await Promise.all([upsert('1', { Company: 'first' }), upsert('2'), upsert('1', { Company: 'second' })]);
    expect(api.requests.map((request) => recordsOf(request).map((record) => record['Company']))).toEqual([
      ['first', 'c2'],
      ['second'],
    ]);
  });

  const typesOf = (request: FakeRequest): unknown[] =>
    recordsOf(request).map(({ attributes }) => (attributes as unknown as { type: string }).type);
  const update = (object: string, id: string) => createRecordsOnce().update(object, id, { Phone: '1' });

  it('updates of several objects are one call, the records of an object together', async () => {
    await start(accept);
    const results = await Promise.all([update('Lead', '1'), update('Contact', '2'), update('Lead', '3')]);
    expect(api.requests.map(typesOf)).toEqual([['Lead', 'Lead', 'Contact']]);
    expect(results.map((one) => one.ok && one.id)).toEqual(['00Q1', '00Q2', '00Q3']);
  });

  it('updates of more objects than one call takes are several calls', async () => {
    await start(accept);
    await Promise.all(Array.from({ length: 11 }, (_, n) => update(`Custom_${n}__c`, String(n))));
    expect(api.requests.map((request) => typesOf(request).length)).toEqual([10, 1]);
  });

  it.each([400, 404])(
    'an object that is refused with status %i costs no record of another its update',
    async (status) => {
      await start((request) =>
        typesOf(request).includes('Gone__c') ? failure('INVALID_TYPE', status) : accept(request),
      );
      const results = await Promise.all([update('Lead', '1'), update('Gone__c', '2'), update('Contact', '3')]);
      expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
      expect(results[1]).toMatchObject({ fault: { class: 'stop' } });
    },
  );

  it('a creation cut after it was sent is of unknown outcome for each record', async () => {
    await start(() => 'cut');
    const records = createRecords(rest);
    const results = await Promise.all([
      records.create('Task', { Subject: 'a' }),
      records.create('Task', { Subject: 'b' }),
    ]);
    for (const result of results) expect(result).toMatchObject({ ok: false, fault: { unknownOutcome: true } });
    expect(api.requests).toHaveLength(1);
  });

  it('a missing external id field stops the connection instead of losing records one by one', async () => {
    await start(() => failure('NOT_FOUND', 404));
    expect(await upsert('1')).toMatchObject({ ok: false, fault: { class: 'stop' } });
  });

  it('fewer results than records are no results', async () => {
    await start(() => ({ json: [] }), { retries: 0 });
    expect(await upsert('1')).toMatchObject({ ok: false, fault: { code: 'UNEXPECTED_ANSWER', unknownOutcome: true } });
  });

  it('a name that is no API name never reaches a path', async () => {
    await start(accept);
    expect(() => createRecords(rest).upsert('Lead/../Account', 'X__c', '1', {})).toThrow('not an API name');
    expect(() => createRecords(rest).upsert('Lead', 'X__c', '', {})).toThrow('needs an external id');
  });

  it('reads are gathered, and a record that is not there is null for its asker only', async () => {
    await start((request) => ({
      json: (JSON.parse(request.body) as { ids: string[] }).ids.map((id) =>
        id === 'gone' ? null : { attributes: { type: 'Lead' }, Id: id, Company: `of ${id}` },
      ),
    }));
    const records = createRecords(rest);
    const read = (id: string) => records.retrieve('Lead', id, ['Company']);
    expect(await Promise.all([read('a'), read('gone'), read('a')])).toEqual([
      { Id: 'a', Company: 'of a' },
      null,
      { Id: 'a', Company: 'of a' },
    ]);
    expect(api.requests).toHaveLength(1);
  });
});

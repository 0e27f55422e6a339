// Input that no client should send is refused with the platform's error, and breaks nothing.
import { readFileSync } from 'node:fs';
import { credentials, makeClientConstructor, status, type ServiceError } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startOrg, type RunningOrg } from '../server.ts';
import { until } from '../../helpers/until.ts';
import { DATA, post, read, signIn, type Answer, type Send } from './client.ts';
import { deploy, eventObject, textField, zipFiles } from './packages.ts';
import { PubSubClient, type PublishResponse, type TopicInfo } from './pubsubClient.ts';

// Whatever a request holds: it is refused in the platform's words, and the next one is served.
let running: RunningOrg;
let send: Send;
let events: PubSubClient;

const NOTE = '/event/Note__e';
const note = { 'objects/Note__e.object': eventObject(textField('Text__c')) };

beforeAll(async () => {
  running = await startOrg();
  await deploy(running.org, note);
  send = await signIn(running);
  events = new PubSubClient(running.org, running.pubsub, running.users.admin.id);
});
afterEach(async () => {
  expect((await send('GET', `${DATA}/query?q=SELECT+COUNT()+FROM+Lead`)).status).toBe(200);
  expect((await events.call<TopicInfo>('GetTopic', { topic_name: NOTE })).topic_name).toBe(NOTE);
});
afterAll(async () => {
  events.close();
  await running.close();
});

/** Sends a body as it is. */
async function bytes(path: string, body: Buffer | string, headers: Record<string, string>): Promise<Answer> {
  const { token } = running.org.sessions.open(running.users.admin.id, 'tests');
  const sent = { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { ...headers } };
  return read(
    await fetch(running.restUrl + path, { ...sent, headers: { authorization: `Bearer ${token}`, ...headers } }),
  );
}

describe('malformed SOQL', () => {
  const nested = `SELECT Id FROM Lead WHERE ${'('.repeat(1000)}Name = 'x'${')'.repeat(1000)}`;
  it.each([
    ['nothing', '', 'MALFORMED_QUERY'],
    ['a NUL', 'SELECT Id\0 FROM Lead', 'MALFORMED_QUERY'],
    ['control characters', '\u0001\u0002', 'MALFORMED_QUERY'],
    ['an open parenthesis', "SELECT Id FROM Lead WHERE (Name = 'x'", 'MALFORMED_QUERY'],
    ['a thousand parentheses', nested, 'MALFORMED_QUERY'],
    ['a second statement', 'SELECT Id FROM Lead; DROP TABLE Lead', 'MALFORMED_QUERY'],
    ['a limit beyond all numbers', 'SELECT Id FROM Lead LIMIT 99999999999999999999', 'MALFORMED_QUERY'],
    ['a negative limit', 'SELECT Id FROM Lead LIMIT -1', 'MALFORMED_QUERY'],
    ['a name that every object has in JavaScript', 'SELECT constructor FROM Lead', 'INVALID_FIELD'],
    ['a type of that name', 'SELECT Id FROM constructor', 'INVALID_TYPE'],
  ])('with %s is refused', async (_what, soql, errorCode) => {
    const path = `${DATA}/query?q=${encodeURIComponent(soql)}`;
    expect(await send('GET', path)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });
});

describe('malformed JSON', () => {
  it.each([
    'sobjects/Lead',
    'composite',
    'composite/graph',
    'composite/batch',
    'composite/tree/Lead',
    'composite/sobjects',
    'composite/sobjects/Lead',
    'jobs/ingest',
    'jobs/query',
    'ui-api/records',
    'parameterizedSearch',
  ])('is refused by %s, whatever is wrong with it', async (path) => {
    for (const body of ['', '{"a":', '['.repeat(100_000), '1', 'null', '[]']) {
      const answer = await send('POST', `${DATA}/${path}`, body);
      const [first] = answer.body as { errorCode: string }[];
      expect([body.slice(0, 10), answer.status, first?.errorCode]).toEqual([
        body.slice(0, 10),
        400,
        'JSON_PARSER_ERROR',
      ]);
    }
  });

  it('cannot reach what no field is called', async () => {
    for (const body of ['{"__proto__":{"x":1}}', '{"constructor":"x"}', '{"toString":"x"}']) {
      expect(await send('POST', `${DATA}/sobjects/Lead`, body)).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_FIELD' }],
      });
    }
    expect({}).not.toHaveProperty('x');
  });

  it('is refused with bytes that are no text, no archive, or of no known kind', async () => {
    const json = { 'content-type': 'application/json' };
    const path = `${DATA}/sobjects/Lead`;
    const parserError = { status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] };
    const unsupported = { status: 415, body: [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }] };
    expect(await bytes(path, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), json)).toMatchObject(parserError);
    const packed = { ...json, 'content-encoding': 'gzip' };
    expect(await bytes(path, Buffer.from([1, 2, 3, 4]), packed)).toMatchObject(parserError);
    expect(await bytes(path, '{}', { ...json, 'content-encoding': 'zip' })).toMatchObject(unsupported);
    expect(await bytes(path, '{}', { 'content-type': 'application/json; charset=none' })).toMatchObject(unsupported);
    expect(await bytes(path, '<a/>', { 'content-type': 'application/xml' })).toMatchObject(unsupported);
    const large = JSON.stringify({ LastName: 'x'.repeat(11_000_000) });
    expect(await bytes(path, large, json)).toMatchObject({ status: 413 });
  });

  it('and malformed addresses name nothing', async () => {
    for (const path of ['Lead/%E0%A4%A', '%00', '__proto__/describe', 'constructor', 'Lead/constructor/x']) {
      expect((await send('GET', `${DATA}/sobjects/${path}`)).status).toBe(404);
    }
    expect(await send('GET', `${DATA}/query/01g%00`)).toMatchObject({ body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] });
  });
});

describe('malformed CSV', () => {
  it.each([
    ['nothing', '', /^InvalidBatch : Failed to parse CSV header/],
    ['an open quote', 'LastName,Company\n"a,b\n', /^InvalidBatch : Failed to parse CSV/],
    ['a quote inside a value', 'LastName,Company\na"b,c\n', /^InvalidBatch : Failed to parse CSV/],
    ['too few columns', 'LastName,Company\na\n', /^InvalidBatch : Failed to parse CSV/],
    ['too many columns', 'LastName,Company\na,b,c\n', /^InvalidBatch : Failed to parse CSV/],
    ['a column without a name', ',LastName\nx,y\n', /^InvalidBatch : Field name not found : $/],
    ['a column that no object has', '__proto__,LastName\nx,y\n', /^InvalidBatch : Field name not found : __proto__/],
    ['bytes that are no names', '\u00ff\0\n', /^InvalidBatch : Field name not found/],
    ['other line ends than it said', 'LastName,Company\r\na,b\r\n', /^ClientInputError : LineEnding is invalid/],
  ])('with %s fails its job', async (_what, csv, errorMessage) => {
    const opened = await send('POST', `${DATA}/jobs/ingest`, { object: 'Lead', operation: 'insert' });
    const { id } = opened.body as { id: string };
    await send('PUT', `${DATA}/jobs/ingest/${id}/batches`, csv, { 'content-type': 'text/csv' });
    await send('PATCH', `${DATA}/jobs/ingest/${id}`, { state: 'UploadComplete' });
    const job = await until('the job is over', async () => {
      const { body } = await send('GET', `${DATA}/jobs/ingest/${id}`);
      return ['JobComplete', 'Failed'].includes((body as { state: string }).state) && body;
    });
    expect(job).toMatchObject({ state: 'Failed', errorMessage: expect.stringMatching(errorMessage) });
  });
});

describe('malformed XML and zips', () => {
  const envelope = (body: string): string => {
    const { token } = running.org.sessions.open(running.users.admin.id, 'tests');
    return `<e:Envelope xmlns:e="x"><e:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></e:Header><e:Body>${body}</e:Body></e:Envelope>`;
  };
  const soap = async (api: string, body: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${running.restUrl}/services/Soap/${api}/67.0`, { method: 'POST', body });
    return { status: response.status, text: await response.text() };
  };

  it.each([
    ['the SOAP API', 'u'],
    ['the Metadata API', 'm'],
  ])('are faults of %s', async (_name, api) => {
    for (const body of [
      '',
      'hello',
      '<a><b>',
      '<a/>',
      '\0<a/>',
      envelope(''),
      envelope('<constructor/>'),
      envelope('<a>'.repeat(20_000) + '</a>'.repeat(20_000)),
      `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>${envelope('<getUserInfo>&a;</getUserInfo>')}`,
    ]) {
      const { status: code, text } = await soap(api, body);
      expect([body.slice(0, 20), code]).toEqual([body.slice(0, 20), 500]);
      expect(text).toMatch(/<faultcode>sf:[A-Z_]+<\/faultcode><faultstring>[A-Z_]+: /);
    }
  });

  it('do not unfold entities that stand for each other without end', async () => {
    // Written out, the last of them has ten to the ninth characters.
    const entities = [...'bcdefghi'].map(
      (name, index) => `<!ENTITY ${name} "${`&${'abcdefgh'.charAt(index)};`.repeat(10)}">`,
    );
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${entities.join('')}]>`;
    const record =
      '<create><sObjects><type>Lead</type><LastName>&i;</LastName><Company>c</Company></sObjects></create>';
    const { text } = await soap('u', bomb + envelope(record));
    expect(text.length).toBeLessThan(10_000);
  });

  it('fail a deployment whose zip is none, is cut off or spoilt', async () => {
    const good = await zipFiles(note);
    const spoilt = Buffer.from(good).fill(0xff, 60, 120);
    for (const zip of [Buffer.from('PKjunk'), Buffer.from('x'), good.subarray(0, good.length - 30), spoilt]) {
      const { text } = await soap('m', envelope(`<deploy><ZipFile>${zip.toString('base64')}</ZipFile></deploy>`));
      const id = /<id>(\w+)</.exec(text)?.[1] ?? '';
      const ask = envelope(
        `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`,
      );
      const outcome = await until('the deployment is over', async () => {
        const { text: answer } = await soap('m', ask);
        return answer.includes('<done>true') && answer;
      });
      expect(outcome).toContain('<status>Failed');
      expect(outcome).toMatch(/<errorMessage>The zip file cannot be read|<problem>/);
    }
  });
});

describe('malformed messages', () => {
  const asIs = (value: Buffer): Buffer => value;
  const method = (name: string, streams: boolean) => ({
    path: `/eventbus.v1.PubSub/${name}`,
    requestStream: streams,
    responseStream: streams,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  });
  const junk = Buffer.alloc(5, 0xff);

  it('that are no protobuf end their call and nothing else', async () => {
    const calls = ['GetTopic', 'GetSchema', 'Publish'];
    const streams = ['Subscribe', 'PublishStream'];
    const Raw = makeClientConstructor(
      Object.fromEntries([
        ...calls.map((name) => [name, method(name, false)]),
        ...streams.map((name) => [name, method(name, true)]),
      ]),
      'Raw',
    );
    const raw = new Raw(running.pubsubUrl, credentials.createSsl(readFileSync(running.caFile)));
    for (const name of calls) {
      const { path } = method(name, false);
      const error = await new Promise<ServiceError | null>((resolve) => {
        raw.makeUnaryRequest(path, asIs, asIs, junk, events.metadata, resolve);
      });
      expect([name, error?.code]).toEqual([name, status.INTERNAL]);
    }
    for (const name of streams) {
      const stream = raw.makeBidiStreamRequest(method(name, true).path, asIs, asIs, events.metadata);
      const error = await new Promise<ServiceError>((resolve) => {
        stream.on('error', (cause) => resolve(cause as ServiceError));
        stream.on('data', () => undefined);
        stream.write(junk);
      });
      expect([name, error.code]).toEqual([name, status.INTERNAL]);
    }
    raw.close();
  });

  it('that are no Avro, or not of their schema, fail alone among those of their request', async () => {
    const { schema_id } = await events.call<TopicInfo>('GetTopic', { topic_name: NOTE });
    const encode = (text: string): Promise<Buffer> =>
      events.encode(schema_id, { CreatedDate: 0n, CreatedById: '', Text__c: { string: text } });
    const good = await encode('x');
    const spoilt = [
      Buffer.alloc(0),
      Buffer.from('junk'),
      Buffer.alloc(50, 0xff),
      good.subarray(0, good.length - 1),
      Buffer.concat([good, Buffer.from([1, 2, 3])]),
      // A text that says of itself that it has two thousand million bytes.
      Buffer.from([0, 0xfe, 0xff, 0xff, 0xff, 0x0f, 2, 2]),
      await encode('x'.repeat(256)),
    ];
    const payloads = [good, ...spoilt, good];
    const request = payloads.map((payload, index) => ({ id: String(index), schema_id, payload }));
    const { results } = await events.call<PublishResponse>('Publish', {
      topic_name: NOTE,
      events: [...request, { id: 'other', schema_id: 'nothing', payload: good }],
    });
    const codes = results.map(({ error }) => error?.code ?? null);
    expect(codes).toEqual([null, ...spoilt.map(() => 'PUBLISH'), null, 'PUBLISH']);
  });
});

describe('malformed sign-ins', () => {
  it('are refused in the words of OAuth', async () => {
    const forms: Record<string, string>[] = [{}, { grant_type: 'x' }, { grant_type: 'authorization_code', code: '\0' }];
    for (const form of forms) {
      const { status: code, body } = await post(running, '/services/oauth2/token', form);
      expect([code, Object.keys(body as object)]).toEqual([400, ['error', 'error_description']]);
    }
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    for (const assertion of ['', 'x', 'a.b.c', `${Buffer.from('{').toString('base64url')}.e30.x`]) {
      const { status: code, body } = await post(running, '/services/oauth2/token', { grant_type, assertion });
      expect([assertion, code, Object.keys(body as object)]).toEqual([assertion, 400, ['error', 'error_description']]);
    }
  });
});

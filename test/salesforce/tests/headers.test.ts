// Headers of requests to the local org: conditions, a default namespace, and the day's API calls.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldDef } from '../fields.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, signIn, type Send } from './client.ts';

let running: RunningOrg;
let send: Send;

beforeAll(async () => {
  running = await startOrg();
  const { schema } = running.org;
  schema.addField(
    'Lead',
    fieldDef({ name: 'acme__Key__c', type: 'string', length: 40, unique: true, externalId: true }),
  );
  schema.define({
    name: 'acme__Visit__c',
    label: 'Visit',
    labelPlural: 'Visits',
    kind: 'record',
    custom: true,
    fields: [fieldDef({ name: 'acme__Place__c', type: 'string' })],
  });
  send = await signIn(running);
});
afterAll(() => running.close());

describe('a condition', () => {
  const account = async (): Promise<string> => {
    const { body } = await send('POST', `${DATA}/sobjects/Account`, { Name: 'Tagged' });
    return `${DATA}/sobjects/Account/${(body as { id: string }).id}`;
  };

  it('on the entity tag of an account is held, for reads and updates', async () => {
    const path = await account();
    const tag = (await send('GET', path)).headers.get('etag') ?? '';
    expect(tag).toMatch(/^".+--gzip"$/);
    expect((await send('GET', path, undefined, { 'if-none-match': tag })).status).toBe(304);
    expect((await send('GET', path, undefined, { 'if-match': tag })).status).toBe(200);
    expect((await send('PATCH', path, { Site: 'a' }, { 'if-none-match': tag })).status).toBe(412);
    expect((await send('PATCH', path, { Site: 'b' }, { 'if-match': `"other", ${tag}` })).status).toBe(204);
    expect((await send('GET', path)).headers.get('etag')).not.toBe(tag);
    expect((await send('GET', path, undefined, { 'if-none-match': tag })).status).toBe(200);
    expect((await send('PATCH', path, { Site: 'c' }, { 'if-match': tag })).status).toBe(412);
    expect((await send('GET', path, undefined, { 'if-match': tag })).status).toBe(412);
    expect((await send('GET', path)).body).toMatchObject({ Site: 'b' });
  });

  it('on the time of the last change is held, to the second', async () => {
    const path = await account();
    const at = Date.parse((await send('GET', path)).headers.get('last-modified') ?? '');
    const [before, then] = [at - 1_000, at].map((ms) => new Date(ms).toUTCString());
    expect((await send('GET', path, undefined, { 'if-modified-since': then ?? '' })).status).toBe(304);
    expect((await send('GET', path, undefined, { 'if-modified-since': before ?? '' })).status).toBe(200);
    expect((await send('GET', path, undefined, { 'if-unmodified-since': before ?? '' })).status).toBe(412);
    expect((await send('PATCH', path, { Site: 'a' }, { 'if-unmodified-since': before ?? '' })).status).toBe(412);
    expect((await send('PATCH', path, { Site: 'b' }, { 'if-unmodified-since': then ?? '' })).status).toBe(204);
  });

  it('that cannot be read is refused on a write; deletes take none, and only accounts have tags', async () => {
    const path = await account();
    expect((await send('PATCH', path, { Site: 'a' }, { 'if-unmodified-since': 'yesterday' })).status).toBe(400);
    expect((await send('PATCH', path, { Site: 'a' }, { 'if-match': 'bare' })).status).toBe(400);
    expect((await send('DELETE', path, undefined, { 'if-match': '"other"' })).status).toBe(204);
    const { body } = await send('POST', `${DATA}/sobjects/Lead`, { LastName: 'L', Company: 'c' });
    const lead = `${DATA}/sobjects/Lead/${(body as { id: string }).id}`;
    const read = await send('GET', lead, undefined, { 'if-match': '"other"' });
    expect([read.status, read.headers.get('etag')]).toEqual([200, null]);
  });
});

describe('a default namespace', () => {
  const acme = { 'sforce-call-options': 'client=x; defaultNamespace=acme' };

  it('stands for the prefix of objects and fields, in what is sent and what is answered', async () => {
    const { status, body } = await send('POST', `${DATA}/sobjects/Visit__c`, { Place__c: 'Reno' }, acme);
    expect(status).toBe(201);
    const { id } = body as { id: string };
    expect(running.org.get('acme__Visit__c', id)).toMatchObject({ acme__Place__c: 'Reno' });
    const path = `${DATA}/sobjects/Visit__c/${id}`;
    expect((await send('PATCH', path, { acme__Place__c: 'Elko' }, acme)).status).toBe(204);
    expect((await send('GET', `${path}?fields=Place__c`, undefined, acme)).body).toMatchObject({ Place__c: 'Elko' });
    const soql = encodeURIComponent("SELECT acme__Place__c FROM Visit__c WHERE Place__c = 'Elko'");
    expect((await send('GET', `${DATA}/query?q=${soql}`, undefined, acme)).body).toMatchObject({
      records: [{ Place__c: 'Elko' }],
    });
    expect((await send('PATCH', `${DATA}/sobjects/Lead/Key__c/k`, { LastName: 'K', Company: 'c' }, acme)).status).toBe(
      201,
    );
    expect(running.org.find('Lead', { acme__Key__c: 'k' })).toHaveLength(1);
  });

  it('serves a user with fewer rights as well', async () => {
    const asIntegration = await signIn(running, running.users.integration.username);
    const path = `${DATA}/sobjects/Lead`;
    const { status, body } = await asIntegration('POST', path, { LastName: 'L', Company: 'c' }, acme);
    expect(status).toBe(201);
    const one = `${path}/${(body as { id: string }).id}`;
    expect((await asIntegration('PATCH', one, { Title: 'Mayor' }, acme)).status).toBe(204);
    expect((await asIntegration('GET', one, undefined, acme)).body).toMatchObject({ Title: 'Mayor' });
  });

  it('means nothing to describes, nor without the header', async () => {
    expect((await send('GET', `${DATA}/sobjects/Visit__c/describe`, undefined, acme)).status).toBe(404);
    expect((await send('POST', `${DATA}/sobjects/Visit__c`, { Place__c: 'Reno' })).status).toBe(404);
    const { body } = await send('GET', `${DATA}/sobjects/Lead/describe`, undefined, acme);
    const { fields } = body as { fields: { name: string }[] };
    expect(fields.map((field) => field.name)).toContain('acme__Key__c');
  });
});

it('the day’s API calls run over softly, and are refused where the switch is set', async () => {
  const { usage } = running.org;
  const { max, used } = usage.apiRequests;
  try {
    usage.apiRequests.used = max;
    expect((await send('GET', `${DATA}/limits`)).body).toMatchObject({ DailyApiRequests: { Max: max, Remaining: 0 } });
    usage.hard = true;
    expect(await send('GET', `${DATA}/limits`)).toMatchObject({
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
    usage.apiRequests.used = max - 1;
    expect((await send('GET', `${DATA}/limits`)).status).toBe(200);
    expect((await send('GET', `${DATA}/limits`)).status).toBe(403);
  } finally {
    usage.hard = false;
    usage.apiRequests.used = used;
  }
});

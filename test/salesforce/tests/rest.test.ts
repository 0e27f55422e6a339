// The REST API of the local org: records, external ids, queries and describes.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fieldDef } from '../fields.ts';
import type { Commit } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, read, signIn, type Send } from './client.ts';

let running: RunningOrg;
let send: Send;
let commits: Commit[];
const lead = { LastName: 'Reed', Company: 'Reed & Sons' };

async function create(object: string, fields: Record<string, unknown>): Promise<string> {
  const { status, body } = await send('POST', `${DATA}/sobjects/${object}`, fields);
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

beforeAll(async () => {
  running = await startOrg();
  const ext = fieldDef({ name: 'Ext__c', type: 'string', length: 40, unique: true, externalId: true });
  running.org.schema.addField('Lead', ext);
  running.org.schema.addField('Account', { ...ext, unique: false });
  running.org.schema.define({
    name: 'Notice__e',
    label: 'Notice',
    labelPlural: 'Notices',
    kind: 'platformEvent',
    custom: true,
    publishBehavior: 'PublishAfterCommit',
    fields: [fieldDef({ name: 'Text__c', type: 'string' })],
  });
  running.org.listen({ committed: (commit) => void commits.push(commit) });
  send = await signIn(running);
});
beforeEach(() => {
  commits = [];
});
afterAll(() => running.close());

describe('versions and resources', () => {
  it('lists its versions to anyone, and resources and limits to whoever is signed in', async () => {
    const { body } = await read(await fetch(`${running.restUrl}/services/data`));
    expect(body).toContainEqual({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
    expect((body as unknown[]).at(-1)).toEqual({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
    expect((await send('GET', `${DATA}/`)).body).toMatchObject({ sobjects: '/services/data/v67.0/sobjects' });
    expect((await send('GET', '/services/data/v69.0/limits')).status).toBe(404);
  });

  it('counts every call down, in the limits and in the header', async () => {
    const usage = async () => {
      const { headers, body } = await send('GET', `${DATA}/limits`);
      const { Max, Remaining } = (body as Record<string, { Max: number; Remaining: number }>)['DailyApiRequests'] ?? {};
      expect(headers.get('sforce-limit-info')).toBe(`api-usage=${(Max ?? 0) - (Remaining ?? 0)}/${Max}`);
      return Remaining ?? 0;
    };
    expect(await usage()).toBe((await usage()) + 1);
  });

  it('takes a path with two slashes at its front', async () => {
    expect((await send('GET', `//services/data/v51.0/limits`)).status).toBe(200);
  });
});

describe('a record', () => {
  it('is created, read, updated and deleted', async () => {
    const id = await create('Lead', { ...lead, Street: '1 Main St', City: 'Reno', attributes: { type: 'Lead' } });
    const { body } = await send('GET', `${DATA}/sobjects/Lead/${id}`);
    expect(body).toMatchObject({
      attributes: { type: 'Lead', url: `${DATA}/sobjects/Lead/${id}` },
      Id: id,
      Name: 'Reed',
      Address: { street: '1 Main St', city: 'Reno', postalCode: null },
      IsDeleted: false,
      CreatedById: running.users.admin.id,
    });
    expect((body as Record<string, string>)['CreatedDate']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);

    expect(await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Phone: '+12025550101' })).toMatchObject({
      status: 204,
      body: '',
    });
    expect((await send('GET', `${DATA}/sobjects/Lead/${id.slice(0, 15)}?fields=Phone,lastname`)).body).toEqual({
      attributes: { type: 'Lead', url: `${DATA}/sobjects/Lead/${id}` },
      Phone: '+12025550101',
      LastName: 'Reed',
      Id: id,
    });
    expect((await send('DELETE', `${DATA}/sobjects/Lead/${id}`)).status).toBe(204);
    expect(await send('GET', `${DATA}/sobjects/Lead/${id}`)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'ENTITY_IS_DELETED' }],
    });
    expect((await send('GET', `${DATA}/queryAll?q=SELECT+IsDeleted+FROM+Lead+WHERE+Id='${id}'`)).body).toMatchObject({
      records: [{ IsDeleted: true }],
    });
  });

  it('names the client in the change origin where a single record is written', async () => {
    const id = await create('Lead', lead);
    await send(
      'PATCH',
      `${DATA}/sobjects/Lead/${id}`,
      { Title: 'CEO' },
      { 'sforce-call-options': 'client=sellfire-bridge' },
    );
    expect(commits.map((commit) => commit.origin)).toEqual([
      'com/salesforce/api/rest/67.0',
      'com/salesforce/api/rest/67.0;client=sellfire-bridge',
    ]);
    expect(commits.map((commit) => commit.user)).toEqual([running.users.admin.id, running.users.admin.id]);
  });

  it('carries the integration user where that one signed in', async () => {
    const bridge = await signIn(running, running.users.integration.username);
    await bridge('POST', `${DATA}/sobjects/Lead`, lead);
    expect(commits[0]?.user).toBe(running.users.integration.id);
  });

  it.each([
    [
      'POST',
      '/sobjects/Lead',
      { FirstName: 'Ann' },
      400,
      { errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName', 'Company'] },
    ],
    ['POST', '/sobjects/Lead', { ...lead, Phone: 5 }, 400, { errorCode: 'JSON_PARSER_ERROR' }],
    ['POST', '/sobjects/Lead', '{"LastName": ', 400, { errorCode: 'JSON_PARSER_ERROR' }],
    ['POST', '/sobjects/Lead', '[]', 400, { errorCode: 'JSON_PARSER_ERROR' }],
    ['POST', '/sobjects/Nope', lead, 404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    ['PATCH', '/sobjects/Lead/00QSF0zzzzzzzzz', { Title: 'x' }, 404, { errorCode: 'INVALID_CROSS_REFERENCE_KEY' }],
    ['PATCH', '/sobjects/Lead/001SF0000000001', { Title: 'x' }, 400, { errorCode: 'MALFORMED_ID' }],
    ['GET', '/sobjects/Lead/00QSF0zzzzzzzzz', undefined, 404, { errorCode: 'NOT_FOUND' }],
    ['GET', '/sobjects/Lead/short', undefined, 404, { errorCode: 'NOT_FOUND' }],
    ['GET', '/nonsense', undefined, 404, { errorCode: 'NOT_FOUND' }],
    [
      'PUT',
      '/sobjects/Lead',
      lead,
      405,
      { errorCode: 'METHOD_NOT_ALLOWED', message: "HTTP Method 'PUT' not allowed. Allowed are GET,HEAD,POST" },
    ],
    ['POST', '/sobjects/Organization', { Name: 'x' }, 400, { errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }],
  ])('%s %s is refused with the platform’s shape', async (method, path, sent, status, error) => {
    const answer = await send(method, DATA + path, sent);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject([error]);
  });

  it('must come as JSON', async () => {
    const answer = await send('POST', `${DATA}/sobjects/Lead`, '<Lead/>', { 'content-type': 'application/xml' });
    expect(answer).toMatchObject({ status: 415, body: [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }] });
  });

  it('is guarded by the time it was read', async () => {
    const id = await create('Lead', lead);
    const past = { 'if-unmodified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' };
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Title: 'x' }, past)).status).toBe(412);
    const { headers } = await send('GET', `${DATA}/sobjects/Lead/${id}`);
    const since = { 'if-modified-since': headers.get('last-modified') ?? '' };
    expect((await send('GET', `${DATA}/sobjects/Lead/${id}`, undefined, since)).status).toBe(304);
  });
});

describe('an external id', () => {
  it('creates once and updates afterwards, whatever its letter case', async () => {
    const path = `${DATA}/sobjects/Lead/Ext__c/${encodeURIComponent('a/b 1')}`;
    const created = await send('PATCH', path, lead);
    expect(created).toMatchObject({ status: 201, body: { success: true, created: true, errors: [] } });
    const { id } = created.body as { id: string };
    expect(
      await send('PATCH', `${DATA}/sobjects/Lead/ext__C/${encodeURIComponent('A/B 1')}`, { Title: 'CEO' }),
    ).toMatchObject({
      status: 200,
      body: { id, success: true, created: false, errors: [] },
    });
    expect((await send('GET', path)).body).toMatchObject({ Id: id, Ext__c: 'a/b 1', Title: 'CEO' });
  });

  it('that several records carry is answered with all their addresses', async () => {
    const ids = [
      await create('Account', { Name: 'A', Ext__c: 'same' }),
      await create('Account', { Name: 'B', Ext__c: 'same' }),
    ];
    expect(await send('PATCH', `${DATA}/sobjects/Account/Ext__c/same`, { Name: 'C' })).toMatchObject({
      status: 300,
      body: ids.map((id) => `${DATA}/sobjects/Account/${id}`),
    });
  });

  it('may not stand in the body too, and must be one', async () => {
    expect((await send('PATCH', `${DATA}/sobjects/Lead/Ext__c/x`, { ...lead, Ext__c: 'x' })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD', message: 'The Ext__c field should not be specified in the sobject data.' },
    ]);
    expect((await send('PATCH', `${DATA}/sobjects/Lead/Company/x`, lead)).status).toBe(404);
    expect((await send('GET', `${DATA}/sobjects/Lead/Ext__c/unknown`)).status).toBe(404);
    expect((await send('PATCH', `${DATA}/sobjects/Lead/Ext__c/unknown?updateOnly=true`, lead)).status).toBe(404);
  });

  it('names a parent', async () => {
    const account = await create('Account', { Name: 'P', Ext__c: 'parent' });
    const contact = await create('Contact', { LastName: 'Child', Account: { Ext__c: 'PARENT' } });
    expect(running.org.get('Contact', contact)?.['AccountId']).toBe(account);
    expect(
      (await send('POST', `${DATA}/sobjects/Contact`, { LastName: 'x', Account: { Ext__c: 'nobody' } })).body,
    ).toMatchObject([
      {
        errorCode: 'INVALID_FIELD',
        message: 'Foreign key external ID: nobody not found for field Ext__c in entity Account',
      },
    ]);
  });
});

describe('a query', () => {
  it('pages by the asked size, every record once, behind a locator of its user', async () => {
    running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => {
      for (let n = 0; n < 450; n += 1) tx.create('Product2', { Name: `P${n}` });
    });
    const header = { 'sforce-query-options': 'batchSize=200' };
    const seen: unknown[] = [];
    let path: string | undefined = `${DATA}/query?q=${encodeURIComponent('SELECT Name FROM Product2')}`;
    let pages = 0;
    while (path !== undefined) {
      const { body } = await send('GET', path, undefined, header);
      const page = body as { totalSize: number; done: boolean; nextRecordsUrl?: string; records: { Name: string }[] };
      expect(page.totalSize).toBe(450);
      expect(page.done).toBe(page.nextRecordsUrl === undefined);
      seen.push(...page.records.map((record) => record.Name));
      path = page.nextRecordsUrl;
      pages += 1;
      if (pages === 1) {
        const other = await signIn(running, running.users.integration.username);
        expect(await other('GET', path ?? '')).toMatchObject({
          status: 400,
          body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }],
        });
      }
    }
    expect(pages).toBe(3);
    expect(new Set(seen).size).toBe(450);
  });

  it('that is malformed is refused with the platform’s code', async () => {
    expect(await send('GET', `${DATA}/query?q=SELECT+Nope+FROM+Lead`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    expect(await send('GET', `${DATA}/tooling/query?q=SELECT+Id+FROM+ScratchOrgInfo`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE' }],
    });
  });
});

describe('describe', () => {
  it('says what clients decide by', async () => {
    const { body } = await send('GET', `${DATA}/sobjects/Lead/describe`);
    const { fields, ...object } = body as { fields: Record<string, unknown>[] } & Record<string, unknown>;
    const field = (name: string) => fields.find((candidate) => candidate['name'] === name);
    expect(object).toMatchObject({ name: 'Lead', keyPrefix: '00Q', createable: true, queryable: true });
    expect(field('LastName')).toMatchObject({ type: 'string', length: 80, nillable: false, compoundFieldName: 'Name' });
    expect(field('Name')).toMatchObject({ createable: false, updateable: false, nameField: true });
    expect(field('OwnerId')).toMatchObject({
      referenceTo: ['Group', 'User'],
      relationshipName: 'Owner',
      defaultedOnCreate: true,
    });
    expect(field('Status')).toMatchObject({ type: 'picklist', nillable: false, defaultedOnCreate: true });
    expect(field('Ext__c')).toMatchObject({ externalId: true, unique: true, idLookup: true, custom: true });
    expect(field('Address')).toMatchObject({ type: 'address', createable: false });
    const all = (await send('GET', `${DATA}/sobjects`)).body as { sobjects: { name: string; queryable: boolean }[] };
    expect(all.sobjects.find(({ name }) => name === 'Notice__e')).toMatchObject({ queryable: false });
  });
});

describe('a platform event', () => {
  it('is published by a create', async () => {
    const { status, body } = await send('POST', `${DATA}/sobjects/Notice__e`, { Text__c: 'hello' });
    expect(status).toBe(201);
    const uuid = commits[0]?.events[0]?.fields['EventUuid'];
    expect(body).toMatchObject({ success: true, errors: [{ statusCode: 'OPERATION_ENQUEUED', message: uuid }] });
    expect(commits[0]?.events[0]?.fields['Text__c']).toBe('hello');
    expect((await send('GET', `${DATA}/query?q=SELECT+Id+FROM+Notice__e`)).body).toMatchObject([
      { errorCode: 'INVALID_TYPE' },
    ]);
  });
});

describe('what changed', () => {
  it('is listed by the minute, apart from what was deleted', async () => {
    const kept = await create('Contact', { LastName: 'Kept' });
    const gone = await create('Contact', { LastName: 'Gone' });
    await send('DELETE', `${DATA}/sobjects/Contact/${gone}`);
    const minute = 60_000;
    const span = `start=${new Date(Date.now() - minute).toISOString()}&end=${new Date(Date.now() + 2 * minute).toISOString()}`;
    const updated = (await send('GET', `${DATA}/sobjects/Contact/updated?${span}`)).body as { ids: string[] };
    expect(updated.ids).toContain(kept);
    expect(updated.ids).not.toContain(gone);
    expect((await send('GET', `${DATA}/sobjects/Contact/deleted?${span}`)).body).toMatchObject({
      deletedRecords: [{ id: gone }],
    });
  });
});

describe('a fault', () => {
  const faults = async (method: string, body?: unknown) =>
    fetch(`${running.restUrl}/_local/faults`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });

  it.each([
    ['session-expired', 401, 'INVALID_SESSION_ID'],
    ['request-limit', 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['too-many-requests', 429, 'REQUEST_LIMIT_EXCEEDED'],
    ['server-error', 500, 'UNKNOWN_EXCEPTION'],
    ['unavailable', 503, 'SERVER_UNAVAILABLE'],
  ])('%s strikes as often as it is set to', async (kind, status, errorCode) => {
    expect((await faults('POST', { kind, path: '/limits', retryAfter: 3 })).status).toBe(204);
    expect((await send('GET', `${DATA}/sobjects`)).status).toBe(200);
    const struck = await send('GET', `${DATA}/limits`);
    expect(struck).toMatchObject({ status, body: [{ errorCode }] });
    expect(struck.headers.get('retry-after')).toBe('3');
    expect((await send('GET', `${DATA}/limits`)).status).toBe(200);
  });

  it('locks chosen records', async () => {
    const id = await create('Lead', lead);
    running.org.faults.add({ kind: 'lock-row', recordIds: [id.slice(0, 15)] });
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Title: 'x' })).body).toMatchObject([
      { errorCode: 'UNABLE_TO_LOCK_ROW' },
    ]);
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Title: 'x' })).status).toBe(204);
  });

  it('cuts the connection before the work, or after it', async () => {
    running.org.faults.add({ kind: 'drop-before', method: 'POST' });
    await expect(send('POST', `${DATA}/sobjects/Lead`, lead)).rejects.toThrow();
    expect(commits).toHaveLength(0);
    running.org.faults.add({ kind: 'drop-after', method: 'POST' });
    await expect(send('POST', `${DATA}/sobjects/Lead`, lead)).rejects.toThrow();
    expect(commits).toHaveLength(1);
  });

  it('answers with the half of what it has to say, after the work', async () => {
    running.org.faults.add({ kind: 'half-answer', method: 'POST' });
    await expect(send('POST', `${DATA}/sobjects/Lead`, lead)).rejects.toThrow(/JSON/);
    expect(commits).toHaveLength(1);
  });

  it('that is none is refused, and all are cleared at once', async () => {
    expect((await faults('POST', { kind: 'meteor' })).status).toBe(400);
    await faults('POST', { kind: 'server-error', times: null });
    expect((await send('GET', `${DATA}/limits`)).status).toBe(500);
    await faults('DELETE');
    expect((await send('GET', `${DATA}/limits`)).status).toBe(200);
  });
});

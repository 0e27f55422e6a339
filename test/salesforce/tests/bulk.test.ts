// Bulk API 2.0 of the local org: ingest and query jobs, and jsforce's client against them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import { fieldDef } from '../fields.ts';
import type { Commit } from '../model.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { until } from '../../helpers/until.ts';
import { assertion, DATA, signIn, type Send } from './client.ts';

type Json = Record<string, unknown>;

let running: RunningOrg;
let send: Send;
let connection: jsforce.Connection;
const commits: Commit[] = [];

const INGEST = `${DATA}/jobs/ingest`;
const QUERY = `${DATA}/jobs/query`;
const CSV = { 'content-type': 'text/csv' };
const count = (where: string): number => running.org.query(`SELECT COUNT() FROM Lead WHERE ${where}`).totalSize;

async function open(options: Json): Promise<string> {
  const { status, body } = await send('POST', INGEST, { object: 'Lead', operation: 'insert', ...options });
  expect({ status, body }).toMatchObject({ status: 200, body: { state: 'Open' } });
  return (body as { id: string }).id;
}
const close = (id: string) => send('PATCH', `${INGEST}/${id}`, { state: 'UploadComplete' });

/** Asks until the job is over. */
const finished = (path: string): Promise<Json> =>
  until(`${path} is over`, async () => {
    const body = (await send('GET', path)).body as Json;
    return !['Open', 'UploadComplete', 'InProgress'].includes(String(body['state'])) && body;
  });

async function load(options: Json, csv: string): Promise<{ id: string; info: Json }> {
  const id = await open(options);
  expect((await send('PUT', `${INGEST}/${id}/batches`, csv, CSV)).status).toBe(201);
  await close(id);
  return { id, info: await finished(`${INGEST}/${id}`) };
}
const results = async (id: string, kind: string): Promise<string> =>
  (await send('GET', `${INGEST}/${id}/${kind}`)).body as string;

beforeAll(async () => {
  running = await startOrg();
  const { schema } = running.org;
  schema.addField('Lead', fieldDef({ name: 'Ext__c', type: 'string', length: 40, unique: true, externalId: true }));
  schema.addField('Lead', fieldDef({ name: 'Born__c', type: 'date' }));
  schema.addField('Account', fieldDef({ name: 'Key__c', type: 'string', length: 40, unique: true, externalId: true }));
  running.org.listen({ committed: (commit) => void commits.push(commit) });
  send = await signIn(running);
  connection = new jsforce.Connection({ loginUrl: running.restUrl, version: '67.0' });
  await connection.authorize({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await assertion(running),
  });
  connection.bulk2.pollInterval = 20;
});
afterAll(() => running.close());

describe('an ingest job', () => {
  it('goes from open to complete, outside the requests, and reports its progress', async () => {
    commits.length = 0;
    const id = await open({ lineEnding: 'LF' });
    expect((await send('GET', `${INGEST}/${id}`)).body).toMatchObject({
      id: expect.stringMatching(/^750.{15}$/),
      operation: 'insert',
      object: 'Lead',
      createdById: running.users.admin.id,
      state: 'Open',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 67,
      contentUrl: `services/data/v67.0/jobs/ingest/${id}/batches`,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      jobType: 'V2Ingest',
      numberRecordsProcessed: 0,
      numberRecordsFailed: 0,
    });
    const rows = Array.from({ length: 450 }, (_unused, n) => `Bulk${n},c,${n === 7 ? 'nowhere' : ''}`);
    const csv = `LastName,Company,Email\n${rows.join('\n')}\n`;
    expect((await send('PUT', `${INGEST}/${id}/batches`, csv, CSV)).status).toBe(201);
    expect(commits).toEqual([]);
    expect((await close(id)).body).toMatchObject({ state: 'UploadComplete' });
    expect(await finished(`${INGEST}/${id}`)).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 450,
      numberRecordsFailed: 1,
    });
    // 200 records to a transaction, under the Bulk API's own change origin.
    expect(commits.map(({ changes }) => changes.length)).toEqual([199, 200, 50]);
    expect(commits[0]?.origin).toBe('com/salesforce/api/bulkapi/67.0');

    const successful = (await results(id, 'successfulResults')).trim().split('\n');
    expect(successful).toHaveLength(450);
    expect(successful[0]).toBe('"sf__Id","sf__Created","LastName","Company","Email"');
    expect(successful[1]).toMatch(/^"00Q.{15}","true","Bulk0","c",""$/);
    expect(await results(id, 'failedResults')).toBe(
      '"sf__Id","sf__Error","LastName","Company","Email"\n' +
        '"","INVALID_EMAIL_ADDRESS:Email: invalid email address: nowhere:Email --","Bulk7","c","nowhere"\n',
    );
    expect(await results(id, 'unprocessedrecords')).toBe('"LastName","Company","Email"\n');
  });

  it('reads every value as its field does: blank leaves alone, #N/A empties, a parent by its external id', async () => {
    const account = await connection.sobject('Account').create({ Name: 'Parent', Key__c: 'p 1' });
    const contact = await load(
      { object: 'Contact' },
      'LastName,Account.Key__c,HasOptedOutOfEmail\nBulkChild,p 1,yes\nOrphan,p 2,no\n',
    );
    expect(contact.info).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(running.org.find('Contact', { LastName: 'BulkChild' })).toMatchObject([
      { AccountId: account.id, HasOptedOutOfEmail: true },
    ]);
    expect(await results(contact.id, 'failedResults')).toContain(
      'INVALID_FIELD:Foreign key external ID: p 2 not found',
    );

    await load(
      { operation: 'upsert', externalIdFieldName: 'Ext__c' },
      'Ext__c,LastName,Company,Title,Born__c\nv,V,c,T,2026-01-02\n',
    );
    const { id, info } = await load(
      { operation: 'upsert', externalIdFieldName: 'Ext__c' },
      'Ext__c,LastName,Company,Title,Born__c\nv,,,#N/A,\nw,W,c,,tomorrow\n',
    );
    expect(info).toMatchObject({ numberRecordsFailed: 1, externalIdFieldName: 'Ext__c' });
    expect(running.org.find('Lead', { Ext__c: 'v' })).toMatchObject([
      { LastName: 'V', Title: null, Born__c: '2026-01-02' },
    ]);
    expect(await results(id, 'successfulResults')).toMatch(/"00Q.{15}","false","v"/);
    expect(await results(id, 'failedResults')).toContain('INVALID_TYPE_ON_FIELD_IN_RECORD');
  });

  it('takes other delimiters and line ends, quotes and line breaks inside a value', async () => {
    const { id } = await load(
      { columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' },
      'LastName;Company;Description\r\n"Semi;colon";"He said ""yes""";"two\r\nlines"\r\n',
    );
    expect(running.org.find('Lead', { LastName: 'Semi;colon' })).toMatchObject([
      { Company: 'He said "yes"', Description: 'two\r\nlines' },
    ]);
    expect(await results(id, 'successfulResults')).toMatch(
      /^"sf__Id";"sf__Created";"LastName";"Company";"Description"\r\n/,
    );
  });

  it('comes in one request where it is small', async () => {
    const form = new FormData();
    form.set('job', new Blob([JSON.stringify({ object: 'Lead', operation: 'insert' })], { type: 'application/json' }));
    form.set('content', new Blob(['LastName,Company\nMultipart,c\n'], { type: 'text/csv' }), 'content');
    const request = new Request(running.restUrl, { method: 'POST', body: form });
    const { body } = await send('POST', INGEST, await request.text(), {
      'content-type': request.headers.get('content-type') ?? '',
    });
    expect(body).toMatchObject({ state: 'UploadComplete' });
    await finished(`${INGEST}/${(body as { id: string }).id}`);
    expect(count("LastName = 'Multipart'")).toBe(1);
  });

  it('fails as a whole where its data fits neither the format nor the object', async () => {
    for (const [options, csv, message] of [
      [{}, 'LastName,Nope\nx,y\n', 'InvalidBatch : Field name not found : Nope'],
      [{}, 'LastName,Company\r\nx,y\r\n', /LineEnding is invalid on user data. Current LineEnding setting is LF/],
      [{ lineEnding: 'CRLF' }, 'LastName,Company\nx,y\n', /Current LineEnding setting is CRLF/],
      [{}, 'LastName,Company\n"x,y\n', /Failed to parse CSV/],
      [{}, 'LastName,Company\nx,y,z\n', /Failed to parse CSV/],
      [{}, '', /The file is empty/],
    ] as const) {
      const { info } = await load(options, csv);
      expect(info).toMatchObject({
        state: 'Failed',
        errorMessage: message instanceof RegExp ? expect.stringMatching(message) : message,
        numberRecordsProcessed: 0,
      });
    }
  });

  it('is refused what its state does not allow', async () => {
    const id = await open({});
    const path = `${INGEST}/${id}`;
    const state = [{ errorCode: 'INVALIDJOBSTATE' }];
    expect(await send('GET', `${path}/successfulResults`)).toMatchObject({ status: 400, body: state });
    expect(await send('DELETE', path)).toMatchObject({ status: 400, body: [{ errorCode: 'API_ERROR' }] });
    expect(await send('PUT', `${path}/batches`, '{}')).toMatchObject({ status: 415 });
    await send('PUT', `${path}/batches`, 'LastName\nx\n', CSV);
    expect(await send('PUT', `${path}/batches`, 'LastName\nx\n', CSV)).toMatchObject({ status: 400, body: state });
    expect(await send('PATCH', path, { state: 'Aborted' })).toMatchObject({ body: { state: 'Aborted' } });
    expect(await close(id)).toMatchObject({ status: 400, body: state });
    expect(await results(id, 'unprocessedrecords')).toBe('\n');
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
    for (const [options, code] of [
      [{ object: 'Nope__c', operation: 'insert' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'upsert' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'upsert', externalIdFieldName: 'Title' }, 'INVALIDJOB'],
      [{ object: 'Lead', operation: 'merge' }, 'JSON_PARSER_ERROR'],
    ] as const) {
      expect(await send('POST', INGEST, options)).toMatchObject({ status: 400, body: [{ errorCode: code }] });
    }
  });

  it('can be set to be slow, and is aborted in the middle; can be set to fail', async () => {
    running.org.faults.add({ kind: 'bulk-slow', path: 'Lead', ms: 60_000 });
    const id = await open({});
    await send('PUT', `${INGEST}/${id}/batches`, 'LastName,Company\nSlow,c\n', CSV);
    await close(id);
    await until('the fault is met', () => running.org.faults.active().length === 0);
    expect((await send('GET', `${INGEST}/${id}`)).body).toMatchObject({ state: 'InProgress' });
    await send('PATCH', `${INGEST}/${id}`, { state: 'Aborted' });
    expect(await results(id, 'unprocessedrecords')).toBe('"LastName","Company"\n"Slow","c"\n');
    expect(count("LastName = 'Slow'")).toBe(0);

    running.org.faults.add({ kind: 'bulk-fail', path: 'Lead' });
    expect((await load({}, 'LastName,Company\nSlow,c\n')).info).toMatchObject({
      state: 'Failed',
      numberRecordsProcessed: 0,
    });
  });

  it('reports rows whose record is locked or gone', async () => {
    const { id: locked = '' } = await connection.sobject('Lead').create({ LastName: 'Locked', Company: 'c' });
    running.org.faults.add({ kind: 'lock-row', recordIds: [locked] });
    const { id } = await load({ operation: 'update' }, `Id,Title\n${locked},x\n00QSF0000zzzzzz,x\nabc,x\n`);
    const failed = await results(id, 'failedResults');
    for (const code of ['UNABLE_TO_LOCK_ROW', 'INVALID_CROSS_REFERENCE_KEY', 'MALFORMED_ID'])
      expect(failed).toContain(code);
    expect(failed).toContain(`"${locked}","UNABLE_TO_LOCK_ROW`);
    await load({ operation: 'delete' }, `Id\n${locked}\n`);
    expect(running.org.get('Lead', locked)).toBeUndefined();
  });
});

describe('a query job', () => {
  beforeAll(async () => {
    await load(
      {},
      `LastName,Company,NumberOfEmployees,DoNotCall\n${['Qa,q,1,true', '"Q,b",q,,', 'Qc,q,3,'].join('\n')}\n`,
    );
  });
  const query = async (options: Json) => {
    const { body } = await send('POST', QUERY, { operation: 'query', ...options });
    expect(body).toMatchObject({ state: 'UploadComplete', object: 'Lead', contentType: 'CSV', apiVersion: 67 });
    const { id } = body as { id: string };
    return { id, info: await finished(`${QUERY}/${id}`) };
  };

  it('writes numbers with decimals as doubles: a point always, an exponent from ten million on', async () => {
    const revenues = [12, 1234567, 12345678, 0.5, 0, -12345678.25];
    await load({}, `LastName,Company,AnnualRevenue\n${revenues.map((one, at) => `R${at},r,${one}`).join('\n')}\n`);
    const { id } = await query({ query: "SELECT AnnualRevenue FROM Lead WHERE Company = 'r' ORDER BY LastName" });
    const { body } = await send('GET', `${QUERY}/${id}/results`);
    expect(String(body).trim().split('\n').slice(1)).toEqual(
      ['12.0', '1234567.0', '1.2345678E7', '1.0', '0.0', '-1.2345678E7'].map((one) => `"${one}"`),
    );
  });

  it('leaves its results as CSV, fetched piece by piece, as often as one likes', async () => {
    const used = running.org.usage.bulkQueryJobs.used;
    const { id, info } = await query({
      query:
        "SELECT LastName, NumberOfEmployees, DoNotCall, Owner.Username FROM Lead WHERE Company = 'q' ORDER BY LastName",
    });
    expect(info).toMatchObject({ state: 'JobComplete', jobType: 'V2Query', numberRecordsProcessed: 3 });
    expect(running.org.usage.bulkQueryJobs.used).toBe(used + 1);
    const all = await send('GET', `${QUERY}/${id}/results`);
    expect(all.body).toBe(
      '"LastName","NumberOfEmployees","DoNotCall","Owner.Username"\n' +
        '"Q,b","","false","admin@local.example"\n"Qa","1","true","admin@local.example"\n"Qc","3","false","admin@local.example"\n',
    );
    expect(all.headers.get('sforce-numberofrecords')).toBe('3');
    expect(all.headers.get('sforce-locator')).toBe('null');

    const first = await send('GET', `${QUERY}/${id}/results?maxRecords=2`);
    const locator = first.headers.get('sforce-locator') ?? '';
    expect(first.headers.get('sforce-numberofrecords')).toBe('2');
    for (let again = 0; again < 2; again += 1) {
      const second = await send('GET', `${QUERY}/${id}/results?maxRecords=2&locator=${locator}`);
      expect(second.body).toMatch(/^"LastName".*\n"Qc",.*\n$/);
      expect(second.headers.get('sforce-locator')).toBe('null');
    }
    expect(await send('GET', `${QUERY}/${id}/results?locator=x`)).toMatchObject({ status: 400 });
    expect(await send('GET', `/services/data/v66.0/jobs/query/${id}/results`)).toMatchObject({ status: 409 });
    expect((await send('DELETE', `${QUERY}/${id}`)).status).toBe(204);
  });

  it('shows points in time with Z, in the format that was asked for, and deleted records to queryAll', async () => {
    const { id: gone = '' } = await connection.sobject('Lead').create({ LastName: 'GoneBulk', Company: 'c' });
    await connection.sobject('Lead').destroy(gone);
    const soql = "SELECT Id, CreatedDate FROM Lead WHERE LastName = 'GoneBulk'";
    const none = await query({ query: soql });
    expect((await send('GET', `${QUERY}/${none.id}/results`)).body).toBe('"Id","CreatedDate"\n');
    const { id } = await query({ query: soql, operation: 'queryAll', columnDelimiter: 'TAB', lineEnding: 'CRLF' });
    const { body } = await send('GET', `${QUERY}/${id}/results`);
    expect(body).toMatch(/^"Id"\t"CreatedDate"\r\n"00Q.{15}"\t"\d{4}-\d\d-\d\dT[\d:]+\.000Z"\r\n$/);
  });

  it('has no results before it is complete, nor after it was aborted', async () => {
    running.org.faults.add({ kind: 'bulk-slow', ms: 60_000 });
    const { body } = await send('POST', QUERY, { operation: 'query', query: 'SELECT Id FROM Lead' });
    const path = `${QUERY}/${(body as { id: string }).id}`;
    expect(await send('GET', `${path}/results`)).toMatchObject({
      status: 412,
      body: [{ errorCode: 'JOB_NOT_COMPLETE' }],
    });
    expect((await send('PATCH', path, { state: 'Aborted' })).body).toMatchObject({ state: 'Aborted' });
    expect(await send('GET', `${path}/results`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALIDJOBSTATE' }],
    });
    expect(await send('PATCH', path, { state: 'Aborted' })).toMatchObject({ status: 400 });
    running.org.faults.clear();
  });

  it.each([
    ['SELECT Id FROM', 'MALFORMED_QUERY'],
    ['SELECT Nope FROM Lead', 'INVALID_FIELD'],
    ['SELECT COUNT(Id) FROM Lead', 'INVALIDJOB'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'INVALIDJOB'],
    ['SELECT Id FROM Lead OFFSET 5', 'INVALIDJOB'],
    ['SELECT Address FROM Lead', 'FEATURENOTENABLED'],
  ])('%s is refused at once', async (soql, code) => {
    expect(await send('POST', QUERY, { operation: 'query', query: soql })).toMatchObject({
      status: 400,
      body: [{ errorCode: code }],
    });
  });
});

describe('jsforce’s bulk2', () => {
  it('loads, and gets each record’s own result', async () => {
    const input = [{ LastName: 'J1', Company: 'jsforce' }, { LastName: 'J2' }, { LastName: 'J3', Company: 'jsforce' }];
    const loaded = await connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'insert', input });
    expect(loaded.successfulResults.map((row) => [(row as Json)['LastName'], row.sf__Created])).toEqual([
      ['J1', 'true'],
      ['J3', 'true'],
    ]);
    expect(loaded.failedResults).toMatchObject([
      { LastName: 'J2', sf__Error: expect.stringContaining('REQUIRED_FIELD_MISSING') },
    ]);
    expect(loaded.unprocessedRecords).toEqual([]);

    const ids = loaded.successfulResults.map((row) => row.sf__Id);
    const updates = ids.map((Id) => ({ Id, Title: 'CEO' }));
    await connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'update', input: updates });
    expect(count("Company = 'jsforce' AND Title = 'CEO'")).toBe(2);
    const gone = ids.map((Id) => ({ Id }));
    await connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'delete', input: gone });
    expect(count("Company = 'jsforce'")).toBe(0);
  });

  it('gives the rows of a query in its order', async () => {
    const stream = await connection.bulk2.query(
      "SELECT LastName, DoNotCall FROM Lead WHERE Company = 'q' ORDER BY LastName",
    );
    expect(await stream.toArray()).toEqual([
      { LastName: 'Q,b', DoNotCall: 'false' },
      { LastName: 'Qa', DoNotCall: 'true' },
      { LastName: 'Qc', DoNotCall: 'false' },
    ]);
  });
});

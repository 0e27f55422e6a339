// Every API of the local org holds a user to the same object and field permissions.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import type { Row } from '../model.ts';
import { parseXml } from '../metadata/xml.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { until } from '../../helpers/until.ts';
import { DATA, signIn, type Send } from './client.ts';
import { deploy, eventObject, textField } from './packages.ts';
import { field, grantOnly, object, revokeAll, userPermission } from './permissions.ts';
import { errorCode, PubSubClient, type PublishResponse, type TopicInfo } from './pubsubClient.ts';

// Every API of the org requires the same permissions: what REST refuses, no other one allows.
let running: RunningOrg;
let send: Send;
let admin: Send;
let events: PubSubClient;

beforeAll(async () => {
  running = await startOrg({ enforceAccess: true });
  await deploy(running.org, { 'objects/Note__e.object': eventObject(textField('Text__c')) });
  [admin, send] = await Promise.all([signIn(running), signIn(running, running.users.integration.username)]);
  events = new PubSubClient(running.org, running.pubsub);
});
beforeEach(() => revokeAll(running));
afterAll(async () => {
  events.close();
  await running.close();
});

const grant = (...permissions: string[]): Promise<void> => grantOnly(running, ...permissions);
const create = (name: string, fields: Row): string =>
  running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => tx.create(name, fields));
const lead = (fields: Row = {}): string => create('Lead', { LastName: 'Ng', Company: 'Acme', ...fields });
const EDITOR = object('Lead', ['allowRead', 'allowCreate', 'allowEdit']);

describe('the Bulk API', () => {
  interface JobInfo {
    id: string;
    state: string;
    errorMessage?: string;
    numberRecordsFailed: number;
  }
  const open = (operation: string, as = send) =>
    as('POST', `${DATA}/jobs/ingest`, { object: 'Lead', operation, contentType: 'CSV', lineEnding: 'LF' });
  /** Loads the file and returns the job when it is over. */
  async function load(operation: string, csv: string): Promise<JobInfo> {
    const { id } = (await open(operation)).body as JobInfo;
    await send('PUT', `${DATA}/jobs/ingest/${id}/batches`, csv, { 'content-type': 'text/csv' });
    await send('PATCH', `${DATA}/jobs/ingest/${id}`, { state: 'UploadComplete' });
    return until('the job is over', async () => {
      const job = (await send('GET', `${DATA}/jobs/ingest/${id}`)).body as JobInfo;
      return ['JobComplete', 'Failed'].includes(job.state) && job;
    });
  }

  it('takes no job for an object that the user does not see', async () => {
    expect(await open('insert')).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOB' }] });
    const query = { operation: 'query', query: 'SELECT Id FROM Lead' };
    expect((await send('POST', `${DATA}/jobs/query`, query)).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
  });

  it('refuses each record that the user may not write, and fields that he may not see', async () => {
    await grant(object('Lead', ['allowRead']), field('Lead.Title', false));
    const refused = await load('insert', 'LastName,Company\nNg,Acme\n');
    expect(refused).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 1 });
    const failed = (await send('GET', `${DATA}/jobs/ingest/${refused.id}/failedResults`)).body as string;
    expect(failed).toContain('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    await grant(EDITOR, field('Lead.Title', false));
    const readOnly = await load('insert', 'LastName,Company,Title\nNg,Acme,CEO\n');
    const reason = (await send('GET', `${DATA}/jobs/ingest/${readOnly.id}/failedResults`)).body as string;
    expect(reason).toContain('INVALID_FIELD_FOR_INSERT_UPDATE');
    expect(await load('insert', 'LastName,Company,Email\nNg,Acme,a@a.example\n')).toMatchObject({
      state: 'Failed',
      errorMessage: 'InvalidBatch : Field name not found : Email',
    });
  });

  it('queries what the user may read', async () => {
    await grant(EDITOR, field('Lead.Title', false));
    const query = (soql: string) => send('POST', `${DATA}/jobs/query`, { operation: 'query', query: soql });
    expect((await query('SELECT Email FROM Lead')).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    expect((await query('SELECT Title FROM Lead')).status).toBe(200);
  });

  it('deletes for good only with the permission for it', async () => {
    await grant(object('Lead', ['allowRead', 'allowEdit', 'allowDelete']));
    expect((await open('hardDelete')).body).toMatchObject([{ errorCode: 'FEATURENOTENABLED' }]);
    await grant(object('Lead', ['allowRead', 'allowEdit', 'allowDelete']), userPermission('BulkApiHardDelete'));
    expect(await load('hardDelete', `Id\n${lead()}\n`)).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 0 });
  });

  it('shows a user his own jobs, and all of them to who may manage data integrations', async () => {
    await grant(EDITOR);
    const theirs = (await open('insert', admin)).body as JobInfo;
    const own = (await open('insert')).body as JobInfo;
    expect(own.id).not.toBe(theirs.id);
    expect((await send('GET', `${DATA}/jobs/ingest/${theirs.id}`)).status).toBe(404);
    const { records } = (await send('GET', `${DATA}/jobs/ingest`)).body as { records: JobInfo[] };
    expect(records.map(({ id }) => id)).toContain(own.id);
    expect(records.map(({ id }) => id)).not.toContain(theirs.id);
    expect((await admin('GET', `${DATA}/jobs/ingest/${own.id}`)).status).toBe(200);
    await grant(EDITOR, userPermission('ManageDataIntegrations'));
    expect((await send('GET', `${DATA}/jobs/ingest/${theirs.id}`)).status).toBe(200);
  });
});

describe('the SOAP API', () => {
  /** The answer's text, for the integration user. */
  async function soap(body: string): Promise<string> {
    const { token } = running.org.sessions.open(running.users.integration.id, 'tests');
    const header = `<SessionHeader><sessionId>${token}</sessionId></SessionHeader>`;
    const response = await fetch(`${running.restUrl}/services/Soap/u/67.0`, {
      method: 'POST',
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`,
    });
    return response.text();
  }
  const sObject = (type: string, fields: Row): string =>
    `<sObjects><type>${type}</type>${Object.entries(fields)
      .map(([name, value]) => `<${name}>${String(value)}</${name}>`)
      .join('')}</sObjects>`;

  it('does not know an object that the user does not see, nor its fields', async () => {
    expect(await soap(`<create>${sObject('Lead', { LastName: 'x', Company: 'c' })}</create>`)).toContain(
      'INVALID_TYPE',
    );
    await grant(EDITOR, field('Lead.Title', false));
    expect(
      await soap(`<create>${sObject('Lead', { LastName: 'x', Company: 'c', Email: 'a@a.example' })}</create>`),
    ).toContain('<statusCode>INVALID_FIELD</statusCode>');
    expect(await soap(`<update>${sObject('Lead', { Id: lead(), Title: 'CEO' })}</update>`)).toContain(
      '<statusCode>INVALID_FIELD_FOR_INSERT_UPDATE</statusCode>',
    );
  });

  it('deletes, takes back, erases and merges only with Delete on the object', async () => {
    await grant(EDITOR);
    const [id, other] = [lead(), lead()];
    const gone = lead();
    running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => tx.remove('Lead', gone));
    const merge = `<merge><mergeRequests><masterRecord><type>Lead</type><Id>${id}</Id></masterRecord><recordToMergeIds>${other}</recordToMergeIds></mergeRequests></merge>`;
    for (const call of [
      `<delete><ids>${id}</ids></delete>`,
      `<undelete><ids>${gone}</ids></undelete>`,
      `<emptyRecycleBin><ids>${gone}</ids></emptyRecycleBin>`,
      merge,
    ]) {
      expect(await soap(call)).toContain('<statusCode>INSUFFICIENT_ACCESS_OR_READONLY</statusCode>');
    }
    await grant(object('Lead', ['allowRead', 'allowEdit', 'allowDelete']));
    expect(await soap(merge)).toContain('<success>true</success>');
    expect(await soap(`<undelete><ids>${gone}</ids></undelete>`)).toContain('<success>true</success>');
  });

  it('converts leads only with the permission for it, and what it may create', async () => {
    const convert = `<convertLead><leadConverts><leadId>${lead()}</leadId><convertedStatus>Closed - Converted</convertedStatus></leadConverts></convertLead>`;
    const all = ['Account', 'Contact', 'Opportunity'].map((name) =>
      object(name, ['allowRead', 'allowCreate', 'allowEdit']),
    );
    await grant(EDITOR, ...all);
    expect(await soap(convert)).toContain('INSUFFICIENT_ACCESS_OR_READONLY');
    await grant(EDITOR, userPermission('ConvertLeads'), ...all.slice(1));
    expect(await soap(convert)).toContain('<success>false</success>');
    await grant(EDITOR, userPermission('ConvertLeads'), ...all);
    expect(await soap(convert)).toContain('<success>true</success>');
  });

  it('answers the Metadata API only to who may modify metadata', async () => {
    const { token } = running.org.sessions.open(running.users.integration.id, 'tests');
    const ask = async (): Promise<string> => {
      const response = await fetch(`${running.restUrl}/services/Soap/m/67.0`, {
        method: 'POST',
        body: `<e:Envelope xmlns:e="x"><e:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></e:Header><e:Body><describeMetadata/></e:Body></e:Envelope>`,
      });
      return response.text();
    };
    expect(await ask()).toMatch(/INSUFFICIENT_ACCESS: use of the Metadata API requires a user with/);
    expect((await send('GET', `${DATA}/metadata/deployRequest/0Af000000000001AAA`)).status).toBe(403);
    await grant(userPermission('ModifyMetadata'));
    expect(parseXml(await ask()).name).toBe('Envelope');
    expect(await ask()).toContain('<xmlName>CustomObject</xmlName>');
  });
});

describe('search', () => {
  const search = async (sosl: string): Promise<unknown> =>
    (await send('GET', `${DATA}/search?q=${encodeURIComponent(sosl)}`)).body;

  it('finds records of the objects that the user sees, by the fields that he may read', async () => {
    const id = lead({ LastName: 'Quagga', Email: 'zorse@zoo.example' });
    create('Contact', { LastName: 'Quagga' });
    expect(await search('FIND {Quagga}')).toEqual({ searchRecords: [] });
    expect(await search('FIND {Quagga} RETURNING Lead')).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    await grant(EDITOR);
    expect(await search('FIND {Quagga}')).toMatchObject({ searchRecords: [{ Id: id }] });
    expect(await search('FIND {zorse} RETURNING Lead')).toEqual({ searchRecords: [] });
    expect(await search('FIND {Quagga} RETURNING Lead(Email)')).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    await grant(EDITOR, field('Lead.Email', false));
    expect(await search('FIND {zorse} RETURNING Lead')).toMatchObject({ searchRecords: [{ Id: id }] });
  });
});

describe('the User Interface API', () => {
  it('shows and writes what the user may', async () => {
    const id = lead({ Title: 'CEO', Email: 'a@a.example' });
    for (const path of ['object-info/Lead', `records/${id}?fields=Lead.Title`]) {
      expect((await send('GET', `${DATA}/ui-api/${path}`)).status).toBe(400);
    }
    await grant(object('Lead', ['allowRead']), field('Lead.Title', false));
    const { body } = await send('GET', `${DATA}/ui-api/object-info/Lead`);
    expect(body).toMatchObject({ createable: false, fields: { Title: { updateable: false } } });
    expect((body as { fields: object }).fields).not.toHaveProperty('Email');
    expect((await send('GET', `${DATA}/ui-api/records/${id}?fields=Lead.Email`)).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    const { body: visible } = await send(
      'GET',
      `${DATA}/ui-api/records/${id}?fields=Lead.Title&optionalFields=Lead.Email`,
    );
    expect((visible as { fields: object }).fields).toMatchObject({ Title: { displayValue: null, value: 'CEO' } });
    expect((visible as { fields: object }).fields).not.toHaveProperty('Email');
    expect((await send('PATCH', `${DATA}/ui-api/records/${id}`, { fields: { LastName: 'x' } })).status).toBe(403);
    const made = { apiName: 'Lead', fields: { LastName: 'x', Company: 'c' } };
    expect((await send('POST', `${DATA}/ui-api/records`, made)).status).toBe(400);
  });
});

describe('Pub/Sub', () => {
  const topic_name = '/event/Note__e';
  const topic = () => events.call<TopicInfo>('GetTopic', { topic_name });
  async function publish(): Promise<PublishResponse> {
    const { schema_id } = await topic();
    const payload = await events.encode(schema_id, { CreatedDate: 0n, CreatedById: '', Text__c: { string: 'x' } });
    return events.call('Publish', { topic_name, events: [{ id: 'a', schema_id, payload }] });
  }

  it('publishes only for who may create the event, and says so of the topic', async () => {
    await grant(object('Note__e', ['allowRead']));
    expect(await topic()).toMatchObject({ can_publish: false, can_subscribe: true });
    const error = await publish().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: status.PERMISSION_DENIED });
    expect(errorCode(error)).toBe('publish.topic.cannot.publish');
    await grant(object('Note__e', ['allowRead', 'allowCreate']));
    expect(await topic()).toMatchObject({ can_publish: true });
    expect((await publish()).results).toMatchObject([{ error: null }]);
  });
});

describe('audit fields', () => {
  const stamps = {
    CreatedDate: '2020-01-02T03:04:05.000Z',
    LastModifiedDate: '2020-02-03T04:05:06.000Z',
  };
  const post = (fields: Row) => send('POST', `${DATA}/sobjects/Lead`, { LastName: 'x', Company: 'c', ...fields });

  it('cannot be set without the permission for them', async () => {
    await grant(EDITOR);
    expect(await post({ CreatedDate: stamps.CreatedDate, CreatedById: running.users.admin.id })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['CreatedDate', 'CreatedById'] }],
    });
    // Not even by an administrator.
    const made = await admin('POST', `${DATA}/sobjects/Lead`, { LastName: 'x', Company: 'c', ...stamps });
    expect(made.body).toMatchObject([{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }]);
  });

  it('are set with it when a record is created, and never afterwards', async () => {
    await grant(EDITOR, userPermission('CreateAuditFields'));
    const by = { CreatedById: running.users.admin.id, LastModifiedById: running.users.admin.id };
    const { id } = (await post({ ...stamps, ...by })).body as { id: string };
    const row = running.org.get('Lead', id) ?? {};
    expect(row).toMatchObject({ ...stamps, ...by });
    expect(row['SystemModstamp']).not.toBe(stamps.LastModifiedDate);
    const { fields } = (await send('GET', `${DATA}/sobjects/Lead/describe`)).body as {
      fields: { name: string; createable: boolean; updateable: boolean }[];
    };
    expect(fields.find(({ name }) => name === 'CreatedDate')).toMatchObject({ createable: true, updateable: false });
    expect(
      (await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { CreatedDate: stamps.CreatedDate })).body,
    ).toMatchObject([{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['CreatedDate'] }]);
    expect((await post({ SystemModstamp: stamps.CreatedDate })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['SystemModstamp'] },
    ]);
    expect((await post({ CreatedById: '005000000000099AAA' })).body).toMatchObject([
      { errorCode: 'INVALID_CROSS_REFERENCE_KEY' },
    ]);
  });

  it('are not those of a task’s completion, which follows its status whatever the permission', async () => {
    await grant(userPermission('EditTask'), userPermission('CreateAuditFields'));
    const task = { Status: 'Completed', CompletedDateTime: stamps.CreatedDate };
    expect((await send('POST', `${DATA}/sobjects/Task`, task)).body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['CompletedDateTime'] },
    ]);
  });
});

// How a record of the local org ends and comes back: conversion, merge, and the recycle bin; what changed in a span of time.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import { fieldDef } from '../fields.ts';
import type { Row } from '../model.ts';
import { eventBus } from '../pubsub/bus.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { changedNames } from './bitmaps.ts';
import { assertion, DATA, signIn, type Send } from './client.ts';
import { channel, deploy, member } from './packages.ts';
import { PubSubClient, type ConsumerEvent, type DecodedEvent } from './pubsubClient.ts';

// Conversion, merge and recycle bin, by an unmodified jsforce over SOAP, and their change events.
const SELECTED = ['Account', 'Contact', 'Opportunity', 'Lead', 'Task'];
let running: RunningOrg;
let send: Send;
let connection: jsforce.Connection;
let events: PubSubClient;

beforeAll(async () => {
  running = await startOrg();
  await deploy(running.org, {
    'platformEventChannels/All__chn.platformEventChannel': channel(),
    ...Object.fromEntries(
      SELECTED.map((name) => [
        `platformEventChannelMembers/All_${name}ChangeEvent.platformEventChannelMember`,
        member('All__chn', `${name}ChangeEvent`),
      ]),
    ),
  });
  send = await signIn(running);
  connection = new jsforce.Connection({
    loginUrl: running.restUrl,
    version: '67.0',
    callOptions: { client: 'sellfire-bridge' },
  });
  await connection.authorize({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await assertion(running),
  });
  events = new PubSubClient(running.org, running.pubsub);
});
afterAll(async () => {
  events.close();
  await running.close();
});

const create = (object: string, fields: Row): string =>
  running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) => tx.create(object, fields));
const get = (object: string, id: string): Row | undefined => running.org.get(object, id);
const lead = (fields: Row = {}): Row => ({ LastName: 'Ng', Company: 'Acme', ...fields });

/** Every event that some work leads to. */
async function eventsOf(work: () => Promise<unknown>): Promise<{ raw: ConsumerEvent; event: DecodedEvent }[]> {
  const { log } = eventBus(running.org);
  const [mark, start] = [log.tip(), log.end];
  await work();
  const stream = events.subscribe({
    topic_name: '/data/All__chn',
    num_requested: 100,
    replay_preset: 'CUSTOM',
    replay_id: mark,
  });
  const raw = await stream.take(log.end - start);
  stream.stream.cancel();
  return Promise.all(raw.map(async (one) => ({ raw: one, event: await events.decode(one) })));
}
const shape = ({ event: { ChangeEventHeader: header } }: { event: DecodedEvent }) =>
  [header.changeType, header.entityName, header.sequenceNumber, header.recordIds.length] as const;
const conversion = (leadId: string, more: object = {}) => ({
  leadId,
  convertedStatus: 'Closed - Converted',
  doNotCreateOpportunity: false,
  overwriteLeadSource: false,
  sendNotificationEmail: false,
  ...more,
});

describe('a converted lead', () => {
  it('has events of account, contact, opportunity and lead in one transaction, the lead’s without its LastModifiedDate', async () => {
    const id = create('Lead', lead({ FirstName: 'Ann', Phone: '+1 555', Street: 'High St 1', LeadSource: 'Web' }));
    const all = await eventsOf(() => connection.soap.convertLead(conversion(id)));
    expect(all.map(shape)).toEqual([
      ['CREATE', 'Account', 1, 1],
      ['CREATE', 'Contact', 2, 1],
      ['CREATE', 'Opportunity', 3, 1],
      ['UPDATE', 'Lead', 4, 1],
    ]);
    expect(new Set(all.map(({ event }) => event.ChangeEventHeader.transactionKey)).size).toBe(1);
    const last = all[3];
    if (!last) throw new Error('There is no event.');
    const header = last.event.ChangeEventHeader;
    expect(header.changeOrigin).toBe('com/salesforce/api/soap/67.0;client=sellfire-bridge');
    expect(changedNames(await events.type(last.raw.event.schema_id), header.changedFields).sort()).toEqual([
      'ConvertedAccountId',
      'ConvertedContactId',
      'ConvertedDate',
      'ConvertedOpportunityId',
      'IsConverted',
      'Status',
    ]);
  });

  it('gives its fields to what comes of it, with a primary contact role and its tasks', async () => {
    const id = create(
      'Lead',
      lead({ FirstName: 'Ann', Phone: '+1 555', City: 'Bath', LeadSource: 'Web', Rating: 'Hot' }),
    );
    const task = create('Task', { WhoId: id, Subject: 'Call' });
    const done = await connection.soap.convertLead(conversion(id));
    expect(done).toMatchObject({ success: true, leadId: id, errors: [] });
    const [account = '', contact = '', opportunity = ''] = [done.accountId, done.contactId, done.opportunityId].map(
      String,
    );
    expect(get('Account', account)).toMatchObject({
      Name: 'Acme',
      Phone: '+1 555',
      BillingCity: 'Bath',
      Rating: 'Hot',
    });
    expect(get('Contact', contact)).toMatchObject({ Name: 'Ann Ng', AccountId: account, MailingCity: 'Bath' });
    expect(get('Opportunity', opportunity)).toMatchObject({
      Name: 'Acme',
      StageName: 'Prospecting',
      LeadSource: 'Web',
    });
    expect(running.org.find('OpportunityContactRole', { OpportunityId: opportunity })).toMatchObject([
      { ContactId: contact, IsPrimary: true },
    ]);
    expect(get('Task', task)).toMatchObject({ WhoId: contact, WhatId: opportunity, AccountId: account });
    expect(get('Lead', id)).toMatchObject({
      IsConverted: true,
      Status: 'Closed - Converted',
      ConvertedAccountId: account,
      ConvertedContactId: contact,
      ConvertedOpportunityId: opportunity,
    });
  });

  it('fills only what is empty in an account and a contact that exist, and makes no opportunity where none is wanted', async () => {
    const accountId = create('Account', { Name: 'Old', Phone: '1' });
    const contactId = create('Contact', { LastName: 'Old', AccountId: accountId, LeadSource: 'Other' });
    const id = create('Lead', lead({ Phone: '2', Email: 'a@b.example', LeadSource: 'Web' }));
    const more = { accountId, contactId, doNotCreateOpportunity: true, overwriteLeadSource: true };
    expect(await connection.soap.convertLead(conversion(id, more))).toMatchObject({
      success: true,
      accountId,
      contactId,
    });
    expect(get('Account', accountId)).toMatchObject({ Name: 'Old', Phone: '1' });
    expect(get('Contact', contactId)).toMatchObject({ LastName: 'Old', Email: 'a@b.example', LeadSource: 'Web' });
    expect(get('Lead', id)?.['ConvertedOpportunityId']).toBeNull();
  });

  it('is read-only, and neither converted again nor the subject of a new task', async () => {
    const id = create('Lead', lead());
    await connection.soap.convertLead(conversion(id));
    const code = [
      { errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD', message: 'cannot reference converted lead', fields: [] },
    ];
    expect(await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Title: 'x' })).toMatchObject({
      status: 400,
      body: code,
    });
    expect((await send('POST', `${DATA}/sobjects/Task`, { WhoId: id })).body).toMatchObject([
      { errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD', fields: ['WhoId'] },
    ]);
    expect(await connection.soap.convertLead([conversion(id), conversion(create('Lead', lead()))])).toMatchObject([
      { success: false, leadId: id, errors: [{ statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }] },
      { success: true },
    ]);
    expect((await send('DELETE', `${DATA}/sobjects/Lead/${id}`)).status).toBe(204);
  });

  it.each([
    ['a status that means no conversion', { convertedStatus: 'Working - Contacted' }, 'INVALID_STATUS'],
    ['a contact without its account', { contactId: '003SF0000000001AAA' }, 'REQUIRED_FIELD_MISSING'],
    [
      'a name for an opportunity that is not to be',
      { doNotCreateOpportunity: true, opportunityName: 'x' },
      'INVALID_FIELD',
    ],
    ['an account that is none', { accountId: '001SF0000009999' }, 'INVALID_CROSS_REFERENCE_KEY'],
  ])('is not made with %s, and nothing is left of the attempt', async (_what, more, statusCode) => {
    const id = create('Lead', lead());
    const before = running.org.find('Account', {}).length;
    const refused = await connection.soap.convertLead(conversion(id, more));
    expect(refused).toMatchObject({ success: false, errors: [{ statusCode }] });
    expect(running.org.find('Account', {})).toHaveLength(before);
    expect(get('Lead', id)?.['IsConverted']).toBe(false);
  });

  it('is not made of what only REST would write', async () => {
    expect((await send('POST', `${DATA}/sobjects/Lead`, { ...lead(), IsConverted: true })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['IsConverted'] },
    ]);
  });
});

describe('a merge', () => {
  const merge = (object: string, master: string, losers: string[], fields: object = {}) =>
    connection.soap.merge({
      additionalInformationMap: [],
      masterRecord: { type: object, Id: master, ...fields } as never,
      recordToMergeIds: losers,
    });

  it('has events of the losers’ deletion and the winner’s update; children that move have none', async () => {
    const [a, b, c] = [1, 2, 3].map((n) => create('Account', { Name: `A${n}` })) as [string, string, string];
    const contact = create('Contact', { LastName: 'Child', AccountId: b });
    const all = await eventsOf(() => merge('Account', a, [b, c], { Name: 'Merged' }));
    expect(all.map(shape)).toEqual([
      ['DELETE', 'Account', 1, 2],
      ['UPDATE', 'Account', 3, 1],
    ]);
    expect(all[0]?.event.ChangeEventHeader.recordIds).toEqual([b, c]);
    expect(all[1]?.event['Name']).toBe('Merged');
    expect(get('Contact', contact)?.['AccountId']).toBe(a);
  });

  it('says what moved, and leaves the winner’s id on the losers for queryAll', async () => {
    const [a, b] = [create('Contact', { LastName: 'a' }), create('Contact', { LastName: 'b' })];
    const task = create('Task', { WhoId: b });
    expect(await merge('Contact', a, [b])).toMatchObject({
      success: true,
      id: a,
      mergedRecordIds: [b],
      updatedRelatedIds: [task],
    });
    const soql = `SELECT Id, MasterRecordId FROM Contact WHERE IsDeleted = true AND MasterRecordId = '${a}'`;
    expect((await send('GET', `${DATA}/queryAll?q=${encodeURIComponent(soql)}`)).body).toMatchObject({
      records: [{ Id: b, MasterRecordId: a }],
    });
  });

  it('takes two records at most, of accounts, contacts and leads that are not converted', async () => {
    const [a = '', b = '', c = '', d = ''] = [1, 2, 3, 4].map(() => create('Lead', lead()));
    expect(await merge('Lead', a, [b, c, d])).toMatchObject({
      success: false,
      errors: [{ statusCode: 'MERGE_FAILED' }],
    });
    expect(await merge('Lead', a, [a])).toMatchObject({ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] });
    await connection.soap.convertLead(conversion(b));
    expect(await merge('Lead', a, [b])).toMatchObject({
      success: false,
      errors: [{ statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }],
    });
    const tasks = [create('Task', {}), create('Task', {})] as const;
    expect(await merge('Task', tasks[0], [tasks[1]])).toMatchObject({
      success: false,
      errors: [{ statusCode: 'MERGE_FAILED' }],
    });
    expect(get('Lead', a)).toBeDefined();
  });
});

describe('the recycle bin', () => {
  it('gives a record back with what went with it and what was emptied, in an UNDELETE event with all values', async () => {
    const account = create('Account', { Name: 'Acme' });
    const contact = create('Contact', { LastName: 'Detail', AccountId: account });
    const child = create('Account', { Name: 'Child', ParentId: account });
    const gone = await eventsOf(() => send('DELETE', `${DATA}/sobjects/Account/${account}`));
    expect(gone.map(shape)).toEqual([
      ['DELETE', 'Contact', 1, 1],
      ['DELETE', 'Account', 2, 1],
    ]);
    expect(get('Account', child)?.['ParentId']).toBeNull();
    const back = await eventsOf(() => connection.soap.undelete([account]));
    expect(back.map(shape)).toEqual([
      ['UNDELETE', 'Account', 1, 1],
      ['UNDELETE', 'Contact', 2, 1],
    ]);
    expect(back[1]?.event).toMatchObject({ AccountId: account, ChangeEventHeader: { changedFields: [] } });
    expect(get('Contact', contact)?.['AccountId']).toBe(account);
    expect(get('Account', child)?.['ParentId']).toBe(account);
  });

  it('gives nothing back that is not in it', async () => {
    const id = create('Account', { Name: 'Alive' });
    expect(await connection.soap.undelete([id])).toMatchObject([
      { success: false, errors: [{ statusCode: 'UNDELETE_FAILED', message: 'Entity is not in the recycle bin' }] },
    ]);
  });

  it('is emptied without an event; nothing finds the record afterwards, but /deleted still lists it', async () => {
    const id = create('Account', { Name: 'Gone' });
    await send('DELETE', `${DATA}/sobjects/Account/${id}`);
    expect(await eventsOf(() => connection.soap.emptyRecycleBin([id]))).toEqual([]);
    const soql = encodeURIComponent(`SELECT Id FROM Account WHERE Id = '${id}'`);
    expect((await send('GET', `${DATA}/queryAll?q=${soql}`)).body).toMatchObject({ totalSize: 0 });
    expect(await connection.soap.undelete([id])).toMatchObject([{ success: false }]);
    const span = `start=${new Date(Date.now() - 120_000).toISOString()}&end=${new Date(Date.now() + 120_000).toISOString()}`;
    const { body } = await send('GET', `${DATA}/sobjects/Account/deleted?${span}`);
    expect((body as { deletedRecords: { id: string }[] }).deletedRecords.map((record) => record.id)).toContain(id);
  });

  it('takes a merged record back without its children, which stay where they are', async () => {
    const [a, b] = [create('Account', { Name: 'a' }), create('Account', { Name: 'b' })];
    const contact = create('Contact', { LastName: 'c', AccountId: b });
    await connection.soap.merge({
      additionalInformationMap: [],
      masterRecord: { type: 'Account', Id: a } as never,
      recordToMergeIds: [b],
    });
    expect(await connection.soap.undelete([b])).toMatchObject([{ success: true, id: b }]);
    expect(get('Account', b)?.['MasterRecordId']).toBeNull();
    expect(get('Contact', contact)?.['AccountId']).toBe(a);
  });
});

describe('a span of time', () => {
  it.each([
    ['that ends before it starts', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['within one minute', '2026-01-02T00:00:01Z', '2026-01-02T00:00:59Z'],
    ['of more than 30 days ago', '2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'],
    ['that is none', 'yesterday', 'today'],
  ])('%s is refused', async (_what, start, end) => {
    expect(await send('GET', `${DATA}/sobjects/Lead/updated?start=${start}&end=${end}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_REPLICATION_DATE' }],
    });
  });
});

describe('SOAP', () => {
  it('saves records one by one for jsforce, each with its own answer', async () => {
    const made = await connection.soap.create([
      { type: 'Lead', LastName: 'Soap', Company: 'Co', NumberOfEmployees: 3, DoNotCall: true },
      { type: 'Lead', LastName: 'No company' },
    ] as never);
    expect(made).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Company'] }] },
    ]);
    const id = String((made as unknown as { id: string }[])[0]?.id);
    expect(get('Lead', id)).toMatchObject({ NumberOfEmployees: 3, DoNotCall: true });
    await connection.soap.update({ type: 'Lead', Id: id, Title: 'CEO', NumberOfEmployees: null } as never);
    expect(get('Lead', id)).toMatchObject({ Title: 'CEO', NumberOfEmployees: null });
    expect(await connection.soap.delete([id])).toMatchObject([{ success: true, id }]);
    expect((await connection.soap.getUserInfo()).userName).toBe(running.users.admin.username);
    expect(Date.parse((await connection.soap.getServerTimestamp()).timestamp)).toBeGreaterThan(0);
  });

  it('upserts by an external id, and answers which records are new', async () => {
    running.org.schema.addField(
      'Lead',
      fieldDef({ name: 'Soap_Id__c', type: 'string', unique: true, externalId: true }),
    );
    const [first] = (await connection.soap.upsert('Soap_Id__c', [
      { type: 'Lead', LastName: 'One', Company: 'Co', Soap_Id__c: 's 1' },
    ] as never)) as unknown as { id: string; created: boolean; success: boolean }[];
    expect(first).toMatchObject({ created: true, success: true });
    const again = await connection.soap.upsert('Soap_Id__c', [
      { type: 'Lead', Title: 'CEO', Soap_Id__c: 's 1' },
      { type: 'Lead', LastName: 'No key', Company: 'Co' },
    ] as never);
    expect(again).toMatchObject([
      { created: false, success: true, id: first?.id },
      { success: false, errors: [{ statusCode: 'MISSING_ARGUMENT' }] },
    ]);
    expect(get('Lead', first?.id ?? '')).toMatchObject({ LastName: 'One', Title: 'CEO' });
  });

  it('signs in by password where an administrator allows it, in the versions that still can', async () => {
    const { username } = running.users.admin;
    const client = (version: string) => new jsforce.Connection({ loginUrl: running.restUrl, version });
    await expect(client('50.0').login(username, 'local-org')).rejects.toThrow(
      /INVALID_OPERATION: SOAP API login\(\) is disabled/,
    );
    running.org.sessions.byPassword = true;
    const signedIn = client('50.0');
    expect(await signedIn.login(username, 'local-org')).toMatchObject({
      id: running.users.admin.id,
      organizationId: running.org.id,
    });
    expect(signedIn.instanceUrl).toBe(running.restUrl);
    expect((await signedIn.query('SELECT Id FROM User')).totalSize).toBe(2);
    await expect(client('50.0').login(username, 'wrong')).rejects.toThrow(/INVALID_LOGIN/);
    await expect(client('65.0').login(username, 'local-org')).rejects.toThrow(/not available in API version 65.0/);
    const token = signedIn.accessToken ?? '';
    await signedIn.logout();
    expect(running.org.sessions.verify(token)).toBeUndefined();
    running.org.sessions.byPassword = false;
  });

  it('answers with a fault whoever has no session, asks for what there is not, or sends no XML', async () => {
    const stranger = new jsforce.Connection({ instanceUrl: running.restUrl, accessToken: 'x', version: '67.0' });
    await expect(stranger.soap.getUserInfo()).rejects.toThrow(/INVALID_SESSION_ID/);
    await expect(connection.soap.describeTabs()).rejects.toThrow(/INVALID_OPERATION/);
    const answer = await fetch(`${running.restUrl}/services/Soap/u/67.0`, { method: 'POST', body: '<a><b></a>' });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('<soapenv:Fault>');
  });
});

// What a user of the local org may see, write and receive follows the permissions of the user, as in Salesforce.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldDef } from '../fields.ts';
import type { Row } from '../model.ts';
import { eventBus } from '../pubsub/bus.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { changedNames } from './bitmaps.ts';
import { DATA, signIn, type Send } from './client.ts';
import { channel, deploy, member, xml } from './packages.ts';
import { field, object, revokeAll, userPermission } from './permissions.ts';
import { errorCode, PubSubClient } from './pubsubClient.ts';

const FORCE_APP = join(fileURLToPath(new URL('../../..', import.meta.url)), 'force-app');
let running: RunningOrg;
let admin: Send;
let send: Send;
let events: PubSubClient;

beforeAll(async () => {
  running = await startOrg({ enforceAccess: true });
  const { org, users } = running;
  await deploy(org, {
    'platformEventChannels/All__chn.platformEventChannel': channel(),
    ...Object.fromEntries(
      ['Lead', 'Contact', 'Task'].map((name) => [
        `platformEventChannelMembers/All_${name}ChangeEvent.platformEventChannelMember`,
        member('All__chn', `${name}ChangeEvent`),
      ]),
    ),
  });
  // Begins with nothing: what each test needs it grants.
  revokeAll(running);
  [admin, send] = await Promise.all([signIn(running), signIn(running, users.integration.username)]);
  events = new PubSubClient(org, running.pubsub);
});
afterAll(async () => {
  events.close();
  await running.close();
});
afterEach(() => {
  for (const set of running.org.find('PermissionSet', { Name: 'Test' })) {
    for (const { Id } of running.org.find('PermissionSetAssignment', { PermissionSetId: set['Id'] ?? null })) {
      running.org.transact(as(), (tx) => tx.remove('PermissionSetAssignment', String(Id)));
    }
  }
});

const as = () => ({ user: running.users.admin.id, origin: '' });
const create = (name: string, fields: Row): string => running.org.transact(as(), (tx) => tx.create(name, fields));

/** Deploys a permission set and assigns it to the integration user, as an administrator would over REST. */
async function grant(...permissions: string[]): Promise<void> {
  const content = `<label>Test</label>${permissions.join('')}`;
  await deploy(running.org, { 'permissionsets/Test.permissionset': xml('PermissionSet', content) });
  const PermissionSetId = String(running.org.find('PermissionSet', { Name: 'Test' })[0]?.['Id']);
  const AssigneeId = running.users.integration.id;
  if (running.org.find('PermissionSetAssignment', { AssigneeId, PermissionSetId }).length > 0) return;
  const assigned = await admin('POST', `${DATA}/sobjects/PermissionSetAssignment`, { PermissionSetId, AssigneeId });
  expect(assigned.status).toBe(201);
}

describe('a user without permissions', () => {
  it('finds no object that is not for everyone, and writes nothing', async () => {
    const id = create('Lead', { LastName: 'x', Company: 'c' });
    expect((await send('GET', `${DATA}/sobjects/Lead/describe`)).status).toBe(404);
    expect((await send('GET', `${DATA}/sobjects/Lead/${id}`)).status).toBe(404);
    const query = (await send('GET', `${DATA}/query?q=SELECT+Id+FROM+Lead`)).body;
    expect(query).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    expect((await send('POST', `${DATA}/sobjects/Lead`, { LastName: 'x', Company: 'c' })).status).toBe(404);
    const { sobjects } = (await send('GET', `${DATA}/sobjects`)).body as { sobjects: { name: string }[] };
    expect(sobjects.map(({ name }) => name)).toEqual(expect.arrayContaining(['User', 'Profile']));
    expect(sobjects.map(({ name }) => name)).not.toContain('Lead');
    expect((await admin('GET', `${DATA}/sobjects/Lead/${id}`)).status).toBe(200);
  });
});

describe('object permissions', () => {
  it('let read, and no more, who has no more', async () => {
    await grant(object('Lead', ['allowRead']));
    const id = create('Lead', { LastName: 'x', Company: 'c' });
    expect((await send('GET', `${DATA}/sobjects/Lead/${id}`)).body).toMatchObject({ LastName: 'x' });
    expect((await send('GET', `${DATA}/sobjects/Lead/describe`)).body).toMatchObject({
      createable: false,
      updateable: false,
      deletable: false,
    });
    expect(await send('POST', `${DATA}/sobjects/Lead`, { LastName: 'x', Company: 'c' })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }],
    });
    for (const method of ['PATCH', 'DELETE'] as const) {
      const body = method === 'PATCH' ? { LastName: 'y' } : undefined;
      expect(await send(method, `${DATA}/sobjects/Lead/${id}`, body)).toMatchObject({
        status: 403,
        body: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }],
      });
    }
  });

  it('of several sets add up, and end with their assignment', async () => {
    await grant(object('Lead', ['allowRead', 'allowCreate', 'allowEdit']));
    const made = await send('POST', `${DATA}/sobjects/Lead`, { LastName: 'x', Company: 'c' });
    expect(made.status).toBe(201);
    const [assignment] = running.org.find('PermissionSetAssignment', { AssigneeId: running.users.integration.id });
    const path = `${DATA}/sobjects/PermissionSetAssignment/${String(assignment?.['Id'])}`;
    expect((await admin('DELETE', path)).status).toBe(204);
    expect((await send('POST', `${DATA}/sobjects/Lead`, { LastName: 'x', Company: 'c' })).status).toBe(404);
  });

  it('of an opportunity are those of its products and contact roles', async () => {
    await grant(object('Opportunity', ['allowRead']));
    const described = (await send('GET', `${DATA}/sobjects/OpportunityLineItem/describe`)).body;
    expect(described).toMatchObject({ createable: false, queryable: true });
  });

  it('of tasks are user permissions', async () => {
    await grant(userPermission('EditTask'));
    expect((await send('POST', `${DATA}/sobjects/Task`, {})).status).toBe(201);
  });
});

describe('field permissions', () => {
  it('hide a field from describe, records and queries, and refuse it when it is written', async () => {
    await grant(object('Lead', ['allowRead', 'allowCreate', 'allowEdit']), field('Lead.Phone', false));
    const id = create('Lead', { LastName: 'x', Company: 'c', Email: 'a@b.example', Phone: '1' });
    const { fields } = (await send('GET', `${DATA}/sobjects/Lead/describe`)).body as {
      fields: { name: string; updateable: boolean }[];
    };
    expect(fields.find(({ name }) => name === 'Email')).toBeUndefined();
    expect(fields.find(({ name }) => name === 'Phone')?.updateable).toBe(false);
    expect(fields.find(({ name }) => name === 'Company')?.updateable).toBe(true);
    const visible = (await send('GET', `${DATA}/sobjects/Lead/${id}`)).body;
    expect(visible).toMatchObject({ Phone: '1' });
    expect(visible).not.toHaveProperty('Email');
    expect((await send('GET', `${DATA}/query?q=SELECT+Email+FROM+Lead`)).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Email: 'b@b.example' })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect((await send('PATCH', `${DATA}/sobjects/Lead/${id}`, { Phone: '2' })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Phone'] },
    ]);
    const records = [{ attributes: { type: 'Lead' }, id, Phone: '3' }];
    expect((await send('PATCH', `${DATA}/composite/sobjects`, { records })).body).toMatchObject([
      { success: false, errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] },
    ]);
  });

  it('are needed for a field that is made later', async () => {
    await grant(object('Lead', ['allowRead']));
    running.org.schema.addField('Lead', fieldDef({ name: 'Later__c', type: 'string' }));
    const soql = `${DATA}/query?q=SELECT+Later__c+FROM+Lead`;
    expect((await send('GET', soql)).status).toBe(400);
    await deploy(running.org, {
      'permissionsets/Test.permissionset': xml(
        'PermissionSet',
        `<label>Test</label>${object('Lead', ['allowRead'])}${field('Lead.Later__c', true)}`,
      ),
    });
    expect((await send('GET', soql)).status).toBe(200);
  });
});

describe('change events', () => {
  /** A stream of the channel from here on. */
  const live = (topic_name = '/data/All__chn') =>
    events.subscribe({
      topic_name,
      num_requested: 10,
      replay_preset: 'CUSTOM',
      replay_id: eventBus(running.org).log.tip(),
    });
  const entities = async (stream: ReturnType<typeof live>, count: number): Promise<string[]> => {
    const raw = await stream.take(count);
    const decoded = await Promise.all(raw.map((event) => events.decode(event)));
    return decoded.map((event) => event.ChangeEventHeader.entityName);
  };

  it('of objects without View All are silently withheld on a channel, tasks without View All Data too', async () => {
    await grant(object('Lead', ['allowRead', 'viewAllRecords']), object('Contact', ['allowRead']));
    const stream = live();
    create('Contact', { LastName: 'withheld' });
    create('Task', {});
    create('Lead', { LastName: 'sent', Company: 'c' });
    expect(await entities(stream, 1)).toEqual(['Lead']);
    await grant(userPermission('ViewAllData'));
    create('Task', {});
    expect(await entities(stream, 2)).toEqual(['Lead', 'Task']);
  });

  it('of one object are refused to who may not see them all', async () => {
    await grant(object('Contact', ['allowRead']));
    expect(errorCode(await live('/data/ContactChangeEvent').failure())).toBe('subscription.topic.cannot.subscribe');
  });

  it('lack the fields that their reader may not read', async () => {
    await grant(object('Lead', ['allowRead', 'viewAllRecords']), field('Lead.Title', true));
    const id = create('Lead', { LastName: 'x', Company: 'c' });
    const stream = live();
    running.org.transact(as(), (tx) => tx.update('Lead', id, { Title: 'CEO', Phone: '+1', Company: 'd' }));
    const [raw] = await stream.take(1);
    if (!raw) throw new Error('There is no event.');
    const event = await events.decode(raw);
    expect(event).toMatchObject({ Title: 'CEO', Company: 'd', Phone: null });
    const type = await events.type(raw.event.schema_id);
    expect(changedNames(type, event.ChangeEventHeader.changedFields)).toEqual(
      expect.arrayContaining(['Title', 'Company', 'LastModifiedDate']),
    );
    expect(changedNames(type, event.ChangeEventHeader.changedFields)).not.toContain('Phone');
  });
});

describe('the integration user', () => {
  // Closed also where the test has ended before they have started.
  const starting: Promise<RunningOrg>[] = [];
  afterAll(() => Promise.all(starting.map(async (org) => (await org).close())));

  it('has the package’s permission set and an administrator’s own, with a namespace and without', async () => {
    starting.push(
      startOrg({ deploy: FORCE_APP, enforceAccess: true }),
      startOrg({ deploy: FORCE_APP, namespace: 'sellfire', enforceAccess: true }),
    );
    for (const started of await Promise.all(starting)) {
      const own = await signIn(started, started.users.integration.username);
      const described = async (name: string) => (await own('GET', `${DATA}/sobjects/${name}/describe`)).body;
      const prefix = started.org.namespace ? 'sellfire__' : '';
      expect(await described('Lead')).toMatchObject({ createable: true, updateable: true, deletable: false });
      const { fields } = (await described('Lead')) as { fields: { name: string; updateable: boolean }[] };
      const names = fields.filter(({ updateable }) => updateable).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['Phone', `${prefix}Sellfire_Lead_Id__c`]));
      expect(await described(`${prefix}Field_Mapping__c`)).toMatchObject({ queryable: true });
      expect((await own('POST', `${DATA}/sobjects/Lead`, { LastName: 'x', Company: 'c', Phone: '1' })).status).toBe(
        201,
      );
    }
  });
});

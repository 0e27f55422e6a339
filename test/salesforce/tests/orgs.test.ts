// Several orgs in one process are apart, and a refreshed sandbox is another org.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { eventBus } from '../pubsub/bus.ts';
import { startOrg, type RunningOrg } from '../server.ts';
import { DATA, post, signIn } from './client.ts';
import { channel, deploy, member } from './packages.ts';
import { errorCode, PubSubClient } from './pubsubClient.ts';

const FORCE_APP = join(fileURLToPath(new URL('../../..', import.meta.url)), 'force-app');
const OBJECTS = '/data/LeadChangeEvent';

describe('two orgs in one process', () => {
  let plain: RunningOrg;
  let managed: RunningOrg;
  // Closed also where the hook has ended before they have started.
  const starting: Promise<RunningOrg>[] = [];
  beforeAll(async () => {
    const both = [startOrg({ deploy: FORCE_APP }), startOrg({ deploy: FORCE_APP, namespace: 'sellfire' })] as const;
    starting.push(...both);
    [plain, managed] = await Promise.all(both);
  });
  afterAll(() => Promise.all(starting.map(async (org) => (await org).close())));

  it('have addresses, ids, keys and records of their own', async () => {
    expect(new Set([plain.org.id, managed.org.id]).size).toBe(2);
    expect(new Set([plain.restUrl, managed.restUrl, plain.pubsubUrl, managed.pubsubUrl]).size).toBe(4);
    const sends = await Promise.all([signIn(plain), signIn(managed)]);
    const [here, there] = sends;
    await here('POST', `${DATA}/sobjects/Lead`, { LastName: 'Only here', Company: 'c' });
    const soql = encodeURIComponent("SELECT count() FROM Lead WHERE LastName = 'Only here'");
    expect((await here('GET', `${DATA}/query?q=${soql}`)).body).toMatchObject({ totalSize: 1 });
    expect((await there('GET', `${DATA}/query?q=${soql}`)).body).toMatchObject({ totalSize: 0 });
  });

  it('take no token of each other', async () => {
    const { token } = plain.org.sessions.open(plain.users.admin.id, plain.clientId);
    const answer = await fetch(`${managed.restUrl}${DATA}/limits`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
    const client = new PubSubClient(plain.org, managed.pubsub);
    const refused = await client.call('GetTopic', { topic_name: OBJECTS }).catch((error: unknown) => error);
    expect(errorCode(refused)).toBe('service.auth.headers.invalid');
    client.close();
  });

  it('know the package under its name, with a namespace and without', () => {
    expect(plain.org.schema.find('Field_Mapping__c')).toBeDefined();
    expect(plain.org.schema.find('sellfire__Field_Mapping__c')).toBeUndefined();
    expect(managed.org.schema.find('sellfire__Field_Mapping__c')).toBeDefined();
    expect(managed.org.schema.find('Field_Mapping__c')).toBeUndefined();
  });

  it('stop alone', async () => {
    const third = await startOrg();
    await third.close();
    await expect(fetch(`${third.restUrl}/services/data`)).rejects.toThrow();
    expect((await fetch(`${plain.restUrl}/services/data`)).status).toBe(200);
  });
});

describe('a sandbox refresh', () => {
  let running: RunningOrg;
  beforeAll(async () => {
    running = await startOrg();
    await deploy(running.org, {
      'platformEventChannels/All__chn.platformEventChannel': channel(),
      'platformEventChannelMembers/All_LeadChangeEvent.platformEventChannelMember': member(
        'All__chn',
        'LeadChangeEvent',
      ),
    });
  });
  afterAll(() => running.close());

  it('leaves the address and the records, and gives another org id; sessions and replay ids are worth nothing', async () => {
    const { org } = running;
    const send = await signIn(running);
    const client = new PubSubClient(org, running.pubsub);
    const stream = client.subscribe({ topic_name: OBJECTS, num_requested: 10, replay_preset: 'EARLIEST' });
    const lead = { LastName: 'Kept', Company: 'c' };
    const created = await send('POST', `${DATA}/sobjects/Lead`, lead);
    const { id } = created.body as { id: string };
    const [event] = await stream.take(1);
    const before = org.id;

    const { body } = await (async () => {
      const answer = await fetch(`${running.restUrl}/_local/refresh`, { method: 'POST' });
      return { body: (await answer.json()) as { orgId: string } };
    })();
    expect(body.orgId).toBe(org.id);
    expect(org.id).not.toBe(before);
    expect((await stream.failure()).code).toBe(status.UNAVAILABLE);
    expect((await send('GET', `${DATA}/limits`)).status).toBe(401);
    client.close();

    const again = await signIn(running);
    expect((await again('GET', `${DATA}/sobjects/Lead/${id}`)).body).toMatchObject({ LastName: 'Kept' });
    const who = (await again('GET', '/services/oauth2/userinfo')).body;
    expect(who).toMatchObject({ organization_id: org.id });
    const fresh = new PubSubClient(org, running.pubsub);
    const resumed = fresh.subscribe({
      topic_name: OBJECTS,
      num_requested: 10,
      replay_preset: 'CUSTOM',
      replay_id: event?.replay_id,
    });
    expect(errorCode(await resumed.failure())).toBe('subscription.fetch.replayid.corrupted');
    fresh.close();
  });
});

describe('Pub/Sub faults over HTTP', () => {
  let running: RunningOrg;
  let client: PubSubClient;
  beforeAll(async () => {
    running = await startOrg();
    await deploy(running.org, {
      'platformEventChannels/All__chn.platformEventChannel': channel(),
      'platformEventChannelMembers/All_LeadChangeEvent.platformEventChannelMember': member(
        'All__chn',
        'LeadChangeEvent',
      ),
    });
    client = new PubSubClient(running.org, running.pubsub);
  });
  afterAll(async () => {
    client.close();
    await running.close();
  });

  const turn = async (body: object) => {
    const answer = await fetch(`${running.restUrl}/_local/pubsub`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const create = (): string =>
    running.org.transact({ user: running.users.admin.id, origin: '' }, (tx) =>
      tx.create('Lead', { LastName: 'x', Company: 'c' }),
    );
  /** A stream from here on. */
  const live = () =>
    client.subscribe({
      topic_name: '/data/All__chn',
      num_requested: 10,
      replay_preset: 'CUSTOM',
      replay_id: eventBus(running.org).log.tip(),
    });

  it('have the names of the switches, and drop streams with the status that is asked for', async () => {
    const stream = live();
    create();
    await stream.take(1);
    expect(await turn({ name: 'dropStreams', code: status.INTERNAL })).toEqual({ status: 200, body: { result: 1 } });
    expect((await stream.failure()).code).toBe(status.INTERNAL);
  });

  it('publish gaps, lose events and use up the allocation', async () => {
    const stream = live();
    await turn({ name: 'publishGap', object: 'Lead', type: 'UPDATE', recordIds: ['00QSF0000000001AAA'] });
    await turn({ name: 'loseEvents', count: 1 });
    create();
    const seen = create();
    const [gap, change] = await stream.take(2);
    if (!gap || !change) throw new Error('There are no events.');
    expect((await client.decode(gap)).ChangeEventHeader.changeType).toBe('GAP_UPDATE');
    expect((await client.decode(change)).ChangeEventHeader.recordIds).toEqual([seen]);
    await turn({ name: 'exhaustDeliveries' });
    expect(errorCode(await stream.failure())).toBe('subscription.limit.exceeded');
    expect((await turn({ name: 'restoreDeliveries' })).status).toBe(200);
  });

  it('stop the events of an object that an administrator deselects, without a word to the stream', async () => {
    const stream = live();
    create();
    await stream.take(1);
    await turn({ name: 'deselect', object: 'Lead' });
    create();
    const alone = client.subscribe({ topic_name: OBJECTS, num_requested: 1 });
    expect(errorCode(await alone.failure())).toBe('topic.not.found');
    await turn({ name: 'reselect' });
    const seen = create();
    const [, change] = await stream.take(2);
    if (!change) throw new Error('There is no event.');
    expect((await client.decode(change)).ChangeEventHeader.recordIds).toEqual([seen]);
    expect(stream.error).toBeUndefined();
  });

  it('are refused where there is no such switch, or it lacks what it needs', async () => {
    expect(await turn({ name: 'explode' })).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FAULT' }] });
    expect((await turn({ name: 'loseEvents' })).status).toBe(400);
    expect((await post(running, '/_local/pubsub', {})).status).toBe(400);
  });
});

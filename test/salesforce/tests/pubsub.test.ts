// The Pub/Sub API of the local org: who may call, flow control, replay and publishing.
import { describe, expect, it } from '@jest/globals';
import { status, Metadata } from '@grpc/grpc-js';
import { deploy } from './packages.ts';
import { errorCode, PubSubClient, type PublishResponse, type TopicInfo } from './pubsubClient.ts';
import {
  LEADS,
  NOTE,
  pass,
  HOUR,
  org,
  server,
  client,
  as,
  createLead,
  createThing,
  publishNote,
  leadWith,
  settled,
  roundTrip,
  now,
} from './pubsubOrg.ts';

describe('who may call', () => {
  it('a call without all three headers is refused as a configuration fault', async () => {
    for (const missing of ['accesstoken', 'instanceurl', 'tenantid']) {
      const metadata = client.metadata.clone();
      metadata.remove(missing);
      const error = await client.call('GetTopic', { topic_name: LEADS }, metadata).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: status.UNAUTHENTICATED });
      expect(errorCode(error)).toBe('service.auth.headers.invalid');
    }
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 1 }, new Metadata());
    expect(errorCode(await stream.failure())).toBe('service.auth.headers.invalid');
  });

  it('a token that is not of this org is refused as an authentication fault', async () => {
    const metadata = client.metadata.clone();
    metadata.set('accesstoken', 'not-a-token');
    const error = await client.call('GetTopic', { topic_name: LEADS }, metadata).catch((cause: unknown) => cause);
    expect(errorCode(error)).toBe('service.auth.error');
    expect((error as Error).message).toContain('rpcId: ');
  });

  it('a session that ends does not end the stream it opened', async () => {
    const other = new PubSubClient(org, server);
    const stream = other.subscribe({ topic_name: LEADS, num_requested: 2 });
    await settled(stream);
    createLead();
    await stream.take(1);
    org.sessions.close(String(other.metadata.get('accesstoken')[0]));
    createLead();
    await stream.take(2);
    expect(stream.error).toBeUndefined();
    other.close();
  });
});

describe('topics', () => {
  it('an object has a topic only when something selects it', async () => {
    expect(await client.call<TopicInfo>('GetTopic', { topic_name: LEADS })).toMatchObject({
      can_subscribe: true,
      can_publish: false,
    });
    for (const topic of [
      '/data/ContactChangeEvent',
      '/data/leadchangeevent',
      '/event/Lead',
      '/data/Nothing__chn',
      'LeadChangeEvent',
    ]) {
      const error = await client.call('GetTopic', { topic_name: topic }).catch((cause: unknown) => cause);
      expect([topic, errorCode(error)]).toEqual([topic, 'topic.not.found']);
    }
    const stream = client.subscribe({ topic_name: '/data/ContactChangeEvent', num_requested: 1 });
    expect(errorCode(await stream.failure())).toBe('topic.not.found');
  });

  it('a topic of several kinds has no schema of its own, and its events name theirs', async () => {
    const info = await client.call<TopicInfo>('GetTopic', { topic_name: '/data/Mine__chn' });
    expect(info.schema_id).toBe('');
    const stream = client.subscribe({ topic_name: '/data/Mine__chn', num_requested: 5 });
    await settled(stream);
    createLead();
    createThing('x');
    const events = await Promise.all((await stream.take(2)).map((event) => client.decode(event)));
    expect(events.map((event) => event.ChangeEventHeader.entityName)).toEqual(['Lead', 'Thing__c']);
  });

  it('the default channel has only the events that were selected for it', async () => {
    const stream = client.subscribe({ topic_name: '/data/ChangeEvents', num_requested: 5 });
    await settled(stream);
    createThing('unselected');
    createLead({ Company: 'Selected' });
    const [event] = await stream.take(1);
    expect(event && (await client.decode(event))['Company']).toBe('Selected');
  });

  it('a schema changes its id with its fields, and the old id stays readable', async () => {
    const before = await client.call<TopicInfo>('GetTopic', { topic_name: LEADS });
    createLead();
    await deploy(org, { 'objects/Lead.object': leadWith('Shade__c') });
    const after = await client.call<TopicInfo>('GetTopic', { topic_name: LEADS });
    expect(after.schema_id).not.toBe(before.schema_id);
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 100, replay_preset: 'EARLIEST' });
    createLead({ Shade__c: 'green' });
    const events = await stream.until((self) => self.events.some(({ event }) => event.schema_id === after.schema_id));
    const ids = new Set(events.events.map(({ event }) => event.schema_id));
    expect(ids).toEqual(new Set([before.schema_id, after.schema_id]));
    const last = events.events.at(-1);
    expect(last && (await client.decode(last))['Shade__c']).toBe('green');
    expect((await client.type(before.schema_id)).toString()).not.toContain('Shade__c');
    const error = await client.call('GetSchema', { schema_id: 'none' }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: status.NOT_FOUND });
  });
});

describe('flow control', () => {
  it('a stream never gets more than it asked for, and asking again adds', async () => {
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 2 });
    await settled(stream);
    const ids = Array.from({ length: 5 }, () => createLead());
    await stream.take(2);
    createLead();
    await roundTrip();
    expect(stream.events).toHaveLength(2);
    expect(stream.responses.at(-1)?.pending_num_requested).toBe(0);
    stream.fetch({ num_requested: 1 });
    stream.fetch({ topic_name: LEADS, num_requested: 1 });
    const events = await stream.take(4);
    const headers = await Promise.all(
      events.map(async (event) => (await client.decode(event)).ChangeEventHeader.recordIds[0]),
    );
    expect(headers).toEqual(ids.slice(0, 4));
  });

  it('more than 100 outstanding is treated as 100', async () => {
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 5000 });
    stream.fetch({ num_requested: 5000 });
    await settled(stream);
    org.transact(as(), (tx) => {
      for (let index = 0; index < 120; index += 1) tx.create('Lead', { LastName: `L${index}`, Company: 'Many' });
    });
    await stream.take(100);
    await roundTrip();
    expect(stream.events).toHaveLength(100);
    stream.fetch({ num_requested: 100 });
    await stream.take(120);
    expect(stream.responses.at(-1)?.pending_num_requested).toBe(80);
  });

  it('a request for nothing, another topic, or no topic is refused', async () => {
    const none = client.subscribe({ topic_name: LEADS, num_requested: 0 });
    expect(errorCode(await none.failure())).toBe('subscription.fetch.requested.events.invalid');
    const changed = client.subscribe({ topic_name: LEADS, num_requested: 1 });
    changed.fetch({ topic_name: NOTE, num_requested: 1 });
    const error = await changed.failure();
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(errorCode(error)).toBe('subscription.fetch.topic.mismatch');
    const blank = client.subscribe({ num_requested: 1 });
    expect(errorCode(await blank.failure())).toBe('topic.validation.empty');
  });

  it('a quiet stream is kept alive with an id from which it can resume', async () => {
    const stream = client.subscribe({ topic_name: NOTE, num_requested: 3 });
    await stream.until((self) => self.responses.length >= 2);
    const [keepalive] = stream.responses;
    expect(keepalive).toMatchObject({ events: [], pending_num_requested: 3 });
    publishNote('after the keepalive');
    await stream.take(1);
    const resumed = client.subscribe({
      topic_name: NOTE,
      num_requested: 3,
      replay_preset: 'CUSTOM',
      replay_id: keepalive?.latest_replay_id,
    });
    const [event] = await resumed.take(1);
    expect(event && (await client.decode(event))['Text__c']).toBe('after the keepalive');
  });

  it('a stream that asks for nothing more is closed', async () => {
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 1 });
    await settled(stream);
    createLead();
    await stream.until((self) => self.ended);
    expect(stream.events).toHaveLength(1);
  });
});

describe('replay', () => {
  it('the newest comes by default, the oldest on request, and a custom start is after its id', async () => {
    const live = client.subscribe({ topic_name: NOTE, num_requested: 10 });
    await settled(live);
    for (const text of ['one', 'two', 'three']) publishNote(text);
    const events = await live.take(3);
    const custom = client.subscribe({
      topic_name: NOTE,
      num_requested: 10,
      replay_preset: 'CUSTOM',
      replay_id: events[0]?.replay_id,
    });
    expect((await custom.take(2)).map(({ replay_id }) => replay_id)).toEqual(
      events.slice(1).map(({ replay_id }) => replay_id),
    );
    const all = client.subscribe({ topic_name: NOTE, num_requested: 100, replay_preset: 'EARLIEST' });
    await all.until((self) =>
      self.events.some(({ replay_id }) => replay_id.equals(events[2]?.replay_id ?? Buffer.alloc(0))),
    );
    expect(all.events.length).toBeGreaterThanOrEqual(4);
  });

  it('ids are opaque: not eight bytes, not in the order of numbers', async () => {
    const live = client.subscribe({ topic_name: NOTE, num_requested: 30 });
    await settled(live);
    for (let index = 0; index < 20; index += 1) publishNote(String(index));
    const ids = (await live.take(20)).map(({ replay_id }) => replay_id);
    expect(ids.every((id) => id.length !== 8)).toBe(true);
    expect([...ids].sort(Buffer.compare)).not.toEqual(ids);
  });

  it('an id that this org never gave is corrupted, and a custom start needs one', async () => {
    const unknown = client.subscribe({
      topic_name: LEADS,
      num_requested: 1,
      replay_preset: 'CUSTOM',
      replay_id: Buffer.alloc(10),
    });
    const error = await unknown.failure();
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(errorCode(error)).toBe('subscription.fetch.replayid.corrupted');
    const without = client.subscribe({ topic_name: LEADS, num_requested: 1, replay_preset: 'CUSTOM' });
    expect(errorCode(await without.failure())).toBe('subscription.fetch.replayid.validation.failed');
  });

  it('after 72 hours an event and its id are gone, and a keepalive id of later is not', async () => {
    const stream = client.subscribe({ topic_name: NOTE, num_requested: 10 });
    await settled(stream);
    publishNote('old');
    const [old] = await stream.take(1);
    pass(71 * HOUR);
    const count = stream.responses.length;
    await stream.until((self) => self.responses.length > count);
    const kept = stream.responses.at(-1)?.latest_replay_id;
    pass(2 * HOUR);
    const expired = client.subscribe({
      topic_name: NOTE,
      num_requested: 1,
      replay_preset: 'CUSTOM',
      replay_id: old?.replay_id,
    });
    expect(errorCode(await expired.failure())).toBe('subscription.fetch.replayid.corrupted');
    publishNote('new');
    for (const start of [{ replay_preset: 'CUSTOM', replay_id: kept }, { replay_preset: 'EARLIEST' }]) {
      const [event] = await client.subscribe({ topic_name: NOTE, num_requested: 10, ...start }).take(1);
      expect(event && (await client.decode(event))['Text__c']).toBe('new');
    }
  });

  it('all topics share one line of positions', async () => {
    const stream = client.subscribe({ topic_name: NOTE, num_requested: 10 });
    await settled(stream);
    publishNote('mark');
    const [mark] = await stream.take(1);
    const id = createLead({ Company: 'After the mark' });
    const leads = client.subscribe({
      topic_name: LEADS,
      num_requested: 10,
      replay_preset: 'CUSTOM',
      replay_id: mark?.replay_id,
    });
    const [lead] = await leads.take(1);
    expect(lead && (await client.decode(lead)).ChangeEventHeader.recordIds).toEqual([id]);
  });
});

describe('publishing', () => {
  it('an event that a client publishes passes the rules of the org, each with its own answer', async () => {
    const { schema_id } = await client.call<TopicInfo>('GetTopic', { topic_name: NOTE });
    const stream = client.subscribe({ topic_name: NOTE, num_requested: 10 });
    await settled(stream);
    const note = async (fields: object) =>
      client.encode(schema_id, {
        CreatedDate: 0n,
        CreatedById: '',
        Text__c: null,
        Size__c: null,
        At__c: null,
        ...fields,
      });
    const answer = await client.call<PublishResponse>('Publish', {
      topic_name: NOTE,
      events: [
        {
          id: 'a',
          schema_id,
          payload: await note({ Text__c: { string: 'good' }, At__c: { long: BigInt(now) }, Size__c: { double: 1.5 } }),
        },
        { id: 'b', schema_id, payload: await note({ Text__c: { string: 'x'.repeat(256) } }) },
        { id: 'c', schema_id, payload: Buffer.from('no avro') },
        { id: 'd', schema_id, payload: await note({ Text__c: { string: 'also good' } }) },
      ],
    });
    expect(answer.results.map(({ correlation_key, error }) => [correlation_key, error !== null])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
      ['d', false],
    ]);
    const events = await stream.take(2);
    expect(events.map(({ replay_id }) => replay_id)).toEqual([
      answer.results[0]?.replay_id,
      answer.results[3]?.replay_id,
    ]);
    const first = events[0] && (await client.decode(events[0]));
    expect(first).toMatchObject({
      Text__c: 'good',
      Size__c: 1.5,
      At__c: BigInt(now),
      CreatedById: org.users.integration.id,
    });
    expect(events[0]?.event.id).toBe('a');
  });

  it('requests on one stream are answered in order, and another topic ends it', async () => {
    const { schema_id } = await client.call<TopicInfo>('GetTopic', { topic_name: NOTE });
    const payload = await client.encode(schema_id, {
      CreatedDate: 0n,
      CreatedById: '',
      Text__c: null,
      Size__c: null,
      At__c: null,
    });
    const stream = client.stub.PublishStream(client.metadata);
    const answers: PublishResponse[] = [];
    const ended = new Promise<unknown>((resolve) => {
      stream.on('data', (answer: PublishResponse) => {
        answers.push(answer);
        if (answers.length === 2) stream.write({ topic_name: LEADS, events: [{ id: '3', schema_id, payload }] });
      });
      stream.on('error', resolve);
    });
    stream.write({ topic_name: NOTE, events: [{ id: '1', schema_id, payload }] });
    stream.write({ events: [{ id: '2', schema_id, payload }] });
    expect(errorCode(await ended)).toBe('publish.topic.mismatch');
    expect(answers.map((answer) => answer.results[0]?.correlation_key)).toEqual(['1', '2']);
  });

  it('change events cannot be published, nor requests without events, nor managed subscriptions opened', async () => {
    const change = await client
      .call('Publish', { topic_name: LEADS, events: [{ id: '1' }] })
      .catch((cause: unknown) => cause);
    expect(change).toMatchObject({ code: status.PERMISSION_DENIED });
    const none = await client.call('Publish', { topic_name: NOTE, events: [] }).catch((cause: unknown) => cause);
    expect(errorCode(none)).toBe('publish.event.count.invalid');
    const managed = client.stub.ManagedSubscribe(client.metadata);
    const error = await new Promise<unknown>((resolve) => managed.on('error', resolve).on('data', () => undefined));
    expect(error).toMatchObject({ code: status.UNIMPLEMENTED });
  });
});

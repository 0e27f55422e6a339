// Publishing platform events: each its own result, none lost between two requests.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import avsc from 'avsc';
import { createPubSub } from '../../bridge/salesforce/pubsub/client.ts';
import type { PubSub } from '../../bridge/salesforce/pubsub/client.ts';
import type { Session } from '../../bridge/salesforce/auth/session.ts';
import { startFakePubSub } from './fakePubSub.ts';
import type { FakePubSub } from './fakePubSub.ts';

const TOPIC = '/event/Integration_Report__e';
const optional = (type: string) => ({ type: ['null', type], default: null });
const SCHEMA = {
  type: 'record',
  name: 'Integration_Report__e',
  fields: [
    { name: 'CreatedDate', type: 'long', doc: 'CreatedDate:DateTime' },
    { name: 'CreatedById', type: 'string', doc: 'CreatedBy:EntityId' },
    { name: 'Report_Id__c', doc: 'Data:Text', ...optional('string') },
    { name: 'Occurred_At__c', doc: 'Data:DateTime', ...optional('long') },
    { name: 'Count__c', doc: 'Data:Double', ...optional('double') },
  ],
};

let fake: FakePubSub;
let pubsub: PubSub;
let issued: number;

beforeEach(async () => {
  fake = await startFakePubSub();
  fake.schemas.set('topic', JSON.stringify(SCHEMA));
  issued = 1;
  const token = () => ({ accessToken: `t${issued}`, instanceUrl: 'https://a.example', orgId: '00D', userId: '005' });
  const refresh = async (stale: string) => {
    if (stale === `t${issued}`) issued += 1;
    return token();
  };
  const session: Session = { token: async () => token(), refresh, revoke: async () => {} };
  pubsub = createPubSub({ address: fake.address, ca: readFileSync(fake.caFile, 'utf8'), session });
});
afterEach(async () => {
  await pubsub.close();
  await fake.close();
});

const type = avsc.Type.forSchema(SCHEMA as avsc.Schema);
const received = () =>
  fake.published.flatMap(({ events }) =>
    events.map(({ payload }) => ({ ...(type.fromBuffer(payload) as Record<string, unknown>) })),
  );

describe('publishing', () => {
  it('writes fields as the schema has them, dates and numbers too', async () => {
    const fields = { Report_Id__c: 'r1', Occurred_At__c: '2026-11-24T06:30:00.000Z', Count__c: 3 };
    expect(await pubsub.publish(TOPIC, [fields])).toEqual([{ ok: true, replayId: expect.any(String) }]);
    expect(received()).toEqual([
      {
        CreatedDate: expect.any(Number),
        CreatedById: '005',
        Report_Id__c: 'r1',
        Occurred_At__c: Date.UTC(2026, 10, 24, 6, 30),
        Count__c: 3,
      },
    ]);
  });

  it('four hundred and fifty events are three requests, in order', async () => {
    const events = Array.from({ length: 450 }, (_, n) => ({ Report_Id__c: String(n) }));
    const results = await pubsub.publish(TOPIC, events);
    expect(fake.published.map((request) => request.events.length)).toEqual([200, 200, 50]);
    expect(received().map(({ Report_Id__c }) => Report_Id__c)).toEqual(events.map(({ Report_Id__c }) => Report_Id__c));
    expect(results.every(({ ok }) => ok)).toBe(true);
  });

  it('no request is larger than 3 MB', async () => {
    const events = Array.from({ length: 8 }, () => ({ Report_Id__c: 'x'.repeat(900_000) }));
    await pubsub.publish(TOPIC, events);
    expect(fake.published.map((request) => request.events.length)).toEqual([3, 3, 2]);
  });

  it('what cannot be published fails alone, with the reason', async () => {
    fake.refusals.set(1, 'LIMIT_EXCEEDED: hourly publishing');
    const results = await pubsub.publish(TOPIC, [
      { Report_Id__c: 'a' },
      { Unknown__c: 'b' },
      { Report_Id__c: 'c' },
      { Count__c: 'not a number' },
      { Report_Id__c: 'x'.repeat(1_100_000) },
      { Report_Id__c: 'f' },
    ]);
    expect(results.map((result) => (result.ok ? 'ok' : `${result.fault.class} ${result.fault.code}`))).toEqual([
      'ok',
      'record INVALID_FIELD',
      'limit LIMIT_EXCEEDED',
      'record INVALID_VALUE',
      'record MESSAGE_TOO_LARGE',
      'ok',
    ]);
  });

  it('a token that ran out is renewed', async () => {
    fake.expired.add('t1');
    expect(await pubsub.publish(TOPIC, [{ Report_Id__c: 'a' }])).toMatchObject([{ ok: true }]);
    expect(issued).toBe(2);
  });

  it('a topic that is not there stops, without trying again', async () => {
    fake.topicFault = { code: status.NOT_FOUND, errorCode: 'topic.not.found' };
    await expect(pubsub.publish(TOPIC, [{ Report_Id__c: 'a' }])).rejects.toMatchObject({
      fault: { class: 'stop', code: 'TOPIC_NOT_FOUND' },
    });
  });
});

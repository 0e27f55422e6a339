// Bad days of the Pub/Sub API, on demand: streams that fall silent, are cut, or are refused.
import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { deploy } from './packages.ts';
import { errorCode } from './pubsubClient.ts';
import {
  LEADS,
  NOTE,
  org,
  server,
  client,
  createLead,
  publishNote,
  leadWith,
  settled,
  roundTrip,
} from './pubsubOrg.ts';

describe('bad days', () => {
  it('after the org moved, old ids are worth nothing and the events are still there', async () => {
    const stream = client.subscribe({ topic_name: NOTE, num_requested: 10 });
    await settled(stream);
    publishNote('kept');
    const [kept] = await stream.take(1);
    server.faults.corruptReplayIds();
    const refused = client.subscribe({
      topic_name: NOTE,
      num_requested: 1,
      replay_preset: 'CUSTOM',
      replay_id: kept?.replay_id,
    });
    expect(errorCode(await refused.failure())).toBe('subscription.fetch.replayid.corrupted');
    const again = client.subscribe({ topic_name: NOTE, num_requested: 100, replay_preset: 'EARLIEST' });
    await again.until((self) => self.events.length > 0);
    server.faults.expireEvents();
    const empty = client.subscribe({ topic_name: NOTE, num_requested: 1, replay_preset: 'EARLIEST' });
    publishNote('fresh');
    const [fresh] = await empty.take(1);
    expect(fresh && (await client.decode(fresh))['Text__c']).toBe('fresh');
  });

  it('streams can be dropped with any status', async () => {
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 1 });
    await settled(stream);
    expect(server.faults.dropStreams(status.INTERNAL)).toBeGreaterThan(0);
    expect((await stream.failure()).code).toBe(status.INTERNAL);
  });

  it('a silent server keeps the stream open and sends nothing, then sends what it held back', async () => {
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 10 });
    await settled(stream);
    server.faults.silence();
    const count = stream.responses.length;
    createLead();
    await roundTrip();
    expect(stream.responses).toHaveLength(count);
    expect(stream.ended).toBe(false);
    server.faults.endSilence();
    await stream.until((self) => self.events.length === 1);
  });

  it('events can be lost and held back', async () => {
    const stream = client.subscribe({ topic_name: NOTE, num_requested: 10 });
    await settled(stream);
    server.faults.loseEvents(1);
    publishNote('lost');
    server.faults.delay(1000);
    publishNote('late');
    await roundTrip();
    expect(stream.events).toHaveLength(0);
    server.faults.delay(0);
    const [event] = await stream.take(1);
    expect(event && (await client.decode(event))['Text__c']).toBe('late');
  });

  it('gaps and overflows come with a header and nothing else', async () => {
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 10 });
    await settled(stream);
    const id = createLead();
    server.faults.publishGap('Lead', 'UPDATE', [id]);
    server.faults.publishOverflow('Lead');
    const [, gap, overflow] = await Promise.all((await stream.take(3)).map((event) => client.decode(event)));
    expect(gap?.ChangeEventHeader).toMatchObject({ changeType: 'GAP_UPDATE', recordIds: [id], changedFields: [] });
    expect(gap?.['Company']).toBeNull();
    expect(overflow?.ChangeEventHeader).toMatchObject({
      changeType: 'GAP_OVERFLOW',
      recordIds: ['000000000000000AAA'],
    });
  });

  it('an event of more than a megabyte is sent as a gap', async () => {
    await deploy(org, {
      'objects/Lead.object': leadWith(
        'Story__c',
        '<type>LongTextArea</type><length>131072</length><visibleLines>3</visibleLines>',
        9,
      ),
    });
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 10 });
    await settled(stream);
    const long = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`Story${index || ''}__c`, 'x'.repeat(120_000)]),
    );
    createLead(long);
    const [event] = await stream.take(1);
    const decoded = event && (await client.decode(event));
    expect(decoded?.ChangeEventHeader.changeType).toBe('GAP_CREATE');
  });

  it('an exhausted allocation ends every stream and refuses new ones until it is restored', async () => {
    const used = org.usage.deliveredEvents.used;
    const stream = client.subscribe({ topic_name: LEADS, num_requested: 10 });
    await settled(stream);
    createLead();
    await stream.take(1);
    expect(org.usage.deliveredEvents.used).toBeGreaterThan(used);
    server.faults.exhaustDeliveries();
    const error = await stream.failure();
    expect(error.code).toBe(status.RESOURCE_EXHAUSTED);
    expect(errorCode(error)).toBe('subscription.limit.exceeded');
    const refused = client.subscribe({ topic_name: LEADS, num_requested: 1 });
    expect(errorCode(await refused.failure())).toBe('subscription.limit.exceeded');
    server.faults.restoreDeliveries();
    const back = client.subscribe({ topic_name: LEADS, num_requested: 1 });
    await settled(back);
    createLead();
    await back.take(1);
  });
});

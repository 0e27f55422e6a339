// What a subscription does on bad days. Each test is a promise whose breach once lost somebody's data (F1–F13).
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { createPubSub } from '../../bridge/salesforce/pubsub/client.ts';
import type { PubSub } from '../../bridge/salesforce/pubsub/client.ts';
import type { DecodedEvent } from '../../bridge/salesforce/pubsub/decode.ts';
import type {
  Batch,
  SubscribeOptions,
  Subscription,
  StreamProblem,
} from '../../bridge/salesforce/pubsub/subscription.ts';
import type { Session } from '../../bridge/salesforce/auth/session.ts';
import { settled } from '../helpers/clock.ts';
import { startHalfOpenProxy } from '../helpers/halfOpenProxy.ts';
import type { HalfOpenProxy } from '../helpers/halfOpenProxy.ts';
import { until } from '../helpers/until.ts';
import { leadEvent, leadSchema, startFakePubSub } from './fakePubSub.ts';
import type { FakePubSub } from './fakePubSub.ts';

const SCHEMA = leadSchema();
const TOPIC = '/data/Sellfire__chn';
/** Delays short enough for a test; the watchdog stays long but where it is tested. */
const TIMINGS = { settleMs: 50, retryMs: 20, slowDownMs: 30, waitMs: 40, longestRetryMs: 100, longestWaitMs: 100 };

let fake: FakePubSub;
let proxy: HalfOpenProxy | undefined;
let pubsub: PubSub | undefined;
let issued: number;
let batches: Batch[];
let problems: StreamProblem[];

beforeEach(async () => {
  fake = await startFakePubSub();
  fake.schemas.set('s1', SCHEMA);
  issued = 1;
  batches = [];
  problems = [];
  proxy = undefined;
});
afterEach(async () => {
  await pubsub?.close();
  await proxy?.close();
  await fake.close();
});

function subscribe(more: Partial<SubscribeOptions> = {}, address = fake.address): Subscription {
  const token = () => ({ accessToken: `t${issued}`, instanceUrl: 'https://a.example', orgId: '00D', userId: '005' });
  const session: Session = {
    token: async () => token(),
    refresh: async (stale) => {
      if (stale === `t${issued}`) issued += 1;
      return token();
    },
    revoke: async () => {},
  };
  pubsub = createPubSub({ address, ca: readFileSync(fake.caFile, 'utf8'), session });
  return pubsub.subscribe({
    topic: TOPIC,
    deliver: async (batch) => void batches.push(batch),
    onProblem: (problem) => void problems.push(problem),
    ...more,
    timings: { ...TIMINGS, ...more.timings },
  });
}

const event = (replayId: string, id = '00Q000000000001AAA'): [string, string, Buffer] => [
  replayId,
  's1',
  leadEvent(SCHEMA, { id }, { Company: `at ${replayId}` }),
];
const text = (base64: string): string => Buffer.from(base64, 'base64').toString();
const delivered = (): string[] => batches.flatMap(({ events }) => events.map(({ replayId }) => text(replayId)));
const cursors = (): (string | undefined)[] => batches.map(({ cursor }) => cursor && text(cursor.value));
const kinds = (): string[] => problems.map(({ kind }) => kind);
const cursorAt = (replayId: string) => ({ value: Buffer.from(replayId).toString('base64'), at: 1000 });

describe('a subscription', () => {
  it('without a cursor takes what happens from now on; with one, what came after it', async () => {
    subscribe();
    expect((await fake.stream(0)).requests[0]).toMatchObject({ topic_name: TOPIC, replay_preset: 'LATEST' });
    await pubsub?.close();
    subscribe({ cursor: cursorAt('id ÿ') });
    const { requests } = await fake.stream(1);
    expect(requests[0]?.replay_preset).toBe('CUSTOM');
    expect(requests[0]?.replay_id).toEqual(Buffer.from('id ÿ'));
  });

  it('a replay id is kept byte for byte, whatever its length', async () => {
    const odd = Buffer.from([0, 255, 128, 10, 13, 0, 200, 1, 2, 3, 254]);
    subscribe({ cursor: { value: odd.toString('base64'), at: 0 } });
    expect((await fake.stream(0)).requests[0]?.replay_id).toEqual(odd);
  });

  it('is connected only when the server has answered', async () => {
    fake.topicFault = { code: status.UNAVAILABLE, errorCode: 'service.unavailable' };
    const subscription = subscribe();
    await until('it has reconnected', () => subscription.state().reconnects > 1);
    expect(subscription.state().status).not.toBe('connected');
    expect(subscription.state().lastMessageAt).toBeUndefined();
    fake.topicFault = undefined;
    (await fake.stream(0)).keepalive('k');
    await until('it is connected', () => subscription.state().status === 'connected');
    expect(subscription.state()).toMatchObject({ lastError: { code: 'SERVICE_UNAVAILABLE' } });
  });

  it('events are delivered in order, one delivery at a time', async () => {
    let under = 0;
    subscribe({
      deliver: async (batch) => {
        expect((under += 1)).toBe(1);
        await settled();
        batches.push(batch);
        under -= 1;
      },
    });
    const stream = await fake.stream(0);
    for (let n = 0; n < 60; n += 3) stream.send([event(`${n}`), event(`${n + 1}`), event(`${n + 2}`)]);
    await until('60 events are delivered', () => delivered().length === 60);
    expect(delivered()).toEqual(Array.from({ length: 60 }, (_, n) => String(n)));
  });

  it('a slow delivery gives no more than the window: nothing is dropped, nothing more is asked for', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    subscribe({
      window: 250,
      deliver: async (batch) => {
        await held;
        batches.push(batch);
      },
    });
    const stream = await fake.stream(0);
    let sent = 0;
    const send = async (until: number): Promise<void> => {
      for (; sent < until; await sleep(1))
        while (stream.credit > 0 && sent < until) stream.send([event(String(sent++))]);
    };
    await send(250);
    // A request that must not come cannot be awaited: time passes in which it would.
    await sleep(100);
    expect(stream.credit).toBe(0);
    release();
    await send(500);
    await until('500 events are delivered', () => delivered().length === 500);
    expect(delivered()).toEqual(Array.from({ length: 500 }, (_, n) => String(n)));
  });

  it('as many events are requested as the platform allows, also while those that have come are not stored', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    subscribe({ deliver: () => held });
    const stream = await fake.stream(0);
    expect(stream.requests.map(({ num_requested }) => num_requested)).toEqual([100]);
    stream.send(Array.from({ length: 100 }, (_, n) => event(String(n))));
    await until('100 more are asked for', () => stream.credit === 100);
    // One by one, they are not asked for one by one.
    for (let n = 0; n < 49; n += 1) stream.send([event(`late ${n}`)]);
    await sleep(100);
    expect(stream.credit).toBe(51);
    stream.send([event('late 49')]);
    await until('100 are outstanding', () => stream.credit === 100);
    release();
  });

  it('a schema is asked for once, however many events wait for it', async () => {
    subscribe();
    const stream = await fake.stream(0);
    for (let n = 0; n < 20; n += 1) stream.send([event(String(n))]);
    await until('20 events are delivered', () => delivered().length === 20);
    expect(fake.schemaRequests).toEqual(['s1']);
  });

  it('a schema that changes mid-stream is read by its own id, in order', async () => {
    const later = leadSchema('Added__c');
    fake.schemas.set('s2', later);
    subscribe();
    const stream = await fake.stream(0);
    const changed = { type: 'UPDATE', changed: ['0x80'] };
    stream.send([event('1'), ['2', 's2', leadEvent(later, changed, { Added__c: 'new' })], event('3')]);
    await until('3 events are delivered', () => delivered().length === 3);
    expect(delivered()).toEqual(['1', '2', '3']);
    const change = batches.flatMap(({ events }) => events)[1] as DecodedEvent & { kind: 'change' };
    expect(change.changes[0]?.fields).toEqual({ Added__c: 'new' });
  });
});

describe('the cursor', () => {
  it('has the time of the org where no event has moved it', async () => {
    subscribe({ orgNow: () => 7_000 });
    (await fake.stream(0)).keepalive('k1');
    await until('the keepalive has moved it', () => cursors().includes('k1'));
    expect(batches.at(-1)?.cursor?.at).toBe(7_000);
  });

  it('never passes an event that was not delivered', async () => {
    let failing = 2;
    subscribe({
      cursor: cursorAt('0'),
      deliver: async (batch) => {
        if (failing-- > 0) throw new Error('disk full');
        batches.push(batch);
      },
    });
    for (const n of [0, 1]) {
      const stream = await fake.stream(n);
      expect(stream.requests[0]?.replay_id).toEqual(Buffer.from('0'));
      stream.send([event('1'), event('2')]);
    }
    const third = await fake.stream(2);
    expect(third.requests[0]?.replay_id).toEqual(Buffer.from('0'));
    third.send([event('1'), event('2')]);
    await until('2 events are delivered', () => delivered().length === 2);
    expect(kinds().filter((kind) => kind === 'undelivered')).toHaveLength(2);
  });

  it('never cuts a run of events with an equal replay id', async () => {
    const subscription = subscribe({ cursor: cursorAt('0') });
    const stream = await fake.stream(0);
    stream.send([event('1', '00Q000000000001AAA'), event('2', '00Q000000000002AAA')]);
    await until('delivery 1 is made', () => batches.length === 1);
    stream.send([event('2', '00Q000000000003AAA'), event('2', '00Q000000000004AAA')]);
    await until('delivery 2 is made', () => batches.length === 2);
    stream.send([event('3', '00Q000000000005AAA')]);
    await until('delivery 3 is made', () => batches.length === 3);
    expect(cursors()).toEqual(['1', '1', '2']);
    // Cut now, the run of 3 may be incomplete: it is asked for again, whole.
    stream.fail(status.UNAVAILABLE);
    expect((await fake.stream(1)).requests[0]?.replay_id).toEqual(Buffer.from('2'));
    expect(subscription.state().cursor && text(subscription.state().cursor?.value ?? '')).toBe('2');
  });

  it('is moved by a keepalive on a quiet channel', async () => {
    subscribe({ cursor: cursorAt('0') });
    const stream = await fake.stream(0);
    stream.send([event('1')]);
    stream.keepalive('9');
    await until('the cursor is at 9', () => cursors().at(-1) === '9');
    expect(batches.at(-1)?.cursor?.at).toBeGreaterThan(Date.now() - 60_000);
    stream.fail(status.UNAVAILABLE);
    expect((await fake.stream(1)).requests[0]?.replay_id).toEqual(Buffer.from('9'));
  });

  it('stands after the very first event, so that a restart does not begin at the latest', async () => {
    subscribe();
    (await fake.stream(0)).send([event('1')]);
    await until('the cursor is at 1', () => cursors()[0] === '1');
  });

  it('that the server refuses is reported with its time, and all that is still there is taken', async () => {
    subscribe({ cursor: cursorAt('old') });
    (await fake.stream(0)).fail(status.INVALID_ARGUMENT, 'subscription.fetch.replayid.corrupted');
    const second = await fake.stream(1);
    expect(second.requests[0]?.replay_preset).toBe('EARLIEST');
    expect(problems).toEqual([expect.objectContaining({ kind: 'cursorLost', since: 1000 })]);
    // Cut before anything came: still from the earliest, never from the latest.
    second.fail(status.UNAVAILABLE);
    const third = await fake.stream(2);
    expect(third.requests[0]?.replay_preset).toBe('EARLIEST');
    third.send([event('7')]);
    await until('an event is delivered', () => delivered().length === 1);
  });

  it('refused again and again, is waited for longer and longer, and reported each time', async () => {
    const started = Date.now();
    subscribe({ cursor: cursorAt('old') });
    for (let n = 0; n < 4; n += 1)
      (await fake.stream(n)).fail(status.INVALID_ARGUMENT, 'subscription.fetch.replayid.corrupted');
    await fake.stream(4);
    expect(problems).toEqual(Array(4).fill(expect.objectContaining({ kind: 'cursorLost', since: 1000 })));
    expect(Date.now() - started).toBeGreaterThan(20 + 40);
  });

  it('is kept while its loss cannot be stored', async () => {
    let full = true;
    const stored: StreamProblem[] = [];
    subscribe({
      cursor: cursorAt('old'),
      onProblem: async (problem) => {
        if (full) throw new Error('disk full');
        stored.push(problem);
      },
    });
    (await fake.stream(0)).fail(status.INVALID_ARGUMENT, 'subscription.fetch.replayid.corrupted');
    const second = await fake.stream(1);
    expect(second.requests[0]?.replay_preset).toBe('CUSTOM');
    full = false;
    second.fail(status.INVALID_ARGUMENT, 'subscription.fetch.replayid.corrupted');
    expect((await fake.stream(2)).requests[0]?.replay_preset).toBe('EARLIEST');
    expect(stored).toEqual([expect.objectContaining({ since: 1000 })]);
  });

  it('that never came before a cut is not made up by the latest: what happened meanwhile is taken', async () => {
    const subscription = subscribe();
    const first = await fake.stream(0);
    await until('it is connected', () => subscription.state().status === 'connected');
    first.fail(status.UNAVAILABLE);
    const second = await fake.stream(1);
    expect(second.requests[0]?.replay_preset).toBe('EARLIEST');
    // The payload's time lies long before the subscription: it is passed over, and the cursor passes it.
    second.send([event('1')]);
    second.keepalive('2');
    await until('the cursor is at 2', () => cursors().at(-1) === '2');
    expect(delivered()).toEqual([]);
  });
});

describe('a stream that', () => {
  it('dies without a word is noticed and resumed on a new connection', async () => {
    proxy = await startHalfOpenProxy(fake.address);
    const subscription = subscribe({ cursor: cursorAt('0'), timings: { silenceMs: 400 } }, proxy.address);
    const first = await fake.stream(0);
    first.send([event('1'), event('2')]);
    await until('2 events are delivered', () => delivered().length === 2);
    proxy.swallow();
    first.send([event('3')]);
    const second = await fake.stream(1);
    expect(second.requests[0]?.replay_id).toEqual(Buffer.from('1'));
    second.send([event('2'), event('3')]);
    await until('event 3 is delivered', () => delivered().includes('3'));
    expect(proxy.connections).toBe(2);
    expect(problems[0]).toMatchObject({ kind: 'disconnected', code: 'SILENCE' });
    expect(subscription.state().reconnects).toBe(1);
  });

  it('is reset is resumed', async () => {
    proxy = await startHalfOpenProxy(fake.address);
    subscribe({ cursor: cursorAt('0') }, proxy.address);
    const first = await fake.stream(0);
    first.send([event('1')]);
    first.keepalive('1');
    await until('the cursor is at 1', () => cursors().at(-1) === '1');
    proxy.reset();
    expect((await fake.stream(1)).requests[0]?.replay_id).toEqual(Buffer.from('1'));
  });

  it('the server ends without an error is resumed', async () => {
    subscribe({ cursor: cursorAt('0') });
    (await fake.stream(0)).end();
    await fake.stream(1);
    expect(problems[0]).toMatchObject({ kind: 'disconnected', code: 'STREAM_ENDED' });
  });

  it('finds its token expired takes a new one, once', async () => {
    fake.expired.add('t1');
    subscribe({ cursor: cursorAt('0') });
    expect((await fake.stream(0)).accessToken).toBe('t2');
    expect(issued).toBe(2);
    expect(kinds()).toEqual(['disconnected']);
  });

  it('finds the allocation used up waits, says until when, and keeps its cursor', async () => {
    subscribe({ cursor: cursorAt('0') });
    (await fake.stream(0)).fail(status.RESOURCE_EXHAUSTED, 'subscription.limit.exceeded');
    expect((await fake.stream(1)).requests[0]?.replay_id).toEqual(Buffer.from('0'));
    expect(problems[0]).toMatchObject({ kind: 'exhausted', code: 'SUBSCRIPTION_LIMIT_EXCEEDED' });
  });

  it.each([
    [status.NOT_FOUND, 'topic.not.found'],
    [status.PERMISSION_DENIED, 'subscription.topic.cannot.subscribe'],
    [status.UNAUTHENTICATED, 'service.auth.headers.invalid'],
  ])('only an admin can mend stops and says so (%i %s)', async (code, errorCode) => {
    fake.topicFault = { code, errorCode };
    const subscription = subscribe();
    await until('it has stopped', () => subscription.state().status === 'stopped');
    const reported = errorCode.replaceAll('.', '_').toUpperCase();
    expect(problems).toEqual([expect.objectContaining({ kind: 'stopped', code: reported })]);
    expect(fake.streams).toHaveLength(0);
  });
});

describe('an event that', () => {
  it('cannot be decoded is delivered as that, with its records, and stops nothing behind it', async () => {
    const subscription = subscribe();
    const stream = await fake.stream(0);
    const broken = leadEvent(SCHEMA, { id: '00Q000000000009AAA' }).subarray(0, -3);
    stream.send([event('1'), ['2', 's1', broken], ['3', 's1', Buffer.from('garbage')], event('4')]);
    await until('4 events are delivered', () => delivered().length === 4);
    expect(delivered()).toEqual(['1', '2', '3', '4']);
    const events = batches.flatMap((batch) => batch.events);
    expect(events.map(({ kind }) => kind)).toEqual(['change', 'undecodable', 'undecodable', 'change']);
    expect(events[1]).toMatchObject({ object: 'Lead', recordIds: ['00Q000000000009AAA'] });
    expect(subscription.state().undecodable).toBe(2);
  });

  it('names a schema that nobody has is delivered as undecodable, and the next such one at once', async () => {
    subscribe();
    const stream = await fake.stream(0);
    stream.send([['1', 'nowhere', Buffer.alloc(3)], ['2', 'nowhere', Buffer.alloc(3)], event('3')]);
    await until('3 events are delivered', () => delivered().length === 3);
    expect(batches.flatMap((batch) => batch.events).map(({ kind }) => kind)).toEqual([
      'undecodable',
      'undecodable',
      'change',
    ]);
    expect(fake.schemaRequests.filter((id) => id === 'nowhere')).toHaveLength(3);
  });

  it('is an overflow is reported before the cursor passes it', async () => {
    const order: string[] = [];
    subscribe({
      cursor: cursorAt('0'),
      deliver: async ({ cursor }) => void order.push(`cursor ${cursor && text(cursor.value)}`),
      onProblem: (problem) => void order.push(`${problem.kind} ${'object' in problem ? problem.object : ''}`),
    });
    const stream = await fake.stream(0);
    const overflow = leadEvent(SCHEMA, { type: 'GAP_OVERFLOW', ids: ['000000000000000AAA'] });
    stream.send([['1', 's1', overflow]]);
    stream.keepalive('1');
    await until('two things have happened', () => order.length >= 2);
    expect(order[0]).toBe('overflow Lead');
    expect(order.at(-1)).toBe('cursor 1');
  });
});

describe('closing', () => {
  it('lets the delivery under way end, and delivers nothing more', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const subscription = subscribe({
      deliver: async (batch) => {
        await held;
        batches.push(batch);
      },
    });
    const stream = await fake.stream(0);
    stream.send([event('1')]);
    await until('an event is received', () => subscription.state().received === 1);
    stream.send([event('2')]);
    const closed = subscription.close();
    release();
    await closed;
    expect(delivered()).toEqual(['1']);
    expect(subscription.state().status).toBe('stopped');
  });

  it('does not wait for a server that is not there', async () => {
    const subscription = subscribe({}, '127.0.0.1:1');
    await until('an error is known', () => subscription.state().lastError !== undefined);
    await subscription.close();
    expect(subscription.state()).toMatchObject({ status: 'stopped', lastError: { code: 'UNAVAILABLE' } });
  });
});

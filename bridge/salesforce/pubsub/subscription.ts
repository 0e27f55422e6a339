// A subscription to one topic that goes on whatever happens: it resumes from the cursor after every cut, silence and refused
// token, hands events on in order, and when the cursor itself is lost says so and takes all that is still there. It ends only
// when it is closed, or when only an admin can help.
import { pause, systemTimer, type Timer } from '../../lib/timer.ts';
import { SchemaError } from './avro.ts';
import type { Schemas } from './avro.ts';
import { openChannel } from './channel.ts';
import type { Channel, ChannelOptions } from './channel.ts';
import { CursorTracker } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { decodeEvent, undecodable } from './decode.ts';
import type { DecodedEvent, FieldTypes } from './decode.ts';
import { isServiceError, streamFault } from './streamFaults.ts';
import type { StreamFault } from './streamFaults.ts';
import type { ConsumerEvent, FetchResponse } from './proto.ts';
import { runStream } from './stream.ts';
import type { Position } from './stream.ts';
import { FailureCount, TIMINGS } from './timings.ts';
import type { Timings } from './timings.ts';

export interface Batch {
  /** In the order of the topic; empty for a keepalive, which only moves the cursor. */
  events: DecodedEvent[];
  /**
   * Covers events handed on with this or an earlier batch and nothing else; the latest of them may lie behind it and come
   * again after a restart. Undefined only while there never was one.
   */
  cursor: Cursor | undefined;
}

/** What the owner has to hear of. Awaited; what happens next happens after it. */
export type StreamProblem =
  /** The cursor is refused (72 hours passed, or the org moved). What is still there is taken; `since` is to be read back. */
  | { kind: 'cursorLost'; since: number | undefined; code: string; message: string }
  /** Changes of this object that no event tells: told before the cursor passes them. */
  | { kind: 'overflow'; object: string; at: number }
  /** An allocation is used up; tried again at `retryAt` (ms). */
  | { kind: 'exhausted'; retryAt: number; code: string; message: string }
  /** `deliver` failed: the same events are handed on again. */
  | { kind: 'undelivered'; error: unknown }
  /** The stream was cut, and is resumed at `retryAt` (ms). */
  | { kind: 'disconnected'; retryAt: number; code: string; message: string }
  /** Only an admin can help; the subscription has ended. */
  | { kind: 'stopped'; code: string; message: string };

export interface SubscribeOptions {
  /** `/data/Sellfire__chn`, `/event/Configuration_Changed__e` */
  topic: string;
  /** Where to resume; without it, only what happens from now on. */
  cursor?: Cursor;
  /** Events asked for and not delivered, at most. Default 500: at a round trip of 50 ms that carries 10,000 events a second. */
  window?: number;
  /** Keeps the events and the cursor durably, together. */
  deliver: (batch: Batch) => Promise<void>;
  onProblem?: (trouble: StreamProblem) => Promise<void> | void;
  /** Describe's field types, which tell dates from numbers. */
  fieldTypes?: FieldTypes;
  timings?: Partial<Timings>;
  timer?: Timer | undefined;
}

/** How far the clocks of the bridge and the org may be apart. */
const CLOCKS_MS = 300_000;

export interface SubscriptionState {
  topic: string;
  /** `connected`: the server answered on this connection. `waiting`: for the next try, at `waitUntil`. */
  status: 'connecting' | 'connected' | 'waiting' | 'stopped';
  /** Events since the start, and those of them that were kept. */
  received: number;
  delivered: number;
  undecodable: number;
  reconnects: number;
  /** ms since the epoch. */
  lastMessageAt: number | undefined;
  lastEventAt: number | undefined;
  waitUntil: number | undefined;
  cursor: Cursor | undefined;
  lastError: { code: string; message: string; at: number } | undefined;
}

export interface Subscription {
  state(): SubscriptionState;
  /** Ends after the delivery under way. */
  close(): Promise<void>;
}

/** Marks a failure of `deliver`, which is not the peer's. */
class UndeliveredError extends Error {
  readonly code = 'UNDELIVERED';
}

export function startSubscription(options: SubscribeOptions, peer: ChannelOptions, schemas: Schemas): Subscription {
  const { topic, window = 500, timer = systemTimer, deliver, fieldTypes = () => undefined } = options;
  const timings = { ...TIMINGS, ...options.timings };
  const closing = new AbortController();
  const cursor = new CursorTracker(options.cursor);
  const state: SubscriptionState = {
    topic,
    status: 'connecting',
    received: 0,
    delivered: 0,
    undecodable: 0,
    reconnects: 0,
    lastMessageAt: undefined,
    lastEventAt: undefined,
    waitUntil: undefined,
    cursor: options.cursor,
    lastError: undefined,
  };
  /** Where to begin without a cursor: at the latest, but after a lost cursor at the earliest that is still there. */
  let without: Position = { preset: 'LATEST' };
  /** When the server first took the subscription, and before which nothing is wanted of an earliest position. */
  let takenAt: number | undefined;
  let skipBefore = 0;
  /** The time of a lost cursor, until there is a new one. */
  let lostAt: number | undefined;
  const retry = new FailureCount(timings);
  /** Apart from cuts, which say nothing about the allocation. */
  const exhausted = new FailureCount(timings);
  let connectedAt: number | undefined;
  let refused: string | undefined;

  const reportProblem = async (problem: StreamProblem): Promise<void> => options.onProblem?.(problem);

  function connected(openedAt: number): void {
    state.status = 'connected';
    connectedAt ??= timer.now();
    takenAt ??= openedAt;
  }

  /** @returns where the next stream begins. */
  function position(): Position {
    cursor.restart();
    if (cursor.covered) return { preset: 'CUSTOM', replayId: Buffer.from(cursor.covered.value, 'base64') };
    if (takenAt !== undefined && without.preset === 'LATEST') {
      // Cut before any cursor came: the latest would leave out what happened meanwhile, so the earliest is taken, and what
      // is older than the subscription is passed over.
      without = { preset: 'EARLIEST' };
      skipBefore = takenAt - CLOCKS_MS;
    }
    return without;
  }

  async function once(): Promise<void> {
    connectedAt = undefined;
    state.status = 'connecting';
    if (refused !== undefined) await peer.session.refresh(refused);
    refused = undefined;
    const channel = await openChannel(peer, closing.signal);
    let settled: NodeJS.Timeout | undefined;
    try {
      await channel.topic(topic);
      state.lastMessageAt = timer.now();
      const openedAt = timer.now();
      settled = setTimeout(connected, timings.settleMs, openedAt);
      await runStream({
        call: channel.subscribe(),
        topic,
        position: position(),
        window,
        silenceMs: timings.silenceMs,
        signal: closing.signal,
        heard: () => {
          state.lastMessageAt = timer.now();
          connected(openedAt);
        },
        handle: (responses) => handle(responses, channel),
      });
    } catch (error) {
      if (isServiceError(error) && streamFault(error).remedy === 'refresh') refused = channel.token.accessToken;
      throw error;
    } finally {
      clearTimeout(settled);
      channel.close();
    }
  }

  async function handle(responses: FetchResponse[], channel: Channel): Promise<void> {
    const before = cursor.covered;
    const events: DecodedEvent[] = [];
    try {
      for (const response of responses) {
        state.received += response.events.length;
        for (const consumed of response.events) {
          const event = await decode(consumed, channel);
          if (event.kind === 'overflow') await reportProblem({ kind: 'overflow', object: event.object, at: event.at });
          cursor.event(consumed, event.at);
          if (event.at >= skipBefore) events.push(event);
        }
        cursor.response(response, timer.now());
      }
      if (events.length > 0 || cursor.covered !== before) await keep({ events, cursor: cursor.covered });
    } catch (error) {
      // Nothing of this was kept: the next stream begins where the last delivery ended.
      cursor.covered = before;
      throw error;
    }
  }

  async function keep(batch: Batch): Promise<void> {
    await deliver(batch).catch((error: unknown) => {
      throw new UndeliveredError('The events could not be kept.', { cause: error });
    });
    const { events } = batch;
    state.cursor = batch.cursor;
    if (batch.cursor) lostAt = undefined;
    state.delivered += events.length;
    state.undecodable += events.filter(({ kind }) => kind === 'undecodable').length;
    state.lastEventAt = events.at(-1)?.at ?? state.lastEventAt;
  }

  async function decode({ event, replay_id }: ConsumerEvent, channel: Channel): Promise<DecodedEvent> {
    const replayId = replay_id.toString('base64');
    if (!event) return undecodable(replayId, new Error('The event is empty.'), timer.now());
    let schema;
    try {
      schema = await schemas.get(event.schema_id, (id) => channel.schema(id));
    } catch (error) {
      if (error instanceof SchemaError) return undecodable(replayId, error, timer.now());
      throw error;
    }
    return decodeEvent(schema, event.payload, replayId, fieldTypes, timer.now());
  }

  /** @returns how long to wait before the next try, or undefined when there is none. */
  async function react(fault: StreamFault, error: unknown): Promise<number | undefined> {
    const { code, message } = fault;
    state.lastError = { code, message, at: timer.now() };
    const connectedMs = connectedAt === undefined ? 0 : timer.now() - connectedAt;
    (fault.remedy === 'wait' ? exhausted : retry).failed(connectedMs);
    // Before the owner hears of it: no event comes on this stream any more.
    state.status = 'waiting';
    const { retryMs, longestRetryMs, slowDownMs, waitMs, longestWaitMs } = timings;
    if (error instanceof UndeliveredError) await reportProblem({ kind: 'undelivered', error: error.cause });
    switch (fault.remedy) {
      case 'stop':
        await reportProblem({ kind: 'stopped', code, message });
        return undefined;
      case 'cursorLost':
        lostAt = cursor.covered?.at ?? lostAt;
        await reportProblem({ kind: 'cursorLost', since: lostAt, code, message });
        cursor.covered = undefined;
        state.cursor = undefined;
        without = { preset: 'EARLIEST' };
        skipBefore = 0;
        return retry.failures === 1 ? 0 : retry.delay(retryMs, longestRetryMs);
      case 'wait': {
        const wait = exhausted.delay(waitMs, longestWaitMs);
        await reportProblem({ kind: 'exhausted', retryAt: timer.now() + wait, code, message });
        return wait;
      }
      case 'refresh':
      case 'retry':
      case 'slowDown': {
        const first = fault.remedy === 'slowDown' ? slowDownMs : retryMs;
        // A token that ran out is renewed at once; one that is refused again is not.
        const wait = fault.remedy === 'refresh' && retry.failures === 1 ? 0 : retry.delay(first, longestRetryMs);
        await reportProblem({ kind: 'disconnected', retryAt: timer.now() + wait, code, message });
        return wait;
      }
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      let failure: unknown = Object.assign(new Error('The server ended the stream.'), { code: 'STREAM_ENDED' });
      try {
        await once();
      } catch (error) {
        failure = error;
      }
      if (closing.signal.aborted) return;
      const wait = await react(streamFault(failure), failure).catch(
        // Who was told could not take it in (its store is full, say): the same comes again, and is told again.
        () => retry.delay(timings.retryMs, timings.longestRetryMs),
      );
      if (wait === undefined) return;
      state.status = 'waiting';
      state.waitUntil = timer.now() + wait;
      await pause(timer, wait, closing.signal);
      if (closing.signal.aborted) return;
      state.waitUntil = undefined;
      state.reconnects += 1;
    }
  }

  const running = run().finally(() => {
    state.status = 'stopped';
    state.waitUntil = undefined;
  });
  return {
    state: () => ({ ...state }),
    async close() {
      closing.abort();
      await running;
    },
  };
}

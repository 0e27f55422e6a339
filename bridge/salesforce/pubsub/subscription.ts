// Keeps a subscription to one topic alive: it resumes from the cursor after every disconnect, silence and refused token, and delivers
// events in order. When the cursor itself is lost, it reports that and reads every event that the platform still keeps. It ends only
// when it is closed or when only an admin can help.
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
   * Covers only events delivered with this or an earlier batch. The latest of them may lie after the cursor and be delivered
   * again after a restart. Undefined only before the first cursor.
   */
  cursor: Cursor | undefined;
}

/** A problem that the subscription reports to its owner. It awaits the handler before it continues. */
export type StreamProblem =
  /** The cursor is refused (72 hours passed, or the org moved). The kept events are read; the owner reads changes since `since`. */
  | { kind: 'cursorLost'; since: number | undefined; code: string; message: string }
  /** Changes of this object without an event of their own. Reported before the cursor passes them. */
  | { kind: 'overflow'; object: string; at: number }
  /** An allocation is used up. The next attempt is at `retryAt` (ms). */
  | { kind: 'exhausted'; retryAt: number; code: string; message: string }
  /** `deliver` failed. The same events are delivered again. */
  | { kind: 'undelivered'; error: unknown }
  /** The stream was disconnected and resumes at `retryAt` (ms). */
  | { kind: 'disconnected'; retryAt: number; code: string; message: string }
  /** Only an admin can help; the subscription has ended. */
  | { kind: 'stopped'; code: string; message: string };

export interface SubscribeOptions {
  /** `/data/Sellfire__chn`, `/event/Configuration_Changed__e` */
  topic: string;
  /** The cursor to resume from. Without it, only new events are delivered. */
  cursor?: Cursor;
  /** The most events that are requested, or received and not yet delivered. Default 500: what comes in four round trips may wait. */
  window?: number;
  /** Stores the events and the cursor durably in one step. */
  deliver: (batch: Batch) => Promise<void>;
  onProblem?: (problem: StreamProblem) => Promise<void> | void;
  /** The field types of the describe, which distinguish dates from numbers. */
  fieldTypes?: FieldTypes;
  timings?: Partial<Timings>;
  timer?: Timer | undefined;
  /** ms since the epoch, by the org's clock, which stamps its events. Default: that of the timer. */
  orgNow?: () => number;
}

/**
 * How far before the subscription a stream without a cursor looks back. The org's clock is known to the second of its last answer,
 * and an event is stamped before it is published; what was received before comes a second time at most, and is known by its replay id.
 */
const LOOK_BACK_MS = 300_000;

export interface SubscriptionState {
  topic: string;
  /** `connected`: the server answered on this connection. `waiting`: the next attempt is at `waitUntil`. */
  status: 'connecting' | 'connected' | 'waiting' | 'stopped';
  /** Events received since the start, and those that were stored. */
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

/** Marks a failure of `deliver`, which the peer did not cause. */
class UndeliveredError extends Error {
  readonly code = 'UNDELIVERED';
}

export function startSubscription(options: SubscribeOptions, peer: ChannelOptions, schemas: Schemas): Subscription {
  const { topic, window = 500, timer = systemTimer, deliver, fieldTypes = () => undefined } = options;
  const { orgNow = timer.now } = options;
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
  /** Where a stream without a cursor begins: at the latest event, or after a lost cursor at the earliest kept event. */
  let withoutCursor: Position = { preset: 'LATEST' };
  /** When the server first accepted the subscription, by the org's clock. */
  let subscribedAt: number | undefined;
  /** Events before this time are skipped when a stream begins at the earliest event. */
  let skipBefore = 0;
  /** The time of a lost cursor, until a new cursor is stored. */
  let lostAt: number | undefined;
  const retry = new FailureCount(timings);
  /** Separate from disconnects, which say nothing about the allocation. */
  const exhausted = new FailureCount(timings);
  let connectedAt: number | undefined;
  let refused: string | undefined;

  const reportProblem = async (problem: StreamProblem): Promise<void> => options.onProblem?.(problem);

  function connected(openedAt: number): void {
    state.status = 'connected';
    connectedAt ??= timer.now();
    subscribedAt ??= openedAt;
  }

  /** @returns where the next stream begins. */
  function position(): Position {
    cursor.restart();
    if (cursor.covered) return { preset: 'CUSTOM', replayId: Buffer.from(cursor.covered.value, 'base64') };
    if (subscribedAt !== undefined && withoutCursor.preset === 'LATEST') {
      // The stream was disconnected before the first cursor. The latest position would miss the events since then, so the stream
      // begins at the earliest event and skips those older than the subscription.
      withoutCursor = { preset: 'EARLIEST' };
      skipBefore = subscribedAt - LOOK_BACK_MS;
    }
    return withoutCursor;
  }

  async function streamOnce(): Promise<void> {
    connectedAt = undefined;
    state.status = 'connecting';
    if (refused !== undefined) await peer.session.refresh(refused);
    refused = undefined;
    const channel = await openChannel(peer, closing.signal);
    let stopWaiting: (() => void) | undefined;
    try {
      await channel.topic(topic);
      state.lastMessageAt = timer.now();
      const openedAt = orgNow();
      stopWaiting = timer.after(timings.settleMs, () => connected(openedAt));
      await runStream({
        call: channel.subscribe(),
        topic,
        position: position(),
        window,
        silenceMs: timings.silenceMs,
        signal: closing.signal,
        onMessage: () => {
          state.lastMessageAt = timer.now();
          connected(openedAt);
        },
        handle: (responses) => handle(responses, channel),
      });
    } catch (error) {
      if (isServiceError(error) && streamFault(error).remedy === 'refresh') refused = channel.token.accessToken;
      throw error;
    } finally {
      stopWaiting?.();
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
        cursor.response(response, orgNow());
      }
      if (events.length > 0 || cursor.covered !== before) await keep({ events, cursor: cursor.covered });
    } catch (error) {
      // None of these events was stored: the next stream begins where the last delivery ended.
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

  /** @returns ms to wait before the next attempt, or undefined when there is none. */
  async function react(fault: StreamFault, error: unknown): Promise<number | undefined> {
    const { code, message } = fault;
    state.lastError = { code, message, at: timer.now() };
    const connectedMs = connectedAt === undefined ? 0 : timer.now() - connectedAt;
    (fault.remedy === 'wait' ? exhausted : retry).failed(connectedMs);
    // Set before the report to the owner: this stream delivers no more events.
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
        withoutCursor = { preset: 'EARLIEST' };
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
        // An expired token is renewed at once; a token that is refused again waits.
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
        await streamOnce();
      } catch (error) {
        failure = error;
      }
      if (closing.signal.aborted) return;
      const wait = await react(streamFault(failure), failure).catch(
        // The owner could not handle the problem (its store is full, for example). The next attempt meets it and reports it again.
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

// Receives Sellfire's events from the webhook and the feed: the cursor never passes an event that is not stored, and the events of a
// lead are stored in the order in which they happened. The webhook is fast but may repeat, reorder, delay or lose events; the feed
// has every event in order. So only webhook events that continue the cursor without a gap are stored, and the others are read from
// the feed.
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import type { Backoff } from '../lib/backoff.ts';
import { every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import { failureMessage } from '../model/failure.ts';
import { BridgeError, PeerError } from '../model/fault.ts';
import type { Message } from '../model/message.ts';
import type { ReadFeedPage } from './client.ts';
import { storeContinuation, type FeedStore } from './continuation.ts';
import type { FeedEvent } from './events.ts';

export interface FeedOptions {
  client: { readFeed(after: number, limit?: number): Promise<ReadFeedPage> };
  store: FeedStore;
  /**
   * ms since the epoch: where the store holds no cursor, the feed begins with the first event since then; at its end where that is
   * undefined. Default: at its end.
   */
  missingSince?: () => Promise<number | undefined>;
  logger: Logger;
  timer?: Timer;
}

/** The state for readiness and metrics; times are ms since the epoch. */
export interface FeedState {
  cursor: number | undefined;
  /** The sequence of the feed's last known event: ahead of the cursor while events are missing. */
  lastSequence: number | undefined;
  /** When the latest stored event happened in Sellfire. */
  lastEventAt: number | undefined;
  /** When a read last reached the end of the feed. */
  lastCatchUpAt: number | undefined;
  catchingUp: boolean;
  /** Why the last catch-up failed; undefined after one that succeeded. */
  error: { code: string; message: string; why: Message; at: number } | undefined;
}

export interface Feed {
  /**
   * Begins at the feed's end where nothing was read before, catches up, and reads again regularly, also after a failure of the first
   * read.
   */
  start(): Promise<void>;
  /** Sets the cursor to the current end of the feed: an import covers what happened before. @throws PeerError */
  startAtEnd(): Promise<void>;
  /** Resolves when the events are durable. @throws what the store throws; nothing is stored then. */
  onWebhook(events: FeedEvent[], unplaced?: number): Promise<void>;
  /**
   * Reads the feed from the cursor to its end; each page is stored with its cursor. A call during a read waits for another read after
   * it, so that all events from before the call are read when it resolves.
   * @throws PeerError, or BridgeError FEED_CURSOR_LOST, FEED_BROKEN
   */
  catchUp(): Promise<void>;
  state(): FeedState;
  /** Ends the regular reads. Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** The interval of the regular reads, which find the events of lost webhooks. A read costs nothing but one request. */
const SAFETY_NET_MS = 60_000;
/** After a failure the feed is read again sooner: at first after a second. */
const BACKOFF: Backoff = { first: 1_000, longest: SAFETY_NET_MS };

export function createFeed({ client, store, missingSince, logger, timer = systemTimer }: FeedOptions): Feed {
  const state: FeedState = {
    cursor: undefined,
    lastSequence: undefined,
    lastEventAt: undefined,
    lastCatchUpAt: undefined,
    catchingUp: false,
    error: undefined,
  };
  let stopped = false;
  const stopping = Promise.withResolvers<undefined>();
  const reading = every({ ms: SAFETY_NET_MS, backoff: BACKOFF, work: read, onFailure: logFailure, timer });

  /** Changes of the cursor run one at a time: each depends on the cursor that the previous one stored. */
  const cursorMoves = new PQueue({ concurrency: 1 });

  function updateState(events: FeedEvent[], cursor: number | undefined): void {
    state.cursor = cursor;
    for (const { sequence, occurred_at } of events) {
      state.lastSequence = Math.max(state.lastSequence ?? 0, sequence);
      state.lastEventAt = Math.max(state.lastEventAt ?? 0, Date.parse(occurred_at));
    }
  }

  /** @returns whether all events continue the cursor */
  async function take(events: FeedEvent[]): Promise<boolean> {
    const { fresh, reached, isWhole } = await storeContinuation(store, events);
    updateState(fresh, reached);
    return isWhole;
  }

  async function startAtEnd(): Promise<void> {
    const { last_sequence: end } = await client.readFeed(0, 1);
    await startAfter(end, end);
    logger.info({ event: 'feed_started_at_end', cursor: end }, 'The feed is followed from its present end');
  }

  async function startAfter(sequence: number, end: number): Promise<void> {
    await cursorMoves.add(async () => {
      await store.append([], sequence);
      state.cursor = sequence;
      state.lastSequence = end;
    });
  }

  /** Sequences are in the order of time, so that halving finds the first event since then. */
  async function startAt(since: number): Promise<void> {
    const { last_sequence: end } = await client.readFeed(0, 1);
    let [before, behind] = [0, end];
    while (before < behind) {
      const middle = Math.floor((before + behind) / 2);
      const [event] = (await client.readFeed(middle, 1)).events;
      if (event && Date.parse(event.occurred_at) < since) before = middle + 1;
      else behind = middle;
    }
    await startAfter(before, end);
    logger.warn(
      { event: 'feed_started_since', cursor: before, since: new Date(since).toISOString() },
      'The feed is read again from before the store was lost',
    );
  }

  /** @returns whether events are to be read. */
  async function begin(): Promise<boolean> {
    const since = await Promise.race([missingSince?.(), stopping.promise]);
    if (stopped) return false;
    await (since === undefined ? startAtEnd() : startAt(since));
    return since !== undefined;
  }

  async function readToEnd(): Promise<void> {
    for (let more = true; more && !stopped;) {
      const after = await store.cursor();
      if (after === undefined) {
        more = await begin();
        continue;
      }
      const page = await readPage(after);
      state.lastSequence = page.last_sequence;
      const whole = await cursorMoves.add(async () => take(page.events));
      if (!whole) throw new BridgeError(explain('FEED_BROKEN.gap', { event: after }));
      if (page.has_more && (state.cursor ?? 0) <= after)
        throw new BridgeError(explain('FEED_BROKEN.nothingNew', { event: after }));
      more = page.has_more;
    }
  }

  async function readPage(after: number): Promise<ReadFeedPage> {
    try {
      return await client.readFeed(after);
    } catch (error) {
      if (!(error instanceof PeerError) || error.fault.code !== 'INVALID_VALUE') throw error;
      throw new BridgeError(explain('FEED_CURSOR_LOST', { event: after }), { cause: error });
    }
  }

  async function read(): Promise<void> {
    state.catchingUp = true;
    try {
      await readToEnd();
      state.error = undefined;
      state.lastCatchUpAt = timer.now();
    } catch (error) {
      const cause = error instanceof PeerError ? error.fault : (error as Partial<BridgeError>);
      const { code = 'FEED_FAILED', message = String(error) } = cause;
      state.error = { code, message, why: failureMessage(error), at: timer.now() };
      throw error;
    } finally {
      state.catchingUp = false;
    }
  }

  function logFailure(error: unknown): void {
    logger.warn({ event: 'feed_failed', err: error }, 'The feed could not be read; it is read again');
  }

  return {
    start: () => reading.run().catch(logFailure),
    startAtEnd,
    catchUp: reading.run,
    async onWebhook(events, unplaced = 0) {
      const whole = await cursorMoves.add(async () => take(events));
      if ((!whole || unplaced > 0) && !stopped) {
        logger.info(
          { event: 'feed_gap', cursor: state.cursor, events: events.length },
          'A webhook does not continue the cursor: reading the feed',
        );
        reading.run().catch(logFailure);
      }
    },
    state: () => ({ ...state }),
    async stop() {
      stopped = true;
      stopping.resolve(undefined);
      await reading.stop();
      await cursorMoves.onIdle();
    },
  };
}

// Runs requests, a few at a time, and publishes their progress to the org. Progress and outcome are stored before they
// are published: after a crash a request resumes where it was, and an outcome that the org has not received is
// published again.
import PQueue from 'p-queue';
import { backoffDelay, type Backoff } from '../lib/backoff.ts';
import { pause, systemTimer } from '../lib/timer.ts';
import { explain } from '../model/catalogue/catalogue.ts';
import type { Value } from '../model/catalogue/entry.ts';
import { BridgeError, PEER_NAMES, PeerError, policyOf } from '../model/fault.ts';
import { asMessage, say, sentencesOf } from '../model/message.ts';
import type { PackageNames } from '../model/salesforce.ts';
import type { SyncState } from '../model/syncState.ts';
import type { Publisher } from '../salesforce/pubsub/publisher.ts';
import { checkpointCursor, readCheckpoint, saveOutcome } from './checkpoint.ts';
import { HANDLERS } from './handlers.ts';
import { createProgress, type Progress, type State, type Status } from './progress.ts';
import {
  REQUEST_TYPES,
  type Counts,
  type RequestContext,
  type RequestResult,
  type RequestType,
  type SyncRequest,
} from './request.ts';

/**
 * Concurrent requests. Each waits for the two systems most of its time, and a long one must not delay a person who
 * waits for a record.
 */
const AT_ONCE = 4;
/** From two seconds to a minute: short after a restart of a system, cheap during an outage. */
const BACKOFF: Backoff = { first: 2_000, longest: 60_000 };

export interface Requests {
  /** Receives a request. A running one is not started again; the outcome of a completed one is published again. */
  receive(request: SyncRequest): void;
  /** Stops the request for an admin. */
  stop(request: SyncRequest): void;
  /** The number of requests that run or wait. */
  count(): number;
  /** Interrupts the requests that write. They resume when they are received again. Resolves when they have ended. */
  hold(): Promise<void>;
  /** Resolves when no request runs or waits. */
  idle(): Promise<void>;
  /** Interrupts all requests where they can resume. */
  close(): Promise<void>;
}

interface Active {
  request: SyncRequest;
  /** Never rejects. */
  ended: Promise<unknown>;
  abort: AbortController;
  stopped: boolean;
}

export function createRequests(
  context: RequestContext,
  publisher: Pick<Publisher, 'publish'>,
  names: () => PackageNames,
): Requests {
  const { store, connection, logger } = context;
  const active = new Map<string, Active>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  let closing = false;

  async function work(request: SyncRequest, one: Active): Promise<void> {
    const progress = createProgress(request.id, publisher, names, logger);
    let outcome: State | 'again' | undefined = 'again';
    for (let failures = 0; outcome === 'again'; failures += 1) {
      const known = await readCheckpoint(store, connection, request.id);
      if (known && 'outcome' in known) {
        await progress.settle(known.outcome);
        return;
      }
      if (waitsForStart(request, context.control.current())) return;
      if (failures > 0) await pause(systemTimer, backoffDelay(BACKOFF, failures), one.abort.signal);
      const reached = known && 'reached' in known ? known.reached : undefined;
      logger.info(
        { event: 'request_started', request: request.id, type: request.type, reached },
        'A request is worked on',
      );
      outcome = await perform(request, one, reached, progress);
    }
    // The bridge is stopping, not the admin: the request resumes after the next start.
    if (!outcome) return;
    await saveOutcome(store, connection, request, outcome);
    logger.info({ event: 'request_ended', request: request.id, type: request.type, ...outcome }, 'A request has ended');
    await progress.settle(outcome);
  }

  async function perform(
    request: SyncRequest,
    one: Active,
    checkpoint: string | undefined,
    progress: Progress,
  ): Promise<State | 'again' | undefined> {
    let counts: Counts = { done: 0, failed: 0 };
    const state = (status: Status, { messages, sentence = sentencesOf(messages), data }: RequestResult): State => ({
      status,
      result: sentence,
      data: { ...data, messages },
      ...counts,
    });
    const reportCounts = (next: Counts): void => {
      counts = next;
      progress.report({ status: one.stopped ? 'Stopping' : 'Running', result: '', ...counts });
    };
    reportCounts(counts);
    try {
      refuseWhileOff(request, context.control.current());
      const result = await handlerOf(request)(
        {
          request,
          signal: one.abort.signal,
          checkpoint,
          save: async (place) => {
            await store.append(connection, [], checkpointCursor(request, place));
          },
          reportProgress: reportCounts,
        },
        context,
      );
      if (one.stopped) return await stopped(request, counts);
      return one.abort.signal.aborted ? undefined : state('Done', result);
    } catch (error) {
      if (one.stopped) return await stopped(request, counts);
      if (one.abort.signal.aborted) return undefined;
      if (isRetryable(error)) return 'again';
      logger.error(
        { event: 'request_failed', err: error, request: request.id, type: request.type },
        'A request has failed',
      );
      return state('Failed', failureOf(error));
    }
  }

  async function stopped(request: SyncRequest, counts: Counts): Promise<State> {
    const withdrawn = await store.withdrawRequest(connection, request.id);
    const { total, done } = counts;
    const messages = [
      say('stopped'),
      ...(total === undefined ? [] : [say('stoppedAt', { done, total })]),
      ...(withdrawn > 0 ? [say('withdrawn', { count: withdrawn })] : []),
    ];
    return { status: 'Stopped', result: sentencesOf(messages), data: { messages }, ...counts };
  }

  function begin(request: SyncRequest, stopping: boolean): Active {
    const one: Active = { request, ended: Promise.resolve(), abort: new AbortController(), stopped: stopping };
    if (stopping) one.abort.abort();
    active.set(request.id, one);
    // A person waits for what is about one record; the others queue.
    const priority = request.type === 'SyncNow' || request.type === 'Why' ? 1 : 0;
    one.ended = queue
      .add(async () => work(request, one), { priority })
      .catch((error: unknown) =>
        logger.warn({ event: 'request_deferred', err: error, request: request.id }, 'A request failed; it is retried'),
      )
      .finally(() => active.delete(request.id));
    return one;
  }

  return {
    receive(request) {
      if (!closing && !active.has(request.id)) begin(request, false);
    },
    stop(request) {
      const one = active.get(request.id);
      if (!one) {
        if (!closing) begin(request, true);
        return;
      }
      one.stopped = true;
      one.abort.abort();
    },
    count: () => active.size,
    async hold() {
      const held = [...active.values()].filter(({ request }) => writes(request));
      for (const { abort } of held) abort.abort();
      await Promise.all(held.map(({ ended }) => ended));
    },
    idle: () => queue.onIdle(),
    async close() {
      closing = true;
      queue.clear();
      for (const one of active.values()) one.abort.abort();
      await queue.onIdle();
    },
  };
}

/** Requests that sync no values. An admin needs them for set-up and control, whatever the sync state is. */
const ALWAYS: readonly string[] = [
  ...['CheckSetup', 'PreviewStart', 'PreviewMapping', 'RefreshCatalogue', 'CreateOptions', 'Why', 'TestAlert'],
  ...['Start', 'Pause', 'Resume', 'Disconnect'],
  // Starts the sync by itself.
  'RestoreLinks',
];

/** Whether the request syncs values; a preview does not. */
const writes = ({ type, parameters }: SyncRequest): boolean =>
  !ALWAYS.includes(type) && !/"(preview|dryRun)"\s*:\s*true/.test(parameters ?? '');

/** A request from before sync was switched off resumes with sync. One whose store was lost cannot: its place is lost as well. */
const waitsForStart = (request: SyncRequest, { state, at }: SyncState): boolean =>
  (state === 'Paused' || state === 'Disconnected') && request.at < at && writes(request);

/**
 * B20: refuses requests that write while sync is off.
 * @throws BridgeError SYNC_NOT_STARTED, SYNC_PAUSED, SYNC_STORE_LOST
 */
function refuseWhileOff(request: SyncRequest, { state, by }: SyncState): void {
  if (state === 'Running' || !writes(request)) return;
  if (state === 'NotStarted') throw new BridgeError(explain('SYNC_NOT_STARTED'));
  throw new BridgeError(state === 'StoreLost' ? explain('SYNC_STORE_LOST') : explain('SYNC_PAUSED', { by }));
}

/** After an outage of a system the request resumes, unless an admin stops it. */
const isRetryable = (error: unknown): boolean =>
  error instanceof PeerError && policyOf(error.fault).isRetried && !policyOf(error.fault).needsAdmin;

function handlerOf({ type }: SyncRequest): (typeof HANDLERS)[RequestType] {
  const known = REQUEST_TYPES.find((one) => one === type);
  if (known) return HANDLERS[known];
  throw new BridgeError(explain('REQUEST_UNKNOWN', { type }));
}

/** The bridge's own words have labels; a peer's stay. */
const wordsOf = ({ message, fault: { words, wording } }: PeerError): Value =>
  words ?? (wording ? { code: wording.id, args: wording.args, sentence: message } : message);

function failureOf(error: unknown): RequestResult {
  if (error instanceof PeerError)
    return { messages: [say('answeredAgain', { peer: PEER_NAMES[error.peer], message: wordsOf(error) })] };
  const why =
    error instanceof BridgeError
      ? error.explanation
      : explain('INTERNAL', { message: error instanceof Error ? error.message : String(error) });
  const message = asMessage(why);
  return { messages: [message], sentence: `${why.code}: ${message.sentence}` };
}

// Runs one Subscribe stream over one connection: it keeps as many events requested as the platform allows, delivers them in order, and ends
// when the server ends it or falls silent, or when an event cannot be processed. It drops nothing: it requests no more events while
// the window is full of those that are not processed yet.
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { FetchRequest, FetchResponse } from './proto.ts';

/**
 * Events that a stream may have requested and not received, over all its requests; more count as so many (Pub/Sub API guide, "Pull
 * Subscription and Flow Control"). What is requested again once it has come, and not only once it is processed, loses nothing but the
 * round trip.
 */
const REQUESTED = 100;
/** Fewer are requested only where hardly any are under way. */
const FEW = 50;

export type Position = { preset: 'LATEST' } | { preset: 'EARLIEST' } | { preset: 'CUSTOM'; replayId: Buffer };

export interface StreamOptions {
  call: ClientDuplexStream<FetchRequest, FetchResponse>;
  topic: string;
  position: Position;
  /** The most events that are requested, or received and not yet processed. */
  window: number;
  /** ms without a message from the server after which the stream counts as dead. */
  silenceMs: number;
  signal: AbortSignal;
  /** Called for each message as it arrives. */
  onMessage: () => void;
  /** Processes the responses since the last call. Awaited before more events are requested. */
  handle: (responses: FetchResponse[]) => Promise<void>;
}

/** The server sent nothing for longer than its keepalive interval: the connection only looks alive (F1). */
export class SilenceError extends Error {
  readonly code = 'SILENCE';
}

/**
 * Resolves when the server ended the stream without an error or the signal aborted it. Work under way is finished first.
 * @throws ServiceError; SilenceError; what `handle` threw
 */
export function runStream(options: StreamOptions): Promise<void> {
  const { call, topic, window, silenceMs, signal } = options;
  return new Promise((resolve, reject) => {
    const queue: FetchResponse[] = [];
    let working = false;
    let over: { error?: unknown } | undefined;
    /** Events that are requested and have not come, and those that have come and are not processed. */
    let requested = 0;
    let held = 0;
    const few = Math.min(FEW, window / 2);
    const silence = setTimeout(() => finish(new SilenceError(`No message for ${silenceMs} ms.`)), silenceMs);

    function request(first?: Partial<FetchRequest>): void {
      const count = Math.min(REQUESTED, window - held) - requested;
      if (over || count <= 0 || (count < few && requested > few)) return;
      requested += count;
      call.write({ topic_name: topic, num_requested: count, ...first });
    }

    async function work(): Promise<void> {
      if (working) return;
      working = true;
      try {
        while (queue.length > 0 && !signal.aborted) {
          const responses = queue.splice(0);
          await options.handle(responses);
          held -= responses.reduce((sum, { events }) => sum + events.length, 0);
          request();
        }
      } catch (error) {
        queue.length = 0;
        finish(error);
      } finally {
        working = false;
        settle();
      }
    }

    /** The first end counts; later events of a cancelled call are ignored. */
    function finish(error?: unknown): void {
      if (over) return;
      over = error === undefined ? {} : { error };
      clearTimeout(silence);
      signal.removeEventListener('abort', abort);
      call.cancel();
      settle();
    }

    function settle(): void {
      if (!over || working) return;
      if ('error' in over) reject(over.error);
      else resolve();
    }

    const abort = (): void => finish();
    call.on('data', (response: FetchResponse) => {
      silence.refresh();
      if (over) return;
      options.onMessage();
      const { events, pending_num_requested: pending } = response;
      // A keepalive comes after a silence, in which no request was under way: the server's own count.
      requested = events.length === 0 ? Math.min(requested, pending) : Math.max(0, requested - events.length);
      held += events.length;
      request();
      queue.push(response);
      void work();
    });
    call.on('error', (error: Error) => finish(error));
    call.on('end', () => finish());
    signal.addEventListener('abort', abort);
    if (signal.aborted) return abort();

    const { position } = options;
    request({
      replay_preset: position.preset,
      ...(position.preset === 'CUSTOM' ? { replay_id: position.replayId } : {}),
    });
  });
}

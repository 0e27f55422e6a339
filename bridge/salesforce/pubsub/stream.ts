// Runs one Subscribe stream over one connection: it requests as many events as the window leaves free, delivers them in order, and ends
// when the server ends it or falls silent, or when an event cannot be processed. It drops nothing: it requests no more events while
// the window is full.
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { FetchRequest, FetchResponse } from './proto.ts';

/** Events that one FetchRequest may request. */
const FETCH = 100;

export type Position = { preset: 'LATEST' } | { preset: 'EARLIEST' } | { preset: 'CUSTOM'; replayId: Buffer };

export interface StreamOptions {
  call: ClientDuplexStream<FetchRequest, FetchResponse>;
  topic: string;
  position: Position;
  /** The most events that are requested and not yet processed. */
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
    /** Processed events whose places in the window are not requested again yet. */
    let owed = 0;
    const silence = setTimeout(() => finish(new SilenceError(`No message for ${silenceMs} ms.`)), silenceMs);

    function command(count: number, first?: Partial<FetchRequest>): void {
      for (let left = count, extra = first; left > 0; left -= FETCH, extra = undefined)
        call.write({ topic_name: topic, num_requested: Math.min(FETCH, left), ...extra });
    }

    async function work(): Promise<void> {
      if (working) return;
      working = true;
      try {
        while (queue.length > 0 && !signal.aborted) {
          const responses = queue.splice(0);
          await options.handle(responses);
          owed += responses.reduce((sum, { events }) => sum + events.length, 0);
          const pending = responses.at(-1)?.pending_num_requested ?? 0;
          // Requested in batches, unless the server has almost no pending request.
          if (!over && owed > 0 && (owed >= Math.min(50, window / 2) || pending <= window / 2)) {
            command(owed);
            owed = 0;
          }
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
      queue.push(response);
      void work();
    });
    call.on('error', (error: Error) => finish(error));
    call.on('end', () => finish());
    signal.addEventListener('abort', abort);
    if (signal.aborted) return abort();

    const { position } = options;
    command(window, {
      replay_preset: position.preset,
      ...(position.preset === 'CUSTOM' ? { replay_id: position.replayId } : {}),
    });
  });
}

// Retries what must succeed in the end, without a limit: a system that is away comes back, and an admin corrects what is wrong.
import type { Logger } from 'pino';
import { backoffDelay, type Backoff } from '../lib/backoff.ts';
import { pause, systemTimer, type Timer } from '../lib/timer.ts';
import { failureMessage } from '../model/failure.ts';
import { isLeaseExpired, isShareUsed } from '../model/fault.ts';
import type { Message } from '../model/message.ts';

/** From a second to a minute: quick after a restart of a system, cheap through an outage of a night. */
const BACKOFF: Backoff = { first: 1_000, longest: 60_000 };

export interface FailingWork {
  /** A phrase. */
  what: string;
  /** ms since the epoch: when it first failed. */
  since: number;
  /** Why it failed last, with what to do. */
  why: Message;
}

export interface Attempts {
  /** Resolves when it succeeded, or when `stop` was called. @param what a phrase for the status and the log */
  run(what: string, work: () => Promise<unknown>): Promise<void>;
  /** Why the oldest failing attempt failed. */
  problem(): Message | undefined;
  /**
   * Wraps work that something else repeats, so that its failures are seen until it succeeds. What it throws is thrown.
   * @param what a phrase for the status
   */
  watch<T>(what: string, work: () => Promise<T>): () => Promise<T>;
  /** Notes what was refused for good, which no repetition mends; undefined: nothing is refused any more. @param what a phrase for the status */
  note(what: string, error: unknown): void;
  /** What is watched or noted, and fails at present. */
  failing(): FailingWork[];
  stop(): void;
}

export type Watch = Pick<Attempts, 'watch' | 'note'>;
/** For parts whose failures nobody asks about. */
export const UNWATCHED: Watch = { watch: (_what, work) => work, note: () => undefined };

export function keepTrying({ logger, timer = systemTimer }: { logger: Logger; timer?: Timer }): Attempts {
  const stopping = new AbortController();
  const failing = new Map<string, Message>();
  const watched = new Map<string, FailingWork>();
  function note(what: string, error: unknown): void {
    if (error === undefined) watched.delete(what);
    else watched.set(what, { what, since: watched.get(what)?.since ?? timer.now(), why: failureMessage(error) });
  }

  return {
    async run(what, work) {
      for (let failures = 1; !stopping.signal.aborted; failures += 1) {
        try {
          await work();
          failing.delete(what);
          return;
        } catch (error) {
          if (stopping.signal.aborted) return;
          // It is renewed within seconds, or this process ends.
          if (isLeaseExpired(error)) failures = 1;
          const retryMs = backoffDelay(BACKOFF, failures);
          // The check of the API calls reports this cause by itself.
          if (!isShareUsed(error)) failing.set(what, failureMessage(error));
          logger.error({ event: 'attempt_failed', what, err: error, retryMs }, `Failed: ${what}; it is tried again`);
          await pause(timer, retryMs, stopping.signal);
        }
      }
    },
    problem: () => [...failing.values()][0],
    watch: (what, work) => async () => {
      try {
        const result = await work();
        note(what, undefined);
        return result;
      } catch (error) {
        // The check of the API calls reports this cause by itself.
        if (!isShareUsed(error)) note(what, error);
        throw error;
      }
    },
    note,
    failing: () => [...watched.values()],
    stop: () => stopping.abort(),
  };
}

/** A failure as a sentence, with what to do where that is known. */
export const wordsFor = (error: unknown): string => failureMessage(error).sentence;

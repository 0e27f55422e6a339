// Retries what must succeed in the end, without a limit: a system that is away comes back, and an admin corrects what is wrong.
import type { Logger } from 'pino';
import { backoffDelay, type Backoff } from '../lib/backoff.ts';
import { pause, systemTimer, type Timer } from '../lib/timer.ts';
import { explainFault } from '../model/catalogue/catalogue.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { BridgeError, PEER_NAMES, PeerError, SHARE_USED } from '../model/fault.ts';

/** From a second to a minute: quick after a restart of a system, cheap through an outage of a night. */
const BACKOFF: Backoff = { first: 1_000, longest: 60_000 };

export interface Attempts {
  /** Resolves when it succeeded, or when `stop` was called. @param what a phrase for the status and the log */
  run(what: string, work: () => Promise<unknown>): Promise<void>;
  /** Why the oldest failing attempt failed, as a sentence. */
  problem(): string | undefined;
  stop(): void;
}

export function keepTrying({ logger, timer = systemTimer }: { logger: Logger; timer?: Timer }): Attempts {
  const stopping = new AbortController();
  const failing = new Map<string, string>();
  return {
    async run(what, work) {
      for (let failures = 1; !stopping.signal.aborted; failures += 1) {
        try {
          await work();
          failing.delete(what);
          return;
        } catch (error) {
          if (stopping.signal.aborted) return;
          const retryMs = backoffDelay(BACKOFF, failures);
          // The check of the API calls reports this cause by itself.
          if (!(error instanceof PeerError && error.fault.code === SHARE_USED)) failing.set(what, wordsFor(error));
          logger.error({ event: 'attempt_failed', what, err: error, retryMs }, `Failed: ${what}; it is tried again`);
          await pause(timer, retryMs, stopping.signal);
        }
      }
    },
    problem: () => [...failing.values()][0],
    stop: () => stopping.abort(),
  };
}

/** A failure as a sentence, with what to do where that is known. */
export function wordsFor(error: unknown): string {
  if (error instanceof BridgeError) return `${error.code}: ${error.message} ${error.action}`;
  if (error instanceof PeerError)
    return `${PEER_NAMES[error.peer]} answered ${error.fault.code}: ${inWords(explainFault(error.fault))}`;
  return error instanceof Error ? error.message : String(error);
}

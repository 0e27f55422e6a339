// Goes on trying what must work in the end: a peer that is away at the start comes back, and an admin puts right what is wrong.
import type { Logger } from 'pino';
import { backoffDelay, type Backoff } from '../lib/backoff.ts';
import { pause, systemTimer, type Timer } from '../lib/timer.ts';
import { explainFault } from '../model/catalogue/catalogue.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { BridgeError, PEER_NAMES, PeerError, SHARE_USED } from '../model/fault.ts';

/** From a second to a minute: quick after a restart of a peer, cheap through a night of an outage. */
const BACKOFF: Backoff = { first: 1_000, longest: 60_000 };

export interface Attempts {
  /** Resolves when it worked, or when `stop` was called. @param what in words, as the status and the log show it */
  run(what: string, work: () => Promise<unknown>): Promise<void>;
  /** Why the oldest of what is tried again has failed, in words. */
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
          // That calls run short is told as that.
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

/** A failure in words, with what to do where that is known. */
function wordsFor(error: unknown): string {
  if (error instanceof BridgeError) return `${error.code}: ${error.message} ${error.action}`;
  if (error instanceof PeerError)
    return `${PEER_NAMES[error.peer]} answered ${error.fault.code}: ${inWords(explainFault(error.fault))}`;
  return error instanceof Error ? error.message : String(error);
}

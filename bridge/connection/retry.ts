// Goes on trying what must work in the end: a peer that is away at the start comes back, and an admin puts right what is wrong.
import { backoffDelay, type Backoff } from '../lib/backoff.ts';
import { pause, systemTimer, type Timer } from '../lib/timer.ts';

/** From a second to a minute: quick after a restart of a peer, cheap through a night of an outage. */
const BACKOFF: Backoff = { first: 1_000, longest: 60_000 };

export interface Attempts {
  /** Resolves when it worked, or when `stop` was called. */
  run(what: string, work: () => Promise<unknown>): Promise<void>;
  stop(): void;
}

export function keepTrying(options: {
  onFailure: (what: string, error: unknown, retryMs: number) => void;
  /** What had failed before works. */
  onSuccess?: (what: string) => void;
  timer?: Timer;
}): Attempts {
  const { timer = systemTimer } = options;
  const stopping = new AbortController();
  return {
    async run(what, work) {
      for (let failures = 0; !stopping.signal.aborted; failures += 1) {
        try {
          await work();
          if (failures > 0) options.onSuccess?.(what);
          return;
        } catch (error) {
          if (stopping.signal.aborted) return;
          const retryMs = backoffDelay(BACKOFF, failures + 1);
          options.onFailure(what, error, retryMs);
          await pause(timer, retryMs, stopping.signal);
        }
      }
    },
    stop: () => stopping.abort(),
  };
}

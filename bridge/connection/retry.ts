// Goes on trying what must work in the end: a peer that is away at the start comes back, and an admin puts right what is wrong.
import { setTimeout as sleep } from 'node:timers/promises';

/** From a second to a minute: quick after a restart of a peer, cheap through a night of an outage. */
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

export interface Attempts {
  /** Resolves when it worked, or when `stop` was called. */
  run(what: string, work: () => Promise<unknown>): Promise<void>;
  stop(): void;
}

export function keepTrying(options: {
  onFailure: (what: string, error: unknown, retryMs: number) => void;
  /** What had failed before works. */
  onSuccess?: (what: string) => void;
}): Attempts {
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
          const retryMs = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
          options.onFailure(what, error, retryMs);
          await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        }
      }
    },
    stop: () => stopping.abort(),
  };
}

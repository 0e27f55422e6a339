// The one wait of the tests, the demo and the benchmark, for what nothing can be awaited of: another process, a server, a browser.
// It looks again and again, and says what it waited for in vain.
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 20;

/**
 * @param what the sentence of what is to hold, or a function that adds what holds instead
 * @param ms the longest wait
 * @param everyMs between two looks: what a measured time may be off by
 * @returns the first answer of `look` that is something. @throws Error with `what` when none is within the time
 */
export async function until<T>(
  what: string | (() => string),
  look: () => Promise<T | undefined | false | null> | T | undefined | false | null,
  ms = 20_000,
  everyMs = LOOK_MS,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end)
      throw new Error(`Not within ${ms / 1000} s: ${typeof what === 'string' ? what : what()}`);
    await sleep(everyMs);
  }
}

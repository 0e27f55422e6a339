// A clock that stands still until a test moves it.
import type { Timer } from '../../bridge/lib/timer.ts';

export interface Clock extends Timer {
  /** Moves time on, running what falls due, in order. */
  pass(ms: number): void;
  /** ms until each thing that is waited for, soonest first. */
  due(): number[];
}

export function createClock(start = 1_795_500_000_000): Clock {
  let now = start;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(ms, run) {
      const item = { at: now + ms, run };
      waiting.push(item);
      return () => {
        waiting = waiting.filter((other) => other !== item);
      };
    },
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = waiting.filter((item) => item.at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        waiting = waiting.filter((item) => item !== next);
        now = next.at;
        next.run();
      }
      now = end;
    },
    due: () => waiting.map((item) => item.at - now).sort((a, b) => a - b),
  };
}

/** Lets everything happen that only waits for its turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Repeatable random numbers from 0 to below 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

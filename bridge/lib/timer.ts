// The passing of time, as the jobs ask for it; a test hands in its own.

export interface Timer {
  /** Runs once, `ms` milliseconds from now. @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** ms since the epoch. */
  now(): number;
}

export const systemTimer: Timer = {
  after(ms, run) {
    const timeout = setTimeout(run, ms);
    return () => clearTimeout(timeout);
  },
  now: () => Date.now(),
};

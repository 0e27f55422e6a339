// The clock and timer of everything that waits; a test passes its own.

export interface Timer {
  /**
   * Runs once, `ms` milliseconds from now.
   * @returns a function that cancels it
   */
  after(ms: number, run: () => void): () => void;
  /** ms since the epoch; somebody may set this clock at any moment. */
  now(): number;
  /** ms since any moment, by a clock that nobody can set. Default: `now`. */
  steady?(): number;
}

/** For how long something takes, or waits. */
export const steadyNow = (timer: Timer): number => timer.steady?.() ?? timer.now();

/** A pending timer keeps no process alive; the bridge's listeners do. */
export const systemTimer: Timer = {
  after(ms, run) {
    const timeout = setTimeout(run, ms).unref();
    return () => clearTimeout(timeout);
  },
  now: () => Date.now(),
  steady: () => performance.now(),
};

/** Resolves after `ms` milliseconds, or as soon as the signal is aborted. */
export function pause(timer: Timer, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = timer.after(ms, end);
    signal?.addEventListener('abort', end);
  });
}

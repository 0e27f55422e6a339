// The passing of time, as everything that waits asks for it; a test hands in a clock of its own.

export interface Timer {
  /** Runs once, `ms` milliseconds from now. @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** ms since the epoch. */
  now(): number;
}

/** What is waited for keeps no process alive: the bridge lives by what it listens on. */
export const systemTimer: Timer = {
  after(ms, run) {
    const timeout = setTimeout(run, ms).unref();
    return () => clearTimeout(timeout);
  },
  now: () => Date.now(),
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

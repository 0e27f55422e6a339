// Limits work to one run at a time, whatever the number of callers.

export interface Flight<T> {
  (): Promise<T>;
  /** The run in progress. */
  readonly underWay: Promise<T> | undefined;
}

/** Calls during a run share that run. */
export function singleFlight<T>(work: () => Promise<T>): Flight<T> {
  let running: Promise<T> | undefined;
  const call = (): Promise<T> =>
    (running ??= work().finally(() => {
      running = undefined;
    }));
  return Object.defineProperty(call, 'underWay', { get: () => running }) as Flight<T>;
}

/** Calls during a run share one run after it, so the run sees everything that happened before the call. */
export function coalesced<T>(work: () => Promise<T>): Flight<T> {
  const run = singleFlight(work);
  let following: Promise<T> | undefined;
  const call = (): Promise<T> => {
    const { underWay } = run;
    if (!underWay) return run();
    return (following ??= underWay
      .catch(() => undefined)
      .then(() => {
        following = undefined;
        return run();
      }));
  };
  return Object.defineProperty(call, 'underWay', { get: () => following ?? run.underWay }) as Flight<T>;
}

// One run at a time, however many ask for it.

export interface Flight<T> {
  (): Promise<T>;
  /** The run that is under way. */
  readonly underWay: Promise<T> | undefined;
}

/** Calls during a run share it. */
export function singleFlight<T>(work: () => Promise<T>): Flight<T> {
  let running: Promise<T> | undefined;
  const call = (): Promise<T> =>
    (running ??= work().finally(() => {
      running = undefined;
    }));
  return Object.defineProperty(call, 'underWay', { get: () => running }) as Flight<T>;
}

/** Calls during a run share one that follows it: what happened before a call has been seen when it resolves. */
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

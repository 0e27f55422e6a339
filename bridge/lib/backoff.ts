// How long something waits before it is tried again: twice as long after every failure in a row, up to a longest wait, and partly
// by chance where many would come back together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
// Repetitions within one call are p-retry's.

export interface Backoff {
  /** ms: the wait after the first failure. */
  first: number;
  /** ms: the longest wait at all. */
  longest: number;
  /** The part of the wait that is left to chance, from 0 to 1. Default 0. */
  jitter?: number;
}

/** @param failures in a row, from 1. @param random from 0 to below 1. @returns ms */
export function backoffDelay({ first, longest, jitter = 0 }: Backoff, failures: number, random = Math.random): number {
  const most = Math.min(longest, first * 2 ** (failures - 1));
  return jitter === 0 ? most : most * (1 - jitter + jitter * random());
}

// Computes the delay before a retry: doubled after each failure in a row, up to a maximum, with jitter where many
// clients would return together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). Retries
// within one call are p-retry's.

export interface Backoff {
  /** ms: the delay after the first failure. */
  first: number;
  /** ms: the maximum delay. */
  longest: number;
  /** The random part of the delay, from 0 to 1. Default 0. */
  jitter?: number;
}

/** @param failures in a row, from 1. @param random from 0 to below 1. @returns ms */
export function backoffDelay({ first, longest, jitter = 0 }: Backoff, failures: number, random = Math.random): number {
  const most = Math.min(longest, first * 2 ** (failures - 1));
  return jitter === 0 ? most : most * (1 - jitter + jitter * random());
}

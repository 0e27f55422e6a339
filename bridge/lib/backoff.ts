// How long a key waits before it is tried again: exponential, with full jitter, so that keys that failed together do not
// come back together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).

export interface Backoff {
  /** ms: the longest wait after the first failure. */
  base: number;
  /** ms: the longest wait at all. */
  cap: number;
}

/**
 * 200 ms is about one call to Salesforce, and most row locks are gone by then; so a passing fault still ends within the second
 * that M28 grants. After 5 minutes nothing is gained by waiting longer: a key costs an outage at most a few dozen calls an hour,
 * and everything has been tried again five minutes after its end.
 */
export const BACKOFF: Backoff = { base: 200, cap: 300_000 };

/** @param failures in a row, from 1. @param random from 0 to below 1. @returns ms */
export function backoffDelay({ base, cap }: Backoff, failures: number, random: number): number {
  return random * Math.min(cap, base * 2 ** (failures - 1));
}

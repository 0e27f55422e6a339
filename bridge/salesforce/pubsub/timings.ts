// Sets how long a subscription waits for a message of the server and before a retry.
import { backoffDelay } from '../../lib/backoff.ts';

export interface Timings {
  /** The server sends a keepalive within 270 s; half a minute allows for latency. */
  silenceMs: number;
  /** A stream that is open this long after the topic look-up is accepted: a refusal comes with the first round trip. */
  settleMs: number;
  /** The first and the longest delay after a disconnect. */
  retryMs: number;
  longestRetryMs: number;
  /** The first delay when the service throttles. */
  slowDownMs: number;
  /** An allocation is counted over 24 h, hour by hour. */
  waitMs: number;
  longestWaitMs: number;
  /** A connection of this duration resets the count of failures. */
  healthyMs: number;
}

export const TIMINGS: Timings = {
  silenceMs: 300_000,
  settleMs: 250,
  retryMs: 500,
  longestRetryMs: 60_000,
  slowDownMs: 10_000,
  waitMs: 300_000,
  longestWaitMs: 3_600_000,
  healthyMs: 60_000,
};

/** Counts consecutive failures. A connection that was healthy for a while resets the count. */
export class FailureCount {
  failures = 0;
  private readonly healthyMs: number;

  constructor({ healthyMs }: Timings) {
    this.healthyMs = healthyMs;
  }

  /** @param connectedMs how long the failed connection was healthy */
  failed(connectedMs: number): void {
    this.failures = connectedMs >= this.healthyMs ? 1 : this.failures + 1;
  }

  /** @returns ms. Half of the wait is random, so that many bridges do not reconnect at the same time. */
  delay(first: number, longest: number): number {
    return backoffDelay({ first, longest, jitter: 0.5 }, this.failures);
  }
}

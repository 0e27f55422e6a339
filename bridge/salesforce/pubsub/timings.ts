// How long a subscription waits: for the server's word, and before it tries again.
import { backoffDelay } from '../../lib/backoff.ts';

export interface Timings {
  /** The server sends a keepalive within 270 s; half a minute for the way. */
  silenceMs: number;
  /** A stream that stands this long after the topic was found is accepted: a refusal comes with the first round trip. */
  settleMs: number;
  /** After a cut: the first delay, and the longest. */
  retryMs: number;
  longestRetryMs: number;
  /** When the service protects itself. */
  slowDownMs: number;
  /** An allocation is counted over 24 h, hour by hour. */
  waitMs: number;
  longestWaitMs: number;
  /** Connected this long, earlier failures are forgotten. */
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

/** Failures in a row: counted from the start again after a connection that was well for a while. */
export class FailureCount {
  failures = 0;
  private readonly healthyMs: number;

  constructor({ healthyMs }: Timings) {
    this.healthyMs = healthyMs;
  }

  /** @param connectedMs how long the connection that failed was well */
  failed(connectedMs: number): void {
    this.failures = connectedMs >= this.healthyMs ? 1 : this.failures + 1;
  }

  /** @returns ms. Half of the wait is chance, so that many bridges do not come back as one. */
  delay(first: number, longest: number): number {
    return backoffDelay({ first, longest, jitter: 0.5 }, this.failures);
  }
}

// Runs periodic work: one run at a time, the next one a fixed time after the end of the last, or earlier on request. It
// continues after a failure, and stopping waits for the run in progress.
import { backoffDelay, type Backoff } from './backoff.ts';
import { coalesced } from './singleFlight.ts';
import { steadyNow, systemTimer, type Timer } from './timer.ts';

export interface EveryOptions {
  /** ms from the end of a run to the start of the next, evaluated at each end; Infinity: only on request. */
  ms: number | (() => number);
  work: () => Promise<unknown>;
  /** Called when a scheduled run fails. Without it, the work must not fail: a failure ends the process. */
  onFailure?: (error: unknown) => void;
  /** The delay after failures in a row, instead of `ms`. */
  backoff?: Backoff;
  timer?: Timer;
}

export interface Every {
  /**
   * Starts a run now, or after the run in progress. Resolves when it has ended.
   * @throws what the work throws
   */
  run(): Promise<void>;
  /** Starts a run in that many ms, or earlier where one is due earlier. */
  within(ms: number): void;
  /** Starts a run in that many ms, instead of when one was due. */
  after(ms: number): void;
  /**
   * Starts no further run.
   * @returns when the run in progress has ended
   */
  stop(): Promise<void>;
}

/** The first run starts on request. */
export function every({ ms, work, onFailure, backoff, timer = systemTimer }: EveryOptions): Every {
  let cancel: (() => void) | undefined;
  let dueAt = Infinity;
  let failures = 0;
  let stopped = false;

  const run = coalesced(async () => {
    if (stopped) return;
    clear();
    try {
      await work();
      failures = 0;
    } catch (error) {
      failures += 1;
      throw error;
    } finally {
      within(failures > 0 && backoff ? backoffDelay(backoff, failures) : typeof ms === 'number' ? ms : ms());
    }
  });

  function clear(): void {
    cancel?.();
    cancel = undefined;
    dueAt = Infinity;
  }

  function within(wait: number): void {
    const at = steadyNow(timer) + wait;
    if (at < dueAt) after(wait);
  }

  function after(wait: number): void {
    clear();
    if (stopped || wait === Infinity) return;
    dueAt = steadyNow(timer) + wait;
    cancel = timer.after(wait, () => {
      clear();
      void run().catch(onFailure);
    });
  }

  return {
    run,
    within,
    after,
    async stop() {
      stopped = true;
      clear();
      await run.underWay?.catch(() => undefined);
    },
  };
}

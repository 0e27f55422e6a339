// Work that comes again: one run at a time, the next so long after the end of the last one, sooner where somebody asks for it. It
// goes on after a failure, and stopping waits for the run under way.
import { backoffDelay, type Backoff } from './backoff.ts';
import { coalesced } from './singleFlight.ts';
import { systemTimer, type Timer } from './timer.ts';

export interface EveryOptions {
  /** ms from the end of a run to the beginning of the next, asked at each end; Infinity: none, until somebody asks for it. */
  ms: number | (() => number);
  work: () => Promise<unknown>;
  /** Hears of a run that began by itself and failed; unless given, the work must not fail, and the process ends where it does. */
  onFailure?: (error: unknown) => void;
  /** How long to wait after failures in a row, instead of `ms`. */
  backoff?: Backoff;
  timer?: Timer;
}

export interface Every {
  /** Begins a run now; during one, another that follows it. Resolves when that has ended. @throws what the work throws */
  run(): Promise<void>;
  /** A run begins in so many ms, or sooner where one is due sooner. */
  within(ms: number): void;
  /** A run begins in so many ms, instead of when one was due. */
  after(ms: number): void;
  /** Begins nothing any more. @returns when what runs has ended. */
  stop(): Promise<void>;
}

/** Nothing runs before it is asked for. */
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
    const at = timer.now() + wait;
    if (at < dueAt) after(wait);
  }

  function after(wait: number): void {
    clear();
    if (stopped || wait === Infinity) return;
    dueAt = timer.now() + wait;
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

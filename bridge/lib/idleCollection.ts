// Gives memory back once the process has nothing to do. V8 lets the heap grow to a multiple of what is in use and collects by what is
// allocated: after a burst that never comes, so that the garbage of the burst would stay for good.
import { getHeapStatistics } from 'node:v8';
import { every } from './every.ts';
import { steadyNow, systemTimer, type Timer } from './timer.ts';

/** Many times what a burst pauses for between two answers of a peer. */
const LOOK_MS = 10_000;
/** Of the time between two looks. Streams, sweeps and probes take less; the smallest traffic that does not end takes more. */
const IDLE_SHARE = 0.02;
/** The collection holds the event loop up for some 5 ms a MiB that stays in use: once after a burst, and not for a small one. */
const WORTH_BYTES = 16 * 2 ** 20;

export interface IdleCollectionOptions {
  /** Collects the heap of this thread. Default: what `--expose-gc` provides; without it nothing is ever collected here. */
  collect?: (() => void) | undefined;
  /** Bytes of this thread's heap in use, with what could be collected. */
  used?: () => number;
  /** CPU that the process has taken so far, in ms. */
  cpuMs?: () => number;
  timer?: Timer;
}

export interface IdleCollection {
  stop(): Promise<void>;
}

/** Begins to look; each thread has a heap of its own. */
export function startIdleCollection(options: IdleCollectionOptions = {}): IdleCollection {
  const { collect = collectorOf(globalThis.gc), used = heapInUse, cpuMs = cpuOfProcess, timer = systemTimer } = options;
  let kept = 0;
  /** The start is a burst as well. */
  let hasWorked = true;
  let before = { at: steadyNow(timer), cpu: cpuMs() };

  const looking = every({
    ms: LOOK_MS,
    timer,
    async work() {
      const now = { at: steadyNow(timer), cpu: cpuMs() };
      const isIdle = now.cpu - before.cpu < (now.at - before.at) * IDLE_SHARE;
      before = now;
      if (!isIdle) hasWorked = true;
      if (!isIdle || !hasWorked || used() - kept < WORTH_BYTES) return;
      collect?.();
      kept = used();
      hasWorked = false;
      before = { at: steadyNow(timer), cpu: cpuMs() };
    },
  });
  if (collect) looking.within(LOOK_MS);
  return { stop: looking.stop };
}

/** Only as a last resort V8 gives pages back to the system; else it keeps those that it has freed. */
function collectorOf(gc: NodeJS.GCFunction | undefined): (() => void) | undefined {
  return gc && (() => void gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
}

function heapInUse(): number {
  return getHeapStatistics().used_heap_size;
}

function cpuOfProcess(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

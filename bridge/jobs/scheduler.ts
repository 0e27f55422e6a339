// Runs one turn of a key at a time, and the turns of different keys concurrently. A woken key always gets a turn that begins after
// the wake: a key that is woken during a turn gets another one, and a failed turn is retried later. A crash loses only which keys
// have work, and the sweep finds those.
import Queue from 'yocto-queue';
import { failureMessage } from '../model/failure.ts';
import { isLeaseExpired, PeerError, policyOf, type Peer } from '../model/fault.ts';
import type { Message } from '../model/message.ts';
import { backoffDelay, type Backoff } from '../lib/backoff.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import { createAbsence } from './absence.ts';

export interface SchedulerOptions {
  /** Keys that run at once; where it grows, `wake` has further ones run. */
  concurrency: number | (() => number);
  /**
   * Processes the changes of the key, or a part of them (`more`); `later`: the others are deferrable; `busy`: another key's turn has
   * to end first; `lost`: the process that ran it is gone, and it runs at once anywhere else. A PeerError delays this key, or pauses all keys, by the policy of its class (FAULT_POLICY). Any other error is one
   * of the program, and delays this key.
   */
  process: (key: string) => Promise<'idle' | 'more' | 'later' | 'busy' | 'lost'>;
  backoff?: Backoff;
  /** ms until a pause for a used-up allocation ends by itself. Default one minute: a probe a minute is negligible. */
  limitPause?: number;
  /** ms until a key with deferrable work gets another turn, unless it is woken before. Default one minute. */
  laterPause?: number;
  /** Called with errors of the program. */
  onError?: (key: string, error: unknown) => void;
  /** Called when a fault of a peer has paused all keys. */
  onPause?: (reason: Message, error: PeerError) => void;
  random?: () => number;
  timer?: Timer;
}

export interface SchedulerStats {
  running: number;
  waiting: number;
  delayed: number;
  /** Why no turn is started. */
  paused?: Message;
}

export interface Scheduler {
  wake(keys: Iterable<string>): void;
  /** Wakes the keys that it does not know. */
  offer(keys: Iterable<string>): void;
  start(): void;
  /** Whether turns are started. */
  isRunning(): boolean;
  /** Starts no turn until `resume`; running ones go on. */
  pause(reason: Message): void;
  /** Ends a pause, and runs the keys with deferrable work as well. */
  resume(): void;
  /** Starts no more turns. Resolves when the running ones have ended. */
  drain(): Promise<void>;
  /** Resolves when no key runs, waits or is delayed. */
  idle(): Promise<void>;
  stats(): SchedulerStats;
  /** The last failure of a turn; `at` is ms since the epoch. */
  lastFailure(): { message: Message; at: number } | undefined;
}

interface Key {
  state: 'waiting' | 'running' | 'delayed';
  /** Woken while it runs. */
  again: boolean;
  /** Delayed because its work is deferrable: a wake runs it at once. */
  patient: boolean;
  /** Consecutive failures. */
  failures: number;
  /** The peer that was away in its last turn. */
  lacks?: Peer | undefined;
  cancel?: () => void;
}

/**
 * 200 ms is about one call to Salesforce, and most row locks are released by then, so a change with a transient fault still arrives
 * within the second of M28. More than 5 minutes gains nothing: then a key makes at most a few dozen calls an hour. When a peer that
 * was away is back, no key waits for the end of its delay (`absence.ts`). The whole delay is random, so that keys that failed together
 * are not retried together.
 */
export const BACKOFF: Backoff = { first: 200, longest: 300_000, jitter: 1 };
/** ms from a turn of a process whose lease has run out to the next one. */
const LEASE_LOOK_MS = 1_000;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { concurrency, process, onError, onPause, limitPause = 60_000, laterPause = 60_000 } = options;
  const { backoff = BACKOFF, random = Math.random, timer = systemTimer } = options;
  const keys = new Map<string, Key>();
  /** First in, first out, in constant time. */
  const queue = new Queue<string>();
  const idleWaiters: (() => void)[] = [];
  const absence = createAbsence(timer, (peer) => {
    const waiting = [...keys].filter(([, key]) => key.lacks === peer);
    const [first] = waiting;
    if (!first) return false;
    if (waiting.every(([, { state }]) => state === 'delayed')) runNow(...first);
    fill();
    return true;
  });
  let failed: { message: Message; at: number } | undefined;
  let running = 0;
  let started = false;
  let drained = false;
  let paused: Message | undefined;
  let cancelResume: (() => void) | undefined;
  /** Counts the resumes: a fault of a turn that began before the last one does not pause again, and what it put off does not wait. */
  let resumes = 0;

  const room = typeof concurrency === 'number' ? () => concurrency : concurrency;

  function enqueue(name: string, key: Key): void {
    key.state = 'waiting';
    key.patient = false;
    queue.enqueue(name);
  }

  function fill(): void {
    while (started && paused === undefined && running < room()) {
      const name = queue.dequeue();
      const key = name === undefined ? undefined : keys.get(name);
      if (name === undefined || !key) break;
      void run(name, key);
    }
    if (running === 0 && (keys.size === 0 || drained)) for (const resolve of idleWaiters.splice(0)) resolve();
  }

  async function run(name: string, key: Key): Promise<void> {
    key.state = 'running';
    key.again = false;
    running += 1;
    const resumesBefore = resumes;
    try {
      const outcome = await process(name);
      if (outcome !== 'busy' && outcome !== 'lost') {
        key.failures = 0;
        answered(key);
      }
      // What a turn put off may be due since all was resumed.
      const isResumed = outcome === 'later' && resumes !== resumesBefore;
      // To the end of the queue, so that a busy key does not starve the others.
      if (outcome === 'more' || outcome === 'lost' || key.again || isResumed) enqueue(name, key);
      else if (outcome === 'later') {
        key.patient = true;
        wait(name, key, laterPause);
      } else if (outcome === 'busy') delay(name, key);
      else keys.delete(name);
    } catch (error) {
      if (isLeaseExpired(error)) {
        // Nothing was asked of anybody: every key goes on as soon as the lease is renewed.
        wait(name, key, LEASE_LOOK_MS);
        return;
      }
      const policy = error instanceof PeerError ? policyOf(error.fault) : undefined;
      // A refusal is an answer.
      if (error instanceof PeerError && error.peer === key.lacks && !error.fault.isAway) answered(key);
      if (error instanceof PeerError && policy && policy.pausesAll !== 'no') {
        enqueue(name, key);
        if (resumesBefore === resumes) pauseFor(error);
      } else {
        delay(name, key);
        key.lacks = error instanceof PeerError && error.fault.isAway ? error.peer : undefined;
        if (key.lacks) absence.noticed(key.lacks);
        failed = { message: failureMessage(error), at: timer.now() };
        if (!policy?.isRetried) onError?.(name, error);
      }
    } finally {
      running -= 1;
      fill();
    }
  }

  /** Has all keys run that wait for the peer that this one has met again. */
  function answered({ lacks: peer }: Key): void {
    if (peer === undefined) return;
    absence.over(peer);
    for (const [name, key] of keys) {
      if (key.lacks !== peer) continue;
      key.lacks = undefined;
      if (key.state === 'delayed') runNow(name, key);
    }
  }

  function delay(name: string, key: Key): void {
    key.failures += 1;
    wait(name, key, backoffDelay(backoff, key.failures, random));
  }

  function wait(name: string, key: Key, ms: number): void {
    if (drained) return;
    key.state = 'delayed';
    key.cancel = timer.after(ms, () => {
      delete key.cancel;
      enqueue(name, key);
      fill();
    });
  }

  function runNow(name: string, key: Key): void {
    key.cancel?.();
    delete key.cancel;
    enqueue(name, key);
  }

  function add(name: string): void {
    const key: Key = { state: 'waiting', again: false, patient: false, failures: 0 };
    keys.set(name, key);
    enqueue(name, key);
  }

  function pauseFor(error: PeerError): void {
    const ends = policyOf(error.fault).pausesAll === 'forAWhile';
    // A temporary pause does not replace one that an admin has to end.
    if (drained || (paused !== undefined && (ends || !cancelResume))) return;
    const reason = failureMessage(error);
    pause(reason);
    if (ends) cancelResume = timer.after(limitPause, resume);
    onPause?.(reason, error);
  }

  function pause(reason: Message): void {
    cancelResume?.();
    cancelResume = undefined;
    paused = reason;
  }

  function resume(): void {
    cancelResume?.();
    cancelResume = undefined;
    paused = undefined;
    resumes += 1;
    for (const [name, key] of keys) if (key.patient) runNow(name, key);
    fill();
  }

  function idle(): Promise<void> {
    return new Promise((resolve) => {
      idleWaiters.push(resolve);
      fill();
    });
  }

  return {
    wake(names) {
      if (drained) return;
      for (const name of names) {
        const key = keys.get(name);
        if (!key) add(name);
        else if (key.patient) runNow(name, key);
        else key.again = true;
      }
      fill();
    },
    offer(names) {
      if (drained) return;
      for (const name of names) if (!keys.has(name)) add(name);
      fill();
    },
    start() {
      started = !drained;
      fill();
    },
    isRunning: () => started && paused === undefined,
    pause,
    resume,
    idle,
    drain() {
      started = false;
      drained = true;
      absence.stop();
      cancelResume?.();
      cancelResume = undefined;
      for (const key of keys.values()) key.cancel?.();
      return idle();
    },
    lastFailure: () => failed,
    stats() {
      const waiting = queue.size;
      const stats = { running, waiting, delayed: keys.size - running - waiting };
      return paused === undefined ? stats : { ...stats, paused };
    },
  };
}

// Finds keys with pending changes that were not woken: at the start, because a crash loses the scheduler's state, and every few
// seconds, because a wake may be lost between the commit of a change and the call of the scheduler.
import type { Logger } from 'pino';
import type { Store } from '../store/store.ts';
import type { Scheduler } from './scheduler.ts';
import { every as repeat } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';

export interface SweepOptions {
  store: Pick<Store, 'pendingKeys'>;
  connection: string;
  scheduler: Pick<Scheduler, 'offer' | 'stats'>;
  /** ms from one sweep to the next. Default 2 s: the delay of a change whose wake was lost. */
  every?: number;
  /** ms: younger rows are left to their own wake. Default 5 s, many times the duration of a turn. */
  olderThan?: number;
  /** Keys that one sweep may add. Default 10,000: more than are processed until the next, and few enough for memory. */
  page?: number;
  logger: Logger;
  timer?: Timer;
}

export interface Sweep {
  /** Sweeps all keys once, then regularly. @throws what the store throws in the first sweep. */
  start(): Promise<void>;
  /** Resolves when no sweep is under way. */
  stop(): Promise<void>;
}

export function createSweep(options: SweepOptions): Sweep {
  const { store, connection, scheduler, logger, every = 2_000, olderThan = 5_000, page = 10_000 } = options;
  const { timer = systemTimer } = options;
  const sweeping = repeat({
    ms: every,
    work: () => sweep(timer.now() - olderThan),
    onFailure: (error) =>
      logger.error({ event: 'sweep_failed', err: error }, 'The sweep failed; the next one tries again'),
    timer,
  });

  async function sweep(receivedBefore?: number): Promise<void> {
    // The scheduler may know the oldest keys already, running or delayed: that many more are read.
    const { running, waiting, delayed } = scheduler.stats();
    scheduler.offer(await store.pendingKeys(connection, running + waiting + delayed + page, receivedBefore));
  }

  return {
    async start() {
      await sweep();
      sweeping.within(every);
    },
    stop: sweeping.stop,
  };
}

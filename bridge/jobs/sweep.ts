// Finds keys with work that nobody was woken for: at start, because what was known died with the process, and every few
// seconds, because a wake may be lost between the commit of a change and the call that tells of it.
import type { Logger } from 'pino';
import type { Store } from '../store/store.ts';
import type { Scheduler } from './scheduler.ts';
import { every as repeat } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';

export interface SweepOptions {
  store: Pick<Store, 'pendingKeys'>;
  connection: string;
  scheduler: Pick<Scheduler, 'offer' | 'stats'>;
  /** ms from one sweep to the next. Default 2 s: how late a change may be whose wake was lost. */
  every?: number;
  /** ms: younger rows are left to their own wake. Default 5 s, many times what a change takes. */
  olderThan?: number;
  /** Keys that one sweep may add. Default 10,000: more than are worked off until the next, without holding a backlog in memory. */
  page?: number;
  logger: Logger;
  timer?: Timer;
}

export interface Sweep {
  /** Sweeps everything once, then goes on by itself. @throws what the store throws on that first time. */
  start(): Promise<void>;
  /** @returns when no sweep is under way. */
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
    // The oldest keys may all be known already, running or delayed; so ask for that many more.
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

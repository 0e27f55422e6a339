// In place of events while the org has none left to deliver: what changed is asked for about once a minute, and when events come
// again the seam between the two is read once more. Slower by a minute, and nothing is missed.
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { systemTimer, type Timer } from '../lib/timer.ts';
import type { Tier } from '../sync/budgetStatus.ts';

/** Three calls each: 4,320 a day at a minute, of a share of 50,000. When calls run short, a tenth of that and then none. */
export const POLL_MS = 60_000;
const WARNED = 5;
const LOOK_MS = 1_000;

export interface PollingState {
  /** Why no events come: the platform's code. */
  code: string;
  /** ms since the epoch: when events stopped, and when it was last asked to the end. */
  since: number;
  lastAt: number | undefined;
  /** Why the last asking failed, or is put off. */
  problem: string | undefined;
}

export interface Polling {
  /** No events come any more; those until `since` (ms) have come. Does nothing while it is on. */
  begin(since: number, code: string): void;
  /** Undefined while events come. */
  state(): PollingState | undefined;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

export interface PollingOptions {
  /** Takes in what changed since then. @throws PeerError */
  read: (since: number) => Promise<unknown>;
  /** Whether events come. */
  hears: () => boolean;
  tier: () => Tier;
  logger: Logger;
  everyMs?: number;
  lookMs?: number;
  timer?: Timer;
}

export function createPolling(options: PollingOptions): Polling {
  const { read, hears, tier, logger, everyMs = POLL_MS, lookMs = LOOK_MS, timer = systemTimer } = options;
  let state: PollingState | undefined;
  /** ms since the epoch: when it is asked next. */
  let due = -Infinity;
  let stopped = false;
  const looking = every({
    ms: () => (state === undefined ? Infinity : due === -Infinity ? 0 : lookMs),
    work: look,
    onFailure: (error) =>
      logger.error({ event: 'polling_look_failed', err: error }, 'The asking for changes failed; it goes on'),
    timer,
  });

  /** @returns whether everything until its beginning was read. */
  async function readOnce(current: PollingState, from: number): Promise<boolean> {
    const startedAt = timer.now();
    try {
      await read(from);
      current.lastAt = startedAt;
      current.problem = undefined;
      return true;
    } catch (error) {
      current.problem = error instanceof Error ? error.message : String(error);
      logger.warn(
        { event: 'polling_failed', err: error },
        'What changed in Salesforce could not be asked for; it is asked again',
      );
      return false;
    }
  }

  async function look(): Promise<void> {
    const current = state;
    if (!current) return;
    const isBack = hears();
    const short = tier();
    if (timer.now() >= due) {
      if (short === 'deferred' || short === 'paused') current.problem = 'Salesforce API calls run short.';
      else {
        const done = await readOnce(current, current.lastAt ?? current.since);
        due = timer.now() + everyMs * (short === 'warned' ? WARNED : 1);
        // Events came before it was read: what fell between the last reading and them was in it.
        if (done && isBack) {
          state = undefined;
          logger.info(
            { event: 'polling_ended' },
            'Events come again; what changed in Salesforce is no longer asked for',
          );
        }
      }
    } else if (isBack && current.problem === undefined) due = -Infinity;
  }

  return {
    begin(since, code) {
      if (state || stopped) return;
      state = { code, since, lastAt: undefined, problem: undefined };
      logger.warn(
        { event: 'polling_started', code, since, everyMs },
        'No events come; what changed in Salesforce is asked for instead',
      );
      due = -Infinity;
      looking.within(0);
    },
    state: () => state && { ...state },
    async stop() {
      stopped = true;
      await looking.stop();
      state = undefined;
    },
  };
}

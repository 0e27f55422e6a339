// Polls the org for changes while its event allocation is used up: about once a minute, and once more after events are delivered
// again. Changes arrive up to a minute later, and none is missed.
import type { Logger } from 'pino';
import { every } from '../lib/every.ts';
import { steadyNow, systemTimer, type Timer } from '../lib/timer.ts';
import { failureMessage } from '../model/failure.ts';
import { say, type Message } from '../model/message.ts';
import type { Tier } from '../sync/budgetStatus.ts';

/** Three calls a poll: 4,320 a day at a minute, of a share of 50,000. When calls run short, a fifth of that, and then none. */
export const POLL_MS = 60_000;
const WARNED = 5;
const LOOK_MS = 1_000;

export interface PollingState {
  /** The platform's code for why no events are delivered. */
  code: string;
  /** ms since the epoch: when events stopped, and when the last complete poll began. */
  since: number;
  lastAt: number | undefined;
  /** Why the last poll failed, or is deferred. */
  problem: Message | undefined;
}

export interface Polling {
  /** Starts polling for changes after `since` (ms, by the org's clock). Does nothing while polling. */
  begin(since: number, code: string): void;
  /** Undefined while events are delivered. */
  state(): PollingState | undefined;
  /** Resolves when the poll under way has ended. */
  stop(): Promise<void>;
}

export interface PollingOptions {
  /** Stores the changes since then. @throws PeerError */
  read: (since: number) => Promise<unknown>;
  /** Whether events are delivered. */
  isConnected: () => boolean;
  tier: () => Tier;
  logger: Logger;
  everyMs?: number;
  lookMs?: number;
  timer?: Timer;
  /** ms since the epoch, by the org's clock. Default: that of the timer. */
  orgNow?: () => number;
}

export function createPolling(options: PollingOptions): Polling {
  const { read, isConnected, tier, logger, everyMs = POLL_MS, lookMs = LOOK_MS, timer = systemTimer } = options;
  const { orgNow = timer.now } = options;
  let state: PollingState | undefined;
  /** By the steady clock: when the next poll is due. */
  let due = -Infinity;
  /** ms since the epoch, by the org's clock: what changed since then is read next. */
  let from = 0;
  let stopped = false;
  const looking = every({
    ms: () => (state === undefined ? Infinity : due === -Infinity ? 0 : lookMs),
    work: look,
    onFailure: (error) =>
      logger.error({ event: 'polling_look_failed', err: error }, 'The asking for changes failed; it goes on'),
    timer,
  });

  /** @returns whether everything until the begin of the poll is read. */
  async function readOnce(current: PollingState): Promise<boolean> {
    const startedAt = timer.now();
    const next = orgNow();
    try {
      await read(from);
      from = next;
      current.lastAt = startedAt;
      current.problem = undefined;
      return true;
    } catch (error) {
      current.problem = failureMessage(error);
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
    const isBack = isConnected();
    const short = tier();
    if (steadyNow(timer) >= due) {
      if (short === 'deferred' || short === 'paused') current.problem = say('callsShort');
      else {
        const done = await readOnce(current);
        due = steadyNow(timer) + everyMs * (short === 'warned' ? WARNED : 1);
        // Events arrived before this poll, so the poll covers the time between the previous one and them.
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
      from = since;
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

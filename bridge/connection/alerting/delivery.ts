// Sends what is in the outbox of alerts, each channel in its own time. A channel that is away is tried again and holds nothing else up.
import type { Logger } from 'pino';
import { backoffDelay, type Backoff } from '../../lib/backoff.ts';
import { every } from '../../lib/every.ts';
import type { Timer } from '../../lib/timer.ts';
import { ALERT_CHANNELS, type AlertChannel, type AlertMessage } from '../../model/alert.ts';
import { failureMessage } from '../../model/failure.ts';
import { PeerError, policyOf } from '../../model/fault.ts';
import { say, type Message } from '../../model/message.ts';
import { afterFailure, dueOf, nextDueAt, withoutSent } from '../../sync/alerts/outbox.ts';
import type { AlertMemory } from './alertMemory.ts';

/** Heartbeats with different alerts keep this apart, so that the org's flow sees each of them. */
const BETWEEN_BELLS_MS = 5_000;

const RETRY: Backoff = { first: 60_000, longest: 3_600_000 };
/** ms until the next attempt, by the number of failures: from a minute to an hour. */
export const alertDelay = (failures: number): number => backoffDelay(RETRY, failures);

/** @throws PeerError */
export type SendAlert = (message: AlertMessage) => Promise<void>;

export interface AlertDelivery {
  /** Sends what is due, and everything else when it is due. */
  soon(): void;
  /** Sends the message now, once. @returns why it was not sent; undefined where it was */
  attempt(channel: AlertChannel, message: AlertMessage): Promise<FailedAttempt | undefined>;
  stop(): Promise<void>;
}

interface FailedAttempt {
  problem: Message;
  isRetried: boolean;
}

export interface AlertDeliveryOptions {
  memory: AlertMemory;
  /** Absent where the bridge has no address for the channel. */
  send: Record<AlertChannel, SendAlert | undefined>;
  logger: Logger;
  timer: Timer;
}

export function createDelivery({ memory, send, logger, timer }: AlertDeliveryOptions): AlertDelivery {
  let rungAt = -Infinity;

  const delivering = ALERT_CHANNELS.map((channel) =>
    every({
      ms: () => untilDue(channel),
      work: () => deliver(channel),
      onFailure: (error) =>
        logger.error({ event: 'alert_failed', channel, err: error }, 'An alert could not be worked on; it goes on'),
      timer,
    }),
  );

  function untilDue(channel: AlertChannel): number {
    const at = nextDueAt(memory.state().outbox.filter((entry) => entry.channel === channel));
    if (at === undefined) return Infinity;
    const earliest = channel === 'bell' ? rungAt + BETWEEN_BELLS_MS : 0;
    return Math.max(0, Math.max(at, earliest) - timer.now());
  }

  async function deliver(channel: AlertChannel): Promise<void> {
    const message = dueOf(memory.state().outbox, channel, timer.now());
    if (!message) return;
    const { id, title } = message;
    const failed = await attempt(channel, message);
    const { outbox, failing } = memory.state();
    if (!failed) {
      const { [channel]: _ended, ...others } = failing;
      await memory.save({ outbox: withoutSent(outbox, channel, message), failing: others });
      logger.info({ event: 'alert_sent', channel, id, title }, 'An alert was sent');
      return;
    }
    const problem = failed.problem.sentence;
    const after = afterFailure(outbox, channel, message, failed.isRetried, timer.now(), alertDelay);
    const since = failing[channel]?.since ?? timer.now();
    await memory.save({ outbox: after.outbox, failing: { ...failing, [channel]: { since, problem } } });
    if (after.givenUp) logger.error({ event: 'alert_given_up', channel, id, problem }, 'An alert could not be sent');
    else logger.warn({ event: 'alert_delayed', channel, id, problem }, 'An alert could not be sent; it is tried again');
  }

  async function attempt(channel: AlertChannel, message: AlertMessage): Promise<FailedAttempt | undefined> {
    const sendBy = send[channel];
    if (!sendBy) return { problem: say('alertWithoutAddress'), isRetried: false };
    try {
      await sendBy(message);
      if (channel === 'bell') rungAt = timer.now();
      return undefined;
    } catch (error) {
      const isRetried = !(error instanceof PeerError) || policyOf(error.fault).isRetried;
      return { problem: failureMessage(error), isRetried };
    }
  }

  return {
    soon: () => ALERT_CHANNELS.forEach((channel, index) => delivering[index]?.within(untilDue(channel))),
    attempt,
    stop: async () => void (await Promise.all(delivering.map((one) => one.stop()))),
  };
}

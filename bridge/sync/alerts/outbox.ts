// The alerts that are still to be sent, each by each channel: what is added, what is due, and when a failed one is tried again (B24).
import { ALERT_CHANNELS, type AlertChannel, type AlertMessage } from '../../model/alert.ts';

export interface OutboxEntry {
  channel: AlertChannel;
  message: AlertMessage;
  /** Failed ones. */
  attempts: number;
  /** ms since the epoch: not tried earlier. */
  nextAt: number;
}

/** After a day an alert is news no longer. */
const GIVEN_UP_MS = 86_400_000;
/** More than all states at once, by every channel: a receiver that is away for long does not fill the store. */
const MOST = 500;

/**
 * A recovery takes the place of its alert where that was not sent yet. No channel sends that it fails itself, and a digest
 * is too long for the bell.
 */
export function withMessages(
  outbox: readonly OutboxEntry[],
  messages: readonly AlertMessage[],
  isOn: Readonly<Record<AlertChannel, boolean>>,
): OutboxEntry[] {
  let next = [...outbox];
  for (const message of messages) {
    if (message.kind === 'recovered')
      next = next.filter((entry) => entry.message.kind !== 'raised' || entry.message.state !== message.state);
    const channels = ALERT_CHANNELS.filter(
      (channel) =>
        isOn[channel] &&
        message.state !== `undelivered:${channel}` &&
        (message.kind !== 'digest' || channel !== 'bell') &&
        !next.some((entry) => entry.channel === channel && entry.message.id === message.id),
    );
    next.push(...channels.map((channel) => ({ channel, message, attempts: 0, nextAt: message.at })));
  }
  return next.slice(-MOST);
}

/** The next alert of the channel, where it is due: they are sent in their order. */
export function dueOf(outbox: readonly OutboxEntry[], channel: AlertChannel, now: number): AlertMessage | undefined {
  const first = outbox.find((entry) => entry.channel === channel);
  return first && first.nextAt <= now ? first.message : undefined;
}

/** ms since the epoch: when the next alert is due; undefined where none waits. */
export function nextDueAt(outbox: readonly OutboxEntry[]): number | undefined {
  const firsts = ALERT_CHANNELS.flatMap((channel) => outbox.find((entry) => entry.channel === channel) ?? []);
  return firsts.length === 0 ? undefined : Math.min(...firsts.map(({ nextAt }) => nextAt));
}

const isOf =
  (channel: AlertChannel, { id }: AlertMessage) =>
  (entry: OutboxEntry) =>
    entry.channel === channel && entry.message.id === id;

export function withoutSent(
  outbox: readonly OutboxEntry[],
  channel: AlertChannel,
  message: AlertMessage,
): OutboxEntry[] {
  const isSent = isOf(channel, message);
  return outbox.filter((entry) => !isSent(entry));
}

/**
 * @param delay ms until the next attempt, by the number of failures, from 1
 * @returns the outbox after a failed attempt, and whether the alert was given up
 */
export function afterFailure(
  outbox: readonly OutboxEntry[],
  channel: AlertChannel,
  message: AlertMessage,
  isRetried: boolean,
  now: number,
  delay: (failures: number) => number,
): { outbox: OutboxEntry[]; givenUp: boolean } {
  if (!isRetried || now - message.at >= GIVEN_UP_MS)
    return { outbox: withoutSent(outbox, channel, message), givenUp: true };
  const isFailed = isOf(channel, message);
  const later = ({ attempts, ...entry }: OutboxEntry): OutboxEntry => ({
    ...entry,
    attempts: attempts + 1,
    nextAt: now + delay(attempts + 1),
  });
  return { outbox: outbox.map((entry) => (isFailed(entry) ? later(entry) : entry)), givenUp: false };
}

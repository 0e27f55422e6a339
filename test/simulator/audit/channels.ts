// How alerts go out (B24, docs/alerts.md): by each way that is on, in their order; a recovery takes the place of its alert where that was not sent.
import type { Message } from './alerts.ts';

const CHANNELS = ['bell', 'email', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

interface Waiting {
  message: Message;
  failures: number;
  nextAt: number;
}

/** A day, after which an alert is news no longer. */
const DAY_MS = 86_400_000;
/** So many wait at most, over all ways. */
const MOST = 500;

/** What waits, by an account of its own. */
export class Channels {
  /** Over all ways, in the order in which they were added. */
  private waiting: (Waiting & { channel: Channel })[] = [];

  add(messages: readonly Message[], isOn: Readonly<Record<Channel, boolean>>): void {
    for (const message of messages) {
      if (message.kind === 'recovered')
        this.waiting = this.waiting.filter(
          (one) => one.message.kind !== 'raised' || one.message.state !== message.state,
        );
      for (const channel of CHANNELS) {
        const isOfItself = message.state === `undelivered:${channel}`;
        const isTooLong = message.kind === 'digest' && channel === 'bell';
        const isThere = this.waiting.some((one) => one.channel === channel && one.message.id === message.id);
        if (isOn[channel] && !isOfItself && !isTooLong && !isThere)
          this.waiting.push({ channel, message, failures: 0, nextAt: message.at });
      }
    }
    this.waiting.splice(0, Math.max(0, this.waiting.length - MOST));
  }

  private first(channel: Channel): Waiting | undefined {
    return this.waiting.find((one) => one.channel === channel);
  }

  /** The id of what is sent next, where it is due. */
  due(channel: Channel, now: number): string | undefined {
    const first = this.first(channel);
    return first && now >= first.nextAt ? first.message.id : undefined;
  }

  /** When the next of any way is due. */
  nextAt(): number | undefined {
    const all = CHANNELS.flatMap((channel) => this.first(channel)?.nextAt ?? []);
    return all.toSorted((a, b) => a - b)[0];
  }

  sent(channel: Channel): void {
    const first = this.first(channel);
    this.waiting = this.waiting.filter((one) => one !== first);
  }

  /** @returns whether it is given up */
  failed(channel: Channel, isRetried: boolean, now: number, delay: (failures: number) => number): boolean {
    const first = this.first(channel);
    if (!first) return false;
    if (!isRetried || now >= first.message.at + DAY_MS) {
      this.sent(channel);
      return true;
    }
    first.failures += 1;
    first.nextAt = now + delay(first.failures);
    return false;
  }

  /** What waits, as text. */
  listed(): string[] {
    return this.waiting.map(
      ({ channel, message, failures, nextAt }) => `${channel} ${message.id} ${failures} ${nextAt}`,
    );
  }
}

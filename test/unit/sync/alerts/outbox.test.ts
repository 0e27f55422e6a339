// What is still to be sent (B24): in order, later and later, not for ever, and never what is over already.
import { describe, expect, it } from '@jest/globals';
import type { AlertMessage } from '../../../../bridge/model/alert.ts';
import { alertDelay } from '../../../../bridge/connection/alerting/delivery.ts';
import { afterFailure, dueOf, nextDueAt, withMessages, withoutSent } from '../../../../bridge/sync/alerts/outbox.ts';

const START = Date.UTC(2026, 10, 29, 8);
const ALL = { bell: true, email: true, webhook: true };
const message = (about: Partial<AlertMessage> = {}): AlertMessage => ({
  id: 'connection:1',
  kind: 'raised',
  state: 'connection',
  title: 'Down',
  text: 'Down.',
  at: START,
  ...about,
});
const over = message({ id: 'connection:1:over', kind: 'recovered' });
const listed = (outbox: ReturnType<typeof withMessages>): string[] =>
  outbox.map((entry) => `${entry.channel} ${entry.message.id}`);

describe('an alert that is due', () => {
  it('is sent by each channel that is on, once', () => {
    const outbox = withMessages([], [message()], { ...ALL, email: false });
    expect(listed(outbox)).toEqual(['bell connection:1', 'webhook connection:1']);
    expect(withMessages(outbox, [message()], ALL)).toHaveLength(3);
    expect(dueOf(outbox, 'webhook', START)).toEqual(message());
    expect(dueOf(outbox, 'email', START)).toBeUndefined();
    expect(listed(withoutSent(outbox, 'bell', message()))).toEqual(['webhook connection:1']);
  });

  it('gives way to its recovery where it was not sent', () => {
    const first = withoutSent(
      withMessages([], [message(), message({ id: 'x', state: 'budgetSpent' })], ALL),
      'bell',
      message(),
    );
    expect(listed(withMessages(first, [over], { ...ALL, email: false }))).toEqual([
      'bell x',
      'email x',
      'webhook x',
      'bell connection:1:over',
      'webhook connection:1:over',
    ]);
  });

  it('about a channel goes by the others, and a digest not by the bell', () => {
    const broken = message({ id: 'undelivered:email:1', state: 'undelivered:email' });
    const digest = message({ id: 'digest:1', kind: 'digest', state: undefined });
    expect(listed(withMessages([], [broken, digest], ALL))).toEqual([
      'bell undelivered:email:1',
      'webhook undelivered:email:1',
      'email digest:1',
      'webhook digest:1',
    ]);
  });
});

describe('a channel that fails', () => {
  it('is tried again after a minute, then later and later, up to an hour, and given up after a day', () => {
    let outbox = withMessages([], [message()], { ...ALL, bell: false, webhook: false });
    let now = START;
    const waits: number[] = [];
    for (;;) {
      const after = afterFailure(outbox, 'email', message(), true, now, alertDelay);
      ({ outbox } = after);
      const next = nextDueAt(outbox);
      if (next === undefined) break;
      expect(dueOf(outbox, 'email', next - 1)).toBeUndefined();
      waits.push((next - now) / 60_000);
      now = next;
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(now - START).toBeGreaterThanOrEqual(86_400_000);
  });

  it('that refuses it for good is not tried again with it', () => {
    const outbox = withMessages([], [message()], ALL);
    const after = afterFailure(outbox, 'webhook', message(), false, START, alertDelay);
    expect(after.givenUp).toBe(true);
    expect(listed(after.outbox)).toEqual(['bell connection:1', 'email connection:1']);
  });

  it('holds its own later alerts back, in their order, and no other channel', () => {
    const { outbox } = afterFailure(withMessages([], [message()], ALL), 'email', message(), true, START, alertDelay);
    const later = withMessages(outbox, [message({ id: 'budgetSpent:2', state: 'budgetSpent', at: START + 1000 })], ALL);
    expect(dueOf(later, 'email', START + 1000)).toBeUndefined();
    expect(dueOf(later, 'email', START + 60_000)?.id).toBe('connection:1');
    expect(dueOf(withoutSent(later, 'bell', message()), 'bell', START + 1000)?.id).toBe('budgetSpent:2');
  });
});

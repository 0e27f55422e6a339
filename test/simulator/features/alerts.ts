// States of the connection that come and go, and the alerts that they make (B24): what is said, when, by which way and how often it is tried; and the
// weekly digest.
import type { AlertChannel, AlertMessage } from '../../../bridge/model/alert.ts';
import { ALERT_CHANNELS } from '../../../bridge/model/alert.ts';
import type { AlertFacts } from '../../../bridge/sync/alerts/present.ts';
import { presentStates } from '../../../bridge/sync/alerts/present.ts';
import { decideAlerts, type KnownStates } from '../../../bridge/sync/alerts/decide.ts';
import { digestMessage, lastMonday } from '../../../bridge/sync/alerts/digest.ts';
import { countFailures, manyFailures, type FailureCounts } from '../../../bridge/sync/alerts/failures.ts';
import {
  afterFailure,
  dueOf,
  nextDueAt,
  withMessages,
  withoutSent,
  type OutboxEntry,
} from '../../../bridge/sync/alerts/outbox.ts';
import type { Random } from '../../sellfire/random.ts';
import { auditAlerts, type Look } from '../audit/alerts.ts';
import { Channels } from '../audit/channels.ts';
import { auditDigest, auditFailures, auditMonday } from '../audit/digests.ts';
import type { Simulation } from '../simulation.ts';
import type { Feature } from './feature.ts';

const SLOT_MS = 5 * 60_000;
const LOOKS = 60;
const CALM = { raise: 2 * SLOT_MS, clear: 5 * SLOT_MS };
const CODES = ['NO_PHONE', 'DUPLICATE_VALUE', 'VALUE_UNFIT'];

/** A state goes on from one look to the next more often than not. */
function someFacts(random: Random, before: AlertFacts | undefined, many: AlertFacts['failures']): AlertFacts {
  const goesOn = (was: string | undefined, text: string): string | undefined =>
    random.chance(was === undefined ? 0.06 : 0.75) ? text : undefined;
  const named = <N extends string>(names: readonly N[], was: Partial<Record<N, string>>): Partial<Record<N, string>> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const text = goesOn(was[name], `The reason of ${name}.`);
        return text === undefined ? [] : [[name, text]];
      }),
    ) as Partial<Record<N, string>>;
  return {
    storeFails: goesOn(before?.storeFails, 'The disk is full.'),
    storeLost: goesOn(before?.storeLost, 'It is empty.'),
    connection: goesOn(before?.connection, 'The token is revoked.'),
    sellfireLost: goesOn(before?.sellfireLost, 'It is away.'),
    budgetSpent: goesOn(before?.budgetSpent, 'The share is used up.'),
    eventsSpent: goesOn(before?.eventsSpent, 'The allocation is used up.'),
    workPaused: goesOn(before?.workPaused, 'No object may be written.'),
    still: named(['toSellfire', 'toSalesforce'], before?.still ?? {}),
    creationPaused: named(['Lead', 'Contact', 'Sellfire'], before?.creationPaused ?? {}),
    undelivered: named(ALERT_CHANNELS, before?.undelivered ?? {}),
    failures: many,
  };
}

/** The way of a message from the decision to its receiver, with what the account of the auditor says of it. */
class Post {
  readonly wrong: string[] = [];
  private outbox: OutboxEntry[] = [];
  private readonly account = new Channels();
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  add(messages: readonly AlertMessage[]): void {
    const { random } = this;
    const isOn = { bell: random.chance(0.8), email: random.chance(0.8), webhook: random.chance(0.8) };
    this.outbox = withMessages(this.outbox, messages, isOn);
    this.account.add(messages, isOn);
    this.compare('what is to be sent');
  }

  send(channel: AlertChannel, now: number): void {
    const { random } = this;
    const message = dueOf(this.outbox, channel, now);
    if (message?.id !== this.account.due(channel, now)) this.wrong.push(`B24: ${message?.id} is due by ${channel}.`);
    if (!message) return;
    if (random.chance(0.5)) {
      this.outbox = withoutSent(this.outbox, channel, message);
      this.account.sent(channel);
    } else {
      const isRetried = random.chance(0.9);
      const delay = (failures: number): number => failures * SLOT_MS;
      const { outbox, givenUp } = afterFailure(this.outbox, channel, message, isRetried, now, delay);
      this.outbox = outbox;
      if (this.account.failed(channel, isRetried, now, delay) !== givenUp)
        this.wrong.push(`B24: ${message.id} by ${channel} is ${givenUp ? '' : 'not '}given up.`);
    }
    this.compare(`what waits after ${message.id} by ${channel}`);
  }

  private compare(what: string): void {
    const { outbox, account } = this;
    const listed = outbox.map((one) => `${one.channel} ${one.message.id} ${one.attempts} ${one.nextAt}`);
    if (listed.join() !== account.listed().join()) this.wrong.push(`B24: ${what} is ${listed.join()}.`);
    if (nextDueAt(outbox) !== account.nextAt()) this.wrong.push(`B24: the next of it is due at ${nextDueAt(outbox)}.`);
  }
}

function ask({ random, now: start, timeZone }: Simulation): string[] {
  const wrong: string[] = [];
  const post = new Post(random);
  const looks: Look[] = [];
  const failed: { code: string; at: number }[] = [];
  let [states, counts]: [KnownStates, FailureCounts] = [{}, {}];
  let facts: AlertFacts | undefined;
  let now = Math.ceil(start / SLOT_MS) * SLOT_MS;
  for (let look = 0; look < LOOKS; look += 1) {
    // Most looks follow one another; some alerts wait for a day.
    now += random.chance(0.02) ? 300 * SLOT_MS : SLOT_MS * random.between(1, 2);
    const rows = Array.from({ length: random.pick([0, 0, 4, 24, 30]) }, () => {
      return { code: random.pick(CODES), outcome: random.pick(['Failed', 'Refused', 'Success', 'Skipped'] as const) };
    });
    // More causes than anybody reads, each once.
    if (random.chance(0.01))
      for (let code = 0; code < 30; code += 1) rows.push({ code: `C${code}`, outcome: 'Failed' });
    for (const { code, outcome } of rows) if (['Failed', 'Refused'].includes(outcome)) failed.push({ code, at: now });
    counts = countFailures(counts, rows, now);
    const raised = new Set(CODES.filter((code) => states[`failures:${code}`]));
    const many = manyFailures(counts, raised);
    wrong.push(...auditFailures(failed, raised, now, many));
    facts = someFacts(
      random,
      facts,
      many.map((one) => ({ ...one, title: `Title of ${one.code}` })),
    );
    const isRunning = random.chance(0.9);
    const decision = decideAlerts(states, presentStates(facts, isRunning), CALM, now);
    ({ states } = decision);
    looks.push({ now, facts, isRunning, due: decision.due });
    post.add(decision.due);
    for (const channel of ALERT_CHANNELS) if (random.chance(0.7)) post.send(channel, now);
    if (random.chance(0.1)) {
      const [message, problems] = someDigest(random, now, timeZone);
      wrong.push(...problems);
      post.add([message]);
    }
  }
  if (random.chance(0.1)) post.add(Array.from({ length: 250 }, (_, index) => someMessage(index, now)));
  for (const channel of ALERT_CHANNELS) post.send(channel, now + SLOT_MS);
  return [...auditAlerts(looks, CALM), ...wrong, ...post.wrong];
}

const someMessage = (index: number, at: number): AlertMessage => {
  return {
    id: `failures:C${index}:${at}`,
    kind: 'raised',
    state: `failures:C${index}`,
    title: 'Many',
    text: 'Many.',
    at,
  };
};

function someDigest(random: Random, now: number, zone: string): [AlertMessage, string[]] {
  const half = Math.floor(now / (6 * SLOT_MS)) * 6 * SLOT_MS;
  const asked = random.pick([half, lastMonday(half, zone), lastMonday(half, zone) - 6 * SLOT_MS]);
  const from = lastMonday(asked, zone);
  const count = (): number => random.pick([0, 1, 2, 1_204]);
  const counts = { in: count(), out: count(), refused: count(), failed: count() };
  const known = random.pick([[], [{ title: 'No phone', code: 'NO_PHONE', count: 1_004 }]]);
  const causes = random.chance(0.3) ? undefined : known;
  const week = { from, counts, states: random.pick([[], ['One', 'Two']]), causes };
  const message = digestMessage(week, asked, zone);
  const isItself = message.kind === 'digest' && message.id === `digest:${from}` && message.at === asked;
  return [
    message,
    [
      ...auditMonday(from, asked, zone),
      ...auditDigest(week, asked, zone, message.text),
      ...(isItself ? [] : [`B24: the digest is ${message.id}.`]),
    ],
  ];
}

export const ALERTS: Feature = { name: 'alerts', ask };

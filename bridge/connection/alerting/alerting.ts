// Alerts an admin when the state of the connection changes (B24): looks at it regularly, keeps what is decided before anything is
// sent, and sends by each channel in its own time. A channel that is away is tried again and holds nothing else up.
import type { Logger } from 'pino';
import { every } from '../../lib/every.ts';
import { systemTimer, type Timer } from '../../lib/timer.ts';
import { ALERT_CHANNELS, type AlertChannel, type AlertMessage } from '../../model/alert.ts';
import type { SyncConfig } from '../../model/config.ts';
import { failureMessage } from '../../model/failure.ts';
import { PeerError, policyOf } from '../../model/fault.ts';
import { say, type Message } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import { decideAlerts } from '../../sync/alerts/decide.ts';
import { digestMessage, lastMonday, type Cause } from '../../sync/alerts/digest.ts';
import { countFailures, manyFailures } from '../../sync/alerts/failures.ts';
import { afterFailure, dueOf, nextDueAt, withMessages, withoutSent } from '../../sync/alerts/outbox.ts';
import { presentStates } from '../../sync/alerts/present.ts';
import { alertFacts } from './alertFacts.ts';
import { NOTHING_YET, readAlerts, saveAlerts, type AlertMemory } from './alertState.ts';
import type { Hours } from '../status/hours.ts';
import type { Snapshot } from '../status/snapshot.ts';

/** The bridge may still be starting: only what lasts longer is a state of it. */
const STARTING_MS = 120_000;
const LONGEST_LOOK_MS = 30_000;
const SHORTEST_LOOK_MS = 1_000;
/** A state is over only after more than it takes to say that it holds: most come and go. */
const CLEAR_FACTOR = 2.5;
/** A channel that fails for longer is an alert by the others. */
const UNDELIVERED_MS = 10 * 60_000;
/** Heartbeats with different alerts keep this apart, so that the org's flow sees each of them. */
const BETWEEN_BELLS_MS = 5_000;
/** The digest goes out without what Salesforce did not say by then. */
const CAUSES_MS = 6 * 3_600_000;

/** @throws PeerError */
export type SendAlert = (message: AlertMessage) => Promise<void>;

export interface TestOutcome {
  channel: AlertChannel;
  /** Why it was not sent, with what to do. */
  problem: Message | undefined;
}

export interface Alerting {
  /** Reads what an earlier run knew. Never rejects. */
  load(): Promise<void>;
  /** Counts the rows of a finished turn. */
  observe(reports: readonly Report[]): void;
  /** Begins to look: the connection has started. */
  begin(): void;
  /** The alert that the heartbeat carries, which rings the bell once. */
  bell(): AlertMessage | undefined;
  /** Sends a test message by each channel that is switched on and set up. */
  test(): Promise<TestOutcome[]>;
  stop(): Promise<void>;
}

export interface AlertingOptions {
  store: Pick<Store, 'append' | 'cursor'>;
  connection: string;
  /** @throws BridgeError while the configuration was never read */
  config: () => SyncConfig;
  timeZone: () => string;
  snapshot: () => Promise<Snapshot>;
  hours: Pick<Hours, 'totals'>;
  /** Publishes a heartbeat with the alert. @throws PeerError */
  ring: (message: AlertMessage) => Promise<void>;
  email: SendAlert;
  /** Absent where the bridge has no address for it. */
  webhook: SendAlert | undefined;
  /** The causes of the refused and failed rows since then. @throws PeerError */
  causes: (since: number) => Promise<Cause[]>;
  /** How long a state lasts before it is said. */
  calmMs: number;
  logger: Logger;
  timer?: Timer;
}

export function createAlerting(options: AlertingOptions): Alerting {
  const { store, connection, snapshot, hours, calmMs, logger, timer = systemTimer } = options;
  const calm = { raise: calmMs, clear: calmMs * CLEAR_FACTOR };
  let memory: AlertMemory = NOTHING_YET;
  let reported: Pick<Report, 'outcome' | 'code'>[] = [];
  let storeFails: string | undefined;
  let rungAt = -Infinity;

  const send: Record<AlertChannel, SendAlert | undefined> = {
    email: options.email,
    webhook: options.webhook,
    async bell(message) {
      memory = { ...memory, bell: message };
      await save();
      await options.ring(message);
      rungAt = timer.now();
    },
  };

  const looking = every({
    ms: Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, calmMs / 4)),
    work: look,
    onFailure: (error) =>
      logger.error({ event: 'alerts_not_judged', err: error }, 'The state could not be judged for alerts; it goes on'),
    timer,
  });
  const delivering = ALERT_CHANNELS.map((channel) =>
    every({
      ms: () => untilDue(channel),
      work: () => deliver(channel),
      onFailure: (error) =>
        logger.error({ event: 'alert_failed', channel, err: error }, 'An alert could not be worked on; it goes on'),
      timer,
    }),
  );

  /** A store that cannot be written is a state too: what is decided then is kept in memory. */
  async function save(): Promise<void> {
    try {
      await saveAlerts(store, connection, memory, timer.now());
      storeFails = undefined;
    } catch (error) {
      storeFails = error instanceof Error ? error.message : String(error);
    }
  }

  function currentConfig(): SyncConfig | undefined {
    try {
      return options.config();
    } catch {
      return undefined;
    }
  }

  async function look(): Promise<void> {
    const now = timer.now();
    const state = await snapshot();
    const config = currentConfig();
    const isOn = onOf(config?.settings) ?? memory.isOn ?? onOf(DEFAULT_SETTINGS);
    const failures = countFailures(memory.failures, reported, now);
    reported = [];
    const many = manyFailures(failures, codesOf(memory.states));
    const own = { storeFails, undelivered: undeliveredOf(memory.failing, now), failures: many };
    const present = presentStates(alertFacts(state, config, own, now), state.sync.state === 'Running');
    const { states, due } = decideAlerts(memory.states, present, calm, now);
    for (const { id, kind, title } of due) logger.info({ event: 'alert_decided', id, kind, title }, 'An alert is due');
    const digest = await digestOf(now, isOn.digest);
    const messages = [...due, ...(digest.message ? [digest.message] : [])];
    const outbox = withMessages(memory.outbox, messages, {
      ...isOn,
      webhook: isOn.webhook && send.webhook !== undefined,
    });
    memory = { ...memory, states, failures, isOn, outbox, digest: digest.done };
    await save();
    deliverSoon();
  }

  async function digestOf(
    now: number,
    isWanted: boolean,
  ): Promise<{ done: AlertMemory['digest']; message?: AlertMessage }> {
    const zone = options.timeZone();
    const until = lastMonday(now, zone);
    const { in: inwards, out, refused, failed } = hours.totals();
    const totals = { in: inwards, out, refused, failed };
    const before = memory.digest;
    if (!before) return { done: { until: now, totals } };
    if (before.until >= until) return { done: before };
    const done = { until, totals };
    if (!isWanted) return { done };
    const causes = await options.causes(before.until).catch((error: unknown) => {
      if (now - until < CAUSES_MS && error instanceof PeerError) return 'later' as const;
      logger.warn({ event: 'digest_without_causes', err: error }, 'The weekly digest is sent without the causes');
      return undefined;
    });
    if (causes === 'later') return { done: before };
    const counts = {
      in: totals.in - before.totals.in,
      out: totals.out - before.totals.out,
      refused: totals.refused - before.totals.refused,
      failed: totals.failed - before.totals.failed,
    };
    const states = Object.values(memory.states).flatMap(({ raisedAt, title }) => (raisedAt === null ? [] : [title]));
    return { done, message: digestMessage({ from: before.until, counts, states, causes }, now, zone) };
  }

  function untilDue(channel: AlertChannel): number {
    const at = nextDueAt(memory.outbox.filter((entry) => entry.channel === channel));
    if (at === undefined) return Infinity;
    const earliest = channel === 'bell' ? rungAt + BETWEEN_BELLS_MS : 0;
    return Math.max(0, Math.max(at, earliest) - timer.now());
  }

  function deliverSoon(): void {
    ALERT_CHANNELS.forEach((channel, index) => delivering[index]?.within(untilDue(channel)));
  }

  async function deliver(channel: AlertChannel): Promise<void> {
    const message = dueOf(memory.outbox, channel, timer.now());
    if (!message) return;
    const { id, title } = message;
    const failed = await attempt(channel, message);
    if (!failed) {
      memory = {
        ...memory,
        outbox: withoutSent(memory.outbox, channel, message),
        failing: without(memory.failing, channel),
      };
      await save();
      logger.info({ event: 'alert_sent', channel, id, title }, 'An alert was sent');
      return;
    }
    const after = afterFailure(memory.outbox, channel, message, failed.isRetried, timer.now());
    const since = memory.failing[channel]?.since ?? timer.now();
    const failing = { ...memory.failing, [channel]: { since, problem: failed.problem.sentence } };
    memory = { ...memory, outbox: after.outbox, failing };
    await save();
    const problem = failed.problem.sentence;
    if (after.givenUp) logger.error({ event: 'alert_given_up', channel, id, problem }, 'An alert could not be sent');
    else logger.warn({ event: 'alert_delayed', channel, id, problem }, 'An alert could not be sent; it is tried again');
  }

  /** @returns why it was not sent; undefined where it was */
  async function attempt(
    channel: AlertChannel,
    message: AlertMessage,
  ): Promise<{ problem: Message; isRetried: boolean } | undefined> {
    const sendBy = send[channel];
    if (!sendBy) return { problem: say('alertWithoutAddress'), isRetried: false };
    try {
      await sendBy(message);
      return undefined;
    } catch (error) {
      const isRetried = !(error instanceof PeerError) || policyOf(error.fault).isRetried;
      return { problem: failureMessage(error), isRetried };
    }
  }

  return {
    async load() {
      try {
        memory = await readAlerts(store, connection);
      } catch (error) {
        logger.error({ event: 'alerts_not_read', err: error }, 'What was alerted before could not be read');
      }
      looking.within(STARTING_MS);
      deliverSoon();
    },
    observe: (reports) => void reported.push(...reports.map(({ outcome, code }) => ({ outcome, code }))),
    begin: () => looking.within(0),
    bell: () => memory.bell ?? undefined,
    async test() {
      const on = onOf(currentConfig()?.settings) ?? onOf(DEFAULT_SETTINGS);
      const at = timer.now();
      const channels = ALERT_CHANNELS.filter((channel) => on[channel] && send[channel] !== undefined);
      return Promise.all(
        channels.map(async (channel) => {
          const title = 'Test message of Sellfire';
          const text = 'Alerts arrive here: one when something stands in the way, and one when it is over.';
          const failed = await attempt(channel, { id: `test:${at}`, kind: 'test', title, text, at });
          return { channel, problem: failed?.problem };
        }),
      );
    },
    async stop() {
      await Promise.all([looking, ...delivering].map((one) => one.stop()));
    },
  };
}

type IsOn = NonNullable<AlertMemory['isOn']>;

function onOf(settings: Settings): IsOn;
function onOf(settings: Settings | undefined): IsOn | undefined;
function onOf(settings: Settings | undefined): IsOn | undefined {
  return (
    settings && {
      bell: settings.alertBell,
      email: settings.alertEmail,
      webhook: settings.alertWebhook,
      digest: settings.weeklyDigest,
    }
  );
}

/** The codes of which an alert says that many changes fail, and is not over. */
function codesOf(states: AlertMemory['states']): Set<string> {
  const codes = Object.keys(states).flatMap((state) =>
    state.startsWith('failures:') ? [state.slice('failures:'.length)] : [],
  );
  return new Set(codes);
}

function undeliveredOf(failing: AlertMemory['failing'], now: number): Partial<Record<AlertChannel, string>> {
  return Object.fromEntries(
    Object.entries(failing).flatMap(([channel, { since, problem }]) =>
      now - since >= UNDELIVERED_MS ? [[channel, problem]] : [],
    ),
  );
}

function without(failing: AlertMemory['failing'], channel: AlertChannel): AlertMemory['failing'] {
  const { [channel]: _ended, ...rest } = failing;
  return rest;
}

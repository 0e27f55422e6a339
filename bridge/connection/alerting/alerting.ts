// Alerts an admin when the state of the connection changes (B24): looks at it regularly, keeps what is decided before anything is
// sent, and leaves the sending to the channels.
import { every } from '../../lib/every.ts';
import { systemTimer, type Timer } from '../../lib/timer.ts';
import { ALERT_CHANNELS, type AlertChannel, type AlertMessage } from '../../model/alert.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Message } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import { decideAlerts } from '../../sync/alerts/decide.ts';
import { countFailures, manyFailures } from '../../sync/alerts/failures.ts';
import { withMessages } from '../../sync/alerts/outbox.ts';
import { presentStates } from '../../sync/alerts/present.ts';
import type { Snapshot } from '../status/snapshot.ts';
import { alertFacts } from './alertFacts.ts';
import { createAlertMemory, type AlertState } from './alertMemory.ts';
import { createDelivery, type SendAlert } from './delivery.ts';
import { weeklyDigest, type WeeklyDigestSources } from './weeklyDigest.ts';

/** The bridge may still be starting: only what lasts longer is a state of it. */
const STARTING_MS = 120_000;
const LONGEST_LOOK_MS = 30_000;
const SHORTEST_LOOK_MS = 1_000;
/** A state is over only after more than it takes to say that it holds: most come and go. */
const CLEAR_FACTOR = 2.5;
/** A channel that fails for longer is an alert by the others. */
const UNDELIVERED_MS = 10 * 60_000;

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

export interface AlertingOptions extends WeeklyDigestSources {
  store: Pick<Store, 'append' | 'cursor'>;
  connection: string;
  /** @throws BridgeError while the configuration was never read */
  config: () => SyncConfig;
  snapshot: () => Promise<Snapshot>;
  /** Publishes a heartbeat with the alert. @throws PeerError */
  ring: (message: AlertMessage) => Promise<void>;
  email: SendAlert;
  /** Absent where the bridge has no address for it. */
  webhook: SendAlert | undefined;
  /** How long a state lasts before it is said. */
  calmMs: number;
  timer?: Timer;
}

export function createAlerting(options: AlertingOptions): Alerting {
  const { store, connection, snapshot, calmMs, logger, timer = systemTimer } = options;
  const calm = { raise: calmMs, clear: calmMs * CLEAR_FACTOR };
  const memory = createAlertMemory(store, connection, timer);
  let reported: Pick<Report, 'outcome' | 'code'>[] = [];

  const send: Record<AlertChannel, SendAlert | undefined> = {
    email: options.email,
    webhook: options.webhook,
    async bell(message) {
      await memory.save({ bell: message });
      await options.ring(message);
    },
  };
  const delivery = createDelivery({ memory, send, logger, timer });

  const looking = every({
    ms: Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, calmMs / 4)),
    work: look,
    onFailure: (error) =>
      logger.error({ event: 'alerts_not_judged', err: error }, 'The state could not be judged for alerts; it goes on'),
    timer,
  });

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
    const before = memory.state();
    const isOn = onOf(config?.settings) ?? before.isOn ?? onOf(DEFAULT_SETTINGS);
    const failures = countFailures(before.failures, reported, now);
    reported = [];
    const many = manyFailures(failures, codesOf(before.states));
    const own = { storeFails: memory.problem(), undelivered: undeliveredOf(before.failing, now), failures: many };
    const present = presentStates(alertFacts(state, config, own, now), state.sync.state === 'Running');
    const { states, due } = decideAlerts(before.states, present, calm, now);
    for (const { id, kind, title } of due) logger.info({ event: 'alert_decided', id, kind, title }, 'An alert is due');
    const digest = await weeklyDigest(options, before, isOn.digest, now);
    const messages = [...due, ...(digest.message ? [digest.message] : [])];
    const reached = { ...isOn, webhook: isOn.webhook && send.webhook !== undefined };
    const outbox = withMessages(memory.state().outbox, messages, reached);
    await memory.save({ states, failures, isOn, outbox, digest: digest.done });
    delivery.soon();
  }

  return {
    async load() {
      try {
        await memory.load();
      } catch (error) {
        logger.error({ event: 'alerts_not_read', err: error }, 'What was alerted before could not be read');
      }
      looking.within(STARTING_MS);
      delivery.soon();
    },
    observe: (reports) => void reported.push(...reports.map(({ outcome, code }) => ({ outcome, code }))),
    begin: () => looking.within(0),
    bell: () => memory.state().bell ?? undefined,
    async test() {
      const on = onOf(currentConfig()?.settings) ?? onOf(DEFAULT_SETTINGS);
      const at = timer.now();
      const channels = ALERT_CHANNELS.filter((channel) => on[channel] && send[channel] !== undefined);
      return Promise.all(
        channels.map(async (channel) => {
          const title = 'Test message of Sellfire';
          const text = 'Alerts arrive here: one when something stands in the way, and one when it is over.';
          const failed = await delivery.attempt(channel, { id: `test:${at}`, kind: 'test', title, text, at });
          return { channel, problem: failed?.problem };
        }),
      );
    },
    async stop() {
      await Promise.all([looking.stop(), delivery.stop()]);
    },
  };
}

type IsOn = NonNullable<AlertState['isOn']>;

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
function codesOf(states: AlertState['states']): Set<string> {
  const codes = Object.keys(states).flatMap((state) =>
    state.startsWith('failures:') ? [state.slice('failures:'.length)] : [],
  );
  return new Set(codes);
}

function undeliveredOf(failing: AlertState['failing'], now: number): Partial<Record<AlertChannel, string>> {
  return Object.fromEntries(
    Object.entries(failing).flatMap(([channel, { since, problem }]) =>
      now - since >= UNDELIVERED_MS ? [[channel, problem]] : [],
    ),
  );
}

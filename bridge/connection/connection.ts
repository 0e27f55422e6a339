// One connected org, running: its parts and how they are wired. A connection starts while either system is away, stores what the
// other one sends, and carries it over once both answer. Parts stop in the reverse order of this file.
import type { Logger } from 'pino';
import type { AlertWebhook } from '../alerts/webhook.ts';
import type { Config } from '../config.ts';
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import { createSweep } from '../jobs/sweep.ts';
import type { SyncState } from '../model/syncState.ts';
import type { Sellfire } from '../sellfire/client.ts';
import type { FeedEvent } from '../sellfire/events.ts';
import { subscribe } from '../sellfire/subscription.ts';
import type { Store } from '../store/store.ts';
import type { Alerting } from './alerting/alerting.ts';
import { createAdministration } from './administration.ts';
import { createAlerts } from './alerting/alerts.ts';
import { createConfigurations, type Configurations } from './configuration.ts';
import { createDriftSigns } from './driftSigns.ts';
import { createHeartbeat } from './status/heartbeat.ts';
import { createIncoming } from './incoming.ts';
import { createObstacles, type Obstacles } from './obstacles/obstacles.ts';
import { openOrgInBudget } from './orgInBudget.ts';
import { createOrgMirror } from './orgMirror.ts';
import { createOutgoing } from './outgoing.ts';
import { keepTrying } from './retry.ts';
import type { SavedConnection } from './saved.ts';
import { startUp } from './startup.ts';
import { createStoreMark } from './storeMark.ts';
import { measure } from './status/gauges.ts';
import { checksOf } from './status/readiness.ts';
import { takeSnapshot, type Snapshot } from './status/snapshot.ts';
import type { StreamsPace } from './streams.ts';

export interface ConnectionOptions {
  config: Config;
  saved: SavedConnection;
  store: Store;
  sellfire: Sellfire;
  metrics: Metrics;
  logger: Logger;
  publicUrl: string;
  version: string;
  /** The sync state of an earlier run, or that of a new connection. */
  sync: SyncState;
  /** Takes alerts; absent where none is configured. */
  alertWebhook?: AlertWebhook | undefined;
  /** Called once an admin has disconnected the org and the request is answered. */
  onDisconnected: () => void;
  /** Shorter waits than a day in production needs: for tests. */
  pace?: StreamsPace;
}

export interface Connection {
  readonly id: string;
  /** Resolves when the events are durable. */
  onWebhook(events: FeedEvent[], unplaced?: number): Promise<void>;
  /** @param at ms since the epoch: as of when; now unless it is given */
  checks(at?: number): Promise<Check[]>;
  measure(): Promise<void>;
  /** Starts, pauses or ends the sync. @param by who ordered it */
  control(state: SyncState['state'], by: string): Promise<void>;
  /** Receives nothing more, finishes what is under way, and closes everything. */
  stop(): Promise<void>;
  /** Takes the token back at Salesforce; the connection has to be stopped. @throws PeerError */
  revoke(): Promise<void>;
}

export function startConnection(options: ConnectionOptions): Connection {
  const { config, saved, store, sellfire, metrics, logger, pace, publicUrl, version } = options;
  const connection = saved.orgId;
  const parts = new AsyncDisposableStack();
  const part = <P extends { stop(): unknown }>(one: P): P => parts.adopt(one, async () => void (await one.stop()));
  parts.defer(async () => void (await started));
  const share = (): number => configurations.share();
  const org = openOrgInBudget({ config, saved, store, metrics, share, alert: sellfire.alert, logger });
  parts.defer(() => org.close());
  const attempts = keepTrying({ logger });
  const orgMirror = part(
    createOrgMirror({
      rest: org.canWait,
      reps: sellfire.reps,
      reload: () => configurations.reloadSoon(),
      attempts,
      logger,
    }),
  );
  const configurations: Configurations = part(
    createConfigurations({
      rest: org.essential,
      session: org.session,
      country: config.defaultCountry,
      sellfire,
      attempts,
      logger,
      onRead(read, problems) {
        incoming.reconciling.read(read);
        void orgMirror.read(read, problems);
        obstacles.read(read);
      },
      onRefreshed: (read) => obstacles.refreshed(read),
      creationRefusals: () => obstacles.creationRefusals(),
      onReloaded() {
        // Work that the old configuration held up may succeed with the new one.
        administration.control.apply();
        heartbeat.within(0);
      },
    }),
  );
  const driftSigns = createDriftSigns(configurations);
  const common = { store, connection, config: configurations.current, org, sellfire, metrics, logger };
  const storeMark = createStoreMark(common);
  const outgoing = part(
    createOutgoing({
      ...common,
      attempts,
      concurrency: config.concurrency,
      reread: driftSigns.reread,
      onReports(reports) {
        orgMirror.onReports(reports);
        alerting.observe(reports);
      },
      onOutcomes: (outcomes) => obstacles.observe(outcomes),
    }),
  );
  const obstacles: Obstacles = part(
    createObstacles({
      ...common,
      outgoing,
      isStarted: () => administration.control.current().state !== 'NotStarted',
      onChange: configurations.refresh,
    }),
  );
  const administration = createAdministration({
    ...common,
    alerts: { test: () => alerting.test() },
    outgoing,
    attempts,
    storeMark,
    reload: configurations.reload,
    userId: saved.userId,
    initial: options.sync,
    publish: () => heartbeat.publish(),
    onRunning: configurations.refresh,
    onDisconnected: options.onDisconnected,
  });
  parts.defer(administration.requests.close);
  const incoming = part(
    createIncoming({
      ...common,
      ...administration,
      attempts,
      pace,
      wake: outgoing.scheduler.wake,
      connectedAt: saved.createdAt,
      reconcileHours: config.reconcileHours,
      missingSince: storeMark.checked,
      onEvents: outgoing.hours.countEvents,
      onConfiguration: configurations.reloadSoon,
      onRequestsMissed: () => administration.openRequests.run(),
    }),
  );
  const sweep = part(createSweep({ ...common, scheduler: outgoing.scheduler }));
  part(administration.openRequests);
  const snapshot = (): Promise<Snapshot> =>
    takeSnapshot({
      ...common,
      ...outgoing,
      ...administration,
      ...incoming,
      attempts,
      configurations,
      storeMark,
    });
  const heartbeat = part(
    createHeartbeat({
      ...common,
      saved,
      version,
      snapshot,
      storeMark,
      alert: () => alerting.bell(),
      save: outgoing.hours.save,
    }),
  );
  const alerting: Alerting = part(
    createAlerts({
      ...common,
      saved,
      snapshot,
      hours: outgoing.hours,
      timeZone: configurations.timeZone,
      ring: heartbeat.ring,
      webhook: options.alertWebhook,
      calmMs: config.alertCalmSeconds * 1000,
    }),
  );
  part(attempts);
  const started = startUp({
    attempts,
    org,
    configurations,
    orgMirror,
    outgoing,
    administration,
    incoming,
    sweep,
    heartbeat,
    storeMark,
    alerting,
    logger,
    subscribe: () => subscribe(sellfire, { connection, publicUrl, secret: config.sellfire.webhookSecret }),
  });

  return {
    id: connection,
    onWebhook: incoming.feed.onWebhook,
    checks: async (at) => checksOf(await snapshot(), at ?? Date.now()),
    measure: async () => measure(metrics, connection, await snapshot(), Date.now()),
    control: administration.control.set,
    stop: () => parts.disposeAsync(),
    revoke: org.session.revoke,
  };
}

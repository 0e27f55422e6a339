// One connected org, running: its parts and how they are wired. A connection starts while either system is away, stores what the
// other one sends, and carries it over once both answer. Parts stop in the reverse order of this file.
import type { Logger } from 'pino';
import type { AlertWebhook } from '../alerts/webhook.ts';
import type { Config } from '../config.ts';
import type { Metrics } from '../http/metrics.ts';
import type { SyncState } from '../model/syncState.ts';
import type { Sellfire } from '../sellfire/client.ts';
import type { FeedEvent } from '../sellfire/events.ts';
import type { Store } from '../store/store.ts';
import type { Traces } from '../tracing/traces.ts';
import { openConfiguredOrg } from './configuredOrg.ts';
import { createMonitoring, type Monitoring } from './monitoring.ts';
import { keepTrying } from './retry.ts';
import type { SavedConnection } from './savedConnection.ts';
import { startUp } from './startup.ts';
import { createStoreMark } from './storeMark.ts';
import type { StreamsPace } from './streams.ts';
import { createTraffic, type Traffic, type TrafficOptions } from './traffic.ts';

export interface ConnectionOptions extends Pick<TrafficOptions, 'dispatcher'> {
  config: Config;
  saved: SavedConnection;
  store: Store;
  sellfire: Sellfire;
  metrics: Metrics;
  /** Absent where no collector is configured. */
  traces?: Traces | undefined;
  logger: Logger;
  publicUrl: string;
  version: string;
  /** Which process leads and which stand by; absent where the store has one process. */
  processes?: (() => string | undefined) | undefined;
  /** The sync state of an earlier run, or that of a new connection. */
  sync: SyncState;
  /** Takes alerts; absent where none is configured. */
  alertWebhook?: AlertWebhook | undefined;
  /** Called once an admin has disconnected the org and the request is answered. */
  onDisconnected: () => void;
  /** Shorter waits than a day in production needs: for tests. */
  pace?: StreamsPace;
}

export interface Connection extends Pick<Monitoring, 'checks' | 'measure'>, Pick<Traffic, 'onReceived'> {
  readonly id: string;
  /** Resolves when the events are durable. */
  onWebhook(events: FeedEvent[], unplaced?: number): Promise<void>;
  /** Starts, pauses or ends the sync. @param by who ordered it */
  control(state: SyncState['state'], by: string): Promise<void>;
  /** Receives nothing more, finishes what is under way, and closes everything. */
  stop(): Promise<void>;
  /** Takes the token back at Salesforce; the connection has to be stopped. @throws PeerError */
  revoke(): Promise<void>;
}

export function startConnection(options: ConnectionOptions): Connection {
  const { config, saved, store, sellfire, metrics, logger } = options;
  const connection = saved.orgId;
  const parts = new AsyncDisposableStack();
  const part = <P extends { stop(): unknown }>(one: P): P => parts.adopt(one, async () => void (await one.stop()));
  parts.defer(async () => void (await started));
  const attempts = keepTrying({ logger });
  const configuredOrg = part(
    openConfiguredOrg({
      ...options,
      attempts,
      onRead(read) {
        traffic.incoming.reconciling.read(read);
        traffic.outgoing.obstacles.read(read);
      },
      onRefreshed: (read) => traffic.outgoing.obstacles.refreshed(read),
      creationRefusals: () => traffic.outgoing.obstacles.creationRefusals(),
      onReloaded() {
        // Work that the old configuration held up may succeed with the new one.
        traffic.administration.control.apply();
        monitoring.heartbeat.within(0);
      },
    }),
  );
  const { org, configurations } = configuredOrg;
  const common = { store, connection, config: configurations.current, org, sellfire, metrics, attempts, logger };
  const storeMark = createStoreMark(common);
  const traffic: Traffic = part(
    createTraffic({
      ...options,
      ...common,
      config,
      configuredOrg,
      storeMark,
      initial: options.sync,
      alerts: { test: () => monitoring.alerting.test() },
      publish: () => monitoring.heartbeat.publish(),
      onReports: (reports) => monitoring.alerting.observe(reports),
    }),
  );
  const monitoring: Monitoring = part(
    createMonitoring({
      ...options,
      ...common,
      ...traffic,
      configurations,
      storeMark,
      webhook: options.alertWebhook,
      calmMs: config.alertCalmSeconds * 1000,
    }),
  );
  part(attempts);
  const started = startUp({ ...common, ...configuredOrg, ...traffic, ...monitoring, storeMark });

  return {
    id: connection,
    onWebhook: traffic.incoming.feed.onWebhook,
    onReceived: traffic.onReceived,
    checks: monitoring.checks,
    measure: monitoring.measure,
    control: traffic.administration.control.set,
    stop: () => parts.disposeAsync(),
    revoke: org.session.revoke,
  };
}

// Reports the state of a connection, each time from one snapshot: as readiness, as metrics, as the heartbeat that Home shows, and as
// alerts.
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Administration } from './administration.ts';
import type { Alerting } from './alerting/alerting.ts';
import { createAlerts, type AlertsOptions } from './alerting/alerts.ts';
import type { Configurations } from './configuration.ts';
import type { Incoming } from './incoming.ts';
import type { Outgoing } from './outgoing.ts';
import { measure } from './status/gauges.ts';
import { createHeartbeat, type Heartbeat, type HeartbeatOptions } from './status/heartbeat.ts';
import { checksOf } from './status/readiness.ts';
import { takeSnapshot, type Snapshot, type SnapshotSources } from './status/snapshot.ts';

export interface Monitoring {
  heartbeat: Heartbeat;
  alerting: Alerting;
  /** For /health/ready. @param at ms since the epoch: as of when; now unless it is given */
  checks(at?: number): Promise<Check[]>;
  /** Sets the gauges of the metrics. @param at as of `checks` */
  measure(at?: number): Promise<void>;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

type FromSnapshot = Pick<SnapshotSources, 'attempts' | 'storeMark' | 'org' | 'sellfire' | 'store'>;
type FromHeartbeat = Omit<HeartbeatOptions, 'snapshot' | 'alert' | 'save'>;
type FromAlerts = Omit<AlertsOptions, 'snapshot' | 'hours' | 'timeZone' | 'ring'>;

export type MonitoringOptions = FromSnapshot &
  FromHeartbeat &
  FromAlerts & {
    configurations: Configurations;
    outgoing: Outgoing;
    incoming: Incoming;
    administration: Administration;
    metrics: Metrics;
  };

/** Nothing is sent before the heartbeat and the alerting are started. */
export function createMonitoring(options: MonitoringOptions): Monitoring {
  const { connection, configurations, outgoing, incoming, administration, metrics } = options;
  const parts = new AsyncDisposableStack();
  const snapshot = (): Promise<Snapshot> =>
    takeSnapshot({ ...options, ...outgoing, ...administration, ...incoming, configurations });
  const heartbeat = parts.adopt(
    createHeartbeat({ ...options, snapshot, alert: () => alerting.bell(), save: outgoing.hours.save }),
    (one) => one.stop(),
  );
  const { timeZone } = configurations;
  const alerting: Alerting = parts.adopt(
    createAlerts({ ...options, snapshot, hours: outgoing.hours, timeZone, ring: heartbeat.ring }),
    (one) => one.stop(),
  );
  return {
    heartbeat,
    alerting,
    checks: async (at) => checksOf(await snapshot(), at ?? Date.now()),
    measure: async (at) => measure(metrics, connection, await snapshot(), at ?? Date.now()),
    stop: () => parts.disposeAsync(),
  };
}

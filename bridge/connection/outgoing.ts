// Everything by which changes go out: the workers that carry them to both systems, what holds them up, the counts of each hour, and the
// publisher of report rows. It stops from front to back: a turn under way is finished, the counts are saved, the publishing call ends.
import type { Peers } from '../jobs/execute.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Report } from '../model/report.ts';
import type { Sellfire } from '../sellfire/client.ts';
import type { OnArrival } from '../store/store.ts';
import { createObstacles, type Obstacles, type ObstaclesOptions } from './obstacles/obstacles.ts';
import { salesforcePort } from './org.ts';
import type { OrgInBudget } from './orgInBudget.ts';
import { startReportPublisher } from './reportPublisher.ts';
import type { Watch } from './retry.ts';
import { createHours, type Hours } from './status/hours.ts';
import { createWork, type WorkOptions } from './work.ts';

export interface Outgoing {
  scheduler: Scheduler;
  /** Decides about what has just arrived. */
  onArrival: OnArrival;
  /** What the org's fields, rules and rights hold up. */
  obstacles: Obstacles;
  hours: Hours;
  /** Both systems, with the fields that the current configuration maps. */
  peers: Peers;
  /** Both systems, with the fields that another configuration maps. */
  peersFor(config: SyncConfig): Peers;
  /** Saves report rows that no turn made, and publishes them. */
  report(rows: Report[]): Promise<void>;
  stop(): Promise<void>;
}

type FromWork = Pick<
  WorkOptions,
  'store' | 'connection' | 'concurrency' | 'dispatcher' | 'config' | 'reread' | 'metrics' | 'traces' | 'logger'
>;

export interface OutgoingOptions extends FromWork, Pick<ObstaclesOptions, 'isStarted' | 'onChange'> {
  org: OrgInBudget;
  attempts: Watch;
  sellfire: Sellfire;
  /** Receives the report rows of each finished turn. */
  onReports: (reports: readonly Report[]) => void;
}

/** The workers wait until the scheduler is started; report rows that an earlier run left are published at once. */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const { org, sellfire, attempts, onReports, isStarted, onChange, ...common } = options;
  const parts = new AsyncDisposableStack();
  const peersFor = (config: () => SyncConfig): Peers => ({ salesforce: salesforcePort(org.rest, config), sellfire });
  const peers = peersFor(common.config);
  const names = (): SyncConfig['names'] => common.config().names;
  const reports = parts.adopt(startReportPublisher({ ...common, publisher: org.pubsub, names, attempts }), (one) =>
    one.stop(),
  );
  const hours = parts.adopt(createHours(common.store, common.connection), (one) => one.save());
  const work = createWork({
    ...common,
    ...peers,
    budget: org.budget,
    onTurn(outcomes, reports) {
      hours.count(outcomes, reports);
      obstacles.observe(outcomes);
    },
    onReports(rows) {
      onReports(rows);
      if (rows.length > 0) reports.wake();
    },
  });
  parts.defer(work.stop);
  const { scheduler } = work;
  async function report(rows: Report[]): Promise<void> {
    await common.store.addReports(common.connection, rows);
    reports.wake();
  }
  const obstacles: Obstacles = parts.adopt(
    createObstacles({ ...common, scheduler, report, isStarted, onChange }),
    (one) => one.stop(),
  );
  return {
    report,
    scheduler,
    onArrival: work.onArrival,
    obstacles,
    hours,
    peers,
    peersFor: (config) => peersFor(() => config),
    stop: () => parts.disposeAsync(),
  };
}

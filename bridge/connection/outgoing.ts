// Everything by which changes go out: the workers that carry them to both systems, the counts of each hour, and the publisher of
// report rows. It stops from front to back: a turn under way is finished, the counts are saved, the publishing call ends.
import type { Peers } from '../jobs/execute.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Outcome } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Sellfire } from '../sellfire/client.ts';
import { createHours, type Hours } from './status/hours.ts';
import { salesforcePort } from './org.ts';
import type { OrgInBudget } from './orgInBudget.ts';
import { startReportPublisher } from './reportPublisher.ts';
import type { Watch } from './retry.ts';
import { createWork, type WorkOptions } from './work.ts';

export interface Outgoing {
  scheduler: Scheduler;
  hours: Hours;
  /** Both systems, with the fields that the current configuration maps. */
  peers: Peers;
  /** Both systems, with the fields that another configuration maps. */
  peersFor(config: SyncConfig): Peers;
  /** Saves report rows that no turn made, and publishes them. */
  report(rows: Report[]): Promise<void>;
  stop(): Promise<void>;
}

export interface OutgoingOptions extends Pick<
  WorkOptions,
  'store' | 'connection' | 'concurrency' | 'config' | 'reread' | 'metrics' | 'logger'
> {
  org: OrgInBudget;
  attempts: Watch;
  sellfire: Sellfire;
  /** Receives the report rows of each finished turn. */
  onReports: (reports: readonly Report[]) => void;
  /** Receives what became of the writes of each finished turn. */
  onOutcomes: (outcomes: readonly Outcome[]) => void;
}

/** The workers wait until the scheduler is started; report rows that an earlier run left are published at once. */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const { org, sellfire, attempts, onReports, onOutcomes, ...common } = options;
  const parts = new AsyncDisposableStack();
  const peersFor = (config: () => SyncConfig): Peers => ({ salesforce: salesforcePort(org.rest, config), sellfire });
  const peers = peersFor(common.config);
  const names = (): SyncConfig['names'] => common.config().names;
  const reports = parts.adopt(startReportPublisher({ ...common, publisher: org.pubsub, names, attempts }), (one) =>
    one.stop(),
  );
  const hours = parts.adopt(createHours(common.store, common.connection), (one) => one.save());
  const scheduler = createWork({
    ...common,
    ...peers,
    defers: org.budget.defers,
    onTurn(outcomes, reports) {
      hours.count(outcomes, reports);
      onOutcomes(outcomes);
    },
    onReports(rows) {
      onReports(rows);
      if (rows.length > 0) reports.wake();
    },
  });
  parts.defer(() => scheduler.drain());
  async function report(rows: Report[]): Promise<void> {
    await common.store.addReports(common.connection, rows);
    reports.wake();
  }
  return {
    report,
    scheduler,
    hours,
    peers,
    peersFor: (config) => peersFor(() => config),
    stop: () => parts.disposeAsync(),
  };
}

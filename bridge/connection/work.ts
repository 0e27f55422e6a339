// The workers of one connection: keys that changed are worked off side by side, and what came of it goes to the metrics, to the
// reports, and to what the org shows.
import type { Logger } from 'pino';
import type { Metrics } from '../http/metrics.ts';
import type { Peers } from '../jobs/execute.ts';
import { createScheduler, type Scheduler } from '../jobs/scheduler.ts';
import { createWorker } from '../jobs/worker.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Outcome } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Store } from '../store/store.ts';
import { recordOutcomes } from './workerMetrics.ts';

export interface WorkOptions extends Peers {
  store: Store;
  connection: string;
  /** Keys that are worked on at once. */
  concurrency: number;
  config: () => SyncConfig;
  /** Whether what can wait is to wait. */
  defers: () => boolean;
  /** Hears of the writes and rows of each finished turn. */
  onTurn: (outcomes: readonly Outcome[], reports: readonly Report[]) => void;
  /** Hears of the rows of each finished turn. */
  onReports: (reports: readonly Report[]) => void;
  metrics: Metrics;
  logger: Logger;
}

/** Takes nothing up before it is started. */
export function createWork(options: WorkOptions): Scheduler {
  const { connection, concurrency, metrics, logger, onReports, onTurn: heard, ...worker } = options;
  const scheduler = createScheduler({
    concurrency,
    process: createWorker({
      ...worker,
      connection,
      wake: (keys) => scheduler.wake(keys),
      onTurn(turn) {
        recordOutcomes(metrics, connection, turn);
        for (const report of turn.reports) logReport(logger, report);
        heard(turn.outcomes, turn.reports);
        onReports(turn.reports);
      },
    }),
    onError: (key, error) =>
      logger.error({ event: 'change_failed', err: error, key }, 'A change could not be worked on; it is tried again'),
    onPause: (reason, error) =>
      logger.error({ event: 'work_paused', code: error.fault.code, reason }, 'All work is paused'),
  });
  return scheduler;
}

/** The code of a report row, and which lead and record it is about; its words are data of the record. */
function logReport(logger: Logger, report: Report): void {
  const { outcome, code, event: about, direction, sellfireLeadId, salesforceObject, salesforceRecordId } = report;
  if (outcome === 'Success') return;
  logger.info(
    { event: 'change_reported', code, outcome, about, direction, sellfireLeadId, salesforceObject, salesforceRecordId },
    'A change was not carried out; its integration report says why',
  );
}

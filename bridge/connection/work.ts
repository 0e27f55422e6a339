// The workers of one connection: changed keys are processed concurrently, and the outcome of each turn goes to the metrics, the
// log, the counts and the report publisher.
import type { Logger } from 'pino';
import type { Metrics } from '../http/metrics.ts';
import type { Peers } from '../jobs/execute.ts';
import { createScheduler, type Scheduler } from '../jobs/scheduler.ts';
import { createWorker } from '../jobs/worker.ts';
import type { WorkerOptions } from '../jobs/turn.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Outcome } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Store } from '../store/store.ts';
import type { Traces } from '../tracing/traces.ts';
import { beginCounting, recordOutcomes } from './workerMetrics.ts';

export interface WorkOptions extends Peers {
  store: Store;
  connection: string;
  /** Keys that are processed at the same time. */
  concurrency: number;
  config: () => SyncConfig;
  /** Whether deferrable work waits, because Salesforce's API calls run short. */
  defers: () => boolean;
  /** As of the worker. */
  reread: NonNullable<WorkerOptions['reread']>;
  /** Receives the writes and report rows of each finished turn. */
  onTurn: (outcomes: readonly Outcome[], reports: readonly Report[]) => void;
  /** Receives the report rows of each finished turn. */
  onReports: (reports: readonly Report[]) => void;
  metrics: Metrics;
  /** Absent where no collector is configured. */
  traces?: Pick<Traces, 'turn'> | undefined;
  logger: Logger;
}

/** Starts no work before the scheduler is started. */
export function createWork(options: WorkOptions): Scheduler {
  const { connection, concurrency, metrics, traces, logger, onReports, onTurn: onTurnDone, ...worker } = options;
  beginCounting(metrics, connection);
  const scheduler = createScheduler({
    concurrency,
    process: createWorker({
      ...worker,
      connection,
      wake: (keys) => scheduler.wake(keys),
      onBroken({ invariant, detail }) {
        metrics.invariantBroken.inc({ connection, invariant });
        logger.error(
          { event: 'invariant_broken', invariant, detail },
          'Something that the bridge relies on does not hold',
        );
      },
      onTurn(turn) {
        recordOutcomes(metrics, connection, turn);
        traces?.turn(connection, turn);
        for (const report of turn.reports) logReport(logger, report);
        onTurnDone(turn.outcomes, turn.reports);
        onReports(turn.reports);
      },
    }),
    onError: (key, error) =>
      logger.error({ event: 'change_failed', err: error, key }, 'A change could not be worked on; it is tried again'),
    onPause: (reason, error) =>
      logger.error({ event: 'work_paused', code: error.fault.code, reason: reason.sentence }, 'All work is paused'),
  });
  return scheduler;
}

/** Logs the code of a report row and which lead and record it is about. Its reason is left out: it may hold values of the record. */
function logReport(logger: Logger, report: Report): void {
  const { outcome, code, event: about, direction, sellfireLeadId, salesforceObject, salesforceRecordId } = report;
  if (outcome === 'Success') return;
  logger.info(
    { event: 'change_reported', code, outcome, about, direction, sellfireLeadId, salesforceObject, salesforceRecordId },
    'A change was not carried out; its integration report says why',
  );
}

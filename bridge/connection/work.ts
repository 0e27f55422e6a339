// The workers of one connection: changed keys are processed concurrently, here and by the processes that work for this one, and the
// outcome of each turn goes to the metrics, the log, the counts and the report publisher.
import type { Logger } from 'pino';
import type { Metrics } from '../http/metrics.ts';
import { createOnArrival } from '../jobs/arrival.ts';
import type { Peers } from '../jobs/execute.ts';
import type { Dispatcher } from '../jobs/dispatcher.ts';
import { createScheduler, type Scheduler } from '../jobs/scheduler.ts';
import { createWorker } from '../jobs/worker.ts';
import { finishedTurn, type FinishedTurn, type WorkerOptions } from '../jobs/turn.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Broken } from '../model/invariant.ts';
import type { Outcome } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { OnArrival, Store } from '../store/store.ts';
import type { Traces } from '../tracing/traces.ts';
import type { Budget } from './budget/budget.ts';
import { beginCounting, recordOutcomes } from './workerMetrics.ts';

export interface WorkOptions extends Peers {
  store: Store;
  connection: string;
  /** Keys that a process works on at the same time. */
  concurrency: number;
  /** Hands turns to other processes; absent where none works for this one. */
  dispatcher?: Dispatcher | undefined;
  budget: Pick<Budget, 'defers' | 'spent' | 'status'>;
  config: () => SyncConfig;
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

export interface Work {
  scheduler: Scheduler;
  /** Decides about what has just arrived, while turns are run. */
  onArrival: OnArrival;
  /** Starts no more turns. Resolves when those under way have ended. */
  stop(): Promise<void>;
}

/** Starts no work before the scheduler is started. */
export function createWork(options: WorkOptions): Work {
  const { connection, concurrency, dispatcher, budget, metrics, traces, logger, onReports, onTurn, ...worker } =
    options;
  beginCounting(metrics, connection);

  function onBroken({ invariant, detail }: Broken): void {
    metrics.invariantBroken.inc({ connection, invariant });
    logger.error({ event: 'invariant_broken', invariant, detail }, 'Something that the bridge relies on does not hold');
  }

  function finish(turn: FinishedTurn, run: 'here' | 'elsewhere'): void {
    metrics.turns.inc({ connection, run });
    recordOutcomes(metrics, connection, turn);
    for (const report of turn.reports) logReport(logger, report);
    onTurn(turn.outcomes, turn.reports);
    onReports(turn.reports);
  }

  const run = createWorker({
    ...worker,
    connection,
    defers: budget.defers,
    wake: (keys) => scheduler.wake(keys),
    onBroken,
    onTurn(turn) {
      traces?.turn(connection, turn);
      finish(finishedTurn(turn), 'here');
    },
  });
  const shared = dispatcher?.open({
    ...{ connection, run, config: options.config, defers: budget.defers },
    mayHandOver: () => budget.status().tier !== 'paused',
    onAnswer({ calls, turns, broken, woken }) {
      budget.spent(calls.salesforce);
      metrics.apiCalls.inc({ connection, api: 'salesforce_rest' }, calls.salesforce);
      metrics.apiCalls.inc({ connection, api: 'sellfire' }, calls.sellfire);
      for (const one of broken) onBroken(one);
      for (const turn of turns) finish(turn, 'elsewhere');
      if (woken.length > 0) scheduler.wake(woken);
    },
    onRoom: () => scheduler.wake([]),
  });
  const scheduler = createScheduler({
    concurrency: shared?.room ?? concurrency,
    process: shared?.process ?? run,
    onError: (key, error) =>
      logger.error({ event: 'change_failed', err: error, key }, 'A change could not be worked on; it is tried again'),
    onPause: (reason, error) =>
      logger.error({ event: 'work_paused', code: error.fault.code, reason: reason.sentence }, 'All work is paused'),
  });
  return {
    scheduler,
    onArrival: createOnArrival({ config: options.config, isRunning: scheduler.isRunning }),
    async stop() {
      await scheduler.drain();
      shared?.close();
    },
  };
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

// Everything by which changes come in: the org's streams, Sellfire's webhook and feed, and the comparison that finds what no event
// reported. All of it goes through one intake, which stores a change before a worker is woken.
import type { Metrics } from '../http/metrics.ts';
import { systemTimer } from '../lib/timer.ts';
import { orgTime } from '../salesforce/api/rest.ts';
import type { Sellfire } from '../sellfire/client.ts';
import { createFeed, type Feed } from '../sellfire/feed.ts';
import { subscribe } from '../sellfire/subscription.ts';
import type { Store } from '../store/store.ts';
import { createIntake, type IntakeOptions } from './intake.ts';
import type { OrgInBudget } from './orgInBudget.ts';
import { notifyingOfCatalogue } from './orgMirror.ts';
import { closerLook, createReconciliation, type Reconciliation } from './reconcile.ts';
import { CUT_REASONS } from './streamProblems.ts';
import { createStreams, type Streams, type StreamsOptions } from './streams.ts';
import { recordSettled } from './workerMetrics.ts';

export interface Incoming {
  streams: Streams;
  feed: Feed;
  reconciling: Reconciliation;
  /** Registers the webhook at Sellfire. @throws PeerError */
  register(): Promise<unknown>;
  /** Receives nothing more. Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

type FromIntake = Omit<IntakeOptions, 'store' | 'counted' | 'onSettled' | 'now'>;
type FromStreams = Pick<
  StreamsOptions,
  'attempts' | 'pace' | 'connectedAt' | 'onConfiguration' | 'onRequests' | 'onRequestsMissed' | 'onRequestsCut'
>;

export interface IncomingOptions extends FromIntake, FromStreams {
  store: Store;
  org: OrgInBudget;
  sellfire: Sellfire;
  /** Where Sellfire reaches the bridge. */
  publicUrl: string;
  /** Signs the webhooks. */
  webhookSecret: string;
  /** Hours between two comparisons; 0: compares only where a field becomes visible. */
  reconcileHours: number;
  /** ms since the epoch: since when changes may be missing of a store that was lost, once that is known. */
  missingSince: () => Promise<number | undefined>;
  /** Receives the number of change events that Salesforce delivered. */
  onEvents: (count: number) => void;
  metrics: Metrics;
}

export function createIncoming(options: IncomingOptions): Incoming {
  const { store, connection, config, org, sellfire, publicUrl, webhookSecret, metrics, logger, onConfiguration } =
    options;
  const { rest, canWait, pubsub, budget } = org;
  const intake = createIntake({
    ...options,
    counted(source, result, count) {
      metrics.events.inc({ connection, source, result }, count);
      if (source === 'salesforce') options.onEvents(count);
    },
    onSettled: (source, count, at) => recordSettled(metrics, connection, { source, count, at }),
  });
  for (const reason of CUT_REASONS) metrics.reconnects.inc({ connection, reason }, 0);
  const streams = createStreams({
    ...options,
    intake,
    pubsub,
    rest,
    canWait,
    tier: () => budget.status().tier,
    onCut: (reason) => metrics.reconnects.inc({ connection, reason }),
  });
  const reconciling = createReconciliation({
    ...options,
    hours: options.reconcileHours,
    orgNow: () => orgTime(rest, (options.pace?.timer ?? systemTimer).now()),
    readBack: (since) => intake.readBack(canWait, since, { closer: closerLook(store, connection, config) }),
  });
  const stored = notifyingOfCatalogue(intake.feedStore, onConfiguration);
  const { timer = systemTimer } = options.pace ?? {};
  const feed = createFeed({ client: sellfire, store: stored, missingSince: options.missingSince, logger, timer });
  return {
    streams,
    feed,
    reconciling,
    register: () => subscribe(sellfire, { connection, publicUrl, secret: webhookSecret }),
    async stop() {
      await Promise.all([feed.stop(), reconciling.stop(), streams.stop()]);
    },
  };
}

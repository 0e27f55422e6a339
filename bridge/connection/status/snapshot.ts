// Takes the state of all parts of a connection at one time: readiness, the metrics, the heartbeat and the alerts are made from it.
import type { Usage } from '../../salesforce/api/limitInfo.ts';
import type { Sellfire } from '../../sellfire/client.ts';
import type { Feed } from '../../sellfire/feed.ts';
import type { Scheduler } from '../../jobs/scheduler.ts';
import type { Store } from '../../store/store.ts';
import type { Configurations } from '../configuration.ts';
import type { OrgInBudget } from '../orgInBudget.ts';
import type { Reconciliation } from '../reconcile.ts';
import type { Attempts } from '../retry.ts';
import type { StoreMark } from '../storeMark.ts';
import type { Streams } from '../streams.ts';
import type { BridgeError } from '../../model/fault.ts';
import type { Right } from '../../model/right.ts';
import type { SyncState } from '../../model/syncState.ts';
import type { Facts } from './statusMessages.ts';
import type { Allocations } from '../budget/budget.ts';
import type { SyncControl } from '../../requests/request.ts';
import type { Hours } from './hours.ts';
import type { Rights } from '../rights.ts';

/** The state of all parts of a connection at one time. Times are ms since the epoch. */
export interface Snapshot extends Facts {
  /** Why the store is not the one that the org knows. */
  storeProblem: string | undefined;
  /** Why a change was last tried in vain. */
  lastFailure: ReturnType<Scheduler['lastFailure']>;
  apiCalls: Usage | undefined;
  /** Earlier changes in Salesforce are compared. */
  reconciledAt: number | undefined;
  sync: SyncState;
  /** The last 24 hours, the oldest first. */
  hours: ReturnType<Hours['list']>;
  lastCarried: ReturnType<Hours['last']>;
  rights: readonly Right[];
  allocations: Allocations;
  /** IANA name of the org's time zone. */
  timeZone: string;
}

/** The parts of a connection that a snapshot reads. */
export interface SnapshotSources {
  connection: string;
  store: Pick<Store, 'counts' | 'problem'>;
  attempts: Pick<Attempts, 'problem' | 'failing'>;
  storeMark: Pick<StoreMark, 'problem'>;
  configurations: Pick<Configurations, 'phoneMapped' | 'problems' | 'timeZone'>;
  streams: Pick<Streams, 'problem' | 'changes' | 'polling'>;
  feed: Pick<Feed, 'state'>;
  scheduler: Pick<Scheduler, 'stats' | 'lastFailure'>;
  sellfire: Pick<Sellfire, 'clockAhead'>;
  org: Pick<OrgInBudget, 'rest' | 'budget'>;
  reconciling: Pick<Reconciliation, 'at'>;
  control: Pick<SyncControl, 'current'>;
  hours: Pick<Hours, 'list' | 'last'>;
  rights: Pick<Rights, 'current'>;
}

const diskWords = (problem: BridgeError | undefined): string | undefined =>
  problem && `${problem.code}: ${problem.message} ${problem.action}`;

export async function takeSnapshot(of: SnapshotSources): Promise<Snapshot> {
  return {
    connectionProblem: of.attempts.problem() ?? of.streams.problem(),
    background: of.attempts.failing(),
    storeProblem: of.storeMark.problem(),
    diskProblem: diskWords(of.store.problem()),
    phoneMapped: of.configurations.phoneMapped(),
    problems: of.configurations.problems(),
    changes: of.streams.changes(),
    polling: of.streams.polling(),
    feed: of.feed.state(),
    jobs: of.scheduler.stats(),
    lastFailure: of.scheduler.lastFailure(),
    clockAhead: { salesforce: of.org.rest.clockAhead, sellfire: of.sellfire.clockAhead() },
    counts: await of.store.counts(of.connection),
    apiCalls: of.org.rest.usage,
    budget: of.org.budget.status(),
    reconciledAt: of.reconciling.at(),
    sync: of.control.current(),
    hours: of.hours.list(),
    lastCarried: of.hours.last(),
    rights: of.rights.current(),
    allocations: of.org.budget.allocations(),
    timeZone: of.configurations.timeZone(),
  };
}

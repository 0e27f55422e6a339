// What Home says of the bridge where something is in the way, as messages that the pages say in the reader's language: which
// direction stands still and why, and everything else that is wrong or put off. The same facts as the checks of /health/ready.
import { say, type Message } from '../../model/message.ts';
import type { SchedulerStats } from '../../jobs/scheduler.ts';
import type { SubscriptionState } from '../../salesforce/pubsub/subscription.ts';
import type { FeedState } from '../../sellfire/feed.ts';
import type { StoreCounts } from '../../store/store.ts';
import type { BudgetStatus } from '../../sync/budgetStatus.ts';
import type { PollingState } from '../polling.ts';
import type { FailingWork } from '../retry.ts';

/** What can be in the way, of all parts of a connection. */
export interface Facts {
  /** Why the connection does not work yet or any more, with what to do. */
  connectionProblem: Message | undefined;
  /** Work beside the changes that fails at present. */
  background: readonly FailingWork[];
  /** Why the store cannot be written. */
  diskProblem: string | undefined;
  phoneMapped: boolean;
  /** The mappings and records that cannot work. */
  problems: readonly Message[];
  changes: SubscriptionState | undefined;
  /** Undefined while events are delivered. */
  polling: PollingState | undefined;
  feed: FeedState;
  jobs: SchedulerStats;
  /** ms by which the clock of the bridge is ahead of each peer's. */
  clockAhead: { salesforce: number | undefined; sellfire: number | undefined };
  counts: StoreCounts;
  budget: BudgetStatus;
}

/** A direction that stands still. */
export interface Still {
  id: 'toSellfire' | 'toSalesforce';
  /** ms that its oldest change has waited. */
  lag: number;
  /** Why a change was last tried in vain, a short while ago. */
  recent: Message | undefined;
}

const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000));

export interface StatusMessages {
  standstill: Message[];
  detail: Message[];
}

/** @param failing names of the checks that fail @param now ms since the epoch */
export function statusMessages(
  snapshot: Facts,
  failing: readonly string[],
  still: readonly Still[],
  now: number,
): StatusMessages {
  const { phoneMapped, problems, budget, polling } = snapshot;
  const checked = failing.flatMap((name) => ofCheck(name, snapshot, now));
  const detail = [
    ...(phoneMapped ? [] : [say('phoneNotMapped')]),
    ...(budget.tier === 'paused' ? [] : budget.messages),
    ...(polling && !failing.includes('salesforce events') ? ofPolling(snapshot) : []),
    ...problems,
    ...checked,
  ];
  return { standstill: ofStandstill(snapshot, failing, still, now), detail };
}

function ofCheck(name: string, snapshot: Facts, now: number): Message[] {
  const { connectionProblem, changes, polling, feed, jobs, counts, budget, clockAhead } = snapshot;
  switch (name) {
    case 'salesforce':
      return connectionProblem ? [connectionProblem] : [];
    case 'salesforce events':
      if (polling) return ofPolling(snapshot);
      return changes?.lastMessageAt === undefined
        ? [say('notSubscribed')]
        : [say('silentFor', { count: minutes(now - changes.lastMessageAt) })];
    case 'background work':
      return snapshot.background.map(({ why }) => why);
    case 'store':
      return [say(snapshot.diskProblem === undefined ? 'storeLost' : 'storeUnusable')];
    case 'sellfire events':
      return [feed.error ? say('feedFails', { problem: feed.error.why }) : say('feedUnread')];
    case 'salesforce api calls':
      return budget.messages;
    case 'work':
      if (jobs.paused !== undefined) return [say('workPaused', { problem: jobs.paused })];
      return [say('workWaits', { pending: counts.pending, minutes: minutes(now - (counts.oldestPendingAt ?? now)) })];
    case 'clock': {
      const off = Math.max(...[clockAhead.salesforce, clockAhead.sellfire].map((ahead = 0) => Math.abs(ahead)));
      return [say('clockOff', { seconds: Math.round(off / 1000) })];
    }
    // The directions are said by the standstill.
    default:
      return [];
  }
}

function ofPolling({ polling }: Facts): Message[] {
  if (!polling) return [];
  const { code, problem } = polling;
  return [say('asksForChanges', { code }), ...(problem === undefined ? [] : [say('askingFails', { problem })])];
}

const STILL = { toSellfire: 'towardsSellfireStill', toSalesforce: 'towardsSalesforceStill' } as const;

/** Each direction that stands still, and why. */
function ofStandstill(snapshot: Facts, failing: readonly string[], still: readonly Still[], now: number): Message[] {
  if (still.length === 0) return [];
  const waits = still.map(({ id, lag }) => say(STILL[id], { count: minutes(lag) }));
  return [...waits, ...why(snapshot, failing, still[0]?.recent, now)];
}

function why(snapshot: Facts, failing: readonly string[], recent: Message | undefined, now: number): Message[] {
  const { jobs } = snapshot;
  if (jobs.paused !== undefined) return [say('workPaused', { problem: jobs.paused })];
  if (recent !== undefined) return [say('triedInVain', { problem: recent })];
  const found = failing.map((name) => ofCheck(name, snapshot, now)).find((messages) => messages.length > 0);
  return found ?? [say('triedAgain')];
}

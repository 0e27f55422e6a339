// The state of one connection: for /health/ready, for the metrics, and for the heartbeat that becomes Bridge_Status__c. A process
// that merely runs is not healthy: a silent stream and a queue that does not move are listed as problems (F1, F3).
import { cutText } from '../model/text.ts';
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import type { SalesforceFields } from '../model/salesforce.ts';
import type { Usage } from '../salesforce/api/limitInfo.ts';
import type { Sellfire } from '../sellfire/client.ts';
import type { Feed } from '../sellfire/feed.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import type { PollingState } from './polling.ts';
import type { Store } from '../store/store.ts';
import type { Configurations } from './configuration.ts';
import type { OrgInBudget } from './orgInBudget.ts';
import type { Reconciliation } from './reconcile.ts';
import type { Attempts } from './retry.ts';
import type { StoreMark } from './storeMark.ts';
import type { Streams } from './streams.ts';
import type { BridgeError } from '../model/fault.ts';
import type { Right } from '../model/right.ts';
import type { SyncState } from '../model/syncState.ts';
import { statusMessages, type Facts, type Still } from './statusMessages.ts';
import { forecast } from '../sync/forecast.ts';
import type { Allocations } from './budget/budget.ts';
import type { SyncControl } from '../requests/request.ts';
import type { Hours } from './hours.ts';
import type { Rights } from './rights.ts';

/** The server sends a message at least every 270 s (Pub/Sub API, "Keepalive"); half a minute more for the way. */
const SILENCE_MS = 300_000;
/** A change is processed within seconds; one that waits this long is stuck. */
const STUCK_MS = 300_000;
/** The org is polled every five minutes when calls run short; one poll may fail. */
const POLL_STALE_MS = 660_000;
/** The feed is read every minute; three in a row must have failed. */
const FEED_STALE_MS = 200_000;
/** Webhooks are refused beyond 300 s, and of two edits the later one wins: what a clock is off by decides wrongly. */
const CLOCKS_MS = 60_000;

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

/** Nobody reads more on a page; the others appear once these are solved. */
const LISTED_PROBLEMS = 20;

const ago = (ms: number): string => `${Math.max(0, Math.round(ms / 1000))} s ago`;

const isFresh = ({ problem, lastAt, since }: PollingState, now: number): boolean =>
  problem === undefined && now - (lastAt ?? since) < POLL_STALE_MS;

export function pollingWords(
  { code, problem, lastAt, since }: PollingState,
  again: number | undefined,
  now: number,
): string {
  const queued = lastAt === undefined ? 'not yet' : ago(now - lastAt);
  return [
    `Salesforce delivers no events (${code}) since ${new Date(since).toISOString()}; it is asked about every minute what has changed: last ${queued}.`,
    ...(again === undefined ? [] : [`Events are tried again at ${new Date(again).toISOString()}.`]),
    ...(problem === undefined ? [] : [`It fails: ${problem.sentence}`]),
  ].join(' ');
}

export function checksOf(snapshot: Snapshot, now: number): Check[] {
  const checks = [...partsOf(snapshot, now), backgroundCheck(snapshot, now), clockCheck(snapshot)];
  return [...checks, ...directionsOf(snapshot, checks, now).map(({ name, ok, detail }) => ({ name, ok, detail }))];
}

/** Reports, the comparison and what the org shows of the configuration hold no change up: nothing else says that they fail. */
function backgroundCheck({ background }: Snapshot, now: number): Check {
  const lasting = background.filter(({ since }) => now - since > STANDSTILL_MS);
  const detail = lasting.map(
    ({ what, since, why }) => `${what}: fails since ${new Date(since).toISOString()}. ${why.sentence}`,
  );
  return {
    name: 'background work',
    ok: lasting.length === 0,
    detail: detail.join('\n') || 'Reports, the comparison and the status of mappings are up to date.',
  };
}

function clockCheck({ clockAhead }: Snapshot): Check {
  const peers = [
    ['Salesforce', clockAhead.salesforce],
    ['Sellfire', clockAhead.sellfire],
  ] as const;
  const off = peers.flatMap(([peer, ahead = 0]) =>
    Math.abs(ahead) > CLOCKS_MS
      ? [`${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} ${peer}'s`]
      : [],
  );
  const detail =
    off.length === 0
      ? 'The clock of the bridge agrees with that of both systems.'
      : `The clock of the bridge is ${off.join(' and ')}: set it by a time server. Until then webhooks may be refused, and of two edits the wrong one may win.`;
  return { name: 'clock', ok: off.length === 0, detail };
}

function partsOf(snapshot: Snapshot, now: number): Check[] {
  const { connectionProblem, changes, polling, feed, jobs, counts, budget, sync } = snapshot;
  const lastMessageAt = changes?.lastMessageAt;
  const silent = lastMessageAt === undefined || now - lastMessageAt > SILENCE_MS;
  const waited = counts.oldestPendingAt === undefined ? 0 : now - counts.oldestPendingAt;
  const feedOk = feed.error === undefined || now - (feed.lastCatchUpAt ?? 0) < FEED_STALE_MS;
  return [
    {
      name: 'store',
      ok: snapshot.diskProblem === undefined && snapshot.storeProblem === undefined,
      detail: snapshot.diskProblem ?? snapshot.storeProblem ?? 'It is written, and is the one that the org knows.',
    },
    {
      name: 'salesforce',
      ok: connectionProblem === undefined,
      detail: connectionProblem?.sentence ?? 'Signed in; the package is there.',
    },
    {
      name: 'salesforce events',
      ok: polling ? isFresh(polling, now) : changes?.status === 'connected' && !silent,
      detail: polling
        ? pollingWords(polling, changes?.waitUntil, now)
        : changes
          ? `${changes.status}; last heard ${lastMessageAt === undefined ? 'never' : ago(now - lastMessageAt)}${changes.lastError ? `; ${changes.lastError.code}: ${changes.lastError.message}` : ''}`
          : 'Not subscribed yet.',
    },
    {
      name: 'sellfire events',
      ok: feedOk && feed.lastCatchUpAt !== undefined,
      detail: feed.error ? `${feed.error.code}: ${feed.error.message}` : `Read up to event ${feed.cursor ?? 0}.`,
    },
    {
      name: 'salesforce api calls',
      ok: budget.tier !== 'paused',
      detail: budget.reason || (budget.left === undefined ? 'Not known yet.' : `${budget.left} may be made now.`),
    },
    {
      name: 'work',
      // While calls run short, deferrable work gets old without being stuck. A sync that an admin switched off is not broken.
      ok:
        sync.state !== 'Running' ||
        (jobs.paused === undefined && (waited < STUCK_MS || ['deferred', 'paused'].includes(budget.tier))),
      detail:
        jobs.paused?.sentence ??
        `${counts.pending} changes wait${waited > 0 ? `, the oldest since ${ago(waited)}` : ''}; ${counts.parked} are parked.`,
    },
  ];
}

export function measure(metrics: Metrics, connection: string, snapshot: Snapshot, now: number): void {
  const { changes, counts, budget, feed } = snapshot;
  metrics.inboxPending.set({ connection }, counts.pending);
  metrics.inboxParked.set({ connection }, counts.parked);
  metrics.reportsPending.set({ connection }, counts.reports);
  metrics.inboxOldest.set(
    { connection },
    counts.oldestPendingAt === undefined ? 0 : (now - counts.oldestPendingAt) / 1000,
  );
  if (budget.left !== undefined) metrics.apiBudgetRemaining.set({ connection }, budget.left);
  if (changes?.cursor) metrics.cursorAge.set({ connection, topic: changes.topic }, (now - changes.cursor.at) / 1000);
  if (changes?.lastMessageAt !== undefined) {
    metrics.lastServerMessageAge.set({ connection, topic: changes.topic }, (now - changes.lastMessageAt) / 1000);
  }
  if (feed.lastCatchUpAt !== undefined) {
    metrics.lastServerMessageAge.set({ connection, topic: 'sellfire:feed' }, (now - feed.lastCatchUpAt) / 1000);
  }
}

/** The fields of the heartbeat, in the package's names without the namespace. Each event carries the whole state. */
export function statusFields(
  snapshot: Snapshot,
  about: { connectedAs: string; orgName: string; version: string },
  now: number,
): SalesforceFields {
  const { changes, polling, counts, apiCalls, budget, connectionProblem, phoneMapped, problems, reconciledAt } =
    snapshot;
  const failing = checksOf(snapshot, now).filter(({ ok }) => !ok);
  const names = failing.map(({ name }) => name);
  const listed = problems.slice(0, LISTED_PROBLEMS);
  const advice = phoneMapped ? '' : 'Nothing syncs until the Sellfire primary phone number is mapped.';
  // A failing check is listed below.
  const notices = [
    budget.tier === 'paused' ? '' : budget.reason,
    polling && isFresh(polling, now) ? pollingWords(polling, changes?.waitUntil, now) : '',
  ];
  return {
    Key__c: 'bridge',
    State__c:
      connectionProblem !== undefined || failing.length + problems.length > 0
        ? 'Problem'
        : phoneMapped
          ? 'Running'
          : 'NotMapped',
    Connected_As__c: cutText(about.connectedAs, 80),
    Bridge_Version__c: about.version,
    Last_Seen_At__c: new Date(now).toISOString(),
    Last_Event_At__c: changes?.lastEventAt === undefined ? null : new Date(changes.lastEventAt).toISOString(),
    Lag_Seconds__c: counts.oldestPendingAt === undefined ? 0 : Math.round((now - counts.oldestPendingAt) / 100) / 10,
    Pending_Changes__c: counts.pending,
    ...pageFields(snapshot, about.orgName, now),
    Messages__c: JSON.stringify(
      statusMessages({ ...snapshot, problems: listed }, names, stillDirections(snapshot, now), now),
    ),
    Api_Used__c: apiCalls?.used ?? null,
    Api_Limit__c: apiCalls?.allowed ?? null,
    Detail__c:
      [
        advice,
        ...notices,
        ...listed.map(({ sentence }) => sentence),
        ...failing.map(({ name, detail }) => `${name}: ${detail}`),
        reconciledAt === undefined
          ? ''
          : `Compared with Salesforce up to ${new Date(reconciledAt).toISOString().slice(0, 16)}Z.`,
      ]
        .filter(Boolean)
        .join('\n') || null,
  };
}

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

/** The other fields that Home shows: the sync state, both directions, allocations with their forecast (B30), rights and hours. */
function pageFields(snapshot: Snapshot, orgName: string, now: number): SalesforceFields {
  const { sync, hours, lastCarried, rights, allocations, timeZone, reconciledAt, counts } = snapshot;
  const { apiCalls, deliveredEvents, own, allowance, byHour } = allocations;
  const events = hours.map((hour) => hour.events);
  const seconds = (since: number | undefined): number =>
    since === undefined ? 0 : Math.round((now - since) / 100) / 10;
  return {
    Org_Name__c: cutText(orgName, 80),
    Sync_State__c: sync.state,
    Sync_State_By__c: cutText(sync.by, 80) || null,
    Sync_State_At__c: iso(sync.at),
    Last_In_At__c: iso(lastCarried.in),
    Last_Out_At__c: iso(lastCarried.out),
    Lag_In_Seconds__c: seconds(counts.oldestFromSalesforceAt),
    Lag_Out_Seconds__c: seconds(counts.oldestFromSellfireAt),
    Standstill__c: cutText(standstill(snapshot, now) ?? '', 255) || null,
    Events_Used__c: deliveredEvents?.used ?? null,
    Events_Limit__c: deliveredEvents?.allowed ?? null,
    Events_Forecast__c: deliveredEvents ? forecast(deliveredEvents.used, events, now, timeZone) : null,
    Api_Share_Used__c: own,
    Api_Share_Limit__c: allowance ?? null,
    Api_Forecast__c: apiCalls ? forecast(apiCalls.used, byHour, now, timeZone) : null,
    Last_Reconciled_At__c: iso(reconciledAt),
    Rights__c: JSON.stringify(rights),
    Hours__c: JSON.stringify(
      hours.map(({ at, in: inwards, out, refused, failed }) => ({ at: iso(at), in: inwards, out, refused, failed })),
    ),
  };
}

/** A direction whose oldest change has waited for longer than this stands still. */
const STANDSTILL_MS = 120_000;

interface Direction extends Check, Still {
  label: string;
}

/** Each direction with how long its oldest change waits; it stands still when it has work and has carried nothing for too long. */
function directionsOf(snapshot: Snapshot, checks: readonly Check[], now: number): Direction[] {
  const { counts, sync, jobs, budget, lastCarried, lastFailure } = snapshot;
  const isOff = sync.state !== 'Running' || ['deferred', 'paused'].includes(budget.tier);
  const recent = lastFailure !== undefined && now - lastFailure.at < STUCK_MS ? lastFailure.message : undefined;
  const why =
    (jobs.paused ?? recent)?.sentence ?? checks.find(({ ok }) => !ok)?.detail ?? 'Its changes are tried again.';
  const direction = (id: Direction['id'], label: string, since: number | undefined, carriedAt = 0): Direction => {
    const lag = since === undefined ? 0 : Math.max(0, now - since);
    const ok = isOff || lag <= STANDSTILL_MS || now - carriedAt <= STANDSTILL_MS;
    const waits = since === undefined ? 'Nothing waits.' : `The oldest change waits for ${Math.round(lag / 1000)} s.`;
    const detail = ok ? waits : `It stands still. ${waits} ${why}`;
    return { id, label, name: label.toLowerCase(), ok, detail, lag, recent };
  };
  return [
    direction('toSellfire', 'Salesforce to Sellfire', counts.oldestFromSalesforceAt, lastCarried.in),
    direction('toSalesforce', 'Sellfire to Salesforce', counts.oldestFromSellfireAt, lastCarried.out),
  ];
}

/** The directions that stand still. */
export const stillDirections = (snapshot: Snapshot, now: number): Direction[] =>
  directionsOf(snapshot, [...partsOf(snapshot, now), clockCheck(snapshot)], now).filter(({ ok }) => !ok);

/** Which direction stands still, and why, in the words of readiness; undefined where none does. */
function standstill(snapshot: Snapshot, now: number): string | undefined {
  const still = stillDirections(snapshot, now);
  return still.length === 0 ? undefined : still.map(({ label, detail }) => `${label}: ${detail}`).join('\n');
}

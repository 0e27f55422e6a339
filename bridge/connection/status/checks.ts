// Checks each part of a connection. A process that merely runs is not healthy: a silent stream and a queue that does not move are
// listed as problems (F1, F3).
import type { Check } from '../../http/health.ts';
import type { PollingState } from '../polling.ts';
import type { Snapshot } from './snapshot.ts';

/** The server sends a message at least every 270 s (Pub/Sub API, "Keepalive"); half a minute more for the way. */
const SILENCE_MS = 300_000;
/** A change is processed within seconds; one that waits this long is stuck. */
export const STUCK_MS = 300_000;
/** The org is polled every five minutes when calls run short; one poll may fail. */
const POLL_STALE_MS = 660_000;
/** The feed is read every minute; three in a row must have failed. */
const FEED_STALE_MS = 200_000;
/** Webhooks are refused beyond 300 s, and of two edits the later one wins: what a clock is off by decides wrongly. */
const CLOCK_OFF_MS = 60_000;

const ago = (ms: number): string => `${Math.max(0, Math.round(ms / 1000))} s ago`;

export const isFresh = ({ problem, lastAt, since }: PollingState, now: number): boolean =>
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

/** Reports, the comparison and what the org shows of the configuration hold no change up: nothing else says that they fail. */
export function backgroundCheck({ background }: Snapshot, now: number): Check {
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

export function clockCheck({ clockAhead }: Snapshot): Check {
  const peers = [
    ['Salesforce', clockAhead.salesforce],
    ['Sellfire', clockAhead.sellfire],
  ] as const;
  const off = peers.flatMap(([peer, ahead = 0]) =>
    Math.abs(ahead) > CLOCK_OFF_MS
      ? [`${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} ${peer}'s`]
      : [],
  );
  const detail =
    off.length === 0
      ? 'The clock of the bridge agrees with that of both systems.'
      : `The clock of the bridge is ${off.join(' and ')}: set it by a time server. Until then webhooks may be refused, and of two edits the wrong one may win.`;
  return { name: 'clock', ok: off.length === 0, detail };
}

export function partsOf(snapshot: Snapshot, now: number): Check[] {
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

/** A direction whose oldest change has waited for longer than this stands still. */
export const STANDSTILL_MS = 120_000;

// How much of the org's daily API calls the bridge has used, and what follows from it (M19, I19): at 80 % of its share it is
// told, at 95 % what can wait is put off, at 100 % nothing is asked of Salesforce. The org's own total counts as well: the bridge is
// never the one that uses up what others need.
import type { Change } from '../model/change.ts';

export type Tier = 'normal' | 'warned' | 'deferred' | 'paused';

export interface Figures {
  /** Calls of the bridge in the last 24 hours. */
  own: number;
  /** Calls of everybody in the last 24 hours; absent until Salesforce has told. */
  org: { used: number; allowed: number } | undefined;
  /** Percent of the org's calls that the bridge may make (M19). */
  share: number;
}

export interface BudgetStatus {
  tier: Tier;
  /** Calls that the bridge may make in 24 hours. */
  allowance: number | undefined;
  /** Calls that it may still make now. */
  left: number | undefined;
  /** For an admin: what is used, what follows, what to do; empty while there is nothing to say. */
  reason: string;
}

const WARN = 0.8;
const DEFER = 0.95;

const TIERS: readonly Tier[] = ['normal', 'warned', 'deferred', 'paused'];
const worse = (a: Tier, b: Tier): Tier => (TIERS.indexOf(a) >= TIERS.indexOf(b) ? a : b);

function tierOf(used: number, of: number): Tier {
  if (used >= of) return 'paused';
  if (used >= of * DEFER) return 'deferred';
  return used >= of * WARN ? 'warned' : 'normal';
}

export function budgetStatus({ own, org, share }: Figures): BudgetStatus {
  if (!org) return { tier: 'normal', allowance: undefined, left: undefined, reason: '' };
  const allowance = Math.floor((org.allowed * share) / 100);
  const byShare = tierOf(own, allowance);
  const total = tierOf(org.used, org.allowed);
  // That others use much is theirs to know; it is ours when it leaves us nothing to go on with.
  const byOrg = total === 'warned' ? 'normal' : total;
  const tier = worse(byShare, byOrg);
  const left = Math.max(0, Math.min(allowance - own, org.allowed - org.used));
  if (tier === 'normal') return { tier, allowance, left, reason: '' };
  const isShare = byShare === tier;
  const used = isShare
    ? `The bridge made ${own} of the ${allowance} Salesforce API calls that it may make in 24 hours (${share} % of the org's ${org.allowed}).`
    : `The org used ${org.used} of its ${org.allowed} API calls in 24 hours, ${own} of them by the bridge.`;
  const action = isShare
    ? "Raise the bridge's share in Settings, or have Salesforce add API calls."
    : 'See in Salesforce Setup, System Overview, who makes them, or have Salesforce add API calls.';
  return { tier, allowance, left, reason: `${used} ${CONSEQUENCE[tier]} ${action}` };
}

const CONSEQUENCE = {
  warned: 'From 95 % on, what can wait is put off.',
  deferred:
    'Reconciling, requests and activities wait until calls of yesterday fall out of the count; leads, phases and sales go on.',
  paused: 'What needs Salesforce waits until calls of yesterday fall out of the count; nothing is lost.',
} as const;

/** What is put off when calls run short: an activity (a Task that nobody waits for) and what an admin has asked for. */
export function canWait(change: Change): boolean {
  if (change.source === 'sellfire') return change.event.type === 'activity.logged';
  return change.source !== 'salesforce';
}

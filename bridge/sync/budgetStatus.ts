// Compares the bridge's API calls with its share of the org's daily allocation (M19, I19). At 80 % of the share it
// warns, at 95 % it defers what can wait, at 100 % it sends no call to Salesforce. The total of the org counts as well,
// so the bridge never uses the calls that others need.
import { say, sentencesOf, type Message } from '../model/message.ts';
import type { Change } from '../model/change.ts';

export type Tier = 'normal' | 'warned' | 'deferred' | 'paused';

export interface Figures {
  /** Calls of the bridge in the last 24 hours. */
  own: number;
  /** Calls of all clients in the last 24 hours; absent until Salesforce reported them. */
  org: { used: number; allowed: number } | undefined;
  /** Percent of the org's calls that the bridge may make (M19). */
  share: number;
}

export interface BudgetStatus {
  tier: Tier;
  /** Calls that the bridge may make in 24 hours. */
  allowance: number | undefined;
  /** Calls of the bridge that remain now. */
  left: number | undefined;
  /** For the admin: the use, its effect and the remedy; empty while the use is normal. */
  reason: string;
  /** The same, sentence by sentence. */
  messages: Message[];
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
  if (!org) return { tier: 'normal', allowance: undefined, left: undefined, reason: '', messages: [] };
  const allowance = Math.floor((org.allowed * share) / 100);
  const byShare = tierOf(own, allowance);
  const total = tierOf(org.used, org.allowed);
  // Others' use alone is no warning of the bridge. It counts when it leaves too few calls for the bridge.
  const byOrg = total === 'warned' ? 'normal' : total;
  const tier = worse(byShare, byOrg);
  const left = Math.max(0, Math.min(allowance - own, org.allowed - org.used));
  if (tier === 'normal') return { tier, allowance, left, reason: '', messages: [] };
  const isShare = byShare === tier;
  const messages = isShare
    ? [say('shareUsed', { own, allowance, share, allowed: org.allowed }), say(CONSEQUENCE[tier]), say('raiseShare')]
    : [say('orgCallsUsed', { ...org, own }), say(CONSEQUENCE[tier]), say('seeCallers')];
  return { tier, allowance, left, reason: sentencesOf(messages), messages };
}

const CONSEQUENCE = { warned: 'callsWarned', deferred: 'callsDeferred', paused: 'callsPaused' } as const;

/**
 * Whether the change is deferred when calls run short: an activity, whose Task nobody waits for, or a command of an
 * admin.
 */
export function canWait(change: Change): boolean {
  if (change.source === 'sellfire') return change.event.type === 'activity.logged';
  return change.source === 'request' && change.command.kind !== 'reread';
}

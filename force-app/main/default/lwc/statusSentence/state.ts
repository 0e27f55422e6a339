// How the sync is doing, as one sentence. The first that holds is said, in the order in which a person would want to know:
// what stops everything, what stops a part, what slows it down, and then that it works.
import API_SHORT from '@salesforce/label/c.Home_Api_Short';
import DISCONNECTED from '@salesforce/label/c.Home_Disconnected';
import EVENTS_SHORT from '@salesforce/label/c.Home_Events_Short';
import NEEDS_MANY from '@salesforce/label/c.Home_Needs_Many';
import NEEDS_ONE from '@salesforce/label/c.Home_Needs_One';
import NEVER from '@salesforce/label/c.Home_Never';
import NOT_CONNECTED from '@salesforce/label/c.Home_Not_Connected';
import NOT_MAPPED from '@salesforce/label/c.Home_Not_Mapped';
import NOT_STARTED from '@salesforce/label/c.Home_Not_Started';
import PAUSED from '@salesforce/label/c.Home_Paused';
import PROBLEM from '@salesforce/label/c.Home_Problem';
import RIGHTS_MISSING from '@salesforce/label/c.Home_Rights_Missing';
import SILENT from '@salesforce/label/c.Home_Silent';
import SOMEBODY from '@salesforce/label/c.Home_Somebody';
import STANDSTILL from '@salesforce/label/c.Home_Standstill';
import STORE_LOST from '@salesforce/label/c.Home_Store_Lost';
import WAITS_MANY from '@salesforce/label/c.Home_Waits_Many';
import WAITS_NONE from '@salesforce/label/c.Home_Waits_None';
import WAITS_ONE from '@salesforce/label/c.Home_Waits_One';
import WORKING from '@salesforce/label/c.Home_Working';
import { silenceOf } from 'c/bridgeSilence';
import { ago, duration, number } from 'c/format';
import type { Bridge, HomeData, Meter } from 'c/homeData';
import { counted, fill } from 'c/labels';
import { namesOf, type Objects } from 'c/rights';

/** Of an allocation: from here on the bridge puts off what can wait. The bound is `DEFER` of bridge/sync/budgetStatus.ts (B7). */
const SHORT = 0.95;

export interface Status {
  /** `stopped`: nothing is carried. `attention`: a part is not, or somebody is needed. */
  tone: 'working' | 'attention' | 'stopped';
  sentence: string;
}

/** Rights without which something is not carried. */
export const lackingOf = (bridge: Bridge | undefined): Bridge['rights'] =>
  (bridge?.rights ?? []).filter(({ missing }) => missing.length > 0);

/** @param objects what the org says of the objects that rights are missing on */
export function statusOf({ bridge, causes, mapped }: HomeData, objects: Objects, now: number): Status {
  if (!bridge?.lastSeenAt) return { tone: 'stopped', sentence: NOT_CONNECTED };
  return stopped(bridge, mapped, objects, now) ?? hindered(bridge) ?? working(bridge, causes, now);
}

function stopped(
  ...[bridge, mapped, objects, now]: [Bridge, ReadonlySet<string>, Objects, number]
): Status | undefined {
  const stop = (sentence: string): Status => ({ tone: 'stopped', sentence });
  const who = [bridge.syncStateBy ?? SOMEBODY, ago(bridge.syncStateAt, now) || NEVER];
  const lacking = lackingOf(bridge);
  const silence = silenceOf(bridge.lastSeenAt, now);
  if (bridge.syncState === 'Disconnected') return stop(fill(DISCONNECTED, ...who));
  if (bridge.syncState === 'StoreLost') return stop(STORE_LOST);
  if (lacking.length > 0) return { tone: 'attention', sentence: fill(RIGHTS_MISSING, namesOf(lacking, objects)) };
  if (bridge.syncState === 'Paused') return stop(fill(PAUSED, ...who));
  if (bridge.syncState === 'NotStarted') return stop(NOT_STARTED);
  if (silence !== undefined) return stop(fill(SILENT, duration(silence)));
  return mapped.has('primary_phone_number') ? undefined : stop(NOT_MAPPED);
}

function hindered(bridge: Bridge): Status | undefined {
  const attend = (sentence: string): Status => ({ tone: 'attention', sentence });
  const amounts = ({ used = 0, limit = 0 }: Meter): [string, string] => [number(used), number(limit)];
  if (bridge.standstill) return attend(fill(STANDSTILL, bridge.standstill));
  if (isShort(bridge.api)) return attend(fill(API_SHORT, ...amounts(bridge.api)));
  if (isShort(bridge.events)) return attend(fill(EVENTS_SHORT, ...amounts(bridge.events)));
  return bridge.state === 'Problem' ? attend(fill(PROBLEM, bridge.detail)) : undefined;
}

function isShort({ used, limit }: Meter): boolean {
  return used !== undefined && limit !== undefined && limit > 0 && used >= limit * SHORT;
}

function working(bridge: Bridge, causes: HomeData['causes'], now: number): Status {
  const needs = causes.reduce((sum, { count }) => sum + count, 0);
  const { pending } = bridge;
  const carried = fill(WORKING, ago(bridge.lastInAt, now) || NEVER, ago(bridge.lastOutAt, now) || NEVER);
  const waits = pending === 0 ? WAITS_NONE : counted(pending, WAITS_ONE, WAITS_MANY, number(pending));
  if (needs === 0) return { tone: 'working', sentence: `${carried} ${waits}` };
  const attention = counted(needs, NEEDS_ONE, NEEDS_MANY, number(needs));
  return { tone: 'attention', sentence: `${attention} ${carried} ${waits}` };
}

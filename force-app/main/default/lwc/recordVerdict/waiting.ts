// Why a change of any record waits at present, in one sentence.
import DISCONNECTED from '@salesforce/label/c.Panel_Waits_Disconnected';
import NOT_STARTED from '@salesforce/label/c.Panel_Waits_Not_Started';
import PAUSED from '@salesforce/label/c.Panel_Waits_Paused';
import SILENT from '@salesforce/label/c.Panel_Waits_Silent';
import { duration, secondsSince } from 'c/format';
import { fill } from 'c/labels';
import type { BridgeState } from 'c/recordData';

/** Three heartbeats missed. */
const SILENCE_SECONDS = 180;

const STATES: Readonly<Record<string, string>> = {
  Disconnected: DISCONNECTED,
  NotStarted: NOT_STARTED,
  Paused: PAUSED,
  StoreLost: PAUSED,
};

/** @returns blank while changes are carried */
export function waitingOf(bridge: BridgeState | undefined, now: number): string {
  if (bridge === undefined) return DISCONNECTED;
  const state = STATES[bridge.syncState];
  const silence = secondsSince(bridge.lastSeenAt, now) ?? 0;
  if (state !== undefined) return state;
  return silence > SILENCE_SECONDS ? fill(SILENT, duration(silence)) : '';
}

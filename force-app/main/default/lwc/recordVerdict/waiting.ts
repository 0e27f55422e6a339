// Why a change of any record waits at present, in one sentence.
import DISCONNECTED from '@salesforce/label/c.Panel_Waits_Disconnected';
import NOT_STARTED from '@salesforce/label/c.Panel_Waits_Not_Started';
import PAUSED from '@salesforce/label/c.Panel_Waits_Paused';
import SILENT from '@salesforce/label/c.Panel_Waits_Silent';
import { silenceOf } from 'c/bridgeSilence';
import { duration } from 'c/format';
import { fill } from 'c/labels';
import type { BridgeState } from 'c/recordData';

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
  if (state !== undefined) return state;
  const silence = silenceOf(bridge.lastSeenAt, now);
  return silence === undefined ? '' : fill(SILENT, duration(silence));
}

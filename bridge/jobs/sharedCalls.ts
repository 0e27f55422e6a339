// The calls that the processes which run turns for the leader may have under way in an org, and what such turns are run with. An org takes 25
// calls of 20 s and more at once, of all clients together ("API Request Limits" of the Limits Quick Reference).
import type { SyncConfig } from '../model/config.ts';

/** Of all workers together. The leader has ten; three are left for other clients of the org. */
const MOST = 12;
/** Of one of few. */
const OF_ONE = 4;

/** Workers that may have turns at once: each needs a call. */
export const MOST_WORKERS = MOST;

/** @param workers that may have turns, at least one and at most `MOST_WORKERS` @returns the calls that each may have under way */
export const callsOfEach = (workers: number): number => Math.min(OF_ONE, Math.floor(MOST / workers));

/** What the leader has turns of a connection run with. */
export interface TurnSettings {
  config: SyncConfig;
  /** To Salesforce, that the process may have under way at once. */
  calls: number;
}

export const settingsText = (settings: TurnSettings): string => JSON.stringify(settings);
/** Both processes are of one build, so that what the one has written is not judged by the other. */
export const readSettings = (text: string): TurnSettings => JSON.parse(text) as TurnSettings;

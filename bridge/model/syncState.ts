// Whether changes are synced: an admin starts, pauses, resumes and disconnects, and the state names who did and when.
import { z } from 'zod';

export const SYNC_STATES = ['NotStarted', 'Running', 'Paused', 'Disconnected', 'StoreLost'] as const;

export const syncStateSchema = z.object({
  /**
   * `NotStarted`: changes are received and stored, and nothing is written before an admin starts sync (B20). `StoreLost`: the store
   * does not know what the org shows of an earlier run, and an admin decides what follows.
   */
  state: z.enum(SYNC_STATES),
  /** Name of the Salesforce user, or `bridge` where a setting or the command line did it. */
  by: z.string(),
  /** ms since the epoch. */
  at: z.number(),
});
export type SyncState = z.infer<typeof syncStateSchema>;

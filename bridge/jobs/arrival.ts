// Decides about a change as it arrives, so that one which comes to nothing but a note in its link costs no turn: the echo of an own write,
// half of all changes. It is decided by the core as in a turn; whatever needs more than the link takes a turn.
import type { SyncConfig } from '../model/config.ts';
import type { OnArrival } from '../store/store.ts';
import { decide } from '../sync/decide.ts';
import { looksSettled } from '../sync/echo.ts';
import { brokenByLink } from '../sync/invariants.ts';
import { nothingFound } from '../sync/turn/lookups.ts';

/** Never filled. */
const NOTHING = nothingFound();

export interface ArrivalOptions {
  config: () => SyncConfig;
  /** Whether turns are run at present. */
  isRunning: () => boolean;
}

export function createOnArrival({ config, isRunning }: ArrivalOptions): OnArrival {
  return (key, link, change) => {
    const current = config();
    if (!isRunning() || !looksSettled(current, change)) return undefined;
    try {
      const decision = decide({ key, changes: [change], link, config: current, found: NOTHING, maybeApplied: false });
      if ('needs' in decision) return undefined;
      const { link: decided, writes, reports, deferred, rerouted, reread } = decision.plan;
      const rest = writes.length + reports.length + deferred.length + rerouted.length + reread.length;
      return rest === 0 && brokenByLink(decided).length === 0 ? decided : undefined;
    } catch {
      // A turn meets the error again, and says what it is.
      return undefined;
    }
  };
}

// Notices when a peer that was away answers again. While it is away, keys wait up to five minutes each; so one of them is tried every
// few seconds, and when its turn succeeds, all of them are due at once.
import type { Peer } from '../model/fault.ts';
import type { Timer } from '../lib/timer.ts';

/** Work goes on within five seconds of a peer's return. */
const LOOK_MS = 4_000;
/** An attempt counts as a call: in an absence that lasts, one in 30 seconds, 2,900 a day. */
const LONG_LOOK_MS = 30_000;
const LONG_MS = 15 * 60_000;

export interface Absence {
  /** A turn failed because the peer is away. */
  noticed(peer: Peer): void;
  /** A turn succeeded that had failed because of it. */
  over(peer: Peer): void;
  /** Looks no more. */
  stop(): void;
}

/** @param look tries one key that waits for the peer. @returns whether there is one */
export function createAbsence(timer: Timer, look: (peer: Peer) => boolean): Absence {
  const absent = new Map<Peer, { since: number; cancel?: () => void }>();
  return {
    noticed(peer) {
      const known = absent.get(peer) ?? { since: timer.now() };
      absent.set(peer, known);
      if (known.cancel) return;
      const ms = timer.now() - known.since < LONG_MS ? LOOK_MS : LONG_LOOK_MS;
      known.cancel = timer.after(ms, () => {
        delete known.cancel;
        if (!look(peer)) absent.delete(peer);
      });
    },
    over(peer) {
      absent.get(peer)?.cancel?.();
      absent.delete(peer);
    },
    stop() {
      for (const { cancel } of absent.values()) cancel?.();
      absent.clear();
    },
  };
}

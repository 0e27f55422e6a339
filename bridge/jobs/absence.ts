// Notices when a peer that was away answers again. While it is away, keys wait up to five minutes each; so one of them is tried every
// few seconds, and when the peer answers its turn, all of them are due at once.
import type { Peer } from '../model/fault.ts';
import { steadyNow, type Timer } from '../lib/timer.ts';

/** Work goes on within five seconds of a peer's return. */
const LOOK_MS = 4_000;
/** An attempt counts as a call: in an absence that lasts, one in 30 seconds, 2,900 a day. */
const LONG_LOOK_MS = 30_000;
const LONG_MS = 15 * 60_000;

export interface Absence {
  /** A turn failed because the peer is away: from now on it is looked for. */
  noticed(peer: Peer): void;
  /** It has answered a turn. */
  over(peer: Peer): void;
  /** Looks no more. */
  stop(): void;
}

/**
 * @param look tries one of the keys that wait for the peer, unless one of them is tried already
 * @returns of `look`: whether any key waits for it
 */
export function createAbsence(timer: Timer, look: (peer: Peer) => boolean): Absence {
  const absent = new Map<Peer, { since: number; cancel: () => void }>();

  function lookLater(peer: Peer, since: number): void {
    const ms = steadyNow(timer) - since < LONG_MS ? LOOK_MS : LONG_LOOK_MS;
    const cancel = timer.after(ms, () => {
      absent.delete(peer);
      if (look(peer)) lookLater(peer, since);
    });
    absent.set(peer, { since, cancel });
  }

  return {
    noticed(peer) {
      if (!absent.has(peer)) lookLater(peer, steadyNow(timer));
    },
    over(peer) {
      absent.get(peer)?.cancel();
      absent.delete(peer);
    },
    stop() {
      for (const { cancel } of absent.values()) cancel();
      absent.clear();
    },
  };
}

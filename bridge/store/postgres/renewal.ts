// Renews the lease of the process that leads, and knows by this process's own clocks until when it holds: a process that was stopped, or
// does not reach the database, finds here that it may not work, before it has any notice.
import { every } from '../../lib/every.ts';
import { systemTimer, type Timer } from '../../lib/timer.ts';
import { BridgeError } from '../../model/fault.ts';

/** Times within a lease that it is renewed: one that fails has two more. */
const TIMES = 3;
/** ms from a renewal that failed to the next one. */
const AGAIN_MS = 1_000;

export interface RenewalOptions {
  leaseMs: number;
  /**
   * Lets the lease hold for `leaseMs` from now. @returns where it holds shorter: ms, from any moment during the call
   * @throws BridgeError STORE_TAKEN_OVER, or another one that is passing
   */
  renew: () => Promise<number | undefined>;
  timer?: Timer;
  /** ms of a clock that is never set, besides that of the timer, which counts a suspended machine's time too. */
  steady?: () => number;
}

export interface Renewal {
  /** Whether a renewal is due: a transaction that takes long renews the lease itself, since nobody takes the lead before it ends. */
  isDue(): boolean;
  /** Whether the lease holds. */
  isCurrent(): boolean;
  /** Resolves once another process has taken the lead. */
  readonly lost: Promise<BridgeError>;
  /** Resolves when no renewal is under way. */
  stop(): Promise<void>;
}

/**
 * @param takenAt when the lease was asked for, by both clocks (`nowOf`)
 * @param takenFor ms
 */
export function startRenewal(
  options: RenewalOptions,
  takenAt: Now = nowOf(options),
  takenFor: number = options.leaseMs,
): Renewal {
  const { leaseMs, renew, timer = systemTimer } = options;
  const lost = Promise.withResolvers<BridgeError>();
  let isLost = false;
  // From before it was asked for: the database counts from later on.
  let renewedAt = takenAt;
  let holdsFor = takenFor;
  const renewing = every({
    ms: leaseMs / TIMES,
    backoff: { first: Math.min(AGAIN_MS, leaseMs / TIMES), longest: Math.min(AGAIN_MS, leaseMs / TIMES) },
    async work() {
      const askedAt = nowOf(options);
      try {
        holdsFor = Math.min(leaseMs, (await renew()) ?? leaseMs);
        renewedAt = askedAt;
      } catch (error) {
        if (!(error instanceof BridgeError) || error.code !== 'STORE_TAKEN_OVER') throw error;
        isLost = true;
        lost.resolve(error);
        void renewing.stop();
      }
    },
    // What the store cannot do is seen by every call of it.
    onFailure: () => undefined,
    timer,
  });
  renewing.within(leaseMs / TIMES);
  return {
    isDue: () => nowOf(options).steady - renewedAt.steady >= leaseMs / TIMES,
    isCurrent() {
      const now = nowOf(options);
      return !isLost && now.wall - renewedAt.wall < holdsFor && now.steady - renewedAt.steady < holdsFor;
    },
    lost: lost.promise,
    stop: () => renewing.stop(),
  };
}

export interface Now {
  wall: number;
  steady: number;
}

export const nowOf = ({
  timer = systemTimer,
  steady = () => performance.now(),
}: Pick<RenewalOptions, 'timer' | 'steady'>): Now => ({ wall: timer.now(), steady: steady() });

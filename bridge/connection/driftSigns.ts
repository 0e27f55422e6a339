// Recognizes the refusals by which a change of the org's fields or rights shows itself before the next scheduled read: the
// configuration is read at once, and what was refused is decided again with it.
import { systemTimer, type Timer } from '../lib/timer.ts';
import type { SyncConfig } from '../model/config.ts';
import type { Fault } from '../model/fault.ts';

/** Codes with which Salesforce refuses a whole call because a field or an object is not there for this user. */
const CALL_CODES = ['INVALID_FIELD', 'INVALID_TYPE', 'INVALID_QUERY_FILTER_OPERATOR'];
/** Whether a refusal with this code may mean that the configuration is out of date. */
export const isDriftCode = (code: string): boolean => CALL_CODES.includes(code);
/** The same refusal after a read has another cause. A read is some ten API calls. */
const KNOWN_MS = 10 * 60_000;
/** More signs than this at once are of one cause. */
const MOST_SIGNS = 200;

export interface DriftSigns {
  /**
   * Reads the configuration again where the fault of a call says that it is out of date.
   * @param used the configuration with which the call was made
   * @returns whether another one is in use now, with which the call may succeed
   * @throws PeerError where the read fails
   */
  reread(fault: Fault, used: SyncConfig): Promise<boolean>;
}

export interface DriftSignsOptions {
  current: () => SyncConfig;
  reload: () => Promise<unknown>;
  timer?: Timer;
}

export function createDriftSigns({ current, reload, timer = systemTimer }: DriftSignsOptions): DriftSigns {
  const signs = createKnownSigns(timer);
  let underWay: Promise<unknown> | undefined;

  return {
    async reread({ code, message }, used) {
      if (!isDriftCode(code)) return false;
      const sign = `${code} ${message}`;
      if (current() === used && signs.isNew(sign)) {
        underWay = reload().catch((error: unknown) => {
          signs.forget(sign);
          throw error;
        });
      }
      await underWay;
      return current() !== used;
    },
  };
}

export interface KnownSigns {
  /** Whether this refusal has not led to a read in the last ten minutes. It counts as known from then on. */
  isNew(sign: string): boolean;
  forget(sign: string): void;
}

export function createKnownSigns(timer: Pick<Timer, 'now'>): KnownSigns {
  const seenAt = new Map<string, number>();
  return {
    isNew(sign) {
      const now = timer.now();
      for (const [one, at] of seenAt) if (now - at >= KNOWN_MS) seenAt.delete(one);
      if (seenAt.has(sign) || seenAt.size >= MOST_SIGNS) return false;
      seenAt.set(sign, now);
      return true;
    },
    forget: (sign) => void seenAt.delete(sign),
  };
}

// The faults of the simulator: a crash of the bridge around any call and any transaction, and a peer that refuses or does not answer.
import { PeerError } from '../../bridge/model/fault.ts';
import type { Store } from '../../bridge/store/store.ts';

/** The bridge crashed: none of its pending work happens. */
export class Crash extends Error {}

/** The probability of each fault at one call; all zero when the simulation settles. */
export interface FaultRates {
  crash: number;
  /** The call fails before it has an effect. */
  refused: number;
  /** The call has its effect, and its answer is lost. */
  unanswered: number;
  /** Something else happens during the call. */
  meanwhile: number;
}
export const NO_FAULTS: FaultRates = { crash: 0, refused: 0, unanswered: 0, meanwhile: 0 };

export function fault(peer: 'salesforce' | 'sellfire', code: string, unknownOutcome: boolean): PeerError {
  return new PeerError(peer, { class: 'retry', code, message: 'The connection failed.', fields: [], unknownOutcome });
}

/** One run of the bridge, from its start to its crash. */
export interface BridgeRun {
  crashed: boolean;
}

/**
 * The store for one run of the bridge, which may crash around every transaction.
 * @param crashes draws whether the bridge crashes at the operation
 */
export function crashableStore(store: Store, bridgeRun: BridgeRun, crashes: (operation: string) => boolean): Store {
  return new Proxy<Store>(store, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      const operation = `store.${String(name)}`;
      return async (...args: unknown[]): Promise<unknown> => {
        if (bridgeRun.crashed || crashes(operation)) {
          bridgeRun.crashed = true;
          throw new Crash();
        }
        const result: unknown = await method.apply(target, args);
        if (crashes(operation)) {
          bridgeRun.crashed = true;
          throw new Crash();
        }
        return result;
      };
    },
  });
}

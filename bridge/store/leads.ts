// What may be called only by the process that leads.
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import type { Store } from './store.ts';

/** @throws BridgeError STORE_LEASE_EXPIRED where the lease of this process has run out: another one may be at work */
export function mustLead(store: Pick<Store, 'leads'>): void {
  if (!store.leads()) throw new BridgeError(explain('STORE_LEASE_EXPIRED'));
}

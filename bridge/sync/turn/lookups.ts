// What was looked up for a decision: at first, nothing.
import type { SaleNeeds } from '../../model/saleTransaction.ts';
import type { Found, Needs } from '../../model/plan.ts';

export function nothingFound(): Found {
  return {
    salesforceByPhone: new Map(),
    sellfireByPhone: new Map(),
    sellfireByRecord: new Map(),
    records: new Map(),
    conversions: new Map(),
    recordStates: new Map(),
    leads: new Map(),
    reps: new Map(),
    schedules: new Map(),
    sales: new Map(),
    activities: new Map(),
    sale: {
      accounts: new Map(),
      contacts: new Map(),
      prices: new Map(),
      products: new Map(),
      keyed: new Map(),
      made: new Map(),
      sites: new Map(),
    },
  };
}

export function noSaleNeeds(): SaleNeeds {
  return { accounts: [], contacts: [], prices: [], products: [], keyed: [], made: [], sites: [] };
}

/** Whether there is nothing to look up. */
export function isSatisfied({ sale, ...lists }: Needs): boolean {
  return [...Object.values(lists), ...Object.values(sale)].every((list) => list.length === 0);
}

export function noNeeds(): Needs {
  return {
    salesforceByPhone: [],
    sellfireByPhone: [],
    sellfireByRecord: [],
    records: [],
    conversions: [],
    recordStates: [],
    leads: [],
    reps: [],
    schedules: [],
    sales: [],
    activities: [],
    sale: noSaleNeeds(),
  };
}

// What was looked up for a decision: at first, nothing.
import type { DealQuestions } from '../../model/saleTransaction.ts';
import type { Found, Needs } from '../../model/plan.ts';

export function nothingFound(): Found {
  return {
    salesforceByPhone: new Map(),
    sellfireByPhone: new Map(),
    sellfireByRecord: new Map(),
    records: new Map(),
    conversions: new Map(),
    survivors: new Map(),
    leads: new Map(),
    reps: new Map(),
    schedules: new Map(),
    sales: new Map(),
    activities: new Map(),
    deals: {
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

export function noQuestions(): DealQuestions {
  return { accounts: [], contacts: [], prices: [], products: [], keyed: [], made: [], sites: [] };
}

/** Whether there is nothing to look up. */
export function isSatisfied({ deals, ...lists }: Needs): boolean {
  return [...Object.values(lists), ...Object.values(deals)].every((list) => list.length === 0);
}

export function noNeeds(): Needs {
  return {
    salesforceByPhone: [],
    sellfireByPhone: [],
    sellfireByRecord: [],
    records: [],
    conversions: [],
    survivors: [],
    leads: [],
    reps: [],
    schedules: [],
    sales: [],
    activities: [],
    deals: noQuestions(),
  };
}

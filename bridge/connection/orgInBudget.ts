// The Salesforce side of one connection within its share of the org's API calls: each call is counted before it is made, and a
// rotated refresh token is saved before it is used. A process whose lease has run out calls nobody.
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import type { Sellfire } from '../sellfire/client.ts';
import type { Store } from '../store/store.ts';
import { createBudget, essential, type Budget } from './budget/budget.ts';
import { openOrg, type Org } from './org.ts';
import { createRotation } from './rotation.ts';
import type { SavedConnection } from './savedConnection.ts';
import { mustLead } from '../store/leads.ts';

export interface OrgInBudget extends Org {
  budget: Budget;
  /** The REST API for deferrable calls: they are refused as long as calls run short. */
  canWait: Rest;
  /** The REST API for calls that are made however few are left. */
  essential: Rest;
}

export interface OrgInBudgetOptions {
  config: Config;
  saved: SavedConnection;
  store: Store;
  metrics: Metrics;
  /** Percent (M19). */
  share: () => number;
  alert: Sellfire['alert'];
  logger: Logger;
}

export function openOrgInBudget(options: OrgInBudgetOptions): OrgInBudget {
  const { config, store, metrics, saved, ...rest } = options;
  const connection = saved.orgId;
  const org = openOrg(config, saved, createRotation(store, config, connection), {
    async acquire(isEssential) {
      mustLead(store);
      return budget.acquire(isEssential);
    },
    mayCall: () => mustLead(store),
  });
  const budget = createBudget({
    ...rest,
    store,
    connection,
    rest: () => org.rest,
    counted: () => metrics.apiCalls.inc({ connection, api: 'salesforce_rest' }),
  });
  return {
    ...org,
    budget,
    canWait: budget.deferrable(org.rest),
    essential: essential(org.rest),
    async close() {
      await budget.stop();
      await org.close();
    },
  };
}

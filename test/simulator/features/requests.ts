// Requests of an admin while both systems change: a repush of any report row (M27), and a comparison of linked pairs and records (I20).
import { ORG_ID } from '../configuration.ts';
import type { Feature } from './feature.ts';

export const REQUESTS: readonly Feature[] = [
  {
    name: 'repush',
    async step(simulation) {
      const { random, store } = simulation;
      const rows = store
        .allReports(ORG_ID)
        .filter(({ sellfireLeadId, salesforceRecordId }) => sellfireLeadId !== null || salesforceRecordId !== null);
      if (rows.length > 0) await simulation.repush(random.pick(rows));
    },
  },
  { name: 'reconcile', step: async (simulation) => simulation.reconcile() },
];

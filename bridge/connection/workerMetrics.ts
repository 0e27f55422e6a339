// Counts what the workers did: writes by object, direction and result, echoes that changed nothing, and how late it was.
import type { Metrics } from '../http/metrics.ts';
import type { Write } from '../model/plan.ts';
import type { Turn } from '../jobs/worker.ts';

function objectOf(write: Write): string {
  switch (write.kind) {
    case 'createInSalesforce':
    case 'updateInSalesforce':
      return write.object;
    case 'saleTransaction':
      return 'Opportunity';
    case 'task':
      return 'Task';
    default:
      return 'lead';
  }
}

export function recordOutcomes(metrics: Metrics, connection: string, { outcomes, rows, reports }: Turn): void {
  for (const outcome of outcomes) {
    const { write } = outcome;
    if (write.kind === 'alert') continue;
    const inSalesforce = write.kind !== 'createInSellfire' && write.kind !== 'updateInSellfire';
    metrics.records.inc({
      connection,
      object: objectOf(write),
      direction: inSalesforce ? 'to_salesforce' : 'to_sellfire',
      result: outcome.ok ? 'ok' : outcome.fault.class,
    });
  }
  if (outcomes.length === 0 && reports.length === 0) metrics.echoSuppressed.inc({ connection }, rows.length);
  const last = rows.at(-1);
  if (last) {
    const topic = last.change.source === 'salesforce' ? 'salesforce' : 'sellfire:feed';
    metrics.syncLag.set({ connection, topic }, Math.max(0, Date.now() - last.change.at) / 1000);
  }
}

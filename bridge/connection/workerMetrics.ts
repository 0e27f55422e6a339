// Counts what the workers did: writes by object, direction and result, echoes without effect, and the lag.
import type { Metrics } from '../http/metrics.ts';
import type { Turn } from '../jobs/turn.ts';
import { objectOf, peerOf } from '../sync/writes/writes.ts';

export function recordOutcomes(metrics: Metrics, connection: string, { outcomes, rows, reports }: Turn): void {
  for (const outcome of outcomes) {
    const { write } = outcome;
    const object = objectOf(write);
    if (object === null) continue;
    metrics.records.inc({
      connection,
      object,
      direction: peerOf(write) === 'salesforce' ? 'to_salesforce' : 'to_sellfire',
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

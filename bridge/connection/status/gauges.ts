// Sets the gauges of a connection from its state, when the metrics are read.
import type { Metrics } from '../../http/metrics.ts';
import { checksOf } from './readiness.ts';
import type { Snapshot } from './snapshot.ts';

export function measure(metrics: Metrics, connection: string, snapshot: Snapshot, now: number): void {
  const { changes, counts, budget, feed } = snapshot;
  metrics.inboxPending.set({ connection }, counts.pending);
  metrics.inboxParked.set({ connection }, counts.parked);
  metrics.reportsPending.set({ connection }, counts.reports);
  for (const { name, ok } of checksOf(snapshot, now))
    metrics.readinessCheck.set({ connection, check: name }, ok ? 1 : 0);
  metrics.inboxOldest.set(
    { connection },
    counts.oldestPendingAt === undefined ? 0 : (now - counts.oldestPendingAt) / 1000,
  );
  if (budget.left !== undefined) metrics.apiBudgetRemaining.set({ connection }, budget.left);
  if (changes?.cursor) metrics.cursorAge.set({ connection, topic: changes.topic }, (now - changes.cursor.at) / 1000);
  if (changes?.lastMessageAt !== undefined) {
    metrics.lastServerMessageAge.set({ connection, topic: changes.topic }, (now - changes.lastMessageAt) / 1000);
  }
  if (feed.lastCatchUpAt !== undefined) {
    metrics.lastServerMessageAge.set({ connection, topic: 'sellfire:feed' }, (now - feed.lastCatchUpAt) / 1000);
  }
}

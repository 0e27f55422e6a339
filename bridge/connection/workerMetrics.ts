// Counts what the workers did: writes by object, direction and result, echoes without effect, and the lag.
import type { Metrics } from '../http/metrics.ts';
import type { FinishedTurn } from '../jobs/turn.ts';
import type { Change } from '../model/change.ts';
import { FAULT_POLICY } from '../model/fault.ts';
import { FOLLOWED_OBJECTS } from '../model/salesforce.ts';
import { INVARIANTS } from '../sync/invariants.ts';
import { objectOf, peerOf } from '../sync/writes/writes.ts';

const TO_SALESFORCE = 'to_salesforce';
const TO_SELLFIRE = 'to_sellfire';
/** What is written, by direction. */
const WRITTEN = [
  ...[...FOLLOWED_OBJECTS, 'Opportunity', 'Task'].map((object) => ({ object, direction: TO_SALESFORCE })),
  { object: 'lead', direction: TO_SELLFIRE },
];

/** Shows what alert rules watch at 0, before any of it happens. */
export function beginCounting(metrics: Metrics, connection: string): void {
  for (const result of Object.keys(FAULT_POLICY))
    for (const written of WRITTEN) metrics.records.inc({ connection, ...written, result }, 0);
  for (const invariant of INVARIANTS) metrics.invariantBroken.inc({ connection, invariant }, 0);
}

export function recordOutcomes(
  metrics: Metrics,
  connection: string,
  { outcomes, rows, last, reports }: FinishedTurn,
): void {
  for (const outcome of outcomes) {
    const { write } = outcome;
    const object = objectOf(write);
    if (object === null) continue;
    metrics.records.inc({
      connection,
      object,
      direction: peerOf(write) === 'salesforce' ? TO_SALESFORCE : TO_SELLFIRE,
      result: outcome.ok ? 'ok' : outcome.fault.class,
    });
  }
  if (outcomes.length === 0 && reports.length === 0) metrics.echoSuppressed.inc({ connection }, rows);
  if (last) noteLag(metrics, connection, last);
}

/** Counts changes that were done as they arrived, of which the last happened at a moment (ms since the epoch). */
export function recordSettled(
  metrics: Metrics,
  connection: string,
  { source, count, at }: { source: Change['source']; count: number; at: number },
): void {
  metrics.echoSuppressed.inc({ connection }, count);
  noteLag(metrics, connection, { source, at });
}

function noteLag(metrics: Metrics, connection: string, { source, at }: Pick<Change, 'source' | 'at'>): void {
  const topic = source === 'salesforce' ? 'salesforce' : 'sellfire:feed';
  metrics.syncLag.set({ connection, topic }, Math.max(0, Date.now() - at) / 1000);
}

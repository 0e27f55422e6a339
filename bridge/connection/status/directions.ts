// Says of each direction whether it stands still: it has work, and has carried nothing for too long.
import type { Check } from '../../http/health.ts';
import type { Still } from './statusMessages.ts';
import type { Snapshot } from './snapshot.ts';
import { STUCK_MS, clockCheck, partsOf, STANDSTILL_MS } from './checks.ts';

interface Direction extends Check, Still {
  label: string;
}

/** Each direction with how long its oldest change waits; it stands still when it has work and has carried nothing for too long. */
export function directionsOf(snapshot: Snapshot, checks: readonly Check[], now: number): Direction[] {
  const { counts, sync, jobs, budget, lastCarried, lastFailure } = snapshot;
  const isOff = sync.state !== 'Running' || ['deferred', 'paused'].includes(budget.tier);
  const recent = lastFailure !== undefined && now - lastFailure.at < STUCK_MS ? lastFailure.message : undefined;
  const why =
    (jobs.paused ?? recent)?.sentence ?? checks.find(({ ok }) => !ok)?.detail ?? 'Its changes are tried again.';
  const direction = (id: Direction['id'], label: string, since: number | undefined, carriedAt = 0): Direction => {
    const lag = since === undefined ? 0 : Math.max(0, now - since);
    const ok = isOff || lag <= STANDSTILL_MS || now - carriedAt <= STANDSTILL_MS;
    const waits = since === undefined ? 'Nothing waits.' : `The oldest change waits for ${Math.round(lag / 1000)} s.`;
    const detail = ok ? waits : `It stands still. ${waits} ${why}`;
    return { id, label, name: label.toLowerCase(), ok, detail, lag, recent };
  };
  return [
    direction('toSellfire', 'Salesforce to Sellfire', counts.oldestFromSalesforceAt, lastCarried.in),
    direction('toSalesforce', 'Sellfire to Salesforce', counts.oldestFromSellfireAt, lastCarried.out),
  ];
}

/** The directions that stand still. */
export const stillDirections = (snapshot: Snapshot, now: number): Direction[] =>
  directionsOf(snapshot, [...partsOf(snapshot, now), clockCheck(snapshot)], now).filter(({ ok }) => !ok);

/** Which direction stands still, and why, in the words of readiness; undefined where none does. */
export function standstill(snapshot: Snapshot, now: number): string | undefined {
  const still = stillDirections(snapshot, now);
  return still.length === 0 ? undefined : still.map(({ label, detail }) => `${label}: ${detail}`).join('\n');
}

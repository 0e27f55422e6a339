// Lists all checks of a connection, for /health/ready and for the heartbeat.
import type { Check } from '../../http/health.ts';
import type { Snapshot } from './snapshot.ts';
import { backgroundCheck, clockCheck, partsOf } from './checks.ts';
import { directionsOf } from './directions.ts';

export function checksOf(snapshot: Snapshot, now: number): Check[] {
  const checks = [...partsOf(snapshot, now), backgroundCheck(snapshot, now), clockCheck(snapshot)];
  return [...checks, ...directionsOf(snapshot, checks, now).map(({ name, ok, detail }) => ({ name, ok, detail }))];
}

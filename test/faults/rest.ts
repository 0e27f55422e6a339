// Waits until nothing waits in the bridge, and nothing has changed on either side for a while.
import type { Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import type { Ledger } from './ledger.ts';

/** Nothing has changed for so long, on either side: more than any wait between two steps of the bridge. */
const REST_MS = 1_500;
const LOOK_MS = 50;

/** @returns why it did not come to rest within that many ms; empty where it did */
export async function atRest({ bridge }: Stack, ledger: Ledger, mostMs: number): Promise<string[]> {
  let seen = -1;
  let since = performance.now();
  let waiting: string[] = [];
  const isAtRest = async (): Promise<boolean> => {
    const metrics = await (await fetch(`${bridge.url}/metrics`)).text();
    waiting = (metrics.match(/^(?:inbox|reports)_pending\{.*$/gm) ?? []).filter((line) => !line.endsWith(' 0'));
    if (waiting.length === 0 && ledger.changes === seen && performance.now() - since > REST_MS) return true;
    if (waiting.length > 0 || ledger.changes !== seen) since = performance.now();
    seen = ledger.changes;
    return false;
  };
  const atRestNow = (): string => `both systems are at rest: ${waiting.join(', ') || 'changes go on'}`;
  return until(atRestNow, isAtRest, mostMs, LOOK_MS).then(
    () => [],
    (error: unknown) => [error instanceof Error ? error.message : String(error)],
  );
}

// Counts the changes that fail under one code within an hour, for the alert about many failures of one cause (B24). It begins at 25
// and ends below 5, so that a count that wavers about one number is one alert.
import type { Report } from '../../model/report.ts';

/** By code, by minutes since the epoch of the beginning of five minutes. */
export type FailureCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const MANY = 25;
const FEW = 5;
const SLOT_MINUTES = 5;
const HOUR_MINUTES = 60;
/** More codes than an org ever has at once. */
const MOST_CODES = 200;

const minuteOf = (now: number): number => Math.floor(now / 60_000);
const slotOf = (now: number): number => Math.floor(minuteOf(now) / SLOT_MINUTES) * SLOT_MINUTES;

/** @param now ms since the epoch */
export function countFailures(
  counts: FailureCounts,
  reports: readonly Pick<Report, 'outcome' | 'code'>[],
  now: number,
): FailureCounts {
  const next: Record<string, Record<string, number>> = {};
  const oldest = minuteOf(now) - HOUR_MINUTES;
  for (const [code, slots] of Object.entries(counts)) {
    const kept = Object.entries(slots).filter(([minute]) => Number(minute) > oldest);
    if (kept.length > 0) next[code] = Object.fromEntries(kept);
  }
  const slot = String(slotOf(now));
  for (const { outcome, code } of reports) {
    if (code === null || (outcome !== 'Failed' && outcome !== 'Refused')) continue;
    if (!next[code] && Object.keys(next).length >= MOST_CODES) continue;
    const slots = (next[code] ??= {});
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return next;
}

/**
 * The codes under which many changes fail, most first.
 * @param raised codes that many changes failed under a moment ago
 */
export function manyFailures(counts: FailureCounts, raised: ReadonlySet<string>): { code: string; count: number }[] {
  return Object.entries(counts)
    .map(([code, slots]) => ({ code, count: Object.values(slots).reduce((sum, count) => sum + count, 0) }))
    .filter(({ code, count }) => count >= (raised.has(code) ? FEW : MANY))
    .toSorted((a, b) => b.count - a.count);
}

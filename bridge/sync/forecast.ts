// Forecasts the use of a daily allocation at the end of the org's day, at the present pace (B30). Delivered events are
// the scarcer of the two allocations, and no other warning precedes their end.
import { DateTime } from 'luxon';
import { HOUR_MS } from '../model/durations.ts';

/** Hours that determine the pace: long enough to span a lunch break, short enough to notice an import. */
const PACE_HOURS = 3;

/**
 * @param used the part of the allocation that is used now
 * @param recent the use in each of the last hours, the oldest first; the last one is in progress
 * @param now ms since the epoch
 * @param zone IANA name of the org's time zone
 * @returns a whole number, no less than `used`
 */
export function forecast(used: number, recent: readonly number[], now: number, zone: string): number {
  const moment = DateTime.fromMillis(now, { zone });
  const left = (moment.isValid ? moment : DateTime.fromMillis(now, { zone: 'utc' })).endOf('day').toMillis() - now;
  const sum = (recent.at(-1) ?? 0) + recent.slice(-1 - PACE_HOURS, -1).reduce((total, count) => total + count, 0);
  const hours = Math.min(recent.length - 1, PACE_HOURS) + (now % HOUR_MS) / HOUR_MS;
  return Math.round(used + (hours > 0 ? (sum / hours) * (left / HOUR_MS) : 0));
}

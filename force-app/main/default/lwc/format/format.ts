// Numbers, times and durations in the language, number format and time zone of the user.
import LANG from '@salesforce/i18n/lang';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Largest first: the first that fits is the one that a reader would use. */
const UNITS: readonly (readonly [unit: 'day' | 'hour' | 'minute', seconds: number])[] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/** `1,204` */
export function number(value: number): string {
  return new Intl.NumberFormat(LOCALE).format(value);
}

/** `62 minutes`, in whole units of one kind. */
export function duration(seconds: number): string {
  const [unit, size] = UNITS.find(([, limit]) => seconds >= limit) ?? (['second', 1] as const);
  const count = Math.round(seconds / size);
  return new Intl.NumberFormat(LANG, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** `62 minutes ago`, `now`. A time ahead is `now` too: clocks differ by seconds. */
export function ago(time: string | undefined, now: number): string {
  const seconds = secondsSince(time, now);
  if (seconds === undefined) return '';
  const [unit, size] = UNITS.find(([, limit]) => seconds >= limit) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(LANG, { numeric: 'auto' }).format(-Math.round(seconds / size) || 0, unit);
}

/** `Nov 29, 2026, 3:04:05 PM`; blank for a text that is no time. */
export function exact(time: string | undefined): string {
  const at = millisecondsOf(time);
  if (at === undefined) return '';
  return new Intl.DateTimeFormat(LANG, { dateStyle: 'medium', timeStyle: 'medium', timeZone: TIME_ZONE }).format(at);
}

/** `3 PM`, of the beginning of an hour. */
export function hour(time: string): string {
  const at = millisecondsOf(time);
  if (at === undefined) return '';
  return new Intl.DateTimeFormat(LANG, { hour: 'numeric', timeZone: TIME_ZONE }).format(at);
}

/**
 * The moment, as ISO 8601, at which a day (`2026-11-29`) begins where the user is, also where the clocks change that day.
 * @param later days after it
 */
export function beginningOf(day: string, later = 0): string {
  const midnight = Date.parse(`${day}T00:00:00Z`) + later * DAY * 1000;
  const first = midnight - aheadOfUtc(midnight);
  return new Date(midnight - aheadOfUtc(first)).toISOString();
}

/** By so many milliseconds the clocks of the user are ahead at this moment. */
function aheadOfUtc(at: number): number {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: TIME_ZONE });
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
}

/** Not below zero. Undefined where there is no time. */
export function secondsSince(time: string | undefined, now: number): number | undefined {
  const at = millisecondsOf(time);
  return at === undefined ? undefined : Math.max(0, (now - at) / 1000);
}

function millisecondsOf(time: string | undefined): number | undefined {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : at;
}

// Days of moments: on which day something is depends on where it is. Salesforce keeps dates without a time zone, and people read
// them as days of their org, or of their own.
import { DateTime, IANAZone } from 'luxon';
import { remembered } from '../../model/remembered.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;
const NOON = 12;

/** Zones that this runtime does not know count as UTC. */
const known = (zone: string | undefined): string => (zone !== undefined && isZone(zone) ? zone : 'utc');

/** Asking the runtime costs more than the rest of a comparison; an org and its people have few zones. */
const isZone = remembered((zone) => IANAZone.isValidZone(zone), { limit: 1_000, longest: 60 });

const at = (moment: string, zone: string | undefined): DateTime => DateTime.fromISO(moment, { zone: known(zone) });

/**
 * The day of a moment, as `2026-11-24`; a day is its own. What is neither stays as it is, for the other side to refuse.
 * @param moment ISO 8601; in UTC where it names no offset
 * @param zone IANA name
 */
export function dayIn(moment: string, zone: string | undefined): string {
  if (DAY.test(moment) || !MOMENT.test(moment)) return moment;
  const day = DateTime.fromISO(moment, { zone: 'utc' }).setZone(known(zone));
  return day.isValid ? day.toISODate() : moment;
}

/**
 * Noon of a day as a moment in UTC: in no zone and on no day does the clock jump over it. What is no day stays as it is.
 * @param day as `2026-11-24`
 */
export function noonIn(day: string, zone: string | undefined): string {
  if (!DAY.test(day)) return day;
  // Null of a day that no calendar has.
  return at(day, zone).set({ hour: NOON }).toUTC().toISO({ suppressMilliseconds: true }) ?? day;
}

/** `3/1/23 08:00:00`, as M29 has it. What is no moment stays as it is. */
export function clockIn(moment: string, zone: string | undefined): string {
  const local = DateTime.fromISO(moment, { zone: 'utc' }).setZone(known(zone));
  return local.isValid ? local.toFormat('L/d/yy HH:mm:ss', { locale: 'en' }) : moment;
}

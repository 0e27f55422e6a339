// Whether the bridge is away: it reports once a minute, so three reports are missing when it has said nothing for so long.
import { secondsSince } from 'c/format';

const SILENCE_SECONDS = 180;

/**
 * @param lastSeenAt ISO 8601; undefined where the bridge has never reported
 * @returns how long it has been silent, in seconds; undefined where it is there, or never was
 */
export function silenceOf(lastSeenAt: string | undefined, now: number): number | undefined {
  const seconds = secondsSince(lastSeenAt, now) ?? 0;
  return seconds > SILENCE_SECONDS ? seconds : undefined;
}

/** Whether nobody is there: a bridge that has never reported counts as away. */
export const isBridgeAway = (lastSeenAt: string | undefined, now: number): boolean =>
  lastSeenAt === undefined || silenceOf(lastSeenAt, now) !== undefined;

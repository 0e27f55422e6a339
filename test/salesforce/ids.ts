// Record ids: 15 case-sensitive characters (key prefix, instance, counter) and the 3-character suffix that makes them
// safe where case is lost. An id given in either length is the same id; one that is neither is refused.
import { PlatformError } from './model.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Two characters that name the instance and one that is reserved, as in the ids of a real org. */
const INSTANCE = 'SF0';
/** What follows key prefix and instance: 15 - 3 - 3 characters. */
const COUNTER_LENGTH = 9;

/** The 18-character form of a 15-character id: a bit per letter, set where the letter is upper case. */
export function withSuffix(id15: string): string {
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let offset = 0; offset < 5; offset += 1) {
      const code = id15.charCodeAt(start + offset);
      if (code >= 65 && code <= 90) bits |= 1 << offset;
    }
    suffix += SUFFIX.charAt(bits);
  }
  return id15 + suffix;
}

/** The 18-character id for the n-th record of a key prefix. */
export function idAt(keyPrefix: string, counter: number): string {
  let rest = '';
  let left = counter;
  for (let place = 0; place < COUNTER_LENGTH; place += 1) {
    rest = DIGITS.charAt(left % DIGITS.length) + rest;
    left = Math.floor(left / DIGITS.length);
  }
  return withSuffix(keyPrefix + INSTANCE + rest);
}

/** The counter inside an id that `idAt` made. */
export function counterOf(id: string): number {
  let counter = 0;
  for (const digit of id.slice(6, 15)) counter = counter * DIGITS.length + DIGITS.indexOf(digit);
  return counter;
}

const ID_SHAPE = /^[0-9A-Za-z]{15}([A-Z0-5]{3})?$/i;

/**
 * The 18-character form of an id of either length, or undefined where it is no id. An 18-character id is accepted in
 * any letter case: its suffix restores the case of the first fifteen.
 */
export function normaliseId(id: string): string | undefined {
  if (!ID_SHAPE.test(id)) return undefined;
  if (id.length === 15) return withSuffix(id);
  if (withSuffix(id.slice(0, 15)) === id) return id;
  const suffix = id.slice(15).toUpperCase();
  let restored = '';
  for (let index = 0; index < 15; index += 1) {
    const bits = SUFFIX.indexOf(suffix.charAt(Math.floor(index / 5)));
    const upper = (bits >> (index % 5)) & 1;
    restored += upper ? id.charAt(index).toUpperCase() : id.charAt(index).toLowerCase();
  }
  return withSuffix(restored) === restored + suffix ? restored + suffix : undefined;
}

/** @throws PlatformError MALFORMED_ID */
export function parseId(id: string): string {
  const normalised = normaliseId(id);
  if (!normalised) throw new PlatformError('MALFORMED_ID', `malformed id ${id}`);
  return normalised;
}

/** The n-th three-character key prefix of a custom kind: a00, a01 … a0z, a10 … */
export function keyPrefixAt(initial: string, index: number): string {
  const high = DIGITS.charAt(Math.floor(index / DIGITS.length));
  return `${initial}${high}${DIGITS.charAt(index % DIGITS.length)}`;
}

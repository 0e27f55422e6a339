// One phone, one spelling: every phone number is stored and compared as E.164.
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** Numbers without a country code are taken as this country's. */
const DEFAULT_COUNTRY = 'US';

/** Already E.164 in the North American plan, where every number of ten digits is possible: most of what the bridge sends. */
const NORTH_AMERICAN = /^\+1[2-9]\d{9}$/;

/** @returns E.164, or null when no such number is possible. An extension is refused: it would be lost in E.164. */
export function normalisePhone(text: string): string | null {
  const trimmed = text.trim();
  if (NORTH_AMERICAN.test(trimmed)) return trimmed;
  const parsed = parsePhoneNumberFromString(trimmed, DEFAULT_COUNTRY);
  return parsed?.isPossible() && parsed.ext === undefined ? parsed.number : null;
}

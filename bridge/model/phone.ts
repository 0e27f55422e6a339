// Parses phone numbers. Every comparison of phones uses this parser, so that no two places parse one text differently
// (M17, M18). It defines which number identifies a lead, and which texts a search must find.
import { Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { inAsciiDigits, inDigitsOf, scriptsOf } from './digits.ts';
import { keysOf, lettersOn, MOST_LETTERS, partsOf } from './phoneText.ts';
import { remembered } from './remembered.ts';

/** The numbering plans, which the library's types cover in part. */
const metadata = new Metadata() as unknown as {
  selectNumberingPlan(country: CountryCode): void;
  getCountryCodesForCallingCode(callingCode: string): CountryCode[] | undefined;
  numberingPlan?: { nationalPrefixTransformRule(): string | undefined };
};

/**
 * Parses a number to E.164, without its extension. Letters on keys are digits. A text that may be two different numbers
 * is none.
 * @param country ISO 3166 alpha-2, for a number that names none
 * @returns null where the text is no possible number
 */
export function readPhone(text: string, country: string): string | null {
  return known(`${country} ${text}`);
}

/** A change asks for the same few numbers a dozen times, and 1,000 changes wait at most; entries are about 200 bytes. */
const known = remembered((asked) => readText(asked.slice(asked.indexOf(' ') + 1), asked.slice(0, asked.indexOf(' '))), {
  limit: 2_000,
  longest: 100,
});

function readText(text: string, country: string): string | null {
  const ascii = inAsciiDigits(text);
  const parts = ascii && partsOf(ascii.text);
  if (!parts) return null;
  const { number, after, breaks = [] } = parts;
  const phone = parse(number, country);
  for (const [before, behind] of breaks) {
    const first = parse(before, country);
    if (first === null || !isValid(first)) continue;
    const second = readPhone(behind, country);
    if (second === null) return null;
    // A few digits behind a slash may as well be the end of one number.
    const isEnd = !isValid(second) && digitsIn(behind) < LOCAL && phone !== null && isValid(phone);
    return isEnd ? null : first;
  }
  const isScript = ascii.zero === undefined || (phone !== null && scriptsOf(callingCodeOf(phone)).includes(ascii.zero));
  if (!isScript) return null;
  switch (after.kind) {
    case 'nothing':
      return phone;
    case 'remark':
      return isPlain(phone, number, country) || !after.isAttached ? phone : null;
    case 'another':
      return phone !== null && isValid(phone) && readPhone(after.text, country) !== null ? phone : null;
    case 'letters': {
      const spelled = after.isVanity ? parse(number + keysOf(after.text), country) : null;
      if (spelled !== null && isValid(spelled)) return phone !== null && isValid(phone) ? null : spelled;
      return isPlain(phone, number, country) || (after.isWord && phone !== null && isValid(phone)) ? phone : null;
    }
    case 'unclear':
      return null;
  }
}

/** A number that is written without its area code has at least so many digits. */
const LOCAL = 5;

const digitsIn = (text: string): number => text.replace(/\D/g, '').length;

/** Parses a number that identifies a lead: a valid one, and no placeholder. */
export function readIdentity(text: string, country: string): string | null {
  const phone = readPhone(text, country);
  return phone !== null && identifies(phone) ? phone : null;
}

/** Whether the number identifies anybody: it is valid in its numbering plan, and no placeholder. @param phone E.164 */
export const identifies = (phone: string): boolean => isValid(phone) && !isPlaceholder(phone);

const isValid = (phone: string): boolean => parsePhoneNumberFromString(phone)?.isValid() ?? false;

/** So many digits that are all the same at the end are what people type where they have no number. */
const REPEATED = 8;

/** Whether the number is what people type where a number is required: 0000000000, 1234567890. @param phone E.164 */
export function isPlaceholder(phone: string): boolean {
  return isFiller(parsePhoneNumberFromString(phone)?.nationalNumber ?? phone.replace(/\D/g, ''));
}

/** Whether all digits count up or down, or the last ones are all the same. */
function isFiller(digits: string): boolean {
  if (digits.length < REPEATED) return false;
  const stepsOf = (part: string): number[] =>
    [...part].slice(1).map((digit, index) => (10 + Number(digit) - Number(part[index])) % 10);
  const steps = stepsOf(digits);
  return (
    stepsOf(digits.slice(-REPEATED)).every((one) => one === 0) ||
    [1, 9].some((step) => steps.every((one) => one === step))
  );
}

/**
 * Prefixes of Mexico's former numbering plan (until 2019), which the parser no longer knows and address books are full of.
 * Source: Instituto Federal de Telecomunicaciones, uniform national dialing.
 */
const FORMER: readonly (readonly [country: string | undefined, written: RegExp])[] = [
  [undefined, /^\+521(\d{10})$/],
  ['MX', /^(?:00521|01|044|045)(\d{10})$/],
];

/** Parses a `+` and digits, or digits alone. @returns E.164, or null where the number is not possible */
function parse(number: string, country: string): string | null {
  for (const [where, written] of FORMER) {
    const national = where === undefined || where === country ? written.exec(number)?.[1] : undefined;
    if (national !== undefined) return parse(`+52${national}`, country);
  }
  const international = number.startsWith('+') ? parsePhoneNumberFromString(number) : undefined;
  const phone = international ?? parsePhoneNumberFromString(number, country as CountryCode);
  if (!phone || (!international && !phone.isPossible())) return null;
  return canonical(phone);
}

/** Gives each number one spelling: where E.164 keeps a trunk zero, a second parse drops it. */
function canonical({ number, countryCallingCode }: PhoneNumber): string | null {
  const [main] = countriesOf(countryCallingCode);
  const reparsed = parsePhoneNumberFromString(number, main);
  if (!reparsed || reparsed.number === number) return reparsed?.isPossible() ? number : null;
  return canonical(reparsed);
}

/** Whether the number is valid and no further digit would fit, so that letters behind it are no part of it. */
const isPlain = (phone: string | null, number: string, country: string): boolean =>
  phone !== null && isValid(phone) && parse(`${number}0`, country) === null;

const callingCodeOf = (phone: string): string => parsePhoneNumberFromString(phone)?.countryCallingCode ?? '';

/**
 * The digits that occur, in this order, in every text that parses to this number and has no letters on keys: the national
 * ones, without an area code that people of some countries omit and the parser inserts.
 * @param phone E.164
 */
export function phoneDigits(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed) return phone.replace(/\D/g, '');
  const national = parsed.nationalNumber;
  const inserted = insertedCodes(parsed.countryCallingCode).filter((code) => national.startsWith(code));
  return national.slice(Math.max(0, ...inserted.map((code) => code.length)));
}

/** Characters that occur in this order in a text. */
export interface PhonePattern {
  characters: string;
  /** The text ends with the last of them. */
  isEnd: boolean;
}

/** Every text that parses to the number has one of these patterns, whatever the case of its letters. @param phone E.164 */
export function phonePatterns(phone: string): PhonePattern[] {
  const digits = phoneDigits(phone);
  const written = ['', ...scriptsOf(callingCodeOf(phone))].map((zero) => ({
    characters: zero === '' ? digits : inDigitsOf(zero, digits),
    isEnd: false,
  }));
  // Of a number that is spelled to its end, the first digits and the last letter are known.
  const spelled = lettersOn(digits.at(-1) ?? '').map((letter) => ({
    characters: digits.slice(0, -MOST_LETTERS) + letter,
    isEnd: true,
  }));
  return [...written, ...spelled];
}

/** Says of a text whether it has one of the patterns. @param phone E.164 */
export function searchFor(phone: string): (text: string) => boolean {
  const patterns = phonePatterns(phone);
  return (text) => patterns.some((pattern) => matches(text, pattern));
}

export const mayHold = (text: string, phone: string): boolean => searchFor(phone)(text);

function matches(given: string, { characters, isEnd }: PhonePattern): boolean {
  const text = given.toLowerCase();
  let at = 0;
  for (const character of characters.toLowerCase()) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return !isEnd || text.endsWith(characters.at(-1)?.toLowerCase() ?? '');
}

/** The countries of a calling code, the main one first; none for a code of no country. */
const countriesOf = (callingCode: string): CountryCode[] => metadata.getCountryCodesForCallingCode(callingCode) ?? [];

const inserted = new Map<string, string[]>();

/**
 * The digits that the parser inserts before a local number in the countries of a calling code: 1481 in Guernsey, the 9
 * of Argentina's mobiles.
 */
function insertedCodes(callingCode: string): string[] {
  const known = inserted.get(callingCode);
  if (known) return known;
  const codes = countriesOf(callingCode).flatMap((country) => /^(\d+)\$/.exec(transformRule(country))?.[1] ?? []);
  inserted.set(callingCode, codes);
  return codes;
}

function transformRule(country: CountryCode): string {
  metadata.selectNumberingPlan(country);
  return metadata.numberingPlan?.nationalPrefixTransformRule() ?? '';
}

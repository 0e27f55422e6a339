// Parses phone numbers. Every comparison of phones uses this parser, so that no two places parse one text differently
// (R3, R36). It also defines which texts a search by digits must find.
import { Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';

/** The numbering plans, which the library's types cover in part. */
const metadata = new Metadata() as unknown as {
  selectNumberingPlan(country: CountryCode): void;
  getCountryCodesForCallingCode(callingCode: string): CountryCode[] | undefined;
  numberingPlan?: { nationalPrefixTransformRule(): string | undefined };
};

/** Digits of other scripts cannot be searched for, and a context (RFC 3966) reverses the order of the digits. */
const UNSEARCHABLE = /phone-context|(?![0-9])\p{Nd}/iu;

/**
 * Parses a number to E.164, without its extension; null where the text is no possible number.
 * @param country ISO 3166 alpha-2, for a number that names none
 */
export function readPhone(text: string, country: string): string | null {
  if (UNSEARCHABLE.test(text)) return null;
  const international = parsePhoneNumberFromString(text);
  const phone = international ?? parsePhoneNumberFromString(text, country as CountryCode);
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

/**
 * The digits that occur, in this order, in every text that parses to this number: the national ones, without an area
 * code that people of some countries omit and the parser inserts.
 * @param phone E.164
 */
export function phoneDigits(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed) return phone.replace(/\D/g, '');
  const national = parsed.nationalNumber;
  const inserted = insertedCodes(parsed.countryCallingCode).filter((code) => national.startsWith(code));
  return national.slice(Math.max(0, ...inserted.map((code) => code.length)));
}

/**
 * Whether the text may parse to the number: true for every text that does, and for few others. A LIKE in SOQL is
 * equivalent.
 */
export function mayHold(text: string, phone: string): boolean {
  let at = 0;
  for (const digit of phoneDigits(phone)) {
    at = text.indexOf(digit, at) + 1;
    if (at === 0) return false;
  }
  return true;
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

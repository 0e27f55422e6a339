// The one reader of phone numbers: every place that asks whose number something is reads it here, so that no two of them ever
// read one text differently (R3, R36). What a search by digits has to find is stated beside it.
import { Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';

/** The numbering plans, which the library's own types know in part. */
const metadata = new Metadata() as unknown as {
  selectNumberingPlan(country: CountryCode): void;
  getCountryCodesForCallingCode(callingCode: string): CountryCode[] | undefined;
  numberingPlan?: { nationalPrefixTransformRule(): string | undefined };
};

/** Digits of other scripts cannot be searched for, and a context (RFC 3966) turns the digits' order round. */
const UNSEARCHABLE = /phone-context|(?![0-9])\p{Nd}/iu;

/**
 * The number as E.164, without its extension, or null where the text is no number that can be.
 * @param country ISO 3166 alpha-2: of a number that names none
 */
export function readPhone(text: string, country: string): string | null {
  if (UNSEARCHABLE.test(text)) return null;
  const international = parsePhoneNumberFromString(text);
  const phone = international ?? parsePhoneNumberFromString(text, country as CountryCode);
  if (!phone || (!international && !phone.isPossible())) return null;
  return canonical(phone);
}

/** One number has one spelling, however often and wherever it is read: where E.164 keeps a trunk zero, reading it again drops that. */
function canonical({ number, countryCallingCode }: PhoneNumber): string | null {
  const [main] = countriesOf(countryCallingCode);
  const again = parsePhoneNumberFromString(number, main);
  if (!again || again.number === number) return again?.isPossible() ? number : null;
  return canonical(again);
}

/**
 * The digits that stand, in this order, in every text that is read as this number: the national ones, without an area code
 * that people of some countries leave out and the reader puts in.
 * @param phone E.164
 */
export function phoneDigits(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed) return phone.replace(/\D/g, '');
  const national = parsed.nationalNumber;
  const inserted = insertedCodes(parsed.countryCallingCode).filter((code) => national.startsWith(code));
  return national.slice(Math.max(0, ...inserted.map((code) => code.length)));
}

/** Whether the text may be read as the number: true for every text that is, and for few others. A LIKE in SOQL says the same. */
export function mayHold(text: string, phone: string): boolean {
  let at = 0;
  for (const digit of phoneDigits(phone)) {
    at = text.indexOf(digit, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The countries of a calling code, the one that it is known by first; none for a code of no country. */
const countriesOf = (callingCode: string): CountryCode[] => metadata.getCountryCodesForCallingCode(callingCode) ?? [];

const inserted = new Map<string, string[]>();

/** What the reader puts before a local number in the countries of a calling code: 1481 in Guernsey, the 9 of Argentina's mobiles. */
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

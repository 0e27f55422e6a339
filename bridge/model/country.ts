// Determines the country of a record or a lead, by which a phone number without a country code is parsed (R3).
// Salesforce stores a code (with State and Country picklists) or free text; Sellfire stores text.
import { getCountries } from 'libphonenumber-js/max';
import type { SellfireValue } from './field.ts';
import type { FollowedObject, SalesforceFields, SalesforceObject } from './salesforce.ts';

/**
 * Fields that name a record's country, the most reliable first. The phone of a Contact or an Account belongs to the
 * address in use.
 */
export const COUNTRY_FIELDS: Record<FollowedObject, readonly string[]> = {
  Lead: ['CountryCode', 'Country'],
  Contact: ['MailingCountryCode', 'MailingCountry'],
  Account: ['BillingCountryCode', 'BillingCountry'],
};

/** The country fields of an object that the org has and the connected user sees. */
export const countryFields = (objects: Record<string, SalesforceObject>, object: FollowedObject): string[] =>
  COUNTRY_FIELDS[object].filter((name) => name in (objects[object]?.fields ?? {}));

/** Sellfire's field for a lead's country. */
const LEAD_COUNTRY = 'country';

/** Common names that no list of country names has. */
const COMMON_NAMES: Record<string, string> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  'republic of ireland': 'IE',
  holland: 'NL',
  'the netherlands': 'NL',
};

/** The languages whose country names are accepted. */
const LANGUAGES = ['en', 'de', 'fr', 'es'];

/** Without case, accents, dots and needless blanks: people write "Mexico" and "U.S.A.". */
export const plainName = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('.', '').trim().toLowerCase().replace(/\s+/g, ' ');

const codes: ReadonlySet<string> = new Set(getCountries());
let names: Map<string, string> | undefined;

function codeOfName(name: string): string | undefined {
  names ??= new Map([
    ...LANGUAGES.flatMap((language) => {
      const display = new Intl.DisplayNames([language], { type: 'region' });
      return [...codes].map((code) => [plainName(display.of(code) ?? code), code] as const);
    }),
    ...Object.entries(COMMON_NAMES),
  ]);
  return names.get(name);
}

/** @returns ISO 3166 alpha-2, or undefined for a text that names no country. */
export function countryCode(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const code = text.trim().toUpperCase();
  return codes.has(code) ? code : codeOfName(plainName(text));
}

/** The country that a record's fields name; undefined where they name none. */
export function countryOfRecord(object: string, fields: SalesforceFields): string | undefined {
  for (const name of COUNTRY_FIELDS[object as FollowedObject] ?? []) {
    const code = countryCode(fields[name]);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** The country that a Sellfire lead names; undefined where it names none. */
export const countryOfLead = (fields: Record<string, SellfireValue>): string | undefined =>
  countryCode(fields[LEAD_COUNTRY]);

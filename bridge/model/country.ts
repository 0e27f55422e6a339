// The country of a record or a lead of its own: by it a phone number without a country code is read (R3). Salesforce holds it as
// a code (with State and Country picklists) or as a text that people typed; Sellfire as a text.
import { getCountries } from 'libphonenumber-js/max';
import type { SellfireValue } from './field.ts';
import type { FollowedObject, SalesforceFields, SalesforceObject } from './salesforce.ts';

/** Where a record says its country, the surest first. A Contact's and an Account's phone belongs to the address that is used. */
export const COUNTRY_FIELDS: Record<FollowedObject, readonly string[]> = {
  Lead: ['CountryCode', 'Country'],
  Contact: ['MailingCountryCode', 'MailingCountry'],
  Account: ['BillingCountryCode', 'BillingCountry'],
};

/** Those of an object that the org has, and the connected user sees. */
export const countryFields = (objects: Record<string, SalesforceObject>, object: FollowedObject): string[] =>
  COUNTRY_FIELDS[object].filter((name) => name in (objects[object]?.fields ?? {}));

/** Sellfire's field of a lead's country. */
const LEAD_COUNTRY = 'country';

/** Names that people write and no list of names has. */
const SPOKEN: Record<string, string> = {
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

/** The languages in which a country is known by its name. */
const LANGUAGES = ['en', 'de', 'fr', 'es'];

const fold = (text: string): string => text.trim().toLowerCase().replaceAll('.', '');

const codes: ReadonlySet<string> = new Set(getCountries());
let names: Map<string, string> | undefined;

function codeOfName(name: string): string | undefined {
  names ??= new Map([
    ...LANGUAGES.flatMap((language) => {
      const display = new Intl.DisplayNames([language], { type: 'region' });
      return [...codes].map((code) => [fold(display.of(code) ?? code), code] as const);
    }),
    ...Object.entries(SPOKEN),
  ]);
  return names.get(name);
}

/** @returns ISO 3166 alpha-2, or undefined for a text that names no country. */
export function countryCode(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const code = text.trim().toUpperCase();
  return codes.has(code) ? code : codeOfName(fold(text));
}

/** The country that the fields of a record name; undefined where they name none. */
export function countryOfRecord(object: string, fields: SalesforceFields): string | undefined {
  for (const name of COUNTRY_FIELDS[object as FollowedObject] ?? []) {
    const code = countryCode(fields[name]);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** The country that a lead of Sellfire names; undefined where it names none. */
export const countryOfLead = (fields: Record<string, SellfireValue>): string | undefined =>
  countryCode(fields[LEAD_COUNTRY]);

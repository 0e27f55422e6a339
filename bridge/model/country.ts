// Determines the country of a record or a lead, by which a phone number without a country code is parsed.
// Salesforce stores a code (with State and Country picklists) or free text; Sellfire stores text.
import { getCountries } from 'libphonenumber-js/max';
import { foldedCountry, isCode, LANGUAGES, OTHER_NAMES, THREE_LETTERS } from './countryNames.ts';
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

const codes: ReadonlySet<string> = new Set(getCountries());
let names: Map<string, string> | undefined;

function codeOfName(name: string): string | undefined {
  names ??= namesOfCountries();
  return names.get(foldedCountry(name));
}

/** A name of several countries is none: the one Congo is the other one elsewhere. */
function namesOfCountries(): Map<string, string> {
  const found = new Map<string, string>();
  const doubtful = new Set<string>();
  const add = (name: string, code: string): void => {
    const folded = foldedCountry(name);
    if (isCode(folded)) return;
    if ((found.get(folded) ?? code) !== code) doubtful.add(folded);
    found.set(folded, code);
  };
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region' });
    for (const code of codes) add(display.of(code) ?? code, code);
  }
  for (const folded of doubtful) found.delete(folded);
  // What stands here is meant. A code comes with dots as well: "U.S.".
  for (const [code, name] of [...[...codes].map((one) => [one, one] as const), ...THREE_LETTERS, ...OTHER_NAMES])
    if (codes.has(code)) found.set(foldedCountry(name), code);
  return found;
}

/** @returns ISO 3166 alpha-2, or undefined for a text that names no country. */
export function countryCode(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const code = text.trim().toUpperCase();
  return codes.has(code) ? code : codeOfName(text);
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
export const countryOfLead = (fields: Readonly<Record<string, unknown>>): string | undefined =>
  countryCode(fields[LEAD_COUNTRY]);

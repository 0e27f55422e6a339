// Determines the country of a phone that names none: the record's or the lead's own, else the connection's. An
// event carries only changed fields, so the link stores the country that its records named last.
import type { SyncConfig } from '../../model/config.ts';
import { COUNTRY_FIELDS, countryOfLead, countryOfRecord } from '../../model/country.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Link } from '../../model/link.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';

type Config = Pick<SyncConfig, 'country'>;

/** @param fields the fields of the record that are known */
export function recordCountry(
  config: Config,
  object: string,
  fields: SalesforceFields,
  link: Pick<Link, 'countries'> | undefined = undefined,
): string {
  return countryOfRecord(object, fields) ?? link?.countries?.[object] ?? config.country;
}

export function leadCountry(config: Config, fields: Record<string, SellfireValue>): string {
  return countryOfLead(fields) ?? config.country;
}

/** The link with the country that these fields name; the same link where the country is unchanged. */
export function withCountry(link: Link, object: string, fields: SalesforceFields): Link {
  const named = countryOfRecord(object, fields);
  const { [object]: known, ...others } = link.countries ?? {};
  const isSaid = (COUNTRY_FIELDS[object as FollowedObject] ?? []).some((name) => name in fields);
  if (!isSaid || named === known) return link;
  return { ...link, countries: { ...others, ...(named === undefined ? {} : { [object]: named }) } };
}

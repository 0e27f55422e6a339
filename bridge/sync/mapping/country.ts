// By which country a phone is read that names none (R3): the record's or the lead's own, else the connection's. An event carries
// only what has changed, so that the link keeps what its records last named.
import type { SyncConfig } from '../../model/config.ts';
import { COUNTRY_FIELDS, countryOfLead, countryOfRecord } from '../../model/country.ts';
import type { SellfireValue } from '../../model/field.ts';
import type { Link } from '../../model/link.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';

type Config = Pick<SyncConfig, 'country'>;

/** @param fields what is known of the record now */
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

/** The link with what these fields say of the record's country; the same link where they say nothing new. */
export function withCountry(link: Link, object: string, fields: SalesforceFields): Link {
  const named = countryOfRecord(object, fields);
  const { [object]: known, ...others } = link.countries ?? {};
  const isSaid = (COUNTRY_FIELDS[object as FollowedObject] ?? []).some((name) => name in fields);
  if (!isSaid || named === known) return link;
  return { ...link, countries: { ...others, ...(named === undefined ? {} : { [object]: named }) } };
}

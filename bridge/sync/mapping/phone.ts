// Finds the phone number that identifies a Salesforce record (M17, M18): the value of the field that is mapped to the
// primary phone.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { FollowedObject, PersonObject, SalesforceFields } from '../../model/salesforce.ts';
import { readPhone } from '../../model/phone.ts';
import type { PhoneCandidate } from '../../model/plan.ts';
import { recordCountry } from './country.ts';
import { mappedFields, towardsSellfire } from './rules.ts';

export type PhoneFound = { number: string } | Explanation;

/** The number in the field that is mapped to the primary phone, where the rule goes to Sellfire; E.164. */
export function phoneOf(config: SyncConfig, object: FollowedObject, fields: SalesforceFields): PhoneFound {
  const mapped = mappedFields(config, [object]).filter((field) => field.sellfire.name === PRIMARY_PHONE);
  if (!mapped.some((field) => towardsSellfire(field.mapping.rule, 'any'))) {
    return explain('PHONE_UNMAPPED.towardsSellfire', { object });
  }
  for (const field of mapped) {
    const raw = fields[field.salesforce.name];
    if (raw === undefined || raw === null || !towardsSellfire(field.mapping.rule, String(raw))) continue;
    const number = readPhone(String(raw), recordCountry(config, object, fields));
    if (number) return { number };
    return explain('PHONE_INVALID', { field: field.salesforce.label, value: String(raw) });
  }
  return explain('NO_PHONE.inSalesforce', { object });
}

/**
 * The numbers by which a record may match a lead: those of each field that is mapped to the primary phone, whatever its
 * rule.
 */
export function phonesOf(config: SyncConfig, object: PersonObject, fields: SalesforceFields): string[] {
  const country = recordCountry(config, object, fields);
  const numbers = phoneFields(config, object).map((name) => readPhone(String(fields[name] ?? ''), country));
  return [...new Set(numbers.filter((number) => number !== null))];
}

export function phoneFields(config: SyncConfig, object: PersonObject): string[] {
  const mapped = mappedFields(config, [object]).filter(({ sellfire }) => sellfire.name === PRIMARY_PHONE);
  return [...new Set(mapped.map(({ salesforce }) => salesforce.name))];
}

/** The candidates that hold the number in a phone field. A candidate's own country applies where it names one. */
export function holdersOf(
  config: Pick<SyncConfig, 'country'>,
  phone: string,
  candidates: readonly PhoneCandidate[],
): PhoneCandidate[] {
  return candidates.filter(({ phones, country }) =>
    phones.some((text) => readPhone(text, country ?? config.country) === phone),
  );
}

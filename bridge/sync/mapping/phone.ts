// Finds the phone numbers that identify a Salesforce record (M17, M18). A record is known by every phone field that is
// mapped, or standard and visible; a lead is made from the field that is mapped to the primary phone.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { SyncConfig } from '../../model/config.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { FollowedObject, PersonObject, SalesforceFields } from '../../model/salesforce.ts';
import { identifies, isPlaceholder, readIdentity, readPhone } from '../../model/phone.ts';
import type { Lead } from '../../model/lead.ts';
import type { PhoneCandidate } from '../../model/plan.ts';
import { trimmedText } from '../../model/text.ts';
import { leadCountry, recordCountry } from './country.ts';
import { mappedFields, towardsSellfire } from './rules.ts';

export type PhoneFound = { number: string } | Explanation;

/** Standard fields whose number is the person's; that of the assistant is somebody else's. */
const STANDARD_PHONES = ['Phone', 'MobilePhone', 'HomePhone', 'OtherPhone'];
const OF_OTHERS = ['AssistantPhone'];

/**
 * The first number that identifies the record among the fields that are mapped to the primary phone, where the rule goes
 * to Sellfire; E.164.
 */
export function phoneOf(config: SyncConfig, object: FollowedObject, fields: SalesforceFields): PhoneFound {
  const mapped = mappedFields(config, [object]).filter((field) => field.sellfire.name === PRIMARY_PHONE);
  if (!mapped.some((field) => towardsSellfire(field.mapping.rule, 'any'))) {
    return explain('PHONE_UNMAPPED.towardsSellfire', { object });
  }
  const country = recordCountry(config, object, fields);
  let problem: Explanation | undefined;
  for (const { mapping, salesforce } of mapped) {
    const text = trimmedText(fields[salesforce.name]);
    if (text === '' || !towardsSellfire(mapping.rule, text)) continue;
    const number = readIdentity(text, country);
    if (number !== null) return { number };
    problem ??= whyNoIdentity(salesforce.label, text, country, 'inSalesforce');
  }
  return problem ?? explain('NO_PHONE.inSalesforce', { object });
}

/** Whether one of the fields is a number that may make a lead (see `phoneOf`). */
export const isPhoneAmong = (config: SyncConfig, object: FollowedObject, fields: SalesforceFields): boolean =>
  mappedFields(config, [object]).some(
    ({ sellfire, salesforce, mapping }) =>
      sellfire.name === PRIMARY_PHONE &&
      trimmedText(fields[salesforce.name]) !== '' &&
      towardsSellfire(mapping.rule, trimmedText(fields[salesforce.name])),
  );

/** Why a text does not identify a lead. @param side whose field it is, which decides what is to be done */
export function whyNoIdentity(
  field: string,
  value: string,
  country: string,
  side: 'inSalesforce' | 'inSellfire',
): Explanation {
  const phone = readPhone(value, country);
  const given = { field, value };
  if (phone !== null && isPlaceholder(phone))
    return side === 'inSalesforce'
      ? explain('PHONE_INVALID.inSalesforcePlaceholder', given)
      : explain('PHONE_INVALID.inSellfirePlaceholder', given);
  return side === 'inSalesforce'
    ? explain('PHONE_INVALID.inSalesforce', given)
    : explain('PHONE_INVALID.inSellfire', given);
}

/** The number that identifies a Sellfire lead; E.164. */
export function phoneOfLead(config: SyncConfig, { fields }: Pick<Lead, 'fields'>): PhoneFound {
  const text = trimmedText(fields[PRIMARY_PHONE]);
  if (text === '') return explain('NO_PHONE.inSellfire');
  const country = leadCountry(config, fields);
  const number = readIdentity(text, country);
  if (number !== null) return { number };
  const field = config.catalogue.find(({ object, name }) => object === 'lead' && name === PRIMARY_PHONE);
  return whyNoIdentity(field?.label ?? PRIMARY_PHONE, text, country, 'inSellfire');
}

/** The numbers by which a record may match a lead: those of all its identifying fields. */
export function phonesOf(config: SyncConfig, object: PersonObject, fields: SalesforceFields): string[] {
  const country = recordCountry(config, object, fields);
  const numbers = phoneFields(config, object).map((name) => readIdentity(trimmedText(fields[name]), country));
  return [...new Set(numbers.filter((number) => number !== null))];
}

/**
 * The fields that hold a record's numbers: phone fields that are mapped, the standard ones that the connected user sees,
 * and whatever is mapped to the primary phone. A field that no query can search is left out; its mapping says so.
 */
export function phoneFields(config: SyncConfig, object: PersonObject): string[] {
  const known = config.objects[object]?.fields ?? {};
  const mapped = config.mappings.filter((one) => one.salesforceObject === object && one.rule !== 'DoNotSync');
  const isIdentity = ({ sellfireObject, sellfireField, salesforceField }: (typeof mapped)[number]): boolean =>
    (sellfireObject === 'lead' && sellfireField === PRIMARY_PHONE) ||
    (known[salesforceField]?.type === 'phone' && !OF_OTHERS.includes(salesforceField));
  const names = new Set([...STANDARD_PHONES, ...mapped.filter(isIdentity).map((one) => one.salesforceField)]);
  return [...names].filter((name) => known[name] !== undefined && known[name].filterable !== false);
}

/** Whether a field of the object is mapped to the primary phone (M6). */
export const isPhoneMappedTo = (config: SyncConfig, object: PersonObject): boolean =>
  mappedFields(config, [object]).some(({ sellfire }) => sellfire.name === PRIMARY_PHONE);

/**
 * The candidates that hold the number in a phone field. A candidate's own country applies where it names one.
 * @param phone E.164; one that identifies nobody is held by nobody
 */
export function holdersOf(
  config: Pick<SyncConfig, 'country'>,
  phone: string,
  candidates: readonly PhoneCandidate[],
): PhoneCandidate[] {
  if (!identifies(phone)) return [];
  return candidates.filter(({ phones, country }) =>
    Object.values(phones).some((text) => readPhone(text, country ?? config.country) === phone),
  );
}

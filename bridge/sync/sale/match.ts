// Matches a lead with an Account and a Contact at a demo or a sale (M23, M24), and an item with a product (M25). An
// ambiguous match creates a new record: to take two customers for one costs more than to keep one customer twice.
import { say, type Message } from '../../model/message.ts';
import { identifies, readPhone } from '../../model/phone.ts';
import type { AccountCandidate, ContactCandidate, ProductNames } from '../../model/saleTransaction.ts';
import { foldedName } from '../../model/text.ts';

export type Match = { connect: string; why: Message } | { create: true; why: Message };

export const sameName = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && foldedName(a) === foldedName(b);

/**
 * Whether the record's Phone is this number. The record's own country applies where it names one. A number that
 * identifies nobody is on no record.
 */
function hasPhone(phone: string, country: string): (record: WithPhone) => boolean {
  if (!identifies(phone)) return () => false;
  return (record) => record.phone !== null && readPhone(record.phone, record.country ?? country) === phone;
}
type WithPhone = Pick<AccountCandidate, 'phone' | 'country'>;

/**
 * M23: matches by phone and name; where no Account has the phone, by name and city.
 * @param lead the phone as E.164
 * @param candidates Accounts that may have the phone or the name
 * @param country the default country for the phone of an Account that names none
 */
export function matchAccount(
  lead: { phone: string; businessName: string; city: string | null },
  candidates: readonly AccountCandidate[],
  country: string,
): Match {
  const byPhone = candidates.filter(hasPhone(lead.phone, country));
  if (byPhone.length === 0) {
    const byName = candidates.filter(({ name }) => sameName(name, lead.businessName));
    if (byName.length === 0) return { create: true, why: say('accountNone') };
    return inCity(lead.city, byName, say('theName'));
  }
  const named = byPhone.filter(({ name }) => sameName(name, lead.businessName));
  const [only] = named;
  if (!only) return { create: true, why: say('accountsOtherName') };
  if (named.length === 1) return { connect: only.id, why: say('accountOne') };
  return inCity(lead.city, named, say('phoneAndName'));
}

function inCity(city: string | null, accounts: readonly AccountCandidate[], by: Message): Match {
  const there = accounts.filter((account) => sameName(account.city, city));
  const [only] = there;
  if (only && there.length === 1) return { connect: only.id, why: say('accountOneInCity', { by }) };
  return { create: true, why: say(there.length === 0 ? 'accountsNoneInCity' : 'accountsSeveralInCity', { by }) };
}

/**
 * M24. People who share a phone are different people: a Contact with another first name than a given one does not match.
 * @param person the phone as E.164; the first name where it counts
 * @param candidates the Account's Contacts that may have the phone
 * @param country the default country for the phone of a Contact that names none
 */
export function matchContact(
  person: { phone: string; lastName: string; firstName?: string | null },
  candidates: readonly ContactCandidate[],
  country: string,
): Match {
  const byPhone = candidates.filter(hasPhone(person.phone, country));
  if (byPhone.length === 0) return { create: true, why: say('contactNone') };
  const { lastName, firstName } = person;
  const family = byPhone.filter((contact) => sameName(contact.lastName, lastName));
  const exact = firstName ? family.filter((contact) => sameName(contact.firstName, firstName)) : [];
  const named = exact.length > 0 ? exact : family.filter((contact) => !firstName || !contact.firstName);
  const [only] = named;
  if (only && named.length === 1) return { connect: only.id, why: say('contactOne') };
  return { create: true, why: say(named.length === 0 ? 'contactsNoneNamed' : 'contactsSeveralNamed') };
}

/**
 * M25: the candidates whose product has the item's code; where none of them has it, those whose product has the item's name.
 */
export function matchProduct<T extends ProductNames>(
  item: { code: string; name: string },
  candidates: readonly T[],
): readonly T[] {
  const coded = candidates.filter(({ code }) => sameName(code, item.code));
  return coded.length > 0 ? coded : candidates.filter(({ name }) => sameName(name, item.name));
}

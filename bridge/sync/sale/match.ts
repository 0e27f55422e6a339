// Which Account and which Contact a lead is connected to at a demo or a sale (M23, M24), and which product is sold (M25). Every
// doubt about a customer means a new record: two customers taken for one cost more than one customer kept twice.
import { readPhone } from '../../model/phone.ts';
import type { AccountCandidate, ContactCandidate, ProductNames } from '../../model/saleTransaction.ts';

export type Match = { connect: string; why: string } | { create: true; why: string };

/** Names that differ in case, or in blanks around them, are one. */
const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether the record's Phone is this number, read with the record's own country where it names one. */
const hasPhone =
  (phone: string, country: string) =>
  (record: { phone: string | null; country: string | null }): boolean =>
    record.phone !== null && readPhone(record.phone, record.country ?? country) === phone;

/**
 * M23: by the phone and the name; where no Account has the phone, by the name and the city.
 * @param lead the phone as E.164
 * @param candidates Accounts that may have the phone or the name
 * @param country of phones whose Account names none
 */
export function matchAccount(
  lead: { phone: string; businessName: string; city: string | null },
  candidates: readonly AccountCandidate[],
  country: string,
): Match {
  const byPhone = candidates.filter(hasPhone(lead.phone, country));
  if (byPhone.length === 0) {
    const byName = candidates.filter(({ name }) => same(name, lead.businessName));
    if (byName.length === 0) return { create: true, why: 'No Account has the phone or the name.' };
    return inCity(lead.city, byName, 'the name');
  }
  const named = byPhone.filter(({ name }) => same(name, lead.businessName));
  const [only] = named;
  if (!only) return { create: true, why: 'Accounts have the phone, and none of them the name.' };
  if (named.length === 1) return { connect: only.id, why: 'One Account has the phone and the name.' };
  return inCity(lead.city, named, 'the phone and the name');
}

function inCity(city: string | null, accounts: readonly AccountCandidate[], by: string): Match {
  const there = accounts.filter((account) => same(account.city, city));
  const [only] = there;
  if (only && there.length === 1) return { connect: only.id, why: `One Account has ${by}, in the lead's city.` };
  const many = there.length === 0 ? 'none' : 'several';
  return { create: true, why: `Of the Accounts that have ${by}, ${many} are in the lead's city.` };
}

/**
 * M24.
 * @param person the phone as E.164
 * @param candidates the Account's Contacts that may have the phone
 * @param country of phones whose Contact names none
 */
export function matchContact(
  person: { phone: string; lastName: string },
  candidates: readonly ContactCandidate[],
  country: string,
): Match {
  const byPhone = candidates.filter(hasPhone(person.phone, country));
  if (byPhone.length === 0) return { create: true, why: 'No Contact of the Account has the phone.' };
  const named = byPhone.filter((contact) => same(contact.lastName, person.lastName));
  const [only] = named;
  if (only && named.length === 1)
    return { connect: only.id, why: 'One Contact of the Account has the phone and the last name.' };
  const many = named.length === 0 ? 'none' : 'several';
  return { create: true, why: `Of the Account's Contacts that have the phone, ${many} have the last name.` };
}

/** M25: those of the candidates that are of the product with the item's code; where none has the code, of that with its name. */
export function matchProduct<T extends ProductNames>(
  item: { code: string; name: string },
  candidates: readonly T[],
): readonly T[] {
  const coded = candidates.filter(({ code }) => same(code, item.code));
  return coded.length > 0 ? coded : candidates.filter(({ name }) => same(name, item.name));
}

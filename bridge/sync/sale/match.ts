// Which Account and which Contact a lead is connected to at a demo or a sale (M23, M24). Every doubt means a new record: two
// customers taken for one cost more than one customer kept twice.

import type { AccountCandidate, ContactCandidate } from '../../model/saleTransaction.ts';

export type Match = { connect: string; why: string } | { create: true; why: string };

const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * M23.
 * @param byPhone Accounts whose Phone is the lead's primary phone
 * @param byName Accounts whose Name is the lead's business name; only looked at when no Account has the phone
 */
export function matchAccount(
  lead: { businessName: string; city: string | null },
  byPhone: readonly AccountCandidate[],
  byName: readonly AccountCandidate[],
): Match {
  if (byPhone.length === 0) {
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

/** M24. @param byPhone the Account's Contacts whose Phone is the person's */
export function matchContact(lastName: string, byPhone: readonly ContactCandidate[]): Match {
  if (byPhone.length === 0) return { create: true, why: 'No Contact of the Account has the phone.' };
  const named = byPhone.filter((contact) => same(contact.lastName, lastName));
  const [only] = named;
  if (only && named.length === 1)
    return { connect: only.id, why: 'One Contact of the Account has the phone and the last name.' };
  const many = named.length === 0 ? 'none' : 'several';
  return { create: true, why: `Of the Account's Contacts that have the phone, ${many} have the last name.` };
}

// The people of a sale beside the lead's own (M24). A business line is shared: who somebody is, phone and name say together, and
// whoever has the lead's own phone and name is the lead.
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { Sale } from '../../model/sale.ts';
import { foldedName } from '../../model/text.ts';
import { leadCountry } from '../mapping/country.ts';
import { canonical } from '../values/canonical.ts';
import { fingerprint } from '../values/fingerprint.ts';
import { leadText, withPending } from './fields.ts';
import { sameName } from './match.ts';
import type { TransactionSituation } from './situation.ts';

type Entry = Sale['associated_contacts'][number];

export interface Person {
  /** E.164 where the number can be read, else as it was entered; null where there is none. */
  phone: string | null;
  lastName: string;
  firstName: string | null;
  /** The same person of the same lead has it in every sale, however phone and name are written; 32 characters. */
  key: string;
  /** As Sellfire has it. */
  entry: Entry;
}

type Sold = Pick<TransactionSituation, 'config' | 'lead' | 'link' | 'sale'>;

/** Each person once, without the lead itself: whoever has the phone and the name that its Contact is about to have is the lead. */
export function peopleOf({ config, lead, link, sale }: Sold): Person[] {
  if (!sale) return [];
  const everyone = everyoneOf(config, lead, sale);
  const self = leadAmong(config, { ...lead, fields: ownFields({ config, lead, link }) }, everyone);
  return everyone.filter((person) => person !== self);
}

/**
 * The lead's values that its own Contact is about to have. A Contact beside the Lead that the link stays with is made once, and what is on its
 * way to the lead does not follow (M20).
 */
export function ownFields({ config, lead, link }: Pick<Sold, 'config' | 'lead' | 'link'>): Lead['fields'] {
  const staysWithLead = link?.record?.object === 'Lead' && !config.settings.connectionUpdate;
  return staysWithLead ? lead.fields : withPending(config, link, lead);
}

/** Each person once. */
export function everyoneOf(config: SyncConfig, lead: Lead, sale: Sale): Person[] {
  const people = sale.associated_contacts.map((entry) => personOf(config, lead, entry));
  return [...new Map(people.toReversed().map((person) => [person.key, person])).values()].toReversed();
}

function personOf(config: SyncConfig, lead: Lead, entry: Entry): Person {
  const text = (value: string | null): string | null => {
    const read = canonical('text', value, config.country);
    return typeof read === 'string' ? read : null;
  };
  const phone = canonical('phone', entry.phone_number, leadCountry(config, lead.fields));
  const lastName = text(entry.last_name) ?? '';
  const firstName = text(entry.first_name);
  const identity = [lead.id, phone, foldedName(lastName), foldedName(firstName ?? '')];
  return {
    phone: typeof phone === 'string' ? phone : null,
    lastName,
    firstName,
    key: fingerprint(JSON.stringify(identity)),
    entry,
  };
}

/** Who of them is the lead: by phone and full name, or by phone and last name where only one could be. */
function leadAmong(config: SyncConfig, lead: Lead, people: readonly Person[]): Person | undefined {
  const [phone, lastName, firstName] = [PRIMARY_PHONE, 'last_name', 'first_name'].map((name) =>
    leadText(config, lead, name),
  );
  if (!phone || !lastName) return undefined;
  const alike = people.filter((one) => one.phone === phone && sameName(one.lastName, lastName));
  const exact = alike.find((one) => foldedName(one.firstName ?? '') === foldedName(firstName ?? ''));
  if (exact) return exact;
  const possible = alike.filter((one) => !one.firstName || !firstName);
  return possible.length === 1 ? possible[0] : undefined;
}

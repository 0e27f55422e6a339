// Which Sellfire leads and Salesforce records with the same phone are pairs (M16): only where the lead has no second record, and the
// record no second lead. Everything else is left to an admin.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import { shortList } from '../../model/message.ts';
import type { PersonObject } from '../../model/salesforce.ts';

export interface PhoneHolder {
  object: PersonObject;
  id: string;
}

/** A Sellfire lead without a link, and the records that have its number. */
export interface PairCandidate {
  leadId: string;
  /** E.164. */
  phone: string;
  holders: readonly PhoneHolder[];
}

export interface Pair {
  leadId: string;
  record: PhoneHolder;
}

export interface Pairs {
  /** By the id of the lead. */
  pairs: Pair[];
  /** Leads that are in no pair, each with the reason. */
  ambiguous: { leadId: string; why: Explanation }[];
}

/** The most records with one number that a reason names. */
const NAMED = 5;

export function pairsOf(candidates: readonly PairCandidate[]): Pairs {
  const found: Pairs = { pairs: [], ambiguous: [] };
  const leadsOf = Map.groupBy(
    candidates.flatMap(({ leadId, holders }) => holders.map(({ id }) => ({ id, leadId }))),
    ({ id }) => id,
  );
  for (const { leadId, phone, holders } of candidates.toSorted((a, b) => (a.leadId < b.leadId ? -1 : 1))) {
    const [only, second] = holders;
    if (!only) continue;
    const leads = leadsOf.get(only.id) ?? [];
    if (second) found.ambiguous.push({ leadId, why: onSeveral(phone, holders.map(words)) });
    else if (leads.length > 1) {
      const names = leads.map((one) => one.leadId).join(', ');
      found.ambiguous.push({ leadId, why: explain('PHONE_AMBIGUOUS.leads', { ...only, leads: names }) });
    } else found.pairs.push({ leadId, record: only });
  }
  return found;
}

const words = ({ object, id }: PhoneHolder): string => `${object} ${id}`;

/** @param records all that hold the number, each in words */
export const onSeveral = (phone: string, records: readonly string[]): Explanation =>
  explain('PHONE_AMBIGUOUS.records', { phone, records: shortList(records, NAMED) });

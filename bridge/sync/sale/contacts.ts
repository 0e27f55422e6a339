// The Contacts of a demo or a sale (M24): the lead's own, and one for each further person of the sale, each connected or created
// under the Account. No two people are given one Contact.
import type {
  RecordRef,
  SaleNeeds,
  SaleTransaction,
  TransactionNode,
  ContactCandidate,
} from '../../model/saleTransaction.ts';
import type { SyncConfig } from '../../model/config.ts';
import { identifies } from '../../model/phone.ts';
import { mappedFields } from '../mapping/rules.ts';
import { saleLookups } from '../turn/lookups.ts';
import { mappedValues, triggerOf, valueOf, withoutSynced } from './fields.ts';
import { matchContact, sameName } from './match.ts';
import { ownFields, peopleOf, type Person } from './people.ts';
import type { TransactionSituation } from './situation.ts';

const PERSON = 'person_';

/** What is asked of the people before their Account is known. */
export function peopleNeeds(situation: TransactionSituation, needs: SaleNeeds): void {
  for (const person of peopleOf(situation)) needs.keyed.push(personNeed(situation.config, person));
}

const personNeed = ({ names }: SyncConfig, { key }: Person): SaleNeeds['keyed'][number] => ({
  object: 'Contact',
  field: names.contactKey,
  key,
});

/** What the lead's own Contact is known by. */
export interface Own {
  phone: string;
  lastName: string;
  firstName: string | null;
}

/** Adds the lead's own Contact and those of the sale's further people. */
export function addContacts(
  situation: TransactionSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
  own: Own,
): void {
  const people = peopleOf(situation);
  transaction.contact = addOwn(situation, transaction, needs, own, people);
  const taken = new Set<string>();
  if (transaction.contact && 'id' in transaction.contact) taken.add(transaction.contact.id);
  for (const [index, person] of people.entries()) {
    const ref = `${PERSON}${index + 1}`;
    const contact = addPerson(situation, transaction, needs, { ref, person, taken });
    if (contact && 'id' in contact) taken.add(contact.id);
  }
}

/** @returns undefined while it is not known which */
function candidatesFor(
  { found }: TransactionSituation,
  { account }: SaleTransaction,
  needs: SaleNeeds,
  phone: string | null,
): ContactCandidate[] | undefined {
  if (phone === null || !identifies(phone) || 'ref' in account) return [];
  return saleLookups(found, needs).contacts({ accountId: account.id, phone });
}

/** The lead's own carries the lead's id and its mapped fields. */
function addOwn(
  situation: TransactionSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
  { phone, lastName, firstName }: Own,
  people: readonly Person[],
): RecordRef | undefined {
  const { config, lead, link, sale } = situation;
  const { leadId } = config.names;
  const linked = link?.record?.object === 'Contact' ? link.record.id : undefined;
  let match = linked;
  if (linked === undefined && 'id' in transaction.account) {
    const candidates = candidatesFor(situation, transaction, needs, phone);
    if (!candidates) return undefined;
    // One that is another lead's, or another person's of this sale, cannot be this one's as well.
    const free = candidates.filter(
      (one) =>
        (one.leadId === null || one.leadId === lead.id) &&
        !situation.taken.has(one.id) &&
        !isOneOf(people, one, firstName),
    );
    const matched = matchContact({ phone, lastName }, free, config.country);
    transaction.why.push(matched.why);
    match = 'connect' in matched ? matched.connect : undefined;
  }
  // Where updates in Salesforce are off, nothing would put back an edit of the Contact that an earlier attempt made.
  if (
    situation.isRepeated &&
    !config.settings.updateInSalesforce &&
    (linked === undefined || isNothingKnown(situation))
  ) {
    const made = saleLookups(situation.found, needs).keyed({ object: 'Contact', field: leadId, key: lead.id });
    if (made === undefined) return undefined;
    if (made !== null && !situation.taken.has(made) && made === (linked ?? made)) return { id: made };
  }
  const triggers = match === undefined ? (['createUpdate', triggerOf(sale)] as const) : [triggerOf(sale)];
  const mapped = {
    ...mappedValues(config, lead, ownFields(situation), 'lead', 'Contact', triggers).fields,
    ...(sale ? mappedValues(config, lead, sale.fields, 'sale', 'Contact', ['sale']).fields : {}),
  };
  if (match !== undefined) {
    const fields =
      linked === undefined ? { ...mapped, [leadId]: lead.id } : withoutSynced(config, 'Contact', mapped, link);
    if (Object.keys(fields).length > 0)
      transaction.nodes.push({ ref: 'contact', object: 'Contact', op: { kind: 'update', id: match }, fields });
    return { id: match };
  }
  const fields = {
    ...nameAndPhone({ phone, lastName, firstName }),
    ...mapped,
    AccountId: valueOf(transaction.account),
  };
  const op = { kind: 'upsert' as const, field: leadId, key: lead.id };
  transaction.nodes.push({ ref: 'contact', object: 'Contact', op, fields });
  return { ref: 'contact' };
}

/** Whether no field of the linked Contact is known yet: Sellfire has just named it. */
const isNothingKnown = ({ config, link }: TransactionSituation): boolean =>
  mappedFields(config, ['Contact']).every(
    ({ sellfire: { name }, replica }) => link?.fields[name]?.replicas[replica]?.lastKnown === undefined,
  );

/** Whether the Contact is one of these people by its full name, which is not the lead's. */
const isOneOf = (people: readonly Person[], contact: ContactCandidate, firstName: string | null): boolean =>
  !sameName(contact.firstName, firstName) &&
  people.some((person) => sameName(person.firstName, contact.firstName) && sameName(person.lastName, contact.lastName));

/** A further person of the sale. One whose Contact a sale has made is found by the key, whatever people have made of it since. */
function addPerson(
  situation: TransactionSituation,
  transaction: SaleTransaction,
  needs: SaleNeeds,
  { ref, person, taken }: { ref: string; person: Person; taken: ReadonlySet<string> },
): RecordRef | undefined {
  const { config, lead, found } = situation;
  const need = personNeed(config, person);
  const made = saleLookups(found, needs).keyed(need);
  const candidates = candidatesFor(situation, transaction, needs, person.phone);
  if (made === undefined || !candidates) return undefined;
  const { fields: mapped } = mappedValues(config, lead, person.entry, 'associated_contact', 'Contact', ['sale']);
  const update = (id: string, fields: SaleTransaction['nodes'][number]['fields']): RecordRef => {
    if (Object.keys(fields).length > 0)
      transaction.nodes.push({ ref, object: 'Contact', op: { kind: 'update', id }, fields });
    return { id };
  };
  // Under another Account than before: the person goes along with the sale.
  const moved = 'ref' in transaction.account ? { AccountId: valueOf(transaction.account) } : {};
  if (made !== null && !taken.has(made)) return update(made, { ...mapped, ...moved });
  if (person.phone !== null && 'id' in transaction.account) {
    const free = candidates.filter(({ id, leadId }) => leadId !== lead.id && !taken.has(id));
    const matched = matchContact({ ...person, phone: person.phone }, free, config.country);
    transaction.why.push(matched.why);
    if ('connect' in matched) return update(matched.connect, mapped);
  }
  const fields = { ...nameAndPhone(person), ...mapped, AccountId: valueOf(transaction.account) };
  const op = { kind: 'upsert' as const, field: need.field, key: need.key };
  transaction.nodes.push({ ref, object: 'Contact', op, fields });
  return { ref };
}

const nameAndPhone = ({ phone, lastName, firstName }: Pick<Person, 'phone' | 'lastName' | 'firstName'>) => ({
  LastName: lastName,
  ...(phone === null ? {} : { Phone: phone }),
  ...(firstName === null ? {} : { FirstName: firstName }),
});

/** Whether the node is a further person's Contact. */
export const isFurtherPerson = ({ ref }: TransactionNode): boolean => ref.startsWith(PERSON);

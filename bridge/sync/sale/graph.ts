// Builds the graph of records that a demo or a sale writes to Salesforce; the graph is written as a whole or not at all
// (M20–M25). Every record that the graph creates is upserted by a key of the lead or the sale, so a repeat creates no
// duplicate (M27).
import type { SyncConfig } from '../../model/config.ts';
import { say, type Message } from '../../model/message.ts';
import { MOST_NODES, type SaleTransaction, type SaleNeeds, type RecordRef } from '../../model/saleTransaction.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import { addCustomRecords, unresolvedMarks } from './customRecords.ts';
import { addContacts, peopleNeeds } from './contacts.ts';
import { leadText, mappedValues, missingValues, triggerOf, withoutSynced } from './fields.ts';
import { fitTransaction } from './fitTransaction.ts';
import { noSaleNeeds, saleLookups } from '../turn/lookups.ts';
import { foreignCurrency, nameCurrency } from './currency.ts';
import { addLineItems, lineItemNeeds } from './lineItems.ts';
import { matchAccount } from './match.ts';
import { addOpportunity, opportunityNeed } from './opportunity.ts';
import type { TransactionSituation } from './situation.ts';
import { addSites } from './sites.ts';
import { giveRecordTypes } from '../mapping/recordTypes.ts';
import { FUNCTION_NAMES, missingMappings, type SaleFunction } from '../mapping/required.ts';
import { transactionParts, type TransactionParts } from '../mapping/transactions.ts';
import { omit } from '../values/omit.ts';

/** `none`: nothing is written; the explanations name what is missing, if anything. `standing`: what is there already, as it would be written. */
export type TransactionDecision =
  { transaction: SaleTransaction } | { questions: SaleNeeds } | { none: Explanation[]; standing?: SaleTransaction };

export function decideTransaction(situation: TransactionSituation): TransactionDecision {
  const { config, lead, link, sale } = situation;
  const wanted = transactionParts(config, sale !== undefined);
  if (!wanted) return { none: [] };
  const text = (name: string): string | null => leadText(config, lead, name);
  const phone = text(PRIMARY_PHONE);
  const businessName = text('business_name');
  const lastName = text('last_name');
  const { parts, heldUp } = partsThatGo(situation, wanted, { phone, businessName, lastName });
  if (!parts || phone === null || businessName === null) return { none: heldUp };
  const foreign = sale && foreignCurrency(config, sale);
  if (foreign) return { none: [foreign] };

  const questions = noSaleNeeds();
  const transaction = connectAccount(situation, questions, { phone, businessName });
  if (!transaction) {
    // Look-ups that do not depend on the Account are requested in the same round.
    if (parts.opportunity) questions.keyed.push(opportunityNeed(config, lead, sale));
    if (sale) {
      lineItemNeeds(config, sale, questions);
      peopleNeeds(situation, questions);
      questions.made.push(...unresolvedMarks({ config, lead, link, sale }));
    }
    return { questions };
  }
  if ('ref' in transaction.account && config.objects['Account']?.onlyPersons)
    return { none: [explain('OBJECT_NOT_CREATEABLE.persons')] };
  transaction.heldUp = heldUp;
  transaction.relinks = parts.relinks && link?.record?.object !== 'Contact';
  if (parts.contact && lastName !== null) {
    addContacts(situation, transaction, questions, { phone, lastName, firstName: text('first_name') });
  }
  if (parts.opportunity) addOpportunity(situation, transaction, questions, businessName);
  const unsold = sale && addLineItems({ ...situation, sale }, transaction, questions);
  const unmade = sale && addCustomRecords({ ...situation, sale }, transaction, questions);
  if (sale) addSites({ ...situation, sale }, transaction, questions, businessName);
  if (Object.values(questions).some((list) => list.length > 0)) return { questions };
  if (sale) nameCurrency(config, sale, transaction);
  const problem =
    unsold ??
    unmade ??
    tooMany(transaction) ??
    giveRecordTypes(config, transaction) ??
    fitTransaction(config, transaction);
  if (problem) return { none: [problem] };
  const isNew = transaction.nodes.length > 0 || transaction.relinks || !link?.accountId;
  return isNew ? { transaction } : { none: heldUp, standing: transaction };
}

interface KeyValues {
  phone: string | null;
  businessName: string | null;
  lastName: string | null;
}

/**
 * The parts that have what they need. The Opportunity of a demo, the move to a Contact, the Account and a sale have lists of
 * their own, and none of them holds up another (M20, M21).
 */
function partsThatGo(
  { config, link, sale }: TransactionSituation,
  wanted: TransactionParts,
  { phone, businessName, lastName }: KeyValues,
): { parts: TransactionParts | undefined; heldUp: Explanation[] } {
  const heldUp: Explanation[] = [];
  const account = { [PRIMARY_PHONE]: phone, business_name: businessName };
  const everything = { ...account, last_name: lastName };
  const has = (is: boolean, lacking: () => Explanation | undefined): boolean => {
    const why = is ? lacking() : undefined;
    if (why) heldUp.push(why);
    return is && !why;
  };
  const lacks = (of: SaleFunction): Explanation | undefined =>
    missingMappings(config, of) ?? missingValues(FUNCTION_NAMES[of], everything);
  if (sale && !has(true, () => missingValues(say('theSale'), everything))) return { parts: undefined, heldUp };
  const opportunity = sale ? wanted.opportunity : has(wanted.opportunity, () => lacks('opportunity'));
  const relinks = has(wanted.relinks && link?.record?.object !== 'Contact', () => lacks('connection'));
  const contact = sale !== undefined || opportunity || relinks;
  if (contact) return { parts: { account: true, contact, opportunity, relinks }, heldUp };
  const connects = has(wanted.account, () => missingValues(say('accountAtDemo'), account));
  return { parts: connects ? { account: true, contact, opportunity, relinks } : undefined, heldUp };
}

function tooMany({ nodes }: SaleTransaction): Explanation | undefined {
  if (nodes.length <= MOST_NODES) return undefined;
  const counts = new Map<string, number>();
  for (const { object } of nodes) counts.set(object, (counts.get(object) ?? 0) + 1);
  const parts = [...counts].map(([object, count]) => `${count} ${object}`).join(', ');
  return explain('TOO_MANY_RECORDS', { count: nodes.length, parts, most: MOST_NODES });
}

/** Whether the configuration lets a demo, or a sale, write anything. */
export const isWanted = (config: SyncConfig, isSale: boolean): boolean =>
  transactionParts(config, isSale) !== undefined;

/**
 * M23: connects or creates the Account.
 * @returns undefined while the candidates are not known
 */
function connectAccount(
  { config, lead, link, found, sale, isRepeated }: TransactionSituation,
  needs: SaleNeeds,
  { phone, businessName }: { phone: string; businessName: string },
): SaleTransaction | undefined {
  const why: Message[] = [];
  // Several leads may share an Account, so the lead id cannot identify it; the lead that created it can.
  const keyField = `${config.names.prefix}Sellfire_Account_Key__c`;
  let account: RecordRef | undefined = link?.accountId ? { id: link.accountId } : undefined;
  let isOwn = false;
  if (!account) {
    const candidates = saleLookups(found, needs).accounts({ phone, name: businessName, leadId: lead.id });
    if (!candidates) return undefined;
    const sought = { phone, businessName, city: leadText(config, lead, 'city') };
    const match = matchAccount(sought, candidates, config.country);
    why.push(match.why);
    // The one that an earlier demo or sale of the lead made is found by the key, whatever people have made of it since, and so are its Sites.
    const own = candidates.find(({ key }) => key === lead.id)?.id;
    const known = 'connect' in match ? match.connect : own;
    isOwn = known !== undefined && known === own;
    account = known === undefined ? { ref: 'account' } : { id: known };
  }
  const fields = {
    ...mappedValues(config, lead, lead.fields, 'lead', 'Account', [triggerOf(sale)]).fields,
    ...(sale ? mappedValues(config, lead, sale.fields, 'sale', 'Account', ['sale']).fields : {}),
  };
  const nodes: SaleTransaction['nodes'] = [];
  const named = { Name: businessName, Phone: phone };
  const created = { ref: 'account', object: 'Account', op: { kind: 'upsert' as const, field: keyField, key: lead.id } };
  if ('ref' in account) {
    nodes.push({ ...created, fields: { ...named, [config.names.leadId]: lead.id, ...fields } });
  } else {
    const ours = account.id === link?.accountId ? withoutSynced(config, 'Account', fields, link) : fields;
    if (Object.keys(ours).length > 0)
      nodes.push({ ref: 'account', object: 'Account', op: { kind: 'update', id: account.id }, fields: ours });
  }
  const event = sale ? 'Sale' : 'DemoSet';
  const cycle = sale?.cycle ?? lead.cycle;
  return {
    event,
    leadId: lead.id,
    recordId: sale?.id ?? null,
    cycle,
    account,
    contact: undefined,
    opportunity: undefined,
    relinks: false,
    nodes,
    made: [],
    madeBefore: isOwn && isRepeated ? [{ ...created, fields: omit(named, Object.keys(fields)) }] : [],
    leftOut: [],
    heldUp: [],
    why,
  };
}

// Notes what a lead gave the Account that its demo or sale has made: by the event of its creation that is no edit of Salesforce, whether or not
// the lead's own event of it has come (I12).
import type { Lead } from '../../model/lead.ts';
import type { SalesforceValue } from '../../model/salesforce.ts';
import type { NodeValue, SaleTransaction } from '../../model/saleTransaction.ts';
import { deliver } from '../fields/deliver.ts';
import { mergeSellfireLead } from '../fields/merge.ts';
import { readReplica } from '../mapping/asStored.ts';
import type { MappedField } from '../mapping/rules.ts';
import { inFlight, linkedFields, setState, stateOf, writableReplicas, type Draft } from '../turn/draft.ts';
import { sameValue } from '../values/canonical.ts';
import { NEEDS_NO_EVENT } from '../values/inFlight.ts';
import { requestDelivery, sent, withReplica, written } from '../values/register.ts';

type NodeFields = Record<string, NodeValue>;

/** Whether the transaction makes the Account, or an interrupted attempt has made it. */
export const isOwnAccount = ({ account, madeBefore }: SaleTransaction): boolean =>
  'ref' in account || madeBefore.some(({ ref }) => ref === 'account');

/** The values of a node that refer to no other. */
export const scalarsOf = (given: NodeFields = {}): Record<string, SalesforceValue> =>
  Object.fromEntries(
    Object.entries(given).filter(
      (pair): pair is [string, SalesforceValue] => typeof pair[1] !== 'object' || pair[1] === null,
    ),
  );

const fieldsOfAccount = (draft: Draft): MappedField[] =>
  linkedFields(draft).filter(({ mapping }) => mapping.salesforceObject === 'Account');

/** Merges what the lead holds of the fields that the link's Account has. */
export function mergeLeadOfAccount(draft: Draft, lead: Lead): void {
  const names = new Set(fieldsOfAccount(draft).map(({ sellfire }) => sellfire.name));
  mergeSellfireLead(draft, lead, Infinity, (name) => names.has(name));
}

/**
 * Notes what the Account was given; an edit that came while it was made follows.
 * @param lead the one that it was made from
 * @param given what this attempt gave it; undefined where an interrupted one has given it all
 */
export function noteAccount(draft: Draft, lead: Lead, id: string, given: NodeFields | undefined): void {
  mergeLeadOfAccount(draft, lead);
  const fields = scalarsOf(given);
  for (const field of fieldsOfAccount(draft)) {
    const raw = fields[field.salesforce.name];
    const state = draft.link && stateOf(draft.link, field.sellfire.name);
    if (!draft.link || raw === undefined || !state?.register) continue;
    const { value: wanted, version } = state.register;
    const value = readReplica(draft.config, draft.link, field, raw, fields);
    const write = { ...inFlight(draft, draft.link, value), revision: NEEDS_NO_EVENT };
    const isCurrent = sameValue(value, wanted);
    const known = isCurrent
      ? written(state, field.replica, version, { ...write, version })
      : withReplica(sent(state, field.replica, write), field.replica, { lastKnown: value });
    const isDue = !isCurrent && writableReplicas(draft.config, [field], wanted).includes(field.replica);
    setState(draft, field.sellfire.name, isDue ? requestDelivery(known, field.replica) : known);
  }
  draft.writes.push(...deliver(draft).filter((one) => one.kind === 'updateInSalesforce' && one.id === id));
}

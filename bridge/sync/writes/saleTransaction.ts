// Writes the records of a demo or a sale to Salesforce as one transaction (M20–M25).
import { explainFault } from '../../model/catalogue/catalogue.ts';
import type { Lead } from '../../model/lead.ts';
import type { Canonical, FieldState } from '../../model/link.ts';
import type { RecordRef } from '../../model/saleTransaction.ts';
import { isUnset, NEVER } from '../fields/carriedEdit.ts';
import { deliver } from '../fields/deliver.ts';
import { noteWritten, stateAmong } from '../fields/stateFields.ts';
import { connect } from '../link/connect.ts';
import { salesforceIds } from '../link/salesforceIds.ts';
import { isOwnAccount, noteAccount, scalarsOf } from '../link/ownAccount.ts';
import { nameContact } from '../link/leftLead.ts';
import { relink } from '../link/relink.ts';
import { withMade } from '../link/state.ts';
import { leadCountry } from '../mapping/country.ts';
import { mappedFields, type MappedField } from '../mapping/rules.ts';
import { isRelink } from '../sale/plan.ts';
import { recordIdOf, reportTransaction, transactionRow } from '../sale/transactionRows.ts';
import { withoutRefused } from './withoutRefused.ts';
import { readReplica } from '../mapping/asStored.ts';
import { ensureLink, inFlight, linkedFields, setState, stateOf, writableReplicas, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { NEEDS_NO_EVENT } from '../values/inFlight.ts';
import { emptyState, requestDelivery, sent, withReplica } from '../values/register.ts';
import type { WriteKind, WriteOf } from './kind.ts';

type TransactionWrite = WriteOf<'saleTransaction'>;

export const saleTransaction: WriteKind<TransactionWrite> = {
  peer: 'salesforce',
  objectOf: () => 'Opportunity',

  /** M20, M23: links the Account, and links the Contact where the link moves to it or had no record. */
  settled(draft, write, { ids = {} }, at) {
    const { transaction } = write;
    draft.lead ??= { ...write.lead, cycle: write.cycle };
    const idOf = (record: RecordRef | undefined): string | undefined => recordIdOf(record, ids);
    const accountId = idOf(transaction.account);
    const contactId = idOf(transaction.contact);
    const link = ensureLink(draft, transaction.leadId);
    // Sellfire knows that of the link, or is told of it in this turn.
    const isAccountNew = accountId !== undefined && link.accountId !== accountId;
    if (accountId) connect(draft, transaction.leadId, 'Account', accountId, 'created');
    const account = transaction.nodes.find(({ ref }) => ref === 'account');
    if (accountId && account) noteWritten(draft, accountId, stateAmong(draft, account.fields));
    const moves = contactId !== undefined && isRelink(link, transaction);
    if (moves) relinkToContact(draft, write, contactId, at);
    if (accountId && isOwnAccount(transaction)) noteAccount(draft, write.lead, accountId, account?.fields);
    const made = transaction.made.flatMap(({ key, record }) => {
      const id = idOf(record);
      return id ? [[key, id] as const] : [];
    });
    if (draft.link && made.length > 0) draft.link = withMade(draft.link, Object.fromEntries(made));
    reportTransaction(draft, transaction, ids, at);
    const salesforce = {
      ...(isAccountNew ? salesforceIds('Account', accountId) : {}),
      ...(moves ? salesforceIds('Contact', contactId) : {}),
    };
    if (Object.keys(salesforce).length > 0) {
      draft.writes.push({
        kind: 'updateInSellfire',
        leadId: transaction.leadId,
        fields: {},
        salesforce,
        deliveries: [],
      });
    }
  },

  /** Retries without the optional fields and records that were refused. Where nothing can be left out, nothing was written. */
  failed(draft, write, fault, at) {
    const { transaction } = write;
    const rest = withoutRefused(draft.config, transaction, fault);
    if (rest) {
      draft.writes.push({ ...write, transaction: rest });
      return;
    }
    const salesforceObject = transaction.opportunity ? 'Opportunity' : 'Account';
    const about = { ...transactionRow(transaction.event, transaction, at), salesforceObject };
    reports.failed(draft, about, explainFault(fault));
    // What the turn has left to the transaction, and no other write, which is being made.
    const { link } = draft;
    if (!link?.record || !isRelink(link, transaction)) return;
    const { id } = link.record;
    draft.writes.push(...deliver(draft).filter((one) => one.kind === 'updateInSalesforce' && one.id === id));
  },
};

/**
 * Relinks to the Contact. The Contact holds the written values and, for other fields, its earlier ones; later values of
 * the lead are delivered to it.
 */
function relinkToContact(
  draft: Draft,
  { transaction, lead, contact, edited }: TransactionWrite,
  id: string,
  at: number,
): void {
  const { config, link } = draft;
  const blank = Object.fromEntries(
    mappedFields(config, ['Contact']).map(({ salesforce }) => [salesforce.name, null] as const),
  );
  const node = transaction.nodes.find(({ ref }) => ref === 'contact');
  const fields = { ...(contact?.fields ?? blank), ...scalarsOf(node?.fields) };
  const record = { createdAt: contact?.createdAt ?? at, at, user: config.user, fields };
  // Events after the transaction carry the Contact's own changes. This read supplies only an older state.
  const left = link?.record && link.record.id !== id ? [link.record.id] : [];
  const how = {
    kind: 'relinked' as const,
    left,
    at: link?.moved?.at ?? 0,
    fromEvent: false,
    isDeliberate: () => false,
  };
  relink(draft, lead, [{ object: 'Contact', id, record }], how);
  const due = linkedFields(draft).filter((one) => one.mapping.salesforceObject === 'Contact');
  for (const field of due.filter(({ sellfire }) => edited.includes(sellfire.name))) {
    const state = draft.link && stateOf(draft.link, field.sellfire.name);
    if (state?.register && writableReplicas(config, [field], state.register.value).includes(field.replica))
      setState(draft, field.sellfire.name, requestDelivery(state, field.replica));
  }
  for (const field of linkedFields(draft)) {
    const raw = field.mapping.salesforceObject === 'Contact' ? node?.fields[field.salesforce.name] : undefined;
    if (!draft.link || raw === undefined || (typeof raw === 'object' && raw !== null)) continue;
    const value = readReplica(config, draft.link, field, raw, fields);
    // The Contact may have held the value, so the event of the transaction need not name the field.
    const write = { ...inFlight(draft, draft.link, value), revision: NEEDS_NO_EVENT };
    const once = sent(withDefault(draft, lead, field, value), field.replica, write);
    // An attempt before may have created the Contact, so that another event than that of its creation is to come.
    setState(draft, field.sellfire.name, draft.maybeApplied ? sent(once, field.replica, write) : once);
  }
  draft.writes.push(...deliver(draft).filter((one) => one.kind === 'updateInSalesforce' && one.id === id));
  for (const old of left) nameContact(draft, old, id);
  moveTask(draft, transaction, id);
}

/**
 * What the Contact was given of a field that nobody has set is the default of the lead, and as old as that: by the event of the transaction it
 * would be an edit of Salesforce.
 */
function withDefault(
  { config, link }: Draft,
  lead: Lead,
  { sellfire: { name, type }, replica }: MappedField,
  value: Canonical,
): FieldState {
  const state = link ? stateOf(link, name) : emptyState();
  const held = canonical(type, lead.fields[name] ?? null, leadCountry(config, lead.fields));
  if (state.register || value === null || !isUnset(lead, name, held) || !sameValue(held, value)) return state;
  const known = { lastKnown: value, targetVersion: 1, delivered: 1 };
  const origin = { ...known, confirmed: 1, at: Date.parse(lead.created_at) };
  const register = { value, ...NEVER, version: 1 };
  return { ...withReplica(withReplica(state, 'sellfire', origin), replica, known), register };
}

/** The disposition of a call in which the lead bought. */
const SALE_DISPOSITION = 'Sale';

/** M29: the Task of the call in which a demo was set or a sale made moves to the Contact, where the call was received first. */
function moveTask(draft: Draft, { event, recordId }: TransactionWrite['transaction'], contactId: string): void {
  if (!draft.link?.lastTask) return;
  const { lastTask, ...link } = draft.link;
  draft.link = link;
  if (lastTask.about !== (event === 'Sale' ? SALE_DISPOSITION : recordId)) return;
  const fields = { WhoId: contactId };
  const write = { kind: 'updateInSalesforce', object: 'Task', id: lastTask.id, fields } as const;
  // A repush of its row is one of the activity (M27).
  const about = lastTask.activityId === undefined ? {} : { sellfireRecordId: lastTask.activityId };
  draft.writes.push({ ...write, ...about, deliveries: [], event: 'Activity' });
}

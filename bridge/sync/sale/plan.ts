// Where a demo or a sale enters a plan, and what its outcome makes of the link.
import type { SellfireChange } from '../../model/change.ts';
import type { SaleTransaction, RecordRef } from '../../model/saleTransaction.ts';
import { explain, explainFault } from '../../model/catalogue/catalogue.ts';
import type { Fault } from '../../model/fault.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { FoundRecord, Write } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import type { SalesforceValue } from '../../model/salesforce.ts';
import { relink } from '../link/relink.ts';
import { decideTransaction, isWanted } from './graph.ts';
import { deliver } from '../fields/deliver.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';
import { mappedFields } from '../mapping/rules.ts';
import { withMade } from '../link/state.ts';
import { connect, salesforceIds } from '../link/connect.ts';

type TransactionWrite = Extract<Write, { kind: 'saleTransaction' }>;

/** @returns whether a Contact is made or found for the lead, so that no record is created for it besides. */
export function addTransactions(draft: Draft, changes: readonly SellfireChange[]): { contactMade: boolean } {
  let contactMade = false;
  for (const change of changes) {
    const { lead: fromEvent, sale, schedule_item } = change.event;
    if (!fromEvent || !draft.config.settings.createInSalesforce) continue;
    if (!isWanted(draft.config, sale !== null)) continue;
    if (draft.link?.ended) {
      // Nothing is written for a lead whose record is gone, and nobody has to find that out by himself.
      const about = row(sale ? 'Sale' : 'DemoSet', fromEvent.id, change.at);
      reports.skipped(draft, about, explain('LINK_ENDED.sale'));
      continue;
    }
    if (draft.writes.some(({ kind }) => kind === 'saleTransaction')) {
      // One after the other: a sale goes on with what its demo has made.
      draft.deferred.push(change.eventId);
      continue;
    }
    const lead = currentLead(draft, fromEvent);
    const closeDate = (schedule_item?.start_time ?? sale?.made_at ?? change.event.occurred_at).slice(0, 10);
    const { config, link, found } = draft;
    const decision = decideTransaction({ config, lead, link, found: found.sale, sale: sale ?? undefined, closeDate });
    if ('questions' in decision) {
      for (const [kind, questions] of Object.entries(decision.questions)) {
        (draft.needs.sale[kind as keyof typeof decision.questions] as unknown[]).push(...questions);
      }
    } else if ('transaction' in decision) {
      const { transaction } = decision;
      const contact = link && !isRelink(link, transaction) ? null : contactBefore(draft, transaction);
      if (contact === undefined) continue;
      ensureLink(draft, lead.id);
      contactMade ||= transaction.contact !== undefined;
      draft.writes.push({ kind: 'saleTransaction', transaction, lead, contact });
    } else if (decision.none) {
      const event = sale ? 'Sale' : 'DemoSet';
      reports.failed(draft, row(event, lead.id, change.at), decision.none);
    }
  }
  return { contactMade };
}

/**
 * A demo or a sale is written from Sellfire's present data: what was edited since may have been carried over already, and is not
 * written over with what it was. The cycle is that of the event. While that is not known (a need), what else is to be asked is
 * asked along.
 */
function currentLead(draft: Draft, fromEvent: Lead): Lead {
  const now = lookups(draft).lead(fromEvent.id);
  return now && now.version > fromEvent.version ? { ...now, cycle: fromEvent.cycle } : fromEvent;
}

/** M20: whether the lead's record is the deal's Contact from then on. */
function isRelink(link: Link, transaction: SaleTransaction): boolean {
  return transaction.contact !== undefined && (transaction.relinks || !link.record);
}

/** Whether the link has a record that it leaves for the deal's Contact. */
export const leaves = (link: Link | undefined, { transaction }: TransactionWrite): boolean =>
  link?.record !== undefined &&
  isRelink(link, transaction) &&
  !(transaction.contact && 'id' in transaction.contact && transaction.contact.id === link.record.id);

/** The Contact that the deal found, as it is; null where the deal makes it. @returns undefined while it is not read */
function contactBefore(draft: Draft, { contact }: SaleTransaction): FoundRecord | null | undefined {
  return contact && 'id' in contact ? lookups(draft).record('Contact', contact.id) : null;
}

const row = (
  event: SaleTransaction['event'],
  sellfireLeadId: string,
  occurredAt: number,
): Pick<Report, 'occurredAt' | 'direction' | 'event' | 'sellfireLeadId'> => ({
  occurredAt,
  direction: 'ToSalesforce',
  event,
  sellfireLeadId,
});

/** M20, M23: the Account is the lead's from now on; the Contact where the link moves to it, or where there was no record. */
export function transactionWritten(
  draft: Draft,
  write: TransactionWrite,
  ids: Record<string, string>,
  at: number,
): void {
  const { transaction } = write;
  const idOf = (record: RecordRef | undefined): string | undefined =>
    record && ('id' in record ? record.id : ids[record.ref]);
  const accountId = idOf(transaction.account);
  const contactId = idOf(transaction.contact);
  const link = ensureLink(draft, transaction.leadId);
  if (accountId) connect(draft, transaction.leadId, 'Account', accountId, 'created');
  const moves = contactId !== undefined && isRelink(link, transaction);
  if (moves) relinkToContact(draft, write, contactId, at);
  const made = transaction.made.flatMap(({ key, record }) => {
    const id = idOf(record);
    return id ? [[key, id] as const] : [];
  });
  if (draft.link && made.length > 0) draft.link = withMade(draft.link, Object.fromEntries(made));
  const about = {
    ...row(transaction.event, transaction.leadId, at),
    salesforceObject: transaction.opportunity ? 'Opportunity' : 'Account',
    salesforceRecordId: idOf(transaction.opportunity) ?? accountId ?? null,
    changes: transaction.nodes.flatMap((node) =>
      Object.entries(node.fields).map(([field, value]) => ({
        field: `${node.object}.${field}`,
        after:
          typeof value === 'object' && value !== null
            ? (ids[value.ref] ?? null)
            : value === null
              ? null
              : String(value),
      })),
    ),
  };
  reports.succeeded(draft, about, transaction.why.join(' '));
  const salesforce = {
    ...(accountId ? salesforceIds('Account', accountId) : {}),
    ...(moves ? salesforceIds('Contact', contactId) : {}),
  };
  if (Object.keys(salesforce).length > 0) {
    draft.writes.push({ kind: 'updateInSellfire', leadId: transaction.leadId, fields: {}, salesforce, deliveries: [] });
  }
}

/** The Contact shows what it was given, and beside that what it showed before; what the lead has become since is due on it. */
function relinkToContact(draft: Draft, { transaction, lead, contact }: TransactionWrite, id: string, at: number): void {
  const { config, link } = draft;
  const blank = Object.fromEntries(
    mappedFields(config, ['Contact']).map(({ salesforce }) => [salesforce.name, null] as const),
  );
  const node = transaction.nodes.find(({ ref }) => ref === 'contact');
  const given = Object.entries(node?.fields ?? {}).filter(
    (pair): pair is [string, SalesforceValue] => typeof pair[1] !== 'object' || pair[1] === null,
  );
  const fields = { ...(contact?.fields ?? blank), ...Object.fromEntries(given) };
  const record = { createdAt: contact?.createdAt ?? at, at, user: config.user, fields };
  // Of what happened to the Contact until now, its own events tell; only what is older than the deal is known by this.
  const left = link?.record && link.record.id !== id ? [link.record.id] : [];
  const how = {
    kind: 'relinked' as const,
    left,
    at: link?.moved?.at ?? 0,
    fromEvent: false,
    isDeliberate: () => false,
  };
  relink(draft, lead, [{ object: 'Contact', id, record }], how);
  draft.writes.push(...deliver(draft).filter((one) => one.kind === 'updateInSalesforce' && one.id === id));
}

/** All of it or none of it: nothing was written, and the report says what was in the way. */
export function transactionFailed(draft: Draft, transaction: SaleTransaction, fault: Fault, at: number): void {
  const salesforceObject = transaction.opportunity ? 'Opportunity' : 'Account';
  const about = { ...row(transaction.event, transaction.leadId, at), salesforceObject };
  reports.failed(draft, about, explainFault(fault));
  draft.writes.push(...deliver(draft).filter((write) => write.kind === 'updateInSalesforce'));
}

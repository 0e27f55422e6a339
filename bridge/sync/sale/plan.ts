// Adds the demos and sales of a turn to its plan: one transaction a turn, in the order of the events.
import type { SellfireChange } from '../../model/change.ts';
import type { SaleTransaction } from '../../model/saleTransaction.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { FoundRecord, Write } from '../../model/plan.ts';
import { editedSince } from './editedSince.ts';
import { decideTransaction, isWanted } from './graph.ts';
import { afterEvent } from '../link/state.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import { dayIn } from '../values/day.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';
import { reportTransaction, transactionRow } from './transactionRows.ts';

type TransactionWrite = Extract<Write, { kind: 'saleTransaction' }>;

/** @returns whether a Contact is created or found for the lead, in which case no other record is created for it */
export function addTransactions(draft: Draft, changes: readonly SellfireChange[]): { contactMade: boolean } {
  let contactMade = false;
  for (const change of changes) {
    const { lead: fromEvent, sale, schedule_item } = change.event;
    if (!fromEvent) continue;
    const recordId = sale?.id ?? schedule_item?.id ?? null;
    if (!isWanted(draft.config, sale !== null)) continue;
    const about = transactionRow(sale ? 'Sale' : 'DemoSet', { leadId: fromEvent.id, recordId }, change.at);
    const held = heldBack(draft);
    if (held) {
      reports.skipped(draft, about, held);
      continue;
    }
    if (draft.writes.some(({ kind }) => kind === 'saleTransaction')) {
      // A sale continues from the records that its demo created, so the second transaction is deferred.
      draft.deferred.push(change.eventId);
      continue;
    }
    const lead = currentLead(draft, fromEvent);
    const closeDate = dayIn(
      schedule_item?.start_time ?? sale?.made_at ?? change.event.occurred_at,
      draft.config.timeZone,
    );
    const { config, link, found } = draft;
    const decision = decideTransaction({
      config,
      lead,
      link,
      found: found.sale,
      taken: found.taken,
      isRepeated: draft.maybeApplied,
      sale: sale ?? undefined,
      closeDate,
    });
    if ('questions' in decision) {
      for (const [kind, questions] of Object.entries(decision.questions)) {
        (draft.needs.sale[kind as keyof typeof decision.questions] as unknown[]).push(...questions);
      }
    } else if (link?.ended) {
      // What an interrupted attempt has made before the link ended is there, and the Account is the lead's where the link resumes.
      if ('transaction' in decision && isMade(decision.transaction)) {
        const { account } = decision.transaction;
        reportTransaction(draft, { ...decision.transaction, recordId }, {}, change.at);
        if ('id' in account) draft.link = afterEvent(link, { kind: 'accountConnected', accountId: account.id });
      } else reports.skipped(draft, about, explain('LINK_ENDED.sale'));
    } else if ('transaction' in decision) {
      const transaction = { ...decision.transaction, recordId };
      const contact = link && !isRelink(link, transaction) ? null : contactBefore(draft, transaction);
      if (contact === undefined) continue;
      ensureLink(draft, lead.id);
      contactMade ||= transaction.contact !== undefined;
      const { cycle } = lookups(draft).lead(lead.id) ?? fromEvent;
      const edited = editedSince(draft, lead, fromEvent, contact);
      draft.writes.push({ kind: 'saleTransaction', transaction, lead, cycle, contact, edited });
    } else if (decision.standing && (isAsked(draft, change) || (draft.maybeApplied && hasMade(decision.standing)))) {
      reportTransaction(draft, { ...decision.standing, recordId }, {}, change.at);
    } else {
      for (const why of decision.none) reports.failed(draft, about, why);
    }
  }
  return { contactMade };
}

/** Whether an admin asks for the demo or the sale, as by a repush (M27). */
const isAsked = ({ changes }: Draft, { eventId }: SellfireChange): boolean =>
  changes.some((one) => one.source === 'request' && one.eventId === eventId);

/** Whether an interrupted attempt, which has no row of it, may have made what stands. */
const hasMade = ({ madeBefore }: SaleTransaction): boolean => madeBefore.length > 0;

/** Why nothing is written of it, which is known before it is looked at. */
function heldBack({ config, link, maybeApplied }: Draft): Explanation | undefined {
  // Nothing is written for a lead whose record was deleted, and a report row says so.
  if (link?.ended) return maybeApplied ? undefined : explain('LINK_ENDED.sale');
  // The switch is about new leads: what a linked lead does goes on.
  const isNew = !link?.record && !link?.accountId;
  return isNew && !config.settings.createInSalesforce ? explain('CREATION_OFF') : undefined;
}

/**
 * A demo or a sale is written from the lead's current data, since later edits may have been synced already and must not
 * be overwritten. The cycle remains that of the event. While the lead is a need, the event's lead is used, so that the
 * other look-ups join the same round.
 */
export function currentLead(draft: Draft, fromEvent: Lead): Lead {
  const now = lookups(draft).lead(fromEvent.id);
  return now && now.version > fromEvent.version ? { ...now, cycle: fromEvent.cycle } : fromEvent;
}

/** M20: whether the transaction's Contact becomes the lead's record. */
export function isRelink(link: Link, transaction: SaleTransaction): boolean {
  return transaction.contact !== undefined && (transaction.relinks || !link.record);
}

/** Whether the link leaves its record for the transaction's Contact. */
export const leavesRecord = (link: Link | undefined, { transaction }: TransactionWrite): boolean =>
  link?.record !== undefined &&
  isRelink(link, transaction) &&
  !(transaction.contact && 'id' in transaction.contact && transaction.contact.id === link.record.id);

/**
 * The current state of the Contact that the transaction found; null where the transaction creates it.
 * @returns undefined while it is not read
 */
function contactBefore(draft: Draft, { contact }: SaleTransaction): FoundRecord | null | undefined {
  return contact && 'id' in contact ? lookups(draft).record('Contact', contact.id) : null;
}

/** All of a transaction is written or none of it: where its Opportunity and its items are there, so is the rest. */
const isMade = ({ opportunity, nodes }: SaleTransaction): boolean =>
  opportunity !== undefined &&
  'id' in opportunity &&
  nodes.every(({ object, op }) => object !== 'OpportunityLineItem' || op.kind === 'update');

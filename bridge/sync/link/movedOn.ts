// The Contact to which a demo or a sale of an interrupted attempt moved the lead: Sellfire names it, and the link does not know of it yet.
// Where the record of the link is deleted or merged meanwhile, the lead goes on as that Contact (M20).
import type { PersonObject } from '../../model/salesforce.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import type { Report } from '../../model/report.ts';
import type { Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import * as reports from '../turn/reports.ts';
import { lookups } from '../turn/lookups.ts';
import { takenBy } from './claim.ts';
import { connect } from './connect.ts';
import type { Happened } from './lifecycleReport.ts';
import { mergeLeadOfAccount } from './ownAccount.ts';
import { relink } from './relink.ts';
import { hasLeft, resumed } from './state.ts';

/** @returns whether the link goes on; undefined (and a need) while that is not known */
export function goOnAsContact(
  draft: Draft,
  { object, recordId, at }: { object: string; recordId: string; at: number },
): boolean | undefined {
  const { link } = draft;
  if (object === 'Account' || !link || link.ended || link.record?.id !== recordId) return false;
  const lead = leadNow(draft, link.leadId);
  if (!lead) return lead === undefined ? undefined : false;
  const { contact_id: id, account_id: accountId } = recordIdsOf(lead);
  if (id === null || id === recordId || hasLeft(link, id) || takenBy(draft, id) !== undefined) return false;
  const record = lookups(draft).record('Contact', id);
  if (!record) return record === undefined ? undefined : false;
  // Whoever else named the Contact in Sellfire is taken at their word when that event arrives.
  if (record.fields[draft.config.names.leadId] !== lead.id) return false;
  const contact: { object: PersonObject; id: string } = { object: 'Contact', id };
  const how = { left: [recordId], at: link.moved?.at ?? 0, fromEvent: false, isDeliberate: () => false };
  relink(draft, lead, [{ ...contact, record }], { kind: 'relinked', ...how });
  if (accountId !== null) connect(draft, lead.id, 'Account', accountId);
  mergeLeadOfAccount(draft, lead);
  // What the attempt made it with is no edit of Salesforce, whenever the event of its creation comes.
  if (draft.link) draft.link = resumed(draft.link, Date.parse(lead.created_at));
  draft.wentOnAt = at;
  return true;
}

/**
 * The Contact to which an interrupted attempt moved the lead, where that is gone as well: the lead is that of the Contact all the same.
 * @returns undefined (and a need) while that is not known
 */
export function goneContact(draft: Draft, { object, recordId }: Pick<Happened, 'object' | 'recordId'>) {
  const { link } = draft;
  if (!draft.maybeApplied || object === 'Account' || !link || link.ended || link.record?.id !== recordId) return null;
  const lead = leadNow(draft, link.leadId);
  const id = lead && recordIdsOf(lead).contact_id;
  if (!id) return lead === undefined ? undefined : null;
  if (id === recordId || hasLeft(link, id) || takenBy(draft, id) !== undefined) return null;
  const record = lookups(draft).record('Contact', id);
  const found = record === null ? lookups(draft).recordState('Contact', id) : null;
  if (record === undefined || found === undefined) return undefined;
  return found?.state === 'deleted' || found?.state === 'merged' ? ({ object: 'Contact', id } as const) : null;
}

/** Says where the lead went on, where no demo or sale of this turn has a row that does (M31). */
export function reportWentOn(draft: Draft): void {
  const { wentOnAt: occurredAt, writes } = draft;
  const isOfDeal = ({ event, outcome }: Report): boolean =>
    outcome === 'Success' && (event === 'DemoSet' || event === 'Sale');
  if (occurredAt === undefined || writes.some(({ kind }) => kind === 'saleTransaction')) return;
  if (draft.reports.some(isOfDeal)) return;
  reports.succeeded(draft, { occurredAt, direction: 'ToSellfire', event: 'LeadLinked' });
}

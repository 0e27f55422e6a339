// Ends a link: one side deleted its record, or another Sellfire lead claims the same one.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import { objectOf, recordIdsOf } from '../../model/recordId.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import { takenBy } from './claim.ts';
import { afterEvent, withAwaits } from './state.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';

/**
 * Another lead whose link has the record or, not deleted, that names it as its own; or that the record names, where an interrupted attempt made
 * the record and neither the lead nor a link knows of it yet.
 * @param record what was read of it; null where it is deleted or hidden
 */
export function otherLead(
  draft: Draft,
  recordId: string,
  record: FoundRecord | null | undefined,
): Lead | null | undefined {
  const holder = takenBy(draft, recordId);
  if (holder !== undefined) return lookups(draft).lead(holder);
  const known = lookups(draft).leadByRecord(recordId);
  if (known === undefined || record === undefined) return undefined;
  if (known && known.id !== draft.link?.leadId) return known;
  const named = record?.fields[draft.config.names.leadId];
  if (known || typeof named !== 'string' || named === '' || named === draft.link?.leadId) return null;
  const other = lookups(draft).lead(named);
  if (other === undefined) return undefined;
  return other && other.deleted_at === null && isWithoutRecord(other) ? other : null;
}

function isWithoutRecord(lead: Lead): boolean {
  const { contact_id: contactId, lead_id: leadId } = recordIdsOf(lead);
  return contactId === null && leadId === null;
}

/** Ends the link because another Sellfire lead claims the same record. The report leaves the choice to people. */
export function endDuplicate(draft: Draft, object: FollowedObject, id: string, other: Lead, at: number): void {
  const { link } = draft;
  if (!link) return;
  // The link may have ended before, when the bridge could not write to the record that is now another lead's; and a link that is refused the
  // record again, once the other one has left it, does not await it any more.
  const isReported = link.ended && (object === 'Account' || [link.ended.claimed, link.awaits?.id].includes(id));
  if (!isReported) reports.failed(draft, endedBySalesforce(at), twoLeads(draft, { object, id }, other));
  const ended = afterEvent(link, { kind: 'claimed', by: 'salesforce', at, recordId: id });
  draft.link = object === 'Account' ? ended : withAwaits(ended, { object, id });
}

/** Which two leads have one record. */
export function twoLeads(
  { link, lead }: Draft,
  record: { object: FollowedObject; id: string },
  other: Lead,
): Explanation {
  const name = (one: Lead | undefined, leadId: string): string =>
    `"${String(one?.fields['business_name'] ?? leadId)}" (${leadId})`;
  const mine = name(lead, link?.leadId ?? '');
  return explain('TWO_LEADS_ONE_RECORD', { mine, theirs: name(other, other.id), ...record });
}

/** @param problem why the link ends; absent for a deletion, which is intended */
export function endLink(draft: Draft, by: 'salesforce' | 'sellfire', at: number, problem?: Explanation): void {
  if (!draft.link || draft.link.ended) return;
  draft.link = afterEvent(draft.link, { kind: 'deleted', by, at });
  const about = by === 'salesforce' ? endedBySalesforce(at) : endedBySellfire(at);
  const side = by === 'salesforce' ? 'Salesforce' : 'Sellfire';
  if (problem) reports.failed(draft, about, problem);
  else reports.succeeded(draft, about, explain('LINK_ENDED.deleted', { side }));
}

const endedBySalesforce = (occurredAt: number) =>
  ({ occurredAt, direction: 'ToSellfire', event: 'LeadDeleted' }) as const;
const endedBySellfire = (occurredAt: number) =>
  ({ occurredAt, direction: 'ToSalesforce', event: 'LeadDeleted' }) as const;

/** A lead was deleted before it was linked. Its record, where it names one, goes on without it. */
export function endUnlinked(draft: Draft, lead: Lead, at: number): void {
  leaveUnlinked(draft, lead.id, at);
  const { contact_id: contactId, lead_id: leadId, account_id: accountId } = recordIdsOf(lead);
  const salesforceRecordId = contactId ?? leadId ?? accountId;
  const salesforceObject = salesforceRecordId === null ? undefined : objectOf(salesforceRecordId);
  if (salesforceRecordId === null || !salesforceObject) return;
  const record = { sellfireLeadId: lead.id, salesforceObject, salesforceRecordId };
  const about = { ...endedBySellfire(at), ...record };
  reports.succeeded(draft, about, explain('LINK_ENDED.deleted', { side: 'Sellfire' }));
}

/** Nothing in this turn links the lead, and no link of it is kept. @param at ms: when it was deleted */
export function leaveUnlinked(draft: Draft, leadId: string, at: number): void {
  draft.link = afterEvent(ensureLink(draft, leadId), { kind: 'deleted', by: 'sellfire', at });
}

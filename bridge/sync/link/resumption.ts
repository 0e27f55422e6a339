// Resumes a link that ended: the record was undeleted in Salesforce, or the lead restored in Sellfire. Pending values, and values that
// the record lacks, are delivered; other differences are left as they are.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import { awaitRecord, takenBy } from './claim.ts';
import { isConverted } from './conversion.ts';
import { endLink, otherLead, twoLeads } from './ending.ts';
import { relink } from './relink.ts';
import { afterEvent } from './state.ts';
import { mappedFields } from '../mapping/rules.ts';
import { stateOf, type Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';
import { replicaOf } from '../values/register.ts';
import { type Happened, reportLifecycle } from './lifecycleReport.ts';

/** Resumes the link, or its Account, after an undeletion. One of a record that another lead names by now is that lead's. */
export function onUndeleted(draft: Draft, { recordId, at, eventId }: Happened & { eventId: string }): void {
  const { link } = draft;
  if (!link) return;
  if (link.lostAccountId === recordId) {
    if (leadNow(draft, link.leadId) === undefined) return;
    draft.link = afterEvent(link, { kind: 'accountUndeleted', accountId: recordId });
    return;
  }
  if (link.ended?.by !== 'salesforce') return;
  const { record } = link;
  const other = record && otherLead(draft, record.id, lookups(draft).record(record.object, record.id));
  if (record && other === undefined) return;
  // One whose link is alive has the record, and this one awaits it.
  if (record && other && takenBy(draft, record.id) === undefined) {
    draft.rerouted.push({ eventId, key: other.id });
    reports.failed(
      draft,
      { occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked' },
      twoLeads(draft, record, other),
    );
  } else resume(draft, 'undeleted', at, explain('LINK_RESUMED.undeleted'));
}

/**
 * Resumes a link whose record was deleted and is read again: no event was received of its undeletion (I20). The record of a link that ended
 * for another lead is that lead's.
 * @returns whether the link is alive; undefined while something is looked up
 */
export function onFoundAgain(draft: Draft): boolean | undefined {
  const { link } = draft;
  if (link?.ended?.by !== 'salesforce' || !link.record || link.awaits) return false;
  const record = lookups(draft).record(link.record.object, link.record.id);
  if (!record) return record === null ? false : undefined;
  // A converted Lead refuses what is written to it as one that is deleted does.
  if (isConverted(link.record.object, record.fields)) return false;
  const other = otherLead(draft, link.record.id, record);
  if (other !== null) return other === undefined ? undefined : false;
  resume(draft, 'undeleted', record.at, explain('LINK_RESUMED.undeleted'));
  return draft.link?.ended === undefined;
}

/** Resumes the link of a lead that was restored in Sellfire. An event from before its deletion does not restore it. */
export function onRestored(draft: Draft, lead: Lead, at: number): void {
  const ended = draft.link?.ended;
  if (ended?.by === 'sellfire' && lead.deleted_at === null && at > ended.at)
    resume(draft, 'restored', at, explain('LINK_RESUMED.restored'));
}

/**
 * Resumes a link: pending values, and values that the record lacks, are delivered. Other differences are left as they
 * are.
 */
function resume(draft: Draft, kind: 'undeleted' | 'restored', at: number, why: Explanation): void {
  if (!draft.link) return;
  const { leadId, record } = draft.link;
  const lead = leadNow(draft, leadId);
  const current = record && lookups(draft).record(record.object, record.id);
  if (lead === undefined || (record && current === undefined)) return;
  const holder = record && takenBy(draft, record.id);
  if (record && holder !== undefined) {
    awaitRecord(draft, leadId, record, { holder, at });
    return;
  }
  draft.link = afterEvent(draft.link, { kind });
  // The lead was deleted meanwhile: that ends the link now.
  if (!lead || lead.deleted_at !== null) {
    endLink(draft, 'sellfire', lead?.deleted_at ? Date.parse(lead.deleted_at) : at);
    return;
  }
  if (record && current) giveMissing(draft, record, current);
  reportLifecycle(draft, at, why);
}

/** Delivers pending values, and values that the record lacks; other differences are left as they are. */
export function giveMissing(draft: Draft, place: { object: FollowedObject; id: string }, record: FoundRecord): void {
  const lead = draft.link && leadNow(draft, draft.link.leadId);
  if (!lead || lead.deleted_at !== null) return;
  const how = { left: [], at: draft.link?.moved?.at ?? 0, fromEvent: false, isDeliberate: () => false };
  relink(draft, lead, [{ ...place, record }], { kind: 'relinked', ...how });
}

/** Whether the link has moved to its record while that could not be read, and knows nothing of what it holds. */
export function isUnreadSinceMove(draft: Draft, recordId: string): boolean {
  const { link, config } = draft;
  if (!link?.moved || link.ended || link.record?.id !== recordId) return false;
  return mappedFields(config, [link.record.object]).every(
    ({ sellfire, replica }) => replicaOf(stateOf(link, sellfire.name), replica).lastKnown === undefined,
  );
}

// Handles the lifecycle of linked records in Salesforce (M10, M11). A converted Lead continues as its Contact and
// Account, a merged record as its master record. A deletion ends the link, and an undeletion resumes it. The result
// does not depend on the order of the events of one transaction, on duplicates, or on whether the state comes from an
// event or from a read.
import type { SalesforceChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import { PRIMARY_PHONE } from '../../model/mapping.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject, SalesforceFields } from '../../model/salesforce.ts';
import { awaitRecord, takenBy } from './claim.ts';
import { relink, type Relink, type Target } from './relink.ts';
import { afterEvent, withAwaits } from './state.ts';
import type { Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';
import { towardsSellfire } from '../mapping/rules.ts';

/** A Salesforce transaction lasts at most ten minutes, so a record is at most that old at its commit. */
export const TRANSACTION_MS = 10 * 60_000;

/** A conversion saves its records in sequence. They are at most this old at its commit. */
const CONVERSION_MS = 10_000;
/** Half a day on either side of noon, and the range of the time zones. */
const DAY_AND_ZONES_MS = 26 * 60 * 60_000;

/** Fields of a Lead that describe its conversion. */
export const CONVERSION_FIELDS = ['IsConverted', 'ConvertedDate', 'ConvertedContactId', 'ConvertedAccountId'] as const;

type Happened = Pick<SalesforceChange, 'object' | 'recordId' | 'at'>;
type Moment = Pick<Happened, 'recordId' | 'at'>;

export const isConverted = (object: FollowedObject, fields: SalesforceFields): boolean =>
  object === 'Lead' && fields['IsConverted'] === true;

export function isLinked(link: Link | undefined, recordId: string): boolean {
  return link !== undefined && [link.record?.id, link.accountId, link.lostAccountId].includes(recordId);
}

/**
 * Whether the relink covers the creation event: the record was read at the relink, and the event may be older than
 * that.
 */
export function isCoveredByRelink({ moved }: Link, { kind, at }: SalesforceChange): boolean {
  return kind === 'create' && moved !== undefined && at <= moved.at;
}

/**
 * Moves the link of a converted Lead to the Contact and the Account.
 * @param fromEvent whether an event reports the conversion and its time; otherwise a later read found it
 */
export function onConverted(draft: Draft, lead: Moment, fields: SalesforceFields, fromEvent: boolean): void {
  const { link } = draft;
  const { recordId } = lead;
  if (!link || link.ended?.by === 'sellfire' || link.record?.id !== recordId) return;
  const [contactId, accountId] = [textOf(fields['ConvertedContactId']), textOf(fields['ConvertedAccountId'])];
  const subject = leadNow(draft, link.leadId);
  if (contactId === undefined) {
    endLink(draft, 'salesforce', lead.at, { kind: 'deleted', problem: explain('CONVERTED_UNSEEN', { id: recordId }) });
    return;
  }
  const other = otherLead(draft, contactId);
  const contact = lookups(draft).record('Contact', contactId);
  const account = accountId === undefined ? null : lookups(draft).record('Account', accountId);
  if (subject === undefined || other === undefined || contact === undefined || account === undefined) return;
  if (other) {
    endDuplicate(draft, 'Contact', contactId, other, lead.at);
    return;
  }
  const targets: Target[] = [
    { object: 'Contact', id: contactId, record: contact },
    ...(accountId === undefined ? [] : [{ object: 'Account' as const, id: accountId, record: account }]),
  ];
  // On a record that the conversion created, people entered every difference. A record that existed before keeps its
  // values.
  const isMade = ({ record }: Target): boolean =>
    record !== null &&
    (fromEvent
      ? record.createdAt >= lead.at - CONVERSION_MS
      : isOfDay(record.createdAt, textOf(fields['ConvertedDate'])));
  const made = targets.flatMap((target) => (target.record && isMade(target) ? [target.record.createdAt] : []));
  const at = fromEvent ? lead.at : Math.max(lead.at, ...made.map(endOfSecond));
  relinkTo(draft, subject, targets, {
    kind: 'converted',
    left: [recordId],
    at,
    fromEvent,
    isDeliberate: isMade,
  });
  reportLifecycle(draft, at, explain('CONVERTED', { id: recordId }), 'Contact', contactId);
}

/** Salesforce stores whole seconds. */
const endOfSecond = (ms: number): number => ms + 999;

/** The date is in the time zone of the user who converted the Lead. */
function isOfDay(ms: number, day: string | undefined): boolean {
  const noon = day === undefined ? NaN : Date.parse(`${day}T12:00:00Z`);
  return Math.abs(ms - noon) <= DAY_AND_ZONES_MS;
}

/**
 * Handles a linked record that was deleted, merged into another, or cannot be read any more.
 * @param fromEvent whether an event reports the deletion; otherwise the record may only be hidden
 */
export function onDeleted(draft: Draft, change: Happened, fromEvent: boolean): void {
  const { object, recordId, at } = change;
  const { link } = draft;
  if (!link) return;
  const found = lookups(draft).recordState(object, recordId);
  if (!found) return;
  if (found.state === 'merged') {
    onMerged(draft, change, found.into, fromEvent);
    return;
  }
  // The record was undeleted, or never deleted: its other events apply.
  if (found.state === 'alive' || (found.state === 'unknown' && !fromEvent)) return;
  if (object === 'Account' && link.record) onAccountDeleted(draft, recordId, at);
  else endLink(draft, 'salesforce', at);
}

function onMerged(draft: Draft, { object, recordId, at: since }: Happened, masterId: string, fromEvent: boolean): void {
  const { link } = draft;
  if (!link || link.ended?.by === 'sellfire') return;
  const lead = leadNow(draft, link.leadId);
  const record = lookups(draft).record(object, masterId);
  // Leads may share an Account, unless the Account is the only record of the link.
  const isIdentity = object !== 'Account' || !link.record;
  const other = isIdentity ? otherLead(draft, masterId) : null;
  if (lead === undefined || record === undefined || other === undefined) return;
  // The merge saved the master record.
  const at = fromEvent || !record ? since : Math.max(since, endOfSecond(record.at));
  if (other) {
    endDuplicate(draft, object, masterId, other, at);
    return;
  }
  if (!isIdentity && link.ended) {
    draft.link = afterEvent(link, { kind: 'accountMerged', accountId: masterId, left: [recordId], at });
    return;
  }
  relinkTo(draft, lead, [{ object, id: masterId, record }], {
    kind: isIdentity ? 'merged' : 'accountMerged',
    left: [recordId],
    at,
    fromEvent,
    isDeliberate: () => true,
  });
  reportLifecycle(draft, at, explain('MERGED', { object, id: recordId, master: masterId }), object, masterId);
  // The master record may have been converted since.
  if (record && isConverted(object, record.fields))
    onConverted(draft, { recordId: masterId, at }, record.fields, false);
}

function relinkTo(draft: Draft, lead: Lead | null, targets: readonly Target[], how: Relink): void {
  // A lead that was deleted in Sellfire is not relinked; its own deletion ends the link.
  if (lead && lead.deleted_at === null) relink(draft, lead, targets, how);
}

/** Removes the Account from the link. */
function onAccountDeleted(draft: Draft, accountId: string, at: number): void {
  const { link } = draft;
  if (!link || link.ended || link.accountId !== accountId) return;
  if (leadNow(draft, link.leadId) === undefined) return;
  draft.link = afterEvent(link, { kind: 'accountDeleted', accountId });
  reportLifecycle(draft, at, explain('ACCOUNT_DELETED'), 'Account', accountId);
}

/**
 * Applies the lifecycle that a comparison read from the linked records.
 * @returns whether the lifecycle changed or a look-up is needed; in both cases the fields are not compared
 */
export function onReread(draft: Draft, at: number): boolean {
  const before = draft.link;
  if (!before) return false;
  const needsBefore = draft.needs.recordStates.length;
  for (const { object, id } of [
    ...(before.record ? [before.record] : []),
    ...(before.accountId ? [{ object: 'Account' as const, id: before.accountId }] : []),
  ]) {
    const record = draft.found.records.get(id);
    if (record === null) onDeleted(draft, { object, recordId: id, at }, false);
    else if (record && isConverted(object, record.fields)) {
      onConverted(draft, { recordId: id, at: record.at }, record.fields, false);
      return true;
    }
  }
  return draft.link !== before || draft.needs.recordStates.length > needsBefore;
}

/** Resumes the link, or its Account, after an undeletion. */
export function onUndeleted(draft: Draft, { recordId, at }: Happened): void {
  const { link } = draft;
  if (!link) return;
  if (link.lostAccountId === recordId) {
    if (leadNow(draft, link.leadId) === undefined) return;
    draft.link = afterEvent(link, { kind: 'accountUndeleted', accountId: recordId });
    return;
  }
  if (link.ended?.by === 'salesforce') resume(draft, 'undeleted', at, explain('LINK_RESUMED.undeleted'));
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

/**
 * M18: whether the created Contact or Account is the target of a conversion of a linked Lead.
 * @returns undefined (and a need) while that is not known
 */
export function isConversionTarget(draft: Draft, { object, recordId }: Happened): boolean | undefined {
  if (object === 'Lead' || !makesLeads(draft, object)) return false;
  const leadRecord = lookups(draft).conversion(object, recordId);
  if (leadRecord === undefined) return undefined;
  if (leadRecord === null) return false;
  // If the converted Lead has no Sellfire lead, the Contact gets one and the Account does not.
  if (object === 'Account' && makesLeads(draft, 'Contact')) return true;
  const linked = lookups(draft).leadByRecord(leadRecord);
  if (!linked) return linked === undefined ? undefined : false;
  // If the lead left the Lead before its conversion, it does not follow the conversion.
  const { contact_id, account_id } = recordIdsOf(linked);
  const home = object === 'Contact' ? contact_id : account_id;
  return home === null || home === recordId;
}

const makesLeads = ({ config }: Draft, object: FollowedObject): boolean =>
  config.mappings.some(
    (one) =>
      one.salesforceObject === object && one.sellfireField === PRIMARY_PHONE && towardsSellfire(one.rule, 'a number'),
  );

/** Another lead whose link has the record or, not deleted, that names it as its own. */
function otherLead(draft: Draft, recordId: string): Lead | null | undefined {
  const holder = takenBy(draft, recordId);
  if (holder !== undefined) return lookups(draft).lead(holder);
  const known = lookups(draft).leadByRecord(recordId);
  return known && known.id !== draft.link?.leadId ? known : known === undefined ? undefined : null;
}

/** Ends the link because another Sellfire lead claims the same record. The report leaves the choice to people. */
function endDuplicate(draft: Draft, object: FollowedObject, id: string, other: Lead, at: number): void {
  const { link } = draft;
  if (!link) return;
  const name = (lead: Lead | undefined, leadId: string): string =>
    `"${String(lead?.fields['business_name'] ?? leadId)}" (${leadId})`;
  const mine = name(draft.lead, link.leadId);
  const theirs = name(other, other.id);
  endLink(draft, 'salesforce', at, {
    kind: 'claimed',
    problem: explain('TWO_LEADS_ONE_RECORD', { mine, theirs, object, id }),
  });
  if (object !== 'Account') draft.link = withAwaits(draft.link ?? link, { object, id });
}

/** @param problem why the link ends; absent for a deletion, which is intended */
export function endLink(
  draft: Draft,
  by: 'salesforce' | 'sellfire',
  at: number,
  { kind, problem }: { kind: 'deleted' | 'claimed'; problem?: Explanation } = { kind: 'deleted' },
): void {
  if (!draft.link || draft.link.ended) return;
  draft.link = afterEvent(draft.link, { kind, by, at });
  const direction = by === 'salesforce' ? 'ToSellfire' : 'ToSalesforce';
  const about = { occurredAt: at, direction, event: 'LeadDeleted' } as const;
  const side = by === 'salesforce' ? 'Salesforce' : 'Sellfire';
  if (problem) reports.failed(draft, about, problem);
  else reports.succeeded(draft, about, explain('LINK_ENDED.deleted', { side }));
}

function reportLifecycle(draft: Draft, at: number, why: Explanation, object?: FollowedObject, id?: string): void {
  const record = object && id ? { salesforceObject: object, salesforceRecordId: id } : {};
  reports.succeeded(draft, { occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked', ...record }, why);
}

const textOf = (value: SalesforceFields[string] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

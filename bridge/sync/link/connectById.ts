// Links a lead with the Salesforce record whose id it carries: from an import by hand, an earlier connection or a
// creation by the bridge, of which only the first changes no mapped field of either side (M16, M17).
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { FollowedObject, PersonObject } from '../../model/salesforce.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';
import { initRegisters, resumeFromRecord, resumeUnread } from './initRegisters.ts';
import { awaitRecord, takenBy } from './claim.ts';
import { connect } from './connect.ts';
import { isConverted } from './conversion.ts';
import { nameContact } from './leftLead.ts';
import { linkSupplied, refuse } from './linkSupplied.ts';
import {
  isReplaced,
  isStillNamed,
  namedBy,
  namesPlace,
  type Named,
  type Naming,
  type NamingOutcome,
} from './naming.ts';
import { relink } from './relink.ts';
import { afterEvent, hasLeft } from './state.ts';
import { suppliedRecord, unreadIds } from './suppliedRecord.ts';

export function connectById(draft: Draft, lead: Lead, message: Naming): NamingOutcome {
  const before = draft.link;
  const { record: named, accountId } = namedBy(lead, before);
  // The event of a write of the bridge has all ids that the lead carries, with those that people supplied and that were refused.
  const isUnrefused = message.isOwn && (before?.refusedIds === undefined || message.isMade);
  const isOwn = isUnrefused || (message.isResumed === true && isOfAttempt(draft, lead, named));
  if (isOwn === undefined) return 'unknown';
  const naming = { ...message, isOwn };
  if (before?.ended && !isReplaced(before, named, naming)) return 'unchanged';
  const unread = naming.isOwn ? [] : unreadIds(lead);
  if (!named && !accountId) return unread.length > 0 ? refuse(draft, lead, unread, naming.at) : 'unchanged';
  const record = named ?? before?.record;
  if (before?.record && before.record.id === record?.id && (!accountId || before.accountId === accountId)) {
    // Sellfire confirms the relink, so a record id that it names from now on is a change.
    if (before.moved && namesPlace(lead, before)) draft.link = afterEvent(before, { kind: 'confirmed' });
    if (unread.length > 0) refuse(draft, lead, unread, naming.at);
    // The record made the link before it was known whose the lead is, so that its ids counted as supplied.
    if (naming.isOwn && naming.isMade && isOnlyNoted(before)) resumeMade(draft, lead, record);
    return 'unchanged';
  }
  const holder = record && takenBy(draft, record.id);
  if (record && holder !== undefined) {
    awaitRecord(draft, lead.id, record, { holder, at: naming.at });
    return 'unchanged';
  }
  if (record && before?.awaits?.id === record.id) return 'unchanged';
  if (before?.record && record && before.record.id !== record.id) {
    const isNamed = isStillNamed(draft, lead.id, record.id);
    if (isNamed === undefined) return 'unknown';
    if (!isNamed) {
      if (!naming.isOwn && !naming.isEdit && !hasLeft(before, record.id))
        reportElsewhere(draft, lead.id, record, { present: before.record.id, at: naming.at });
      return 'unchanged';
    }
    return naming.isOwn
      ? moveTo(draft, lead, record, accountId, naming)
      : moveToSupplied(draft, lead, record, accountId, unread, naming);
  }
  if (!naming.isOwn && !(before?.record && !named)) return linkSupplied(draft, lead, named, accountId, unread, naming);
  const link = ensureLink(draft, lead.id);
  const account = accountId ? { accountId } : undefined;
  if (record) draft.link = afterEvent(link, { kind: 'connected', record, ...account });
  else if (account) draft.link = afterEvent(link, { kind: 'accountConnected', ...account });
  // The changes of this turn before the message were about a lead without a record: what they set is known from the lead.
  if (naming.isOwn && draft.maybeApplied && record && !before?.record && !naming.isMade) initRegisters(draft, lead);
  if (!naming.isMade || before) return 'unchanged';
  // The event of a creation by the bridge arrives before its job settles, or after the job was interrupted.
  if (!record) initRegisters(draft, lead);
  else resumeMade(draft, lead, record);
  return 'unchanged';
}

/** Both sides held the same when the bridge made the lead from the record: what differs now was edited since. */
function resumeMade(draft: Draft, lead: Lead, { object, id }: NonNullable<Named['record']>): void {
  const current = lookups(draft).record(object, id);
  if (current) resumeFromRecord(draft, lead, current, current.createdAt);
  else if (current === null) resumeUnread(draft, lead);
}

/** Whether what both sides hold was noted at the connection, and nothing has been carried over since. */
const isOnlyNoted = ({ fields }: Link): boolean => Object.values(fields).every(({ register }) => !register);

/**
 * Whether the lead may name what an interrupted attempt made, which carries the lead's id; anything else was supplied, by a message that was
 * refused or lost. @returns undefined (and a need) while that is not known
 */
function isOfAttempt(draft: Draft, lead: Lead, named: Named['record']): boolean | undefined {
  const record = named && lookups(draft).record(named.object, named.id);
  if (named && record === undefined) return undefined;
  return record ? record.fields[draft.config.names.leadId] === lead.id : draft.link?.refusedIds === undefined;
}

/**
 * An interrupted attempt made the record to which this turn links the lead, and somebody has supplied another one since, by a message that is to
 * come: the lead moves there, before its ids in Sellfire become those of the link.
 * @param at ms
 */
export function followSupplied(draft: Draft, at: number): void {
  const { link } = draft;
  if (!link?.record || link.ended || draft.writes.some(({ kind }) => kind === 'saleTransaction')) return;
  const lead = leadNow(draft, link.leadId);
  const named = lead ? namedBy(lead, link).record : undefined;
  if (!lead || !named || named.id === link.record.id || isOfAttempt(draft, lead, named) !== false) return;
  connectById(draft, lead, { at, isOwn: false, isMade: false, isEdit: false });
}

/** A lead that goes on with one record names another one, as an import by hand has it: people decide which it is. */
export function reportElsewhere(
  draft: Draft,
  leadId: string,
  { object, id }: { object: FollowedObject; id: string },
  { present, at }: { present: string; at: number },
): void {
  const record = { sellfireLeadId: leadId, salesforceObject: object, salesforceRecordId: id };
  const about = { occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked', ...record } as const;
  reports.failed(draft, about, explain('LINKED_ALREADY', { present, id }));
}

/**
 * Somebody names another record: the lead goes where that one went. Where it was merged or converted into the record of the link, the lead is
 * given that id (M16).
 */
function moveToSupplied(
  draft: Draft,
  lead: Lead,
  named: { object: PersonObject; id: string },
  accountId: string | undefined,
  unread: readonly Explanation[],
  naming: Naming,
): NamingOutcome {
  const supplied = suppliedRecord(draft, lead, named);
  if (supplied === undefined) return 'unknown';
  const problems = [...unread, ...('code' in supplied ? [supplied] : [])];
  const outcome = problems.length > 0 ? refuse(draft, lead, problems, naming.at) : 'unchanged';
  if ('code' in supplied || supplied.object === 'Account') return outcome;
  const { object, id } = supplied;
  if (draft.link?.record?.id === id) {
    draft.isMisnamed = true;
    return outcome;
  }
  const holder = takenBy(draft, id);
  if (holder === undefined) return moveTo(draft, lead, { object, id }, accountId, naming);
  awaitRecord(draft, lead.id, { object, id }, { holder, at: naming.at });
  return outcome;
}

/** Sellfire names a record to which an interrupted attempt, or somebody in Sellfire, moved the lead. */
function moveTo(
  draft: Draft,
  lead: Lead,
  record: { object: PersonObject; id: string },
  accountId: string | undefined,
  { at, isOwn, isEdit }: Naming,
): NamingOutcome {
  const before = draft.link;
  const current = lookups(draft).record(record.object, record.id);
  if (!before?.record || current === undefined) return 'unknown';
  const old =
    isOwn || before.record.object !== record.object ? null : lookups(draft).record(record.object, before.record.id);
  const leaves = before.record.object === 'Lead' && record.object === 'Contact';
  const left = leaves ? lookups(draft).record('Lead', before.record.id) : null;
  if (old === undefined || left === undefined) return 'unknown';
  const { leadId } = draft.config.names;
  const vacated = old?.fields[leadId] === lead.id ? before.record : undefined;
  const how = {
    kind: 'relinked' as const,
    left: [before.record.id],
    at: before.moved?.at ?? 0,
    fromEvent: false,
    vacated,
    isDeliberate: () => false,
  };
  relink(draft, lead, [{ ...record, record: current }], how);
  if (left && !isConverted('Lead', left.fields)) nameContact(draft, before.record.id, record.id);
  if (accountId) connect(draft, lead.id, 'Account', accountId);
  const about = { occurredAt: at, direction: 'ToSellfire', event: 'LeadLinked' } as const;
  // The row of a demo or a sale says where it has moved the lead.
  if (old || before.ended || !(isOwn || isEdit))
    reports.succeeded(draft, { ...about, salesforceObject: record.object, salesforceRecordId: record.id });
  // Of the record that is no lead's any more.
  if (vacated) {
    const changes = [{ field: leadId, before: lead.id, after: null }];
    reports.succeeded(draft, { ...about, salesforceObject: vacated.object, salesforceRecordId: vacated.id, changes });
  }
  return 'unchanged';
}

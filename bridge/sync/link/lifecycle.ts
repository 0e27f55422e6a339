// Handles the lifecycle of linked records in Salesforce (M10, M11): a deleted record ends the link, a merged one goes on as its
// master record; conversion.ts has the converted Lead, resumption.ts the undeletion. The result does not depend on the order of the
// events of one transaction, on duplicates, or on whether the state comes from an event or from a read.
import type { SalesforceChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Link } from '../../model/link.ts';
import { afterEvent } from './state.ts';
import type { Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import { type Happened, reportLifecycle } from './lifecycleReport.ts';
import { otherLead, endDuplicate, endLink } from './ending.ts';
import { isConverted, onConverted, endOfSecond } from './conversion.ts';
import { goneContact, goOnAsContact } from './movedOn.ts';
import { relinkTo } from './relink.ts';

/** A Salesforce transaction lasts at most ten minutes, so a record is at most that old at its commit. */
export const TRANSACTION_MS = 10 * 60_000;

export function isLinked(link: Link | undefined, recordId: string): boolean {
  return link !== undefined && [link.record?.id, link.accountId, link.lostAccountId].includes(recordId);
}

/**
 * Whether the relink covers the creation event: the record was read at the relink, and the event may be older than
 * that. An Account that the bridge makes itself may come in the same second, after the read.
 */
export function isCoveredByRelink({ moved }: Link, change: SalesforceChange, bridgeUser: string): boolean {
  const { kind, object, at, user } = change;
  const isOwnAccount = object === 'Account' && user === bridgeUser;
  return kind === 'create' && !isOwnAccount && moved !== undefined && at <= moved.at;
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
  if (found.state !== 'alive' && (found.state !== 'unknown' || fromEvent)) {
    const goesOn = goOnAsContact(draft, change);
    if (goesOn !== false) return;
    const contact = goneContact(draft, change);
    if (contact === undefined) return;
    if (contact) {
      draft.link = afterEvent(link, { kind: 'relinked', record: contact, left: [recordId], at: link.moved?.at ?? 0 });
      onDeleted(draft, { object: 'Contact', recordId: contact.id, at }, false);
      return;
    }
  }
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
  const other = isIdentity ? otherLead(draft, masterId, object === 'Account' ? null : record) : null;
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
  const isMoved = relinkTo(draft, lead, [{ object, id: masterId, record }], {
    kind: isIdentity ? 'merged' : 'accountMerged',
    left: [recordId],
    at,
    fromEvent,
    isDeliberate: () => true,
  });
  if (isMoved)
    reportLifecycle(draft, at, explain('MERGED', { object, id: recordId, master: masterId }), object, masterId);
  // The master record may have been converted since.
  if (record && isConverted(object, record.fields))
    onConverted(draft, { recordId: masterId, at }, record.fields, false);
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

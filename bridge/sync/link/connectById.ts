// Links a lead with the Salesforce record whose id it carries: from an import, an earlier connection or a creation by
// the bridge (M17).
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import { relink } from './relink.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';
import { initRegisters, resumeFromRecord } from './initRegisters.ts';
import { awaitRecord, takenBy } from './claim.ts';
import { connect } from './connect.ts';
import { afterEvent } from './state.ts';

/**
 * @param at ms: when the lead was found to carry the id
 * @param madeByUs the bridge created the lead from the record, so both sides held the same values at that moment
 */
export function connectById(draft: Draft, lead: Lead, at: number, madeByUs = false): void {
  const { moved } = draft.link ?? {};
  const [contact_id, lead_id, account_id] = [
    lead.salesforce.contact_id,
    lead.salesforce.lead_id,
    lead.salesforce.account_id,
  ].map((id) => (id !== null && moved?.from.includes(id) ? null : id)) as (string | null)[];
  if (draft.link?.ended || !(contact_id ?? lead_id ?? account_id)) return;
  const before = draft.link;
  const link = ensureLink(draft, lead.id);
  const record = contact_id
    ? { object: 'Contact' as const, id: contact_id }
    : lead_id
      ? { object: 'Lead' as const, id: lead_id }
      : link.record;
  if (link.record && link.record.id === record?.id && (!account_id || link.accountId === account_id)) {
    // Sellfire confirms the relink, so a record id that it names from now on is a change.
    if (moved && namesPlace(lead, link)) draft.link = afterEvent(link, { kind: 'confirmed' });
    return;
  }
  const holder = record && takenBy(draft, record.id);
  if (record && holder !== undefined) {
    awaitRecord(draft, lead.id, record, { holder, at });
    return;
  }
  if (record && link.awaits?.id === record.id) return;
  if (before?.record && record && before.record.id !== record.id) {
    // Sellfire names a record to which an interrupted attempt, or somebody in Sellfire, moved the lead.
    const current = lookups(draft).record(record.object, record.id);
    if (current === undefined) return;
    const how = {
      kind: 'relinked' as const,
      left: [before.record.id],
      at: moved?.at ?? 0,
      fromEvent: false,
      isDeliberate: () => false,
    };
    relink(draft, lead, [{ ...record, record: current }], how);
    if (account_id) connect(draft, lead.id, 'Account', account_id);
    return;
  }
  const account = account_id ? { accountId: account_id } : undefined;
  if (record) draft.link = afterEvent(link, { kind: 'connected', record, ...account });
  else if (account) draft.link = afterEvent(link, { kind: 'accountConnected', ...account });
  if (!madeByUs || before) return;
  // The event of a creation by the bridge arrives before its job settles, or after the job was interrupted.
  const current = record && lookups(draft).record(record.object, record.id);
  if (!record) initRegisters(draft, lead);
  else if (current) resumeFromRecord(draft, lead, current, current.createdAt);
}

function namesPlace({ salesforce }: Lead, { record, accountId }: Link): boolean {
  const current = record?.object === 'Contact' ? salesforce.contact_id : salesforce.lead_id;
  return current === (record?.id ?? null) && salesforce.account_id === (accountId ?? null);
}

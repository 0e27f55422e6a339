// Connects a lead to the Salesforce record whose id it carries: an import, an earlier connection, our own creation (M17).
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import { moveTo, recordNow } from './relink.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import { seed, takeUpOrigin } from './initRegisters.ts';
import { connect } from './connect.ts';

/** @param madeByUs the lead was made by an attempt of ours: both sides held the same at that moment */
export function adopt(draft: Draft, lead: Lead, madeByUs: boolean): void {
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
    // Sellfire has heard of the move: from now on its word is news.
    if (moved && shows(lead, link)) draft.link = { ...link, moved: { ...moved, from: [] } };
    return;
  }
  if (before?.record && record && before.record.id !== record.id) {
    // Sellfire shows a move that an attempt of ours did not live to save, or one that somebody made there.
    const shown = recordNow(draft, record.object, record.id);
    if (shown === undefined) return;
    const how = { left: [before.record.id], at: moved?.at ?? 0, told: false, speaks: () => false };
    moveTo(draft, lead, [{ ...record, record: shown }], how);
    if (account_id) connect(draft, lead.id, 'Account', account_id);
    return;
  }
  draft.link = { ...link, ...(record ? { record } : {}), ...(account_id ? { accountId: account_id } : {}) };
  if (!madeByUs || before) return;
  // Our own creation is told before its job has settled, or after it was cut off.
  const shown = record && draft.found.records.get(record.id);
  if (!record) seed(draft, lead);
  else if (shown === undefined) draft.needs.records.push(record);
  else if (shown) takeUpOrigin(draft, lead, shown.fields, shown.createdAt);
}

function shows({ salesforce }: Lead, { record, accountId }: Link): boolean {
  const shown = record?.object === 'Contact' ? salesforce.contact_id : salesforce.lead_id;
  return shown === (record?.id ?? null) && salesforce.account_id === (accountId ?? null);
}

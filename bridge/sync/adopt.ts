// Connects a lead to the Salesforce record whose id it carries: an import, an earlier connection, our own creation (M17).
import type { Lead } from '../model/lead.ts';
import { ensureLink, type Draft } from './draft.ts';
import { seed, takeUpOrigin } from './seed.ts';

/** @param madeByUs the lead was made by an attempt of ours: both sides held the same at that moment */
export function adopt(draft: Draft, lead: Lead, madeByUs: boolean): void {
  const { contact_id, lead_id, account_id } = lead.salesforce;
  if (draft.link?.ended || !(contact_id ?? lead_id ?? account_id)) return;
  const before = draft.link;
  const link = ensureLink(draft, lead.id);
  const record = contact_id
    ? { object: 'Contact' as const, id: contact_id }
    : lead_id
      ? { object: 'Lead' as const, id: lead_id }
      : link.record;
  if (link.record && link.record.id === record?.id && (!account_id || link.accountId === account_id)) return;
  draft.link = { ...link, ...(record ? { record } : {}), ...(account_id ? { accountId: account_id } : {}) };
  if (!madeByUs || before) return;
  // Our own creation is told before its job has settled, or after it was cut off.
  const shown = record && draft.found.records.get(record.id);
  if (!record) seed(draft, lead);
  else if (shown === undefined) draft.needs.records.push(record);
  else if (shown) takeUpOrigin(draft, lead, shown.fields, shown.createdAt);
}

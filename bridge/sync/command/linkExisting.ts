// Links a lead and a record that an admin, or one phone, has brought together (M16).
import type { CommandChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Lead } from '../../model/lead.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import { takenBy } from '../link/claim.ts';
import { connect } from '../link/connect.ts';
import { isConverted } from '../link/conversion.ts';
import { otherLead } from '../link/ending.ts';
import { writeLeadId } from '../link/relink.ts';
import { ensureLink, type Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import * as reports from '../turn/reports.ts';
import { reportCommand } from './report.ts';

/**
 * Connects the two without a change to either: only the ids are written on both sides. Since the two were found, either may have got another one.
 */
export function linkExisting(draft: Draft, change: CommandChange): void {
  const { leadId, record } = change;
  if (leadId === null || !record) return;
  const lead = leadNow(draft, leadId);
  if (!lead) return;
  const { object, id } = record;
  const linkedId = object === 'Account' ? draft.link?.accountId : draft.link?.record?.id;
  if (linkedId === id) return;
  const present = linkedId ?? carriedBeside(draft, lead, record);
  const current = lookups(draft).record(object, id);
  const other = object === 'Account' ? null : otherLead(draft, id, current);
  if (present === undefined || current === undefined || other === undefined) return;
  if (present !== null) {
    reportCommand(draft, change, explain('LINKED_ALREADY', { present, id }));
    return;
  }
  const holder = takenBy(draft, id) ?? (other && other.id !== leadId ? other.id : undefined);
  if (holder !== undefined) {
    reportCommand(draft, change, explain('RECORD_CLAIMED', { id, lead: leadId, holder }));
    return;
  }
  if (current === null) {
    reportCommand(draft, change, explain('RECORD_NOT_VISIBLE', { object, id }));
    return;
  }
  draft.lead ??= lead;
  ensureLink(draft, lead.id);
  connect(draft, lead.id, object, id);
  writeLeadId(draft, record, current, lead.id);
  reports.succeeded(draft, {
    occurredAt: change.at,
    direction: 'ToSellfire',
    event: 'LeadLinked',
    salesforceObject: object,
    salesforceRecordId: id,
  });
}

/**
 * The record that the lead carries the id of beside this one; null where there is none, as where its Lead was converted or is gone.
 * @returns undefined while it is read
 */
function carriedBeside(
  draft: Draft,
  lead: Lead,
  { object, id }: NonNullable<CommandChange['record']>,
): string | null | undefined {
  const ids = recordIdsOf(lead);
  const carried = { Lead: ids.lead_id, Contact: ids.contact_id, Account: ids.account_id }[object];
  if (carried !== null) return carried === id ? null : carried;
  if (object === 'Account') return null;
  const besides = object === 'Lead' ? ('Contact' as const) : ('Lead' as const);
  const beside = besides === 'Lead' ? ids.lead_id : ids.contact_id;
  if (beside === null) return null;
  const record = lookups(draft).record(besides, beside);
  if (record === undefined) return undefined;
  return record && !isConverted(besides, record.fields) ? beside : null;
}

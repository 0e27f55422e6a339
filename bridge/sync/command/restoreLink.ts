// Links a pair again whose ids refer to each other, after the store that knew it was lost. What has changed since then crosses, by the
// times of both systems; what differed before stays as it is.
import type { CommandChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Lead } from '../../model/lead.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import { mergeSalesforceField, mergeSalesforceRecord, mergeSellfireLead } from '../fields/merge.ts';
import { connect } from '../link/connect.ts';
import { salesforceIds } from '../link/salesforceIds.ts';
import { connectById } from '../link/connectById.ts';
import { initRegisters } from '../link/initRegisters.ts';
import { onReread } from '../link/lifecycle.ts';
import { writeLeadId } from '../link/relink.ts';
import { linkedFields, stateOf, type Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { lookups } from '../turn/lookups.ts';
import { replicaOf } from '../values/register.ts';
import { reportCommand } from './report.ts';
import { noteShown } from '../fields/stateFields.ts';

/**
 * Comes before the other changes of its turn: what they say of a lead without a link would be taken for the beginning of one.
 * @param since ms since the epoch: both sides were in step until then
 */
export function restoreLink(draft: Draft, change: CommandChange, since: number): void {
  const { leadId } = change;
  if (leadId === null || draft.link?.ended) return;
  const lead = leadNow(draft, leadId);
  if (lead === undefined) return;
  if (lead === null || lead.deleted_at !== null) {
    reportCommand(draft, change, explain('LEAD_GONE'));
    return;
  }
  connectById(draft, lead, { at: change.at, isOwn: true, isMade: false, isEdit: false });
  connectCarrier(draft, lead, change);
  const read = placesOf(draft).map((place) => ({ ...place, record: lookups(draft).record(place.object, place.id) }));
  if (read.some(({ record }) => record === undefined)) return;
  // Fields that Sellfire changed since are changes; the others are only noted.
  mergeSellfireLead(draft, lead, since);
  initRegisters(draft, lead);
  if (onReread(draft, change.at)) return;
  for (const { object, id, record } of read) {
    if (!record) continue;
    writeLeadId(draft, { object, id }, record, lead.id);
    // What the record shows already costs no write.
    noteShown(draft, id, record.fields);
    mergeRecord(draft, object, record, since);
  }
}

/** The record carries the id of a lead that does not show the record: its creation was cut off before that. */
function connectCarrier(draft: Draft, lead: Lead, { record }: CommandChange): void {
  if (!record || draft.link?.record || draft.link?.accountId === record.id) return;
  connect(draft, lead.id, record.object, record.id);
  const salesforce = salesforceIds(record.object, record.id);
  draft.writes.push({ kind: 'updateInSellfire', leadId: lead.id, fields: {}, salesforce, deliveries: [] });
}

function placesOf({ link }: Draft): { object: FollowedObject; id: string }[] {
  return [
    ...(link?.record ? [link.record] : []),
    ...(link?.accountId ? [{ object: 'Account' as const, id: link.accountId }] : []),
  ];
}

/**
 * A record has the time of its last change, and not the field: each field that the store does not know, and that differs, counts as
 * changed then.
 */
function mergeRecord(draft: Draft, object: FollowedObject, record: FoundRecord, since: number): void {
  const unknown = linkedFields(draft).filter(
    ({ mapping, sellfire, salesforce, replica }) =>
      mapping.salesforceObject === object &&
      record.fields[salesforce.name] !== undefined &&
      draft.link &&
      replicaOf(stateOf(draft.link, sellfire.name), replica).lastKnown === undefined,
  );
  // Salesforce keeps whole seconds.
  const last = record.at + 999;
  const isChanged = last >= since;
  // Where the bridge itself was the last to change it, what somebody entered is older, and no edit in Sellfire since then gives way to it.
  const at = record.user === draft.config.user ? since : last;
  const names = new Set(isChanged ? unknown.map(({ salesforce }) => salesforce.name) : []);
  const known = Object.entries(record.fields).filter(([name]) => !names.has(name));
  mergeSalesforceRecord(draft, object, { ...record, fields: Object.fromEntries(known) });
  if (!isChanged) return;
  for (const field of unknown)
    mergeSalesforceField(draft, field, record.fields[field.salesforce.name] ?? null, { at, own: false });
}

// Resumes the link of a record that carries a lead's id: the bridge created the record, and the attempt was interrupted.
import type { SalesforceChange } from '../../model/change.ts';
import { recordIdsOf } from '../../model/recordId.ts';
import { takenBy } from './claim.ts';
import type { Draft } from '../turn/draft.ts';
import { mergeSalesforceEvent } from '../fields/merge.ts';
import { lookups } from '../turn/lookups.ts';
import { resumeFromLead, resumeFromRecord } from './initRegisters.ts';
import { connect } from './connect.ts';
import { nameSuccessor } from './leftLead.ts';
import { reroute } from './reroute.ts';
import { hasLeft } from './state.ts';

/** @param leadId the id of the lead that the record carries */
export function reconnect(draft: Draft, change: SalesforceChange, leadId: string): void {
  if (draft.link && draft.link.leadId !== leadId) return;
  if (draft.link?.record) {
    if (draft.link.record.object === 'Contact' && !hasLeft(draft.link, change.recordId))
      nameSuccessor(draft, change, draft.link.record.id);
    return;
  }
  if (takenBy(draft, change.recordId) !== undefined) {
    reroute(draft, change);
    return;
  }
  const lead = lookups(draft).lead(leadId);
  if (!lead || lead.deleted_at) return;
  // The link has left this record; the lead names its current one.
  const ids = recordIdsOf(lead);
  const current = ids.contact_id ?? ids.lead_id;
  if (!draft.link && current !== null && current !== change.recordId) {
    if (ids.contact_id !== null) nameSuccessor(draft, change, ids.contact_id);
    return;
  }
  // An update added the lead id, so the lead was created from the record. A record that the bridge creates has the id
  // from the start.
  const origin = change.kind === 'update' ? lookups(draft).record(change.object, change.recordId) : undefined;
  if (change.kind === 'update' && !origin) return;
  draft.lead ??= lead;
  connect(draft, leadId, change.object, change.recordId);
  if (origin) {
    resumeFromRecord(draft, lead, origin, origin.createdAt);
    return;
  }
  resumeFromLead(draft, lead);
  // The created record's values are as old as the lead, so later changes of the lead overwrite them.
  mergeSalesforceEvent(draft, change, { at: Date.parse(lead.created_at), by: 'sellfire' });
}

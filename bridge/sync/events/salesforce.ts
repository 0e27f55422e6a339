// Applies one change of Salesforce to the draft of a turn: to the linked record, to another lead's, or to a new one.
import { isReadAfterMove, type SalesforceChange } from '../../model/change.ts';
import type { Creations } from '../turn/creations.ts';
import type { Draft } from '../turn/draft.ts';
import { confirmDeliveries } from '../fields/deliver.ts';
import { mergeSalesforceEvent, mergeSalesforceRecord } from '../fields/merge.ts';
import { onDeleted, isLinked, isCoveredByRelink } from '../link/lifecycle.ts';
import { onConverted, isConverted } from '../link/conversion.ts';
import { giveMissing, isUnreadSinceMove, onFoundAgain, onUndeleted } from '../link/resumption.ts';
import { lookups } from '../turn/lookups.ts';
import { unreportedFields } from '../mapping/unreported.ts';
import { withoutResumption } from '../link/state.ts';
import type { Edit } from '../values/register.ts';
import { belongsElsewhere, reroute } from '../link/reroute.ts';
import { reconnect } from '../link/reconnect.ts';
import { isUndeletion } from '../link/newLead.ts';
import { isLeftAndBack, nameContact } from '../link/leftLead.ts';
import { writeLeadId } from '../link/relink.ts';
import { beginCreation, isPhoneEntered, isNobodys, isCreation, isOwnRecord } from '../link/leadCreation.ts';

/** The change with what its event does not carry; undefined while that is read. */
function complete(draft: Draft, change: SalesforceChange): SalesforceChange | undefined {
  if (change.kind !== 'create' && change.kind !== 'update') return change;
  const names = unreportedFields(draft.config, [change.object]);
  if (names.length === 0) return change;
  const record = lookups(draft).record(change.object, change.recordId);
  if (record === undefined) return undefined;
  const read = names.flatMap((name) => (record?.fields[name] === undefined ? [] : [[name, record.fields[name]]]));
  return { ...change, fields: { ...(Object.fromEntries(read) as SalesforceChange['fields']), ...change.fields } };
}

export function handleSalesforce(draft: Draft, creations: Creations, event: SalesforceChange): void {
  const change = complete(draft, event);
  if (!change) return;
  const linked = isLinked(draft.link, change.recordId);
  if (change.kind === 'delete') {
    if (linked) onDeleted(draft, change, true);
    else if (belongsElsewhere(draft, change)) reroute(draft, change);
    if (creations.sellfire?.change.recordId === change.recordId) creations.sellfire.deleted = change;
    return;
  }
  const read = change.kind === 'gap' || (change.kind === 'undelete' && linked);
  const record = read ? lookups(draft).record(change.object, change.recordId) : undefined;
  if (read && record === undefined) return;
  if (read && !record) {
    if (linked && change.kind === 'gap') onDeleted(draft, change, false);
    return;
  }
  if (linked) {
    if (draft.link && isCoveredByRelink(draft.link, change, draft.config.user)) return;
    if (isOfOtherCreation(draft, change)) return;
    if (!keepLeadId(draft, change)) return;
    if (change.kind === 'undelete' || change.undeleted || (record && draft.link?.lostAccountId === change.recordId))
      onUndeleted(draft, change);
    else if (record && change.recordId === draft.link?.record?.id) onFoundAgain(draft);
    // A gap of Salesforce may stand for the event of a write.
    if (change.kind === 'gap')
      confirmDeliveries(draft, (replica) => replica.startsWith(`${change.object}.`), !isReadAfterMove(change));
    // What the link had not read as it moved there brings no edit with it, and gets what it lacks.
    const isUnread = record !== undefined && isUnreadSinceMove(draft, change.recordId);
    if (record && !isUnread) mergeSalesforceRecord(draft, change.object, record);
    else if (record) giveMissing(draft, { object: change.object, id: change.recordId }, record);
    else if (change.kind === 'read') mergeSalesforceRecord(draft, change.object, change, false);
    else mergeSalesforceEvent(draft, change, asOfResumption(draft, change));
    // The link may have moved to the record while it was deleted.
    if (
      !isUnread &&
      record?.fields[draft.config.names.leadId] === null &&
      draft.link?.record?.id === change.recordId &&
      draft.link.unnamedRecord !== change.recordId &&
      !draft.link.ended
    )
      giveMissing(draft, draft.link.record, record);
    const current = record?.fields ?? change.fields;
    if (isConverted(change.object, current)) onConverted(draft, change, current, change.kind === 'update');
    return;
  }
  const fields = record?.fields ?? change.fields;
  if (isLeftAndBack(draft, change)) {
    if (draft.link?.record && !isConverted(change.object, fields))
      nameContact(draft, change.recordId, draft.link.record.id);
    return;
  }
  const carriedLeadId = fields[draft.config.names.leadId];
  const isCarried = typeof carriedLeadId === 'string' && carriedLeadId === (draft.link?.leadId ?? draft.key);
  const foreign = isCarried ? false : belongsElsewhere(draft, change);
  if (foreign === undefined) return;
  if (foreign) {
    reroute(draft, change);
  } else if (creations.sellfire?.change.recordId === change.recordId) {
    const { sellfire } = creations;
    sellfire.fields = { ...sellfire.fields, ...fields };
    // An undeletion names every field and changes none.
    if (isUndeletion(change)) sellfire.deleted = undefined;
    else sellfire.edits.push({ ...change, fields });
  } else if (typeof carriedLeadId === 'string' && carriedLeadId !== '') {
    reconnect(draft, { ...change, fields }, carriedLeadId);
    if (isConverted(change.object, fields)) onConverted(draft, change, fields, change.kind === 'update');
  } else if (isCreation(change, record) && !isOwnRecord(draft, change)) {
    beginCreation(draft, creations, { ...change, fields });
  } else if (isPhoneEntered(draft, change) && !isOwnRecord(draft, change)) {
    const current = lookups(draft).record(change.object, change.recordId);
    if (current && isNobodys(draft, current)) beginCreation(draft, creations, { ...change, fields: current.fields });
  }
}

/**
 * A write of an attempt that was interrupted may arrive after the record has another lead, and put the id of its own back: the record
 * gets the id of its link again.
 * @returns false while the record is read
 */
function keepLeadId(draft: Draft, { recordId, object, user, fields }: SalesforceChange): boolean {
  const { link, config } = draft;
  const written = fields[config.names.leadId];
  if (!link?.record || link.ended || link.record.id !== recordId || user !== config.user) return true;
  if (typeof written !== 'string' || written === link.leadId) return true;
  const record = lookups(draft).record(object, recordId);
  if (record?.fields[config.names.leadId] === written) writeLeadId(draft, link.record, record, link.leadId);
  return record !== undefined;
}

/**
 * Whether somebody created the record to which an interrupted attempt had moved the lead, as by a conversion: the link was resumed with what
 * the lead and the record held afterwards, so that the values of the creation are no later edits.
 */
function isOfOtherCreation(draft: Draft, { kind, user, recordId }: SalesforceChange): boolean {
  const { link, config } = draft;
  if (link?.resumedAsOf === undefined || kind !== 'create' || user === config.user) return false;
  // The Account of a Contact may be there before.
  if (link.record && link.record.id !== recordId) return false;
  draft.link = withoutResumption(link);
  return true;
}

/**
 * The edit that the values of an interrupted creation carry: the lead may have changed before the record was created, so they are as old as
 * the link says.
 */
function asOfResumption(draft: Draft, change: SalesforceChange): Edit | undefined {
  const { link, config } = draft;
  if (link?.resumedAsOf === undefined || change.kind !== 'create' || change.user !== config.user) return undefined;
  draft.link = withoutResumption(link);
  return { at: link.resumedAsOf, by: 'sellfire', isUnrecorded: true };
}

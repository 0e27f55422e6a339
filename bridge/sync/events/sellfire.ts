// Applies one event of Sellfire to the draft of a turn: the lead's lifecycle, its link, its fields, and what it asks to create.
import type { SellfireChange } from '../../model/change.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD, PRIMARY_PHONE } from '../../model/mapping.ts';
import { trimmedText } from '../../model/text.ts';
import { connectById } from '../link/connectById.ts';
import type { Creations } from '../turn/creations.ts';
import type { Draft } from '../turn/draft.ts';
import { leadNow } from '../turn/lead.ts';
import { isOwn } from '../fields/carriedEdit.ts';
import { mergeSellfireEvent } from '../fields/merge.ts';
import { onRestored } from '../link/resumption.ts';
import { endLink, endUnlinked, leaveUnlinked } from '../link/ending.ts';
import { linkImported } from '../link/imported.ts';
import { entersHeldPhase } from '../fields/phase.ts';
import { resumeFromLead } from '../link/initRegisters.ts';
import { isReschedule } from '../sale/reschedule.ts';

/**
 * Whether the lead of an activity was deleted: one that has waited for calls comes after the deletion, which leaves no link of a lead that was
 * linked to nothing. @returns undefined (and a need) while that is not known
 */
function isGoneSince(draft: Draft, { event }: SellfireChange, lead: Lead): boolean | undefined {
  if (event.type !== 'activity.logged' || draft.link || !namesRecord(lead)) return false;
  const now = leadNow(draft, lead.id);
  return now === undefined ? undefined : now?.deleted_at !== null;
}

/** Who edits leads one by one, without supplying ids. */
const EDITORS: readonly string[] = ['rep', 'system'];

export function handleSellfire(
  draft: Draft,
  creations: Creations,
  change: SellfireChange,
  maybeApplied: boolean,
): void {
  const { event } = change;
  const { lead } = event;
  if (!lead || event.type === 'catalogue.changed') return;
  if (!draft.lead || lead.version >= draft.lead.version) draft.lead = lead;
  if (event.type === 'lead.deleted') {
    if (draft.link?.record ?? draft.link?.accountId) endLink(draft, 'sellfire', change.at);
    else endUnlinked(draft, lead, change.at);
    return;
  }
  const isGone = isGoneSince(draft, change, lead);
  if (isGone === undefined) return;
  if (isGone) leaveUnlinked(draft, lead.id, change.at);
  onRestored(draft, lead, change.at);
  const phase = event.changes[PHASE_FIELD];
  // A sale that was imported from Salesforce exists there already (M26).
  const sold = event.sale && !event.sale.salesforce_opportunity_id;
  if (sold || (event.schedule_item?.kind === 'demo' && phase?.to === 'HeldPhase')) creations.demosAndSales.push(change);
  if (event.activity) creations.activities.push(change);
  if (isReschedule(change)) creations.reschedules.push(change);
  if (linkImported(draft, change, lead)) return;
  // What an import of the bridge names, somebody has chosen.
  const own = isOwn(change) && event.actor.kind !== 'import';
  const isEdit = event.type !== 'lead.created' && EDITORS.includes(event.actor.kind);
  // What somebody else than an editor names is supplied, whatever an interrupted attempt has made.
  const isResumed = maybeApplied && creations.salesforce !== undefined && isEdit;
  // The record's own event, or a request, has made the link with what the lead held by then.
  const isOfThen = event.type === 'lead.created' && !own && draft.link?.record !== undefined;
  const named = connectById(draft, lead, {
    at: change.at,
    isOwn: own,
    isResumed,
    isMade: own && event.type === 'lead.created',
    isEdit,
  });
  if (named === 'unknown' || named === 'refused') return;
  // An interrupted attempt created the record, and the earlier changes of this turn requested that creation.
  if (maybeApplied && creations.salesforce && draft.link?.record) {
    delete creations.salesforce;
    if (named !== 'linked') resumeFromLead(draft, lead);
  }
  // The values that come with the ids are no change of a linked lead; those that a rep enters later are.
  if (!isOfThen && (isEdit || named !== 'linked') && (draft.link?.record ?? draft.link?.accountId))
    mergeSellfireEvent(draft, change);
  if (draft.link?.record) return;
  const toContact = phase !== undefined && entersHeldPhase(phase.from, phase.to);
  const fromSalesforce = namesRecord(lead);
  const isNew = event.type === 'lead.created' && !fromSalesforce;
  // A phone that is corrected makes the record then, where another record has the earlier one.
  const isCorrected = event.changes[PRIMARY_PHONE] !== undefined && !fromSalesforce && !isOwn(change);
  if (!isNew && !isCorrected && !toContact && !draft.link?.waiting && !creations.salesforce) return;
  const object = toContact ? 'Contact' : (creations.salesforce?.object ?? 'Lead');
  creations.salesforce = { object, at: change.at, isNew: isNew || creations.salesforce?.isNew === true };
}

const namesRecord = (lead: Lead): boolean => Object.values(lead.salesforce).some((id) => trimmedText(id) !== '');

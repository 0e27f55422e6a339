// Decides which new records of Salesforce make a lead (M18): from the creation, or the phone that is entered later, to the end of the
// turn, when all of the record's edits are known.
import type { SalesforceChange } from '../../model/change.ts';
import type { Lead } from '../../model/lead.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { takenBy } from './claim.ts';
import type { Creations } from '../turn/creations.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { mergeSalesforceEvent } from '../fields/merge.ts';
import { isLinked, onDeleted, TRANSACTION_MS } from './lifecycle.ts';
import { isConverted, isConversionTarget } from './conversion.ts';
import { lookups } from '../turn/lookups.ts';
import { isPhoneAmong } from '../mapping/phone.ts';
import { mappedFields } from '../mapping/rules.ts';
import { connect } from './connect.ts';
import { registersFromRecord, resumeFromRecord } from './initRegisters.ts';
import { createInSellfire, holdsSince, homeOf } from './newLead.ts';
import { reroute } from './reroute.ts';
import { replicaOf, withReplica } from '../values/register.ts';

/** @param change with all fields of the record that are known */
export function beginCreation(draft: Draft, creations: Creations, change: SalesforceChange): void {
  // The lead was made from the record, so that the record makes no other.
  if (draft.link?.left?.includes(change.recordId) && !draft.link.moved?.from.includes(change.recordId)) return;
  // The link has left the record: what becomes of it is not this lead's.
  if (draft.link?.record) {
    const current = lookups(draft).leadByRecord(change.recordId);
    if (current !== undefined && current?.id !== draft.link.leadId) reroute(draft, change);
    return;
  }
  creations.sellfire = creationOf(change);
}

/** The event of a creation names no blank field, and neither does what is read instead: nobody has blanked it. */
export function creationOf(change: SalesforceChange): NonNullable<Creations['sellfire']> {
  const fields = Object.fromEntries(Object.entries(change.fields).filter(([, value]) => value !== null));
  return { change: { ...change, fields }, edits: [], fields: { ...fields } };
}

/** M18: whether a phone was entered or corrected of a record that may have no lead yet; it makes the lead then. */
export function isPhoneEntered({ config, maybeApplied }: Draft, { kind, object, fields }: SalesforceChange): boolean {
  const isWanted = config.settings.createInSellfire || maybeApplied;
  return kind === 'update' && isWanted && isPhoneAmong(config, object, fields);
}

/** Whether the record is of no lead: it names none, and no sale made it for one of its people. */
export function isNobodys({ config: { names } }: Draft, { fields }: FoundRecord): boolean {
  return [names.leadId, names.contactKey].every((name) => (fields[name] ?? null) === null);
}

/**
 * M18: whether the record is new in Salesforce. An import connects the records that existed before, however late they
 * are read.
 */
export function isCreation(change: SalesforceChange, record: FoundRecord | null | undefined): boolean {
  if (change.kind === 'gap')
    return record ? change.undeleted === true || record.createdAt >= change.at - TRANSACTION_MS : false;
  return change.kind === 'create' || change.kind === 'undelete';
}

/**
 * Whether the bridge created the record beside the lead's own (a sale's further Contacts), so that it makes no lead.
 * The user alone is no proof: an admin may have connected as themselves and work in the pages.
 */
export function isOwnRecord({ config }: Draft, { user, origin }: SalesforceChange): boolean {
  return user === config.user && origin.startsWith('com/salesforce/api/rest/');
}

/** Whether an attempt before made a lead of the record, which wrote to it and was deleted since. */
function isOfDeletedLead(draft: Draft, recordId: string): boolean {
  return draft.maybeApplied && lookups(draft).leadByRecord(recordId) === null;
}

export function finishCreation(draft: Draft, creation: NonNullable<Creations['sellfire']>): void {
  const { object, recordId } = creation.change;
  if (isLinked(draft.link, recordId) || (creation.deleted && !draft.maybeApplied)) return;
  if (!draft.config.settings.createInSellfire && !draft.maybeApplied) return;
  // The store knows a link that Sellfire does not name yet.
  if (takenBy(draft, recordId) !== undefined) {
    for (const change of [creation.change, ...creation.edits]) reroute(draft, change);
    return;
  }
  // The target of a conversion belongs to the lead of the converted Lead.
  if (isConverted(object, creation.fields) || isConversionTarget(draft, creation.change)) return;
  // Events after the creation may have been keyed to the converted Lead, or to a lead that an interrupted attempt made and that is deleted.
  if (draft.found.conversions.get(recordId) || isOfDeletedLead(draft, recordId)) {
    const current = lookups(draft).record(object, recordId);
    // One that was converted goes on as its Contact, and the lead that was made of it is deleted.
    if (!current || isConverted(object, current.fields)) return;
    Object.assign(creation, creationOf({ ...creation.change, fields: current.fields }));
  }
  if (creation.deleted) {
    endMade(draft, creation, creation.deleted);
    return;
  }
  createInSellfire(draft, creation.change, creation.fields);
  const known = draft.found.sellfireByRecord.get(creation.change.recordId);
  if (!known || !isLinked(draft.link, creation.change.recordId)) return;
  if (!draft.maybeApplied) {
    // What people have changed since the lead was is carried over, as where its own event makes the link.
    for (const change of creation.edits) mergeSalesforceEvent(draft, laterThan(draft, known, change));
    return;
  }
  resumeMade(draft, known, creation, resumeFromRecord);
}

/** Resumes with the lead that an interrupted attempt made: the record's edits are carried over. */
function resumeMade(
  draft: Draft,
  lead: Lead,
  { change: created, edits, fields }: NonNullable<Creations['sellfire']>,
  resume: typeof resumeFromRecord,
): void {
  const heldSince = holdsSince(draft, created);
  if (heldSince === undefined) return;
  draft.lead ??= lead;
  const last = edits.at(-1) ?? created;
  resume(draft, lead, { fields, at: last.at }, heldSince, { edits: false });
  mergeSalesforceEvent(draft, created, { at: heldSince, by: 'salesforce' });
  for (const change of edits) mergeSalesforceEvent(draft, change);
  noteBlanks(draft, created, fields);
}

/** What the record lacks is known to be blank, so that what is entered there later is an edit, also where its event is a gap. */
function noteBlanks(draft: Draft, { object, at }: SalesforceChange, fields: SalesforceFields): void {
  for (const { sellfire, salesforce, mapping, replica } of linkedFields(draft)) {
    if (!draft.link || mapping.salesforceObject !== object || (fields[salesforce.name] ?? null) !== null) continue;
    const state = stateOf(draft.link, sellfire.name);
    if (replicaOf(state, replica).lastKnown !== undefined) continue;
    setState(draft, sellfire.name, withReplica(state, replica, { lastKnown: null, at }));
  }
}

/**
 * The record was deleted after an interrupted attempt had made a lead of it: their link ends, and knows what both held, so that what people have
 * edited in between is carried over once the record is undeleted.
 */
function endMade(draft: Draft, creation: NonNullable<Creations['sellfire']>, deleted: SalesforceChange): void {
  const { object, recordId } = creation.change;
  const lead = lookups(draft).leadByRecord(recordId);
  if (!lead || homeOf(lead, object) !== recordId) return;
  connect(draft, lead.id, object, recordId);
  resumeMade(draft, lead, creation, registersFromRecord);
  onDeleted(draft, deleted, true);
}

/** The change without the fields that the lead got later, or at the same time. */
function laterThan({ config }: Draft, lead: Lead, change: SalesforceChange): SalesforceChange {
  const isLater = (name: string): boolean =>
    mappedFields(config, [change.object]).every(
      ({ salesforce, sellfire }) =>
        salesforce.name !== name || change.at > Date.parse(lead.changed_at[sellfire.name] ?? lead.created_at),
    );
  const fields = Object.fromEntries(Object.entries(change.fields).filter(([name]) => isLater(name)));
  return { ...change, fields };
}

// Initializes the registers of a link from a lead that one side created from the other's record: at that moment both
// held the same values.
import type { Lead } from '../../model/lead.ts';
import type { Canonical, Link, Register } from '../../model/link.ts';
import { PHASE_FIELD } from '../../model/mapping.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { editOfLead, NEVER } from '../fields/carriedEdit.ts';
import { mergeSalesforceField } from '../fields/merge.ts';
import { delivered, replicaOf, requestDelivery, withReplica, type Edit } from '../values/register.ts';
import { leadCountry, withCountry } from '../mapping/country.ts';
import { towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';
import { resumed } from './state.ts';
import { readReplica } from '../mapping/asStored.ts';

/**
 * Initializes the registers that do not exist yet.
 * @param origin the record from which the lead was made, with its creation, ms. The values that the lead has since its creation are as old
 * as that, but for the phase that Sellfire gives a lead whose record has none, or another.
 * @param isWanted by the name of the field
 */
export function initRegisters(
  draft: Draft,
  lead: Lead,
  origin?: { at: number; fields: SalesforceFields },
  isWanted = (_: string) => true,
): void {
  for (const { sellfire } of linkedFields(draft)) {
    if (!isWanted(sellfire.name)) continue;
    const { link } = draft;
    const raw = lead.fields[sellfire.name];
    const changedAt = lead.changed_at[sellfire.name];
    if (!link || raw === undefined || changedAt === undefined || stateOf(link, sellfire.name).register) continue;
    const value = canonical(sellfire.type, raw, leadCountry(draft.config, lead.fields));
    const isAsCreated =
      origin && changedAt === lead.created_at && !isPhaseOfSellfire(draft, sellfire.name, value, origin.fields);
    const edit: Edit = isAsCreated
      ? { at: origin.at, by: 'salesforce' }
      : editOfLead(draft, lead, sellfire.name, value);
    const at = Date.parse(changedAt);
    const state = stateOf(link, sellfire.name);
    setState(draft, sellfire.name, {
      ...state,
      register: { value, ...edit, version: 1 },
      replicas: { ...state.replicas, sellfire: { lastKnown: value, at, targetVersion: 1, delivered: 1, confirmed: 1 } },
    });
  }
}

function isPhaseOfSellfire(draft: Draft, name: string, value: Canonical, fields: SalesforceFields): boolean {
  const { config, link } = draft;
  if (name !== PHASE_FIELD || !link) return false;
  return linkedFields(draft).every((field) => {
    const raw = fields[field.salesforce.name] ?? null;
    return field.sellfire.name !== name || !sameValue(readReplica(config, link, field, raw), value);
  });
}

/**
 * Resumes an interrupted creation of a lead from the record. Values that the record lacks, such as the phase that
 * Sellfire sets, are delivered to it, and so is the lead id. A value that differs was edited on one of the two sides, and the event of
 * that edit may have been worked off before the link was there, so their times decide.
 * @param record its fields as read, and its last modification, ms
 * @param edits false where the caller merges what differs
 */
export function resumeFromRecord(
  draft: Draft,
  lead: Lead,
  record: { fields: SalesforceFields; at: number },
  origin?: number,
  { edits = true } = {},
): void {
  registersFromRecord(draft, lead, record, origin, { edits });
  const { leadId } = draft.config.names;
  const linked = draft.link?.record;
  // It may still name a lead that was deleted, to which an interrupted attempt linked it.
  if (linked && record.fields[leadId] !== lead.id)
    draft.writes.push({ kind: 'updateInSalesforce', ...linked, fields: { [leadId]: lead.id }, deliveries: [] });
}

/** As `resumeFromRecord`, and writes nothing. */
export function registersFromRecord(
  draft: Draft,
  lead: Lead,
  { fields: current, at: modifiedAt }: { fields: SalesforceFields; at: number },
  origin?: number,
  { edits = true } = {},
): void {
  // The record's numbers are read by its own country from now on.
  if (draft.link) draft.link = withCountry(draft.link, objectOf(draft.link), current);
  initRegisters(draft, lead, origin === undefined ? undefined : { at: origin, fields: current });
  for (const field of fieldsOfRecord(draft)) {
    if (!draft.link) continue;
    const state = stateOf(draft.link, field.sellfire.name);
    const { register } = state;
    if (!register) {
      if (edits) mergeFilled(draft, lead, field, current, modifiedAt);
      continue;
    }
    const value = readReplica(draft.config, draft.link, field, current[field.salesforce.name] ?? null, current);
    if (sameValue(value, register.value)) {
      setState(draft, field.sellfire.name, delivered(state, field.replica, register.version, value));
    } else if (value === null && towardsSalesforce(field.mapping.rule) && draft.config.settings.updateInSalesforce) {
      setState(draft, field.sellfire.name, requestDelivery(state, field.replica));
    } else if (edits && value !== null) mergeEdit(draft, lead, field, current, { register, modifiedAt });
  }
}

/** The record that a lead was made from, or made: an Account is that where there is no other. */
const objectOf = ({ record }: Link): string => record?.object ?? 'Account';

/** What else the link has holds values of its own. */
const fieldsOfRecord = (draft: Draft): MappedField[] =>
  linkedFields(draft).filter(({ mapping }) => draft.link && mapping.salesforceObject === objectOf(draft.link));

/**
 * As `resumeFromRecord`, of a record that is deleted by now: it held the values of the lead that was made from it. When they were entered is not
 * known, only that it was before the lead was made: an edit of the record whose event is to come is the later one.
 */
export function resumeUnread(draft: Draft, lead: Lead): void {
  initRegisters(draft, lead, { at: NEVER.at, fields: {} });
  for (const field of fieldsOfRecord(draft)) {
    const state = draft.link && stateOf(draft.link, field.sellfire.name);
    if (!state || !towardsSellfire(field.mapping.rule, state.register?.value ?? 'any')) continue;
    // What is blank on the lead was blank on the record as well: what stands there when it comes back was entered since.
    if (!state.register) setState(draft, field.sellfire.name, withReplica(state, field.replica, { lastKnown: null }));
    else
      setState(
        draft,
        field.sellfire.name,
        delivered(state, field.replica, state.register.version, state.register.value),
      );
  }
}

/** A field that is blank on the lead was blank on the record from which the lead was made: a value there was entered since. */
function mergeFilled(
  draft: Draft,
  lead: Lead,
  field: MappedField,
  current: SalesforceFields,
  modifiedAt: number,
): void {
  const raw = current[field.salesforce.name];
  if (!draft.link || raw === undefined || (lead.fields[field.sellfire.name] ?? null) !== null) return;
  const state = stateOf(draft.link, field.sellfire.name);
  const isKnown = replicaOf(state, field.replica).lastKnown !== undefined;
  if (!isKnown) setState(draft, field.sellfire.name, withReplica(state, field.replica, { lastKnown: null }));
  if (!isKnown && readReplica(draft.config, draft.link, field, raw, current) !== null)
    mergeSalesforceField(draft, field, raw, {
      at: Math.min(Date.parse(lead.created_at) + 1, modifiedAt + 999),
      own: false,
    });
}

/**
 * Merges a value that differs from the register although both sides held the same when the lead was created. It is given the
 * earliest moment at which it can have been set, as any value that is only read.
 */
function mergeEdit(
  draft: Draft,
  lead: Lead,
  field: MappedField,
  current: SalesforceFields,
  { register, modifiedAt }: { register: Register; modifiedAt: number },
): void {
  const raw = current[field.salesforce.name];
  if (!draft.link || raw === undefined) return;
  const isAsCreated = lead.changed_at[field.sellfire.name] === lead.created_at;
  const same = isAsCreated ? register.at : Date.parse(lead.created_at);
  mergeSalesforceField(draft, field, raw, { at: Math.min(same + 1, modifiedAt + 999), own: false });
}

/**
 * Resumes an interrupted creation of a record from the lead. The lead may have changed since, so its current values are
 * delivered to every field whose rule goes to Salesforce.
 */
export function resumeFromLead(draft: Draft, lead: Lead): void {
  initRegisters(draft, lead);
  if (draft.link) draft.link = resumed(draft.link, Date.parse(lead.created_at));
  noteNeverHeld(draft, lead);
  if (!draft.config.settings.updateInSalesforce) return;
  for (const field of linkedFields(draft)) {
    const state = draft.link?.fields[field.sellfire.name];
    if (!state || !towardsSalesforce(field.mapping.rule)) continue;
    setState(draft, field.sellfire.name, requestDelivery(state, field.replica));
  }
}

/**
 * What the lead has never held was blank on the record that was made from it: a value that is read there later was entered since, also where
 * the event of the creation says nothing. A Contact with an Account may be one that a sale found.
 */
function noteNeverHeld(draft: Draft, lead: Lead): void {
  const { record, accountId } = draft.link ?? {};
  if (!record || (record.object === 'Contact' && accountId !== undefined)) return;
  for (const { sellfire, mapping, replica } of linkedFields(draft)) {
    const state = draft.link && stateOf(draft.link, sellfire.name);
    if (!state || state.register || mapping.salesforceObject !== record.object) continue;
    if ((lead.fields[sellfire.name] ?? null) !== null || replicaOf(state, replica).lastKnown !== undefined) continue;
    setState(draft, sellfire.name, withReplica(state, replica, { lastKnown: null }));
  }
}

// Merges received changes into the draft, field by field: by registers for plain fields, by Sellfire's rules for phase
// and owner.
import type { SalesforceChange, SellfireChange } from '../../model/change.ts';
import { explain } from '../../model/catalogue/catalogue.ts';
import type { SyncConfig } from '../../model/config.ts';
import type { Lead } from '../../model/lead.ts';
import type { Canonical, FieldState, Link, Register, Replica } from '../../model/link.ts';
import { OWNER_FIELD, PHASE_FIELD } from '../../model/mapping.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { linkedFields, setState, stateOf, writableReplicas, type Draft } from '../turn/draft.ts';
import * as reports from '../turn/reports.ts';
import { lookups } from '../turn/lookups.ts';
import { withoutOwnerDifference } from './owner.ts';
import { acceptsOwner, acceptsPhase, restoresOwner } from './sellfireRules.ts';
import {
  isBehind,
  judge,
  lacksDelivered,
  observe,
  replicaOf,
  requestDelivery,
  withReplica,
  type Edit,
  type Observation,
  type Verdict,
} from '../values/register.ts';
import { leadCountry, withCountry } from '../mapping/country.ts';
import { towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';
import { readReplica } from '../mapping/asStored.ts';
import { followsRetry, isInFlight, isLastInFlight, isLastOfRecord, asRead } from '../values/inFlight.ts';
import { editOfCreation, editOfLead, editOfRecordWrite, editOfWrite, isOwn, isUnset } from './carriedEdit.ts';
import { isOfUnknownCountry, onlyUnclear, settleUnclear, unclearFields } from './unclear.ts';

/** Merges a Sellfire event of a linked lead: each changed field that is mapped. */
export function mergeSellfireEvent(draft: Draft, change: SellfireChange): void {
  const { lead, changes } = change.event;
  for (const [name, { to }] of Object.entries(changes)) {
    const edit = (value: Canonical): Edit | undefined => editOfWrite(draft, change, name, value);
    mergeSellfireField(draft, lead, name, to, { at: change.at, own: isOwn(change), edit, editor: editorOf(change) });
  }
}

/** Who changed the lead: nobody but the bridge where the change is its own. */
function editorOf(change: SellfireChange): string | undefined {
  const { kind, id } = change.event.actor;
  return isOwn(change) ? undefined : (id ?? kind);
}

/**
 * Merges the lead as a look-up returned it. Sellfire stores when each field changed, so a missed change is merged at
 * its own time. A field that was not known before is only recorded, because linking changes neither side.
 * @param since ms since the epoch: when something is known to have changed, so that a field that changed then or later is
 * merged although it was not known before
 * @param isWanted by the name of the field
 */
export function mergeSellfireLead(draft: Draft, lead: Lead, since = Infinity, isWanted = (_: string) => true): void {
  for (const { sellfire } of linkedFields(draft)) {
    const raw = lead.fields[sellfire.name];
    if (raw === undefined || !draft.link || !isWanted(sellfire.name)) continue;
    const value = canonical(sellfire.type, raw, leadCountry(draft.config, lead.fields));
    const state = stateOf(draft.link, sellfire.name);
    const { lastKnown } = replicaOf(state, 'sellfire');
    const changedAt = Date.parse(lead.changed_at[sellfire.name] ?? lead.created_at);
    const hasNoEdit = isUnset(lead, sellfire.name, value);
    // An earlier comparison may have recorded what changed since, and left it to its event.
    const isOnlyRecorded = !state.register && changedAt >= since && !hasNoEdit;
    if (lastKnown !== undefined && sameValue(lastKnown, value) && !isOnlyRecorded) continue;
    if (lastKnown === undefined && (hasNoEdit || (!state.register && changedAt < since))) {
      setState(draft, sellfire.name, withReplica(state, 'sellfire', { lastKnown: value, at: changedAt }));
    } else {
      const edit = (): Edit => editOfLead(draft, lead, sellfire.name, value);
      mergeSellfireField(draft, lead, sellfire.name, raw, { at: changedAt, own: false, edit, isOfLead: true });
    }
  }
}

/** Merges what Sellfire has set by itself of a lead that it has just created, as the event of the creation will report it. */
export function mergeCreatedLead(draft: Draft, lead: Lead): void {
  for (const { sellfire } of linkedFields(draft)) {
    const raw = lead.fields[sellfire.name] ?? null;
    if (raw === null || !draft.link || stateOf(draft.link, sellfire.name).register) continue;
    const at = Date.parse(lead.changed_at[sellfire.name] ?? lead.created_at);
    mergeSellfireField(draft, lead, sellfire.name, raw, { at, own: true, isRead: true, edit: () => undefined });
  }
}

/** When and by whom a change was made. */
type SeenAs = Pick<Observation, 'at' | 'own' | 'editor' | 'isCreation' | 'isRead'>;

function mergeSellfireField(
  draft: Draft,
  lead: Lead | null,
  name: string,
  raw: Lead['fields'][string],
  { edit, isOfLead = false, ...seenAs }: SeenAs & { edit: (value: Canonical) => Edit | undefined; isOfLead?: boolean },
): void {
  const { link, config, maybeApplied } = draft;
  const mapped = linkedFields(draft).filter((field) => field.sellfire.name === name);
  const [first] = mapped;
  if (!link || !first) return;
  const value = canonical(first.sellfire.type, raw, leadCountry(config, lead?.fields ?? {}));
  const carried = edit(value);
  // What the bridge has written of an edit of Salesforce, the rule let through.
  const isOfSalesforce = carried?.isNamed === true && carried.by === 'salesforce';
  const ruleAllows = isOfSalesforce || mapped.some((field) => towardsSalesforce(field.mapping.rule));
  const seen: Observation = {
    replica: 'sellfire',
    side: 'sellfire',
    value,
    ...seenAs,
    edit: carried,
    maybeApplied,
    ruleAllows,
  };
  const before = stateOf(link, name);
  const isOverwritten = isBehind(replicaOf(before, 'sellfire'), seen) && judge(before, seen) === 'accepted';
  if (name === OWNER_FIELD && isOverwritten && !restoresOwner(draft, seen)) return;
  // Sellfire's replica is written only to restore the register's value.
  const writable = writableReplicas(config, mapped, before.register?.value ?? null);
  const { state, verdict } = observe(before, seen, withPutBack(config, mapped, { before, seen, writable }));
  setState(draft, name, state);
  if (name === OWNER_FIELD && verdict === 'accepted' && draft.link?.ownerDiffers) {
    draft.link = withoutOwnerDifference(draft.link);
  }
  if (replicaOf(before, 'sellfire').reportedAt !== seen.at) {
    const isReported = reportLoser(draft, seen, verdict, before.register, name);
    // The event of the edit may still come, and says nothing new then.
    if (isReported && isOfLead) setState(draft, name, withReplica(state, 'sellfire', { reportedAt: seen.at }));
  }
  reportSuspension(draft, name, seen.at, before.suspended);
}

/**
 * Merges a Salesforce event of a linked record: each changed field that is mapped. Compound fields are flattened
 * before.
 * @param carried the edit that the values carry, where it is another than the change
 */
export function mergeSalesforceEvent(draft: Draft, change: SalesforceChange, carried?: Edit): void {
  const own = change.user === draft.config.user;
  const unclear = unclearFields(draft, change);
  const isRead = unclear.length > 0 || isOfUnknownCountry(draft, change);
  const record = isRead ? lookups(draft).record(change.object, change.recordId) : null;
  if (record === undefined) return;
  if (draft.link)
    draft.link = withCountry(draft.link, change.object, { ...(isRead ? record?.fields : {}), ...change.fields });
  for (const field of linkedFields(draft)) {
    const raw = change.fields[field.salesforce.name];
    if (field.mapping.salesforceObject !== change.object) continue;
    if (unclear.some((one) => one.field === field)) continue;
    if (raw === undefined) {
      if (change.kind === 'create') noteBlank(draft, field, change.at);
      continue;
    }
    if (change.kind === 'create' && !own && isKnown(draft, field)) continue;
    const edit = (value: Canonical): Edit | undefined =>
      editOfCreation(draft, carried, field.sellfire.name) ?? editOfRecordWrite(draft, change, field, value);
    // What is read names who modified the record last, and not who this field.
    const editor = own || change.kind === 'read' ? undefined : change.user;
    const seenAs = { at: change.at, own, editor, isCreation: change.kind === 'create' };
    mergeSalesforceField(draft, field, raw, seenAs, edit);
  }
  // Before the writes count as arrived: after an attempt of unknown outcome, what is read may be the bridge's own older value.
  if (record) mergeSalesforceRecord(draft, change.object, { ...record, fields: onlyUnclear(unclear, record.fields) });
  settleUnclear(draft, unclear);
}

/** What is known of a record was read, or made the lead: its creation by somebody else, whose event is late, says nothing later. */
const isKnown = ({ link }: Draft, { sellfire, replica }: MappedField): boolean =>
  link !== undefined && replicaOf(stateOf(link, sellfire.name), replica).lastKnown !== undefined;

/** A creation event omits blank fields. They are recorded as blank, so that a later read detects a change. */
function noteBlank(draft: Draft, field: MappedField, at: number): void {
  if (!draft.link) return;
  const state = stateOf(draft.link, field.sellfire.name);
  if (replicaOf(state, field.replica).lastKnown !== undefined) return;
  const value = canonical(field.sellfire.type, null, draft.config.country);
  setState(draft, field.sellfire.name, withReplica(state, field.replica, { lastKnown: value, at }));
}

/**
 * Merges the record as it was read, where its event carries no fields or no event arrived. A field that holds its known
 * value has not changed. A field that was not known before is only recorded, because linking changes neither side.
 * @param isCurrent false for a record that was read before this turn: writes of the bridge may have followed
 */
export function mergeSalesforceRecord(
  draft: Draft,
  object: string,
  record: { at: number; user?: string; fields: SalesforceFields },
  isCurrent = true,
): void {
  if (draft.link) draft.link = withCountry(draft.link, object, record.fields);
  for (const field of linkedFields(draft)) {
    const raw = record.fields[field.salesforce.name];
    if (field.mapping.salesforceObject !== object || raw === undefined || !draft.link) continue;
    const state = stateOf(draft.link, field.sellfire.name);
    const value = readReplica(draft.config, draft.link, field, raw, record.fields);
    const known = replicaOf(state, field.replica);
    const lacksWrite = isCurrent && lacksDelivered(state, known, value);
    if (known.lastKnown !== undefined && sameValue(known.lastKnown, value) && !lacksWrite) continue;
    const isEntered = isEnteredSinceCreation(draft.link, state, known, value);
    if (known.lastKnown === undefined && !isEntered && !(state.register && sameValue(state.register.value, value))) {
      setState(draft, field.sellfire.name, withReplica(state, field.replica, { lastKnown: value }));
      continue;
    }
    // Of a record that was read before, or after an attempt of unknown outcome, an older value may be the bridge's own.
    const mayBeEarlier = !isCurrent || followsRetry(known);
    // A person's edit may have come between two writes: the last of them stands then, and is no automation's.
    const isLastWrite = isCurrent && isLastInFlight(known, value);
    const isOfWrite = record.user === draft.config.user && isLastOfRecord(known);
    const isAutomated = lacksWrite && isOfWrite && !mayBeEarlier && !isLastWrite;
    const own = !isAutomated && (mayBeEarlier || isLastWrite || (isInFlight(known, value) && !lacksWrite));
    // The events of the writes are still to come, though what they wrote has been undone. What attempts before them wrote stands no more.
    const read = withReplica(state, field.replica, { ...asRead(known), confirmed: known.delivered });
    if (lacksWrite && own) {
      const again = withReplica(read, field.replica, { lastKnown: value });
      const mapped = linkedFields(draft).filter((other) => other.sellfire.name === field.sellfire.name);
      const isWritable = writableReplicas(draft.config, mapped, value).includes(field.replica);
      setState(draft, field.sellfire.name, isWritable ? requestDelivery(again, field.replica) : again);
      continue;
    }
    if (lacksWrite) setState(draft, field.sellfire.name, read);
    if (isJudgedByEvent(draft, field, value, known)) continue;
    const at = earliest(state, isEntered ? asCreated(state, known) : known, record.at);
    const edit: Edit = { at: isAutomated ? Math.max(at, state.register?.at ?? 0) : at, by: 'salesforce' };
    // No later than the record's last modification, so that no event of a later one counts as late.
    const seenAt = Math.max(known.at ?? 0, Math.min(at, record.at));
    mergeSalesforceField(draft, field, raw, { at: seenAt, own, isRead: true }, () => edit);
  }
}

/**
 * Whether a phase or an owner that is read was set by an edit whose event is among the changes of this turn: Sellfire's rules judge that, so that
 * one refusal has one row (M31).
 */
function isJudgedByEvent(
  { changes, config, link }: Draft,
  field: MappedField,
  value: Canonical,
  { at = 0 }: Replica,
): boolean {
  const { sellfire, salesforce, mapping } = field;
  if (!link || (sellfire.name !== PHASE_FIELD && sellfire.name !== OWNER_FIELD)) return false;
  return changes.some((change) => {
    if (change.source !== 'salesforce' || change.object !== mapping.salesforceObject) return false;
    const raw = change.fields[salesforce.name];
    const isLater = raw !== undefined && change.user !== config.user && change.at > at;
    return isLater && sameValue(readReplica(config, link, field, raw), value);
  });
}

/**
 * Whether the record of an interrupted creation, whose event has not arrived, shows another value than the lead has had since its own creation:
 * it was created with that one, and somebody has entered this one since.
 */
function isEnteredSinceCreation(
  { resumedAsOf }: Link,
  { register }: FieldState,
  known: Replica,
  value: Canonical,
): boolean {
  if (resumedAsOf === undefined || known.lastKnown !== undefined || !register || value === null) return false;
  return register.by === 'sellfire' && register.at === resumedAsOf && !sameValue(register.value, value);
}

const asCreated = ({ register }: FieldState, known: Replica): Replica => ({
  ...known,
  delivered: register?.version ?? 0,
});

/**
 * Estimates when a field changed whose change was only read. The change came after the field was known to hold its old
 * value, and no later than the record's last modification, which another field may have caused. The earliest moment is
 * used, so that the change overwrites nothing later. If the event of the change arrives as well, its time applies.
 */
export function earliest({ register }: FieldState, known: Replica, modifiedAt: number): number {
  const written = register && known.delivered === register.version ? register.at : 0;
  // Salesforce stores whole seconds.
  return Math.min(Math.max(known.at ?? 0, written) + 1, modifiedAt + 999);
}

export function mergeSalesforceField(
  draft: Draft,
  field: MappedField,
  raw: SalesforceFields[string],
  seenAs: SeenAs,
  edit?: (value: Canonical) => Edit | undefined,
): void {
  const { link, config, maybeApplied } = draft;
  if (!link) return;
  const name = field.sellfire.name;
  const before = stateOf(link, name);
  const value = readReplica(config, link, field, raw);
  const ruleAllows =
    config.settings.updateInSellfire && towardsSellfire(field.mapping.rule, value) && !field.sellfire.read_only;
  const seen: Observation = {
    replica: field.replica,
    side: 'salesforce',
    value,
    ...seenAs,
    edit: edit?.(value),
    isReplaced: !seenAs.isRead && isRestored(draft, field, before.register),
    maybeApplied,
    ruleAllows,
  };
  const judged = judge(before, seen);
  if (judged === 'accepted') {
    if (name === PHASE_FIELD && !acceptsPhase(draft, field, seen)) return;
    if (name === OWNER_FIELD && !acceptsOwner(draft, field, seen)) return;
  }
  const mapped = linkedFields(draft).filter((other) => other.sellfire.name === name);
  const writable = writableReplicas(config, mapped, value);
  const { state, verdict } = observe(before, seen, withPutBack(config, mapped, { before, seen, writable }));
  setState(draft, name, state);
  reportLoser(draft, seen, verdict, before.register, field.salesforce.name);
  reportSuspension(draft, name, seen.at, before.suspended);
}

/** Whether the record was read in this turn, after the event had come, and holds the register's value. */
function isRestored({ link, config, found }: Draft, field: MappedField, register: Register | undefined): boolean {
  const id = field.mapping.salesforceObject === 'Account' ? link?.accountId : link?.record?.id;
  const record = id === undefined ? undefined : found.records.get(id);
  const raw = record?.fields[field.salesforce.name];
  if (!link || !register || !record || raw === undefined) return false;
  return sameValue(readReplica(config, link, field, raw, record.fields), register.value);
}

/**
 * The replicas that may be written, and the one on which the bridge wrote an earlier value over an edit of that side that it had not heard of,
 * as a sale does, or a write before the direction was turned off: the edit is put back, which is no update from the other side (M19).
 */
function withPutBack(
  config: SyncConfig,
  mapped: readonly MappedField[],
  { before, seen, writable }: { before: FieldState; seen: Observation; writable: string[] },
): string[] {
  const { register } = before;
  if (register?.by !== seen.side || writable.includes(seen.replica) || judge(before, seen) !== 'own') return writable;
  const settings = { ...config.settings, updateInSalesforce: true, updateInSellfire: true };
  const isRuled = writableReplicas({ ...config, settings }, mapped, register.value).includes(seen.replica);
  return isRuled ? [...writable, seen.replica] : writable;
}

/** Reports the value that lost a conflict, if it is one. */
function reportLoser(
  draft: Draft,
  seen: Observation,
  verdict: Verdict,
  winner: Register | undefined,
  field: string,
): boolean {
  if (!winner || sameValue(winner.value, seen.value)) return false;
  // The edit is late because a write of the bridge overwrote it, so it lost as well.
  const overwritten = verdict === 'late' && seen.ruleAllows && !seen.own && winner.by !== seen.side;
  if (verdict !== 'overtaken' && !overwritten) return false;
  const direction = seen.side === 'salesforce' ? 'ToSellfire' : 'ToSalesforce';
  const changes = [{ field, before: seen.value, after: winner.value }];
  const about = { occurredAt: seen.at, direction, event: 'LeadUpdated', changes } as const;
  reports.skipped(draft, about, explain('OVERTAKEN'));
  return true;
}

function reportSuspension(draft: Draft, name: string, at: number, before: boolean): void {
  if (before || !draft.link?.fields[name]?.suspended) return;
  const about = { occurredAt: at, direction: 'ToSalesforce', event: 'LeadUpdated' } as const;
  reports.failed(draft, about, explain('BOUNCING', { field: name }));
}

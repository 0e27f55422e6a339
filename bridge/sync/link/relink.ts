// Moves a link to another record of the same lead: the Contact of a converted Lead, or the master record of a merge.
// The registers move along, so that no value is written that the record holds already and no pending value is lost.
import type { Canonical, FieldState, Link, Replica } from '../../model/link.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD } from '../../model/mapping.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { notLinked } from '../fields/stateFields.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { earliest, mergeSalesforceField, mergeSellfireLead } from '../fields/merge.ts';
import { delivered, replicaOf, requestDelivery, withReplica } from '../values/register.ts';
import { leadCountry, withCountry } from '../mapping/country.ts';
import { towardsSalesforce, type MappedField } from '../mapping/rules.ts';
import { placeOf } from './connect.ts';
import { initRegisters } from './initRegisters.ts';
import { afterEvent, type Place } from './state.ts';
import { readReplica } from '../mapping/asStored.ts';

export interface Target {
  object: FollowedObject;
  id: string;
  /** What was read of the record; null where it is deleted or hidden. */
  record: FoundRecord | null;
}

export interface Relink {
  kind: 'relinked' | 'converted' | 'merged' | 'accountMerged';
  left: readonly string[];
  at: number;
  /** Default: true. */
  fromEvent?: boolean;
  /** The record that the link leaves and that goes on: it gives up the lead's id first, which no two records of an object have. */
  vacated?: { object: FollowedObject; id: string } | undefined;
  isDeliberate: (target: Target) => boolean;
}

/**
 * Moves the link to the target records.
 * @param left ids of the records that the targets replace
 * @param at ms: when the move happened; an upper bound where it was only read (`fromEvent` false)
 * @param isDeliberate whether somebody chose the target's values that the lead lacks, as in a merge; otherwise the
 * relink changes neither side
 */
export function relink(
  draft: Draft,
  lead: Lead,
  targets: readonly Target[],
  { kind, left, at, fromEvent = true, vacated, isDeliberate }: Relink,
): void {
  const before = draft.link;
  if (!before) return;
  withdrawIds(draft, left);
  const place: Place = Object.assign({}, ...targets.map(({ object, id }) => placeOf(object, id)));
  draft.link = afterEvent(before, { kind, ...place, left, at });
  // Events that arrived earlier were keyed to the record, not the lead, so the record is read once after the link is
  // saved.
  draft.reread.push(...targets.map(({ object, id }) => ({ object, id })));
  const isKept = (name: string): boolean => isKnownOnKept(draft, before, name);
  // Of a difference that stood when the two were linked, and that nobody has edited since, nothing begins here: it stands (I15).
  initRegisters(draft, lead, undefined, (name) => !isKept(name) && (name === PHASE_FIELD || !isKnown(before, name)));
  // A field that was mapped to no record of the link since may have changed in Sellfire; what has lost is reported by its event.
  const isLater = (name: string): boolean =>
    Date.parse(lead.changed_at[name] ?? lead.created_at) >
    (stateOf(draft.link ?? before, name).register?.at ?? Infinity);
  mergeSellfireLead(draft, lead, Infinity, isLater);
  for (const target of targets) {
    if (!target.record) continue;
    relinkFields(draft, target, target.record, {
      isDeliberate: isDeliberate(target),
      isKept: [before.record?.id, before.accountId].includes(target.id),
      begin: (name) => initRegisters(draft, lead, undefined, (one) => one === name && !isKept(one)),
      lead,
      ...(fromEvent ? { at } : {}),
    });
    if (vacated?.object !== target.object) writeLeadId(draft, target, target.record, lead.id);
    else handOver(draft, vacated, target, lead.id);
  }
  forgetReplicas(draft, targets);
}

/**
 * @param at ms: since when the record holds its values, where that is known
 * @param isKept whether the link had the record before: a value that it was not known to hold was entered there since
 * @param begin begins the register of a field with the value of the lead, unless a record that the link keeps was known to hold the field
 */
function relinkFields(
  draft: Draft,
  { object }: Target,
  record: FoundRecord,
  { at, isDeliberate, isKept, begin, lead }: RelinkFields,
): void {
  const merges: (() => void)[] = [];
  if (draft.link) draft.link = withCountry(draft.link, object, record.fields);
  for (const field of linkedFields(draft)) {
    const raw = record.fields[field.salesforce.name];
    if (field.mapping.salesforceObject !== object || raw === undefined || !draft.link) continue;
    const { name, type } = field.sellfire;
    const current = readReplica(draft.config, draft.link, field, raw, record.fields);
    const held = canonical(type, lead.fields[name] ?? null, leadCountry(draft.config, lead.fields));
    // What is blank is filled.
    if (isBlank(current, field) || sameValue(current, held)) begin(name);
    const state = stateOf(draft.link, name);
    const { register } = state;
    const known = replicaOf(state, field.replica);
    const isEdited = isKept && known.lastKnown !== undefined;
    const when = at ?? earliest(state, isEdited ? known : lastKnown(state), record.at);
    const moment = at === undefined ? {} : { at };
    const noted = withReplica(state, field.replica, {
      lastKnown: current,
      ...moment,
      targetVersion: 0,
      delivered: 0,
      confirmed: 0,
    });
    const mergeCurrent = (): void => mergeSalesforceField(draft, field, raw, { at: when, own: false });
    if (!register) {
      setState(draft, name, noted);
      const isEntered = isEdited && !sameValue(current, known.lastKnown);
      const isChosen = isDeliberate && !isKnownValue(state, current);
      if ((isChosen || isEntered) && current !== null) merges.push(mergeCurrent);
    } else if (sameValue(current, register.value)) {
      setState(draft, name, delivered(noted, field.replica, register.version, current));
    } else if (isOurs(state, current, field) || (name === PHASE_FIELD && !isDeliberate)) {
      setState(draft, name, isWritable(draft, field) ? requestDelivery(noted, field.replica) : noted);
    } else {
      setState(draft, name, noted);
      if (isDeliberate || isEdited) merges.push(mergeCurrent);
    }
  }
  for (const merge of merges) merge();
}

interface RelinkFields {
  at?: number;
  isDeliberate: boolean;
  isKept: boolean;
  begin: (name: string) => void;
  lead: Lead;
}

/** Whether a record of the link was known to hold the field: what the lead has since is an edit, which its event carries over. */
const isKnown = ({ fields }: Link, name: string): boolean =>
  Object.entries(fields[name]?.replicas ?? {}).some(
    ([key, { lastKnown: known }]) => key !== 'sellfire' && known !== undefined,
  );

/** Whether a record of the link was known to hold the value. */
const isKnownValue = ({ replicas }: FieldState, value: Canonical): boolean =>
  Object.entries(replicas).some(([key, one]) => key !== 'sellfire' && sameValue(one.lastKnown, value));

/** Whether a record that the link keeps was known to hold the field: what the lead has since is an edit, which its event carries over. */
function isKnownOnKept(draft: Draft, { record, accountId }: Link, name: string): boolean {
  const kept: string[] = [
    ...(record && record.id === draft.link?.record?.id ? [record.object] : []),
    ...(accountId !== undefined && accountId === draft.link?.accountId ? ['Account'] : []),
  ];
  return linkedFields(draft).some(
    ({ sellfire, replica, mapping }) =>
      sellfire.name === name &&
      kept.includes(mapping.salesforceObject) &&
      draft.link !== undefined &&
      replicaOf(stateOf(draft.link, name), replica).lastKnown !== undefined,
  );
}

/** The latest known replica of the records that were left. */
function lastKnown({ replicas }: FieldState): Replica {
  return Object.entries(replicas)
    .filter(([key]) => key !== 'sellfire')
    .map(([, replica]) => replica)
    .reduce((best, one) => ((one.at ?? 0) > (best.at ?? 0) ? one : best), NOTHING_KNOWN);
}

const NOTHING_KNOWN: Replica = { targetVersion: 0, delivered: 0, confirmed: 0 };

/** Whether the value is blank, or an older value of the bridge that was pending an update when the record was left. */
const isOurs = (state: FieldState, current: Canonical, field: MappedField): boolean =>
  isBlank(current, field) ||
  state.previousValues.some((value) => sameValue(value, current)) ||
  isKnownValue(state, current);

const isBlank = (current: Canonical, { salesforce }: MappedField): boolean =>
  current === null || (salesforce.type === 'boolean' && current === false);

function isWritable({ config }: Draft, { mapping, salesforce }: MappedField): boolean {
  return config.settings.updateInSalesforce && towardsSalesforce(mapping.rule) && salesforce.updateable;
}

/** Writes the lead id to the record. */
export function writeLeadId(
  draft: Draft,
  { object, id }: Pick<Target, 'object' | 'id'>,
  { fields }: Pick<FoundRecord, 'fields'>,
  leadId: string,
): void {
  const { leadId: field } = draft.config.names;
  if (object === 'Account' || fields[field] === leadId) return;
  draft.writes.push({ kind: 'updateInSalesforce', object, id, fields: { [field]: leadId }, deliveries: [] });
}

/** A record that the link was given and leaves in one turn does not get the lead's id: it is reserved for no lead. */
function withdrawIds(draft: Draft, left: readonly string[]): void {
  const { leadId } = draft.config.names;
  draft.writes = draft.writes.flatMap((write) => {
    if (write.kind !== 'updateInSalesforce' || !left.includes(write.id) || !write.fields[leadId]) return [write];
    const { [leadId]: _, ...fields } = write.fields;
    return Object.keys(fields).length > 0 ? [{ ...write, fields }] : [];
  });
}

function handOver(draft: Draft, from: NonNullable<Relink['vacated']>, { object, id }: Target, leadId: string): void {
  const field = draft.config.names.leadId;
  const next = { object, id, fields: { [field]: leadId } };
  const fields = { [field]: null, ...notLinked(draft.config, from.object) };
  draft.writes.push({ kind: 'updateInSalesforce', ...from, fields, deliveries: [], next });
}

/** Removes the replicas of the records that were left. */
function forgetReplicas(draft: Draft, targets: readonly Target[]): void {
  if (!draft.link) return;
  const person = targets.find(({ object }) => object !== 'Account')?.object;
  const gone = person === 'Contact' ? 'Lead.' : undefined;
  if (gone === undefined) return;
  for (const [name, state] of Object.entries(draft.link.fields)) {
    const replicas = Object.fromEntries(Object.entries(state.replicas).filter(([key]) => !key.startsWith(gone)));
    setState(draft, name, { ...state, replicas });
  }
}

/** @returns whether the link has moved: a lead that was deleted in Sellfire is not relinked, and its own deletion ends the link */
export function relinkTo(draft: Draft, lead: Lead | null, targets: readonly Target[], how: Relink): boolean {
  if (lead?.deleted_at !== null) return false;
  relink(draft, lead, targets, how);
  return true;
}

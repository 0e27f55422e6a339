// Moves a link to another Salesforce record that now stands for the same lead – the Contact of a converted Lead, the survivor
// of a merge – with its registers, so that nothing is rewritten that holds already, and nothing that waited is lost.
import type { Canonical, FieldState, Replica } from '../../model/link.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD } from '../../model/mapping.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import { sameValue } from '../values/canonical.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { earliest, mergeSalesforceField } from '../fields/merge.ts';
import { delivered, requestDelivery, withReplica } from '../values/register.ts';
import { withCountry } from '../mapping/country.ts';
import { towardsSalesforce, type MappedField } from '../mapping/rules.ts';
import { placeOf } from './connect.ts';
import { initRegisters } from './initRegisters.ts';
import { afterEvent, type Place } from './state.ts';
import { readReplica } from '../mapping/asStored.ts';

export interface Target {
  object: FollowedObject;
  id: string;
  /** What the record shows; null where it is gone again, or hidden. */
  record: FoundRecord | null;
}

export interface Relink {
  kind: 'relinked' | 'converted' | 'merged' | 'accountMerged';
  left: readonly string[];
  at: number;
  /** Default: true. */
  fromEvent?: boolean;
  isDeliberate: (target: Target) => boolean;
}

/**
 * The link stands on these records from now on.
 * @param left ids of the records that they come in place of
 * @param at ms: when it happened; where it was only read (`told` false), no later than that
 * @param speaks whether what the records show and the lead does not have was somebody's choice at that moment, as in a merge;
 * otherwise linking changes neither side
 */
export function relink(
  draft: Draft,
  lead: Lead,
  targets: readonly Target[],
  { kind, left, at, fromEvent = true, isDeliberate }: Relink,
): void {
  const before = draft.link;
  if (!before) return;
  const place: Place = Object.assign({}, ...targets.map(({ object, id }) => placeOf(object, id)));
  draft.link = afterEvent(before, { kind, ...place, left, at });
  // What is told of a record before the link is saved reaches nobody: it is read once more then.
  draft.reread.push(...targets.map(({ object, id }) => ({ object, id })));
  initRegisters(draft, lead);
  for (const target of targets) {
    if (!target.record) continue;
    relinkFields(draft, target, target.record, { speaks: isDeliberate(target), ...(fromEvent ? { at } : {}) });
    writeLeadId(draft, target, target.record, lead.id);
  }
  forgetReplicas(draft, targets);
}

/** @param at ms: when the record came to hold what it shows, where that is known */
function relinkFields(
  draft: Draft,
  { object }: Target,
  record: FoundRecord,
  { at, speaks }: { at?: number; speaks: boolean },
): void {
  const spoken: (() => void)[] = [];
  if (draft.link) draft.link = withCountry(draft.link, object, record.fields);
  for (const field of linkedFields(draft)) {
    const raw = record.fields[field.salesforce.name];
    if (field.mapping.salesforceObject !== object || raw === undefined || !draft.link) continue;
    const { name } = field.sellfire;
    const state = stateOf(draft.link, name);
    const current = readReplica(draft.config, draft.link, field, raw, record.fields);
    const { register } = state;
    const when = at ?? earliest(state, lastKnown(state), record.at);
    const moment = at === undefined ? {} : { at };
    const noted = withReplica(state, field.replica, {
      lastKnown: current,
      ...moment,
      targetVersion: 0,
      delivered: 0,
      confirmed: 0,
    });
    const speak = (): void => mergeSalesforceField(draft, field, raw, when, false);
    if (!register) {
      setState(draft, name, noted);
      if (speaks && current !== null) spoken.push(speak);
    } else if (sameValue(current, register.value)) {
      setState(draft, name, delivered(noted, field.replica, register.version, current));
    } else if (isOurs(state, current, field) || (name === PHASE_FIELD && !speaks)) {
      setState(draft, name, due(draft, field) ? requestDelivery(noted, field.replica) : noted);
    } else {
      setState(draft, name, noted);
      if (speaks) spoken.push(speak);
    }
  }
  for (const speak of spoken) speak();
}

/** What was known last of the records that are left. */
function lastKnown({ replicas }: FieldState): Replica {
  return Object.entries(replicas)
    .filter(([key]) => key !== 'sellfire')
    .map(([, replica]) => replica)
    .reduce((best, one) => ((one.at ?? 0) > (best.at ?? 0) ? one : best), NOTHING_KNOWN);
}

const NOTHING_KNOWN: Replica = { targetVersion: 0, delivered: 0, confirmed: 0 };

/** A blank, or a value of ours that was still to be brought up to date when the record was left. */
function isOurs(state: FieldState, current: Canonical, { salesforce }: MappedField): boolean {
  const blank = current === null || (salesforce.type === 'boolean' && current === false);
  if (blank || state.previousValues.some((value) => sameValue(value, current))) return true;
  return Object.entries(state.replicas).some(
    ([key, { lastKnown }]) => key !== 'sellfire' && sameValue(lastKnown, current),
  );
}

function due({ config }: Draft, { mapping, salesforce }: MappedField): boolean {
  return config.settings.updateInSalesforce && towardsSalesforce(mapping.rule) && salesforce.updateable;
}

/** The record shows its lead. */
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

/** What the records that were left held is of no more interest. */
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

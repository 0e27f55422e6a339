// Moves a link to another Salesforce record that now stands for the same lead – the Contact of a converted Lead, the survivor
// of a merge – with its registers, so that nothing is rewritten that holds already, and nothing that waited is lost.
import type { FieldState, Replica } from '../../model/link.ts';
import type { Lead } from '../../model/lead.ts';
import { PHASE_FIELD } from '../../model/mapping.ts';
import type { FoundRecord } from '../../model/plan.ts';
import type { FollowedObject } from '../../model/salesforce.ts';
import { sameValue } from '../values/canonical.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { earliest, foldSalesforceField } from '../fields/merge.ts';
import { delivered, demand, withReplica } from '../values/register.ts';
import { towardsSalesforce, type MappedField } from '../mapping/rules.ts';
import { seed } from './initRegisters.ts';
import { shownBy } from '../mapping/asStored.ts';

export interface Target {
  object: FollowedObject;
  id: string;
  /** What the record shows; null where it is gone again, or hidden. */
  record: FoundRecord | null;
}

export interface Move {
  left: readonly string[];
  at: number;
  /** Default: true. */
  told?: boolean;
  speaks: (target: Target) => boolean;
}

/** The lead as Sellfire has it now; undefined (and a need) while that is not known. */
export function leadNow(draft: Draft, id: string): Lead | null | undefined {
  const lead = draft.found.leads.get(id);
  if (lead === undefined) draft.needs.leads.push(id);
  else if (lead && lead.deleted_at === null && (!draft.lead || lead.version > draft.lead.version)) draft.lead = lead;
  return lead;
}

export function recordNow(draft: Draft, object: FollowedObject, id: string): FoundRecord | null | undefined {
  const record = draft.found.records.get(id);
  if (record === undefined) draft.needs.records.push({ object, id });
  return record;
}

/**
 * The link stands on these records from now on.
 * @param left ids of the records that they come in place of
 * @param at ms: when it happened; where it was only read (`told` false), no later than that
 * @param speaks whether what the records show and the lead does not have was somebody's choice at that moment, as in a merge;
 * otherwise linking changes neither side
 */
export function moveTo(
  draft: Draft,
  lead: Lead,
  targets: readonly Target[],
  { left, at, told = true, speaks }: Move,
): void {
  const before = draft.link;
  if (!before) return;
  const { ended, waiting, lostAccountId, ...rest } = before;
  const from = [...new Set([...(before.moved?.from ?? []), ...left])].filter((id) => !targets.some((t) => t.id === id));
  draft.link = {
    ...rest,
    ...(lostAccountId && !left.includes(lostAccountId) ? { lostAccountId } : {}),
    moved: { from, at: Math.max(at, before.moved?.at ?? 0) },
  };
  for (const { object, id } of targets) {
    draft.link = object === 'Account' ? { ...draft.link, accountId: id } : { ...draft.link, record: { object, id } };
    // What is told of the record before the link is saved reaches nobody: it is read once more then.
    draft.readAgain.push({ object, id });
  }
  seed(draft, lead);
  for (const target of targets) {
    if (!target.record) continue;
    carryFields(draft, target, target.record, { speaks: speaks(target), ...(told ? { at } : {}) });
    showLead(draft, target, target.record, lead.id);
  }
  forgetReplicas(draft, targets);
}

/** @param at ms: when the record came to hold what it shows, where that is known */
function carryFields(
  draft: Draft,
  { object }: Target,
  record: FoundRecord,
  { at, speaks }: { at?: number; speaks: boolean },
): void {
  const spoken: (() => void)[] = [];
  for (const field of linkedFields(draft)) {
    const raw = record.fields[field.salesforce.name];
    if (field.mapping.salesforceObject !== object || raw === undefined || !draft.link) continue;
    const { name } = field.sellfire;
    const state = stateOf(draft.link, name);
    const shown = shownBy(field, raw, draft.config.country, state);
    const { register } = state;
    const when = at ?? earliest(state, lastKnown(state), record.at);
    const moment = at === undefined ? {} : { at };
    const noted = withReplica(state, field.replica, { holds: shown, ...moment, due: 0, delivered: 0, confirmed: 0 });
    const speak = (): void => foldSalesforceField(draft, field, raw, when, false);
    if (!register) {
      setState(draft, name, noted);
      if (speaks && shown !== null) spoken.push(speak);
    } else if (sameValue(shown, register.value)) {
      setState(draft, name, delivered(noted, field.replica, register.version, shown));
    } else if (isOurs(state, shown, field) || (name === PHASE_FIELD && !speaks)) {
      setState(draft, name, due(draft, field) ? demand(noted, field.replica) : noted);
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

const NOTHING_KNOWN: Replica = { due: 0, delivered: 0, confirmed: 0 };

/** A blank, or a value of ours that was still to be brought up to date when the record was left. */
function isOurs(state: FieldState, shown: ReturnType<typeof shownBy>, { salesforce }: MappedField): boolean {
  const blank = shown === null || (salesforce.type === 'boolean' && shown === false);
  if (blank || state.past.some((value) => sameValue(value, shown))) return true;
  return Object.entries(state.replicas).some(([key, { holds }]) => key !== 'sellfire' && sameValue(holds, shown));
}

function due({ config }: Draft, { mapping, salesforce }: MappedField): boolean {
  return config.settings.updateInSalesforce && towardsSalesforce(mapping.rule) && salesforce.updateable;
}

/** The record shows its lead. */
export function showLead(
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

// Applies one mapping to an existing pair. A mapping by itself governs later changes only (M9).
import type { Command } from '../../model/command.ts';
import type { Canonical, Register } from '../../model/link.ts';
import type { SalesforceValue } from '../../model/salesforce.ts';
import type { Sides } from './sides.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { mergeSalesforceField } from '../fields/merge.ts';
import { advance, replicaOf, requestDelivery, withReplica } from '../values/register.ts';
import { leadCountry, recordCountry, withCountry } from '../mapping/country.ts';
import { towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';
import { asStored, fromSalesforce } from '../mapping/asStored.ts';

type Apply = Extract<Command, { kind: 'apply' }>;

/**
 * What both sides hold was there before the mapping is applied, whatever the clocks of the two systems say: it is later than all that is known.
 * @param at ms: when the command was requested, a whole second of Salesforce; an edit that follows overwrites it
 */
export function applyMapping(draft: Draft, { lead, records }: Sides, at: number, { mappingId, prefer }: Apply): void {
  for (const { object, record } of records) if (draft.link) draft.link = withCountry(draft.link, object, record.fields);
  for (const field of linkedFields(draft).filter(({ mapping }) => mapping.id === mappingId)) {
    const current = records.find(({ object }) => object === field.mapping.salesforceObject)?.record.fields;
    const raw = current?.[field.salesforce.name];
    const own = lead.fields[field.sellfire.name];
    if (current === undefined || raw === undefined || own === undefined) continue;
    const country = recordCountry(draft.config, field.mapping.salesforceObject, current);
    const inSellfire = canonical(field.sellfire.type, own, leadCountry(draft.config, lead.fields));
    const inSalesforce = fromSalesforce(field, raw, country);
    if (sameValue(asStored(field, inSellfire, country), inSalesforce)) continue;
    const from = sourceOf(field, inSalesforce, inSellfire, prefer);
    // Phases and owners follow Sellfire's rules here as well.
    if (from === 'salesforce') fromRecord(draft, field, raw, inSellfire, at);
    else if (from === 'sellfire') fromSellfire(draft, field, inSellfire, inSalesforce, at);
  }
}

/** The side whose value wins; a value wins over a blank. */
function sourceOf(
  { mapping: { rule } }: MappedField,
  inSalesforce: Canonical,
  inSellfire: Canonical,
  prefer: Apply['prefer'],
): 'salesforce' | 'sellfire' | undefined {
  const outward = towardsSalesforce(rule);
  const inward = towardsSellfire(rule, inSalesforce);
  if (outward && inward) {
    if (inSalesforce === null) return 'sellfire';
    return inSellfire === null ? 'salesforce' : prefer;
  }
  return outward ? 'sellfire' : inward ? 'salesforce' : undefined;
}

function fromRecord(draft: Draft, field: MappedField, raw: SalesforceValue, held: Canonical, at: number): void {
  if (!draft.link) return;
  const name = field.sellfire.name;
  const state = withReplica(stateOf(draft.link, name), 'sellfire', { lastKnown: held });
  setState(draft, name, state);
  const seenAt = Math.max(at, replicaOf(state, field.replica).at ?? 0);
  const edit = { at: laterThan(state.register, at), by: 'salesforce' as const };
  mergeSalesforceField(draft, field, raw, { at: seenAt, own: false }, () => edit);
}

const laterThan = (register: Register | undefined, at: number): number => Math.max(at, (register?.at ?? 0) + 1);

function fromSellfire(draft: Draft, field: MappedField, value: Canonical, held: Canonical, at: number): void {
  const { settings } = draft.config;
  if (!draft.link || !settings.updateInSalesforce || !field.salesforce.updateable) return;
  const name = field.sellfire.name;
  const before = stateOf(draft.link, name);
  const seenAt = Math.max(at, replicaOf(before, field.replica).at ?? 0);
  const state = withReplica(before, field.replica, { lastKnown: held, at: seenAt });
  const seen = { replica: 'sellfire', side: 'sellfire' as const, value, at: laterThan(before.register, at) };
  const isNew = !state.register || !sameValue(state.register.value, value);
  setState(draft, name, requestDelivery(isNew ? advance(state, seen, []) : state, field.replica));
}

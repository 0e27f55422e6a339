// Applies one mapping to an existing pair. A mapping by itself governs later changes only (M9).
import type { Command } from '../../model/command.ts';
import type { Canonical } from '../../model/link.ts';
import type { Sides } from './sides.ts';
import { canonical, sameValue } from '../values/canonical.ts';
import { linkedFields, setState, stateOf, type Draft } from '../turn/draft.ts';
import { mergeSalesforceField } from '../fields/merge.ts';
import { advance, requestDelivery, withReplica } from '../values/register.ts';
import { leadCountry, recordCountry, withCountry } from '../mapping/country.ts';
import { towardsSalesforce, towardsSellfire, type MappedField } from '../mapping/rules.ts';
import { asStored, fromSalesforce } from '../mapping/asStored.ts';

type Apply = Extract<Command, { kind: 'apply' }>;

/** @param at ms: when the command was requested; a later edit overwrites it, as it would any edit of that moment */
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
    if (from === 'salesforce') mergeSalesforceField(draft, field, raw, { at, own: false });
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

function fromSellfire(draft: Draft, field: MappedField, value: Canonical, held: Canonical, at: number): void {
  const { settings } = draft.config;
  if (!draft.link || !settings.updateInSalesforce || !field.salesforce.updateable) return;
  const name = field.sellfire.name;
  const state = withReplica(stateOf(draft.link, name), field.replica, { lastKnown: held, at });
  const seen = { replica: 'sellfire', side: 'sellfire' as const, value, at };
  const isNew = !state.register || !sameValue(state.register.value, value);
  setState(draft, name, requestDelivery(isNew ? advance(state, seen, []) : state, field.replica));
}

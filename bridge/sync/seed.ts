// Fills a link's registers from a lead that one side made out of the other's record: at that moment both held the same.
import type { Lead } from '../model/lead.ts';
import { canonical } from './canonical.ts';
import { linkedFields, setState, stateOf, type Draft } from './draft.ts';

/** Registers that exist already are left alone. */
export function seed(draft: Draft, lead: Lead): void {
  for (const { sellfire } of linkedFields(draft)) {
    const { link } = draft;
    const raw = lead.fields[sellfire.name];
    const changedAt = lead.changed_at[sellfire.name];
    if (!link || raw === undefined || changedAt === undefined || stateOf(link, sellfire.name).register) continue;
    const value = canonical(sellfire.type, raw, draft.config.country);
    const at = Date.parse(changedAt);
    const state = stateOf(link, sellfire.name);
    setState(draft, sellfire.name, {
      ...state,
      register: { value, at, by: 'sellfire', version: 1 },
      replicas: { ...state.replicas, sellfire: { holds: value, at, due: 1, delivered: 1, confirmed: 1 } },
    });
  }
}

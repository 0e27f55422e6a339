// Reads the current Sellfire lead for decisions that an event alone does not settle.
import type { Lead } from '../../model/lead.ts';
import type { Draft } from './draft.ts';
import { lookups } from './lookups.ts';

/** The lead's current state, which is the latest that the draft holds; undefined (and a need) while it is not known. */
export function leadNow(draft: Draft, id: string): Lead | null | undefined {
  const lead = lookups(draft).lead(id);
  if (lead?.deleted_at === null && (!draft.lead || lead.version > draft.lead.version)) draft.lead = lead;
  return lead;
}

/** The linked lead as of the latest event, else its current state; null where nothing is linked. */
export function latestLead(draft: Draft): Lead | null | undefined {
  if (!draft.link) return null;
  return draft.lead ?? lookups(draft).lead(draft.link.leadId);
}

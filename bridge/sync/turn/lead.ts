// The lead as Sellfire has it, for decisions that cannot be made from an event alone.
import type { Lead } from '../../model/lead.ts';
import type { Draft } from './draft.ts';
import { lookups } from './lookups.ts';

/** The lead as Sellfire has it now, which is the latest that the draft has seen; undefined (and a need) while that is not known. */
export function leadNow(draft: Draft, id: string): Lead | null | undefined {
  const lead = lookups(draft).lead(id);
  if (lead?.deleted_at === null && (!draft.lead || lead.version > draft.lead.version)) draft.lead = lead;
  return lead;
}

/** The linked lead as the latest event has it, else as it is now; null where nothing is linked. */
export function latestLead(draft: Draft): Lead | null | undefined {
  if (!draft.link) return null;
  return draft.lead ?? lookups(draft).lead(draft.link.leadId);
}

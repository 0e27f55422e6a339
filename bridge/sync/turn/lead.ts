// Reads the current Sellfire lead for decisions that an event alone does not settle.
import type { Lead } from '../../model/lead.ts';
import type { Link } from '../../model/link.ts';
import type { Draft } from './draft.ts';
import { lookups } from './lookups.ts';

/** The lead's current state, which is the latest that the draft holds; undefined (and a need) while it is not known. */
export function leadNow(draft: Draft, id: string): Lead | null | undefined {
  const lead = lookups(draft).lead(id);
  if (lead?.deleted_at === null && (!draft.lead || lead.version > draft.lead.version)) draft.lead = lead;
  return lead;
}

/**
 * The linked lead as of the latest event of this turn, else its current state; null where nothing is linked. An event that waited for
 * another turn may carry an older lead than the link knows: the current state counts then.
 */
export function latestLead(draft: Draft): Lead | null | undefined {
  const { link, lead } = draft;
  if (!link) return null;
  return lead && !isOutdated(link, lead) ? lead : leadNow(draft, link.leadId);
}

const isOutdated = ({ fields }: Link, { updated_at }: Lead): boolean =>
  Object.values(fields).some(({ replicas }) => (replicas['sellfire']?.at ?? 0) > Date.parse(updated_at));

/**
 * The lead as it is by now, where the event has waited for a turn in which the lead may have changed: after an attempt, or after a refusal,
 * where what waited for the record comes after the edits that followed it.
 * @returns undefined (and a need) while it is not known
 */
export function afterWaiting(draft: Draft, lead: Lead): Lead | undefined {
  if (!draft.maybeApplied && !(draft.link?.waiting && mayBeOvertaken(draft, lead))) return lead;
  const now = lookups(draft).lead(lead.id);
  if (now === undefined) return undefined;
  return now?.deleted_at === null && now.version > lead.version ? now : lead;
}

/** An activity, a demo or a sale waits for the record of its lead; what is an edit alone waits for nothing. */
const mayBeOvertaken = ({ changes }: Draft, { version }: Lead): boolean =>
  changes.every(
    (change) =>
      change.source !== 'sellfire' || change.event.lead?.version !== version || !change.event.type.startsWith('lead.'),
  );

// Finds the lead that an event belongs to, where it is keyed to one that its record does not belong to, and passes it on.
import type { SalesforceChange } from '../../model/change.ts';
import { takenBy } from './claim.ts';
import type { Draft } from '../turn/draft.ts';
import { isLinked } from './lifecycle.ts';
import { hasLeft } from './state.ts';
import { lookups } from '../turn/lookups.ts';

/**
 * Whether the event's record is keyed to this lead but belongs to another one or to none.
 * @returns undefined (and a need) while that is not known
 */
export function belongsElsewhere(draft: Draft, { recordId }: SalesforceChange): boolean | undefined {
  const { link } = draft;
  // A record that carried the id of a lead is keyed to that lead, which may be gone.
  const leadId = link?.leadId ?? (draft.key === recordId ? undefined : draft.key);
  if (leadId === undefined || isLinked(link, recordId) || (link && hasLeft(link, recordId))) return false;
  const current = lookups(draft).leadByRecord(recordId);
  return current === undefined ? undefined : current?.id !== leadId;
}

export function reroute(draft: Draft, { eventId, recordId }: SalesforceChange): void {
  const current = draft.found.sellfireByRecord.get(recordId);
  draft.rerouted.push({ eventId, key: takenBy(draft, recordId) ?? current?.id ?? recordId });
}

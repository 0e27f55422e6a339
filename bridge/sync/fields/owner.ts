// Whether Sellfire accepts a change of owner from Salesforce (M14).
import type { Rep } from '../../model/rep.ts';
import type { ScheduleItem } from '../../model/schedule.ts';

export type OwnerVerdict =
  | { accepted: true }
  | { accepted: false; code: 'OWNER_UNKNOWN' | 'OWNER_BUSY'; reason: string; events: ScheduleItem[] };

/**
 * @param wanted the rep's id; null leaves the lead unassigned
 * @param rep the Sellfire rep that Salesforce names, null when there is none of that id
 * @param planned the lead's schedule; only what the present owner has to do at a specific time after `at` stands in the way
 */
export function ownerFromSalesforce(
  wanted: string | null,
  rep: Rep | null,
  currentOwner: string | null,
  planned: readonly ScheduleItem[],
  at: number,
): OwnerVerdict {
  if (wanted !== null && (!rep || rep.state === 'deleted' || rep.role !== 'rep')) {
    return {
      accepted: false,
      code: 'OWNER_UNKNOWN',
      reason: `"${wanted}" is ${rep?.state === 'deleted' ? 'a deleted rep' : 'no rep'} in Sellfire. Choose an id from the list of reps.`,
      events: [],
    };
  }
  const events = planned.filter(
    (item) =>
      item.state === 'planned' &&
      item.specific_time &&
      item.rep_id === currentOwner &&
      Date.parse(item.start_time) > at,
  );
  if (events.length === 0) return { accepted: true };
  const list = events.map((item) => `${item.kind.replace('_', ' ')} at ${item.start_time}`).join(', ');
  return {
    accepted: false,
    code: 'OWNER_BUSY',
    reason: `The present owner has events with this lead at specific times (${list}). Move or delete them, or keep the owner.`,
    events,
  };
}

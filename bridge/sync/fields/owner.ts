// Decides whether Sellfire accepts a change of owner from Salesforce (M14).
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import type { Link } from '../../model/link.ts';
import type { Rep } from '../../model/rep.ts';
import { kindInWords, type ScheduleItem } from '../../model/schedule.ts';

export type OwnerVerdict =
  | { accepted: true }
  /** `events`: the schedule items of the current owner that prevent the change. */
  | { accepted: false; why: Explanation; events: ScheduleItem[] };

const AT_A_SET_TIME: readonly string[] = ['demo', 'decision_call'];

/** Whether it is a specific-time event: a demo and a decision call always are, a callback where it is marked so (M14, M35). */
export const isSpecificTime = ({ kind, specific_time }: Pick<ScheduleItem, 'kind' | 'specific_time'>): boolean =>
  specific_time || AT_A_SET_TIME.includes(kind);

/**
 * @param wanted the rep's id; null leaves the lead unassigned
 * @param rep the Sellfire rep with that id, null where there is none
 * @param planned the lead's schedule; only the current owner's specific-time items after `at` prevent the change
 */
export function ownerFromSalesforce(
  wanted: string | null,
  rep: Rep | null,
  currentOwner: string | null,
  planned: readonly ScheduleItem[],
  at: number,
): OwnerVerdict {
  // Sellfire has it already, whoever it is, and its event is on its way.
  if (wanted === currentOwner) return { accepted: true };
  if (wanted !== null && (!rep || rep.state === 'deleted' || rep.role !== 'rep')) {
    const why =
      rep?.state === 'deleted'
        ? explain('OWNER_REFUSED.deleted', { wanted })
        : explain('OWNER_REFUSED.unknown', { wanted });
    return { accepted: false, why, events: [] };
  }
  const events = planned.filter(
    (item) =>
      item.state === 'planned' &&
      isSpecificTime(item) &&
      item.rep_id === currentOwner &&
      Date.parse(item.start_time) > at,
  );
  if (events.length === 0) return { accepted: true };
  const list = events.map((item) => `${kindInWords(item)} at ${item.start_time}`).join(', ');
  return { accepted: false, why: explain('OWNER_REFUSED.busy', { events: list }), events };
}

/** M14: records a refused change of owner until either side changes the owner. */
export const withOwnerDifference = (link: Link, ownerDiffers: NonNullable<Link['ownerDiffers']>): Link => ({
  ...link,
  ownerDiffers,
});

export function withoutOwnerDifference({ ownerDiffers: _, ...link }: Link): Link {
  return link;
}

// What is planned with a lead at a set time, as its link keeps it: the next of these is shown on the record (M35).
import type { SellfireChange } from '../../model/change.ts';
import type { Link } from '../../model/link.ts';
import { OWNER_FIELD } from '../../model/mapping.ts';
import type { ScheduleItem } from '../../model/schedule.ts';
import type { Draft } from '../turn/draft.ts';
import { lookups } from '../turn/lookups.ts';
import { isSpecificTime } from './owner.ts';

const counts = (item: ScheduleItem): boolean => item.state === 'planned' && isSpecificTime(item);

/**
 * Reads what was planned with a lead before it was linked, whose events came to no link. Whatever is planned gives the lead an owner, so that
 * nothing is asked of the many that have none.
 * @param before the link before this turn
 */
export function readSchedule(draft: Draft, before: Link | undefined): void {
  const { link, lead, changes } = draft;
  if (before || !link || link.ended || !lead || (lead.fields[OWNER_FIELD] ?? null) === null) return;
  const isNew = changes.some((change) => change.source === 'sellfire' && change.event.type === 'lead.created');
  const items = isNew ? [] : lookups(draft).schedule(lead.id);
  if (!items || items.length === 0) return;
  const planned = items.filter(counts).map(({ id, start_time }) => [id, Date.parse(start_time)] as const);
  draft.link = { ...link, planned: Object.fromEntries(planned) };
}

/**
 * Keeps the planned events of a lead at a set time, as Sellfire's events report them: each says so once, in its first turn. One that is
 * deferred comes again after those behind it, which may have cancelled what it plans. An activity repeats what an earlier event has reported, and
 * may wait while calls to Salesforce run short.
 */
export function noteSchedule(draft: Draft, changes: readonly SellfireChange[]): void {
  if (!draft.link) return;
  const { noted: before = [], ...link } = draft.link;
  const about = changes.filter(({ event }) => event.activity === null && event.schedule_item?.lead_id === link.leadId);
  if (about.length + before.length === 0) return;
  let { planned } = link;
  for (const { event } of about) {
    const { schedule_item: item } = event;
    if (!item || before.includes(event.id)) continue;
    const { [item.id]: _, ...others } = planned ?? {};
    planned = counts(item) ? { ...others, [item.id]: Date.parse(item.start_time) } : others;
  }
  const noted = about.map(({ event }) => event.id).filter((id) => draft.deferred.includes(id));
  draft.link = { ...link, ...(planned && { planned }), ...(noted.length > 0 && { noted }) };
}

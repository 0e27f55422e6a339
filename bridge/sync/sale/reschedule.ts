// The CloseDate of a demo's Opportunity follows the demo while the Opportunity is open (M21).
import type { SellfireChange } from '../../model/change.ts';
import { towardsSalesforce } from '../mapping/rules.ts';
import type { Draft } from '../turn/draft.ts';
import { saleLookups } from '../turn/lookups.ts';
import { dayIn } from '../values/day.ts';
import { opportunityNeed } from './opportunity.ts';

/** Whether a demo was given another time. */
export const isReschedule = ({ event: { type, schedule_item: item } }: SellfireChange): boolean =>
  type === 'schedule.changed' && item?.kind === 'demo' && item.state === 'planned';

/** @param changes in the order of their receipt: the last one counts */
export function addReschedules(draft: Draft, changes: readonly SellfireChange[]): void {
  const { config, link } = draft;
  const change = changes.at(-1);
  const { lead, schedule_item: demo } = change?.event ?? {};
  if (!change || !lead || !demo || !link || link.ended || !config.settings.opportunityAtDemo) return;
  if (draft.writes.some(({ kind }) => kind === 'saleTransaction')) {
    // The Opportunity may be created in this turn.
    draft.deferred.push(change.eventId);
    return;
  }
  // A mapping of the field says what it holds.
  if (
    config.mappings.some(
      (one) =>
        one.salesforceObject === 'Opportunity' && one.salesforceField === 'CloseDate' && towardsSalesforce(one.rule),
    )
  )
    return;
  const { field, key } = opportunityNeed(config, lead, undefined);
  const known = saleLookups(draft.found.sale, draft.needs.sale).opportunity({ field, key });
  const day = dayIn(demo.start_time, config.timeZone);
  if (!known || known.isClosed || known.closeDate === day) return;
  const write = {
    kind: 'updateInSalesforce',
    object: 'Opportunity',
    id: known.id,
    fields: { CloseDate: day },
  } as const;
  draft.writes.push({ ...write, deliveries: [], event: 'DemoSet', sellfireRecordId: demo.id });
}

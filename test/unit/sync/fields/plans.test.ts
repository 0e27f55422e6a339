// What is planned with a lead before it is linked: no event of that comes to the link, and its record shows the next of it all the same (M35).
import { expect, it } from '@jest/globals';
import type { Link } from '../../../../bridge/model/link.ts';
import type { ScheduleItem } from '../../../../bridge/model/schedule.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { config, iso, LEAD_ID, sellfireChange } from '../fixtures.ts';
import { carrying, recordOf } from '../link/carriedIds.ts';

const item = (id: string, over: Partial<ScheduleItem>): ScheduleItem => ({
  ...{ id, lead_id: 'lead_1', rep_id: 'rep_1', kind: 'demo', specific_time: true },
  ...{ start_time: iso(90_000), state: 'planned' as const, ...over },
});
const plans = [
  item('item_1', {}),
  item('item_2', { kind: 'callback', specific_time: false }),
  item('item_3', { state: 'done' }),
];

/** What an import links, and which schedules it reads for that. */
function linkedBy(
  owner: string | null,
  { before, type = 'lead.updated' }: { before?: Link; type?: 'lead.created' | 'lead.updated' | 'lead.deleted' } = {},
): { link: Link | undefined; read: string[] } {
  const named = carrying({ lead_id: LEAD_ID });
  const subject = { ...named, fields: { ...named.fields, owned_rep_id: owner } };
  const found = nothingFound();
  found.records.set(LEAD_ID, recordOf());
  found.leads.set('lead_1', subject);
  found.sale.keyed.set('Lead lead_1', null);
  const read: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const changes = [sellfireChange(type, 2_000, subject, {}, 'import')];
    const decision = decide({ changes, link: before, config: config(), found, maybeApplied: false });
    if ('plan' in decision) return { link: decision.plan.link, read };
    for (const id of decision.needs.schedules) {
      read.push(id);
      found.schedules.set(id, plans);
    }
    for (const { id } of decision.needs.recordStates) found.recordStates.set(id, { state: 'alive' });
    for (const { id } of decision.needs.conversions) found.conversions.set(id, null);
  }
  throw new Error('no decision');
}

it('is read as the lead is linked, as far as it has a time', () => {
  expect(linkedBy('rep_1')).toMatchObject({ link: { planned: { item_1: 90_000 } }, read: ['lead_1'] });
});

it('is not asked of a lead that nobody has, of one that was linked before, nor of one that is new or gone', () => {
  expect(linkedBy(null).read).toEqual([]);
  const before: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
  expect(linkedBy('rep_1', { before }).read).toEqual([]);
  expect(linkedBy('rep_1', { type: 'lead.created' })).toMatchObject({ link: { record: { id: LEAD_ID } }, read: [] });
  expect(linkedBy('rep_1', { type: 'lead.deleted' }).read).toEqual([]);
});

// What a demo does beside its records, as the core decides it: the Task waits for the move, moved demos, and dispositions (M21, M29).
import { describe, expect, it } from '@jest/globals';
import type { Activity } from '../../../../bridge/model/activity.ts';
import type { Change, SellfireChange } from '../../../../bridge/model/change.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Found, Write } from '../../../../bridge/model/plan.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { taskFields } from '../../../../bridge/sync/task.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config, CONTACT_ID, iso, lead, LEAD_ID, mapping, sellfireChange, USUAL } from '../fixtures.ts';
import { ACCOUNT_ID, answer } from './soldLead.ts';

const acme = lead('lead_1', {
  primary_phone_number: '+15125550123',
  business_name: 'Acme',
  last_name: 'Stone',
  phase: 'HeldPhase',
});
const link: Link = { leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID }, fields: {} };
const settings = config(undefined, { opportunityAtDemo: true });

const moved = (start_time: string): SellfireChange => {
  const change = sellfireChange('schedule.changed', 5_000, acme, {});
  const item = { id: 'item_1', lead_id: 'lead_1', rep_id: 'rep_1', specific_time: true, start_time };
  return { ...change, event: { ...change.event, schedule_item: { ...item, kind: 'demo', state: 'planned' } } };
};
const writes = (
  change: SellfireChange,
  known: Found['sale']['opportunities'] extends Map<string, infer V> ? V : never,
): Write[] => {
  const found = nothingFound();
  found.sale.opportunities.set('lead_1:1', known);
  const decision = decide({ changes: [change], link, config: settings, found, maybeApplied: false });
  if ('needs' in decision) throw new Error('asks');
  return decision.plan.writes;
};

describe('a demo that is given another time', () => {
  const open = { id: '006000000000001AAA', isClosed: false, closeDate: '2026-12-03' };

  it('moves the CloseDate of its open Opportunity, and of no other', () => {
    expect(writes(moved('2026-12-09T15:00:00.000Z'), open)).toMatchObject([
      {
        ...{ kind: 'updateInSalesforce', object: 'Opportunity', id: open.id, fields: { CloseDate: '2026-12-09' } },
        sellfireRecordId: 'item_1',
      },
    ]);
    expect(writes(moved('2026-12-09T15:00:00.000Z'), { ...open, isClosed: true })).toEqual([]);
    expect(writes(moved('2026-12-03T15:00:00.000Z'), open)).toEqual([]);
    expect(writes(moved('2026-12-09T15:00:00.000Z'), null)).toEqual([]);
  });
});

describe('a demo whose Opportunity stands', () => {
  const item = {
    ...{
      id: 'item_1',
      lead_id: 'lead_1',
      rep_id: 'rep_1',
      specific_time: true,
      start_time: '2026-12-03T15:00:00.000Z',
    },
    ...{ kind: 'demo' as const, state: 'planned' as const },
  };
  const set = sellfireChange('demo.set', 5_000, acme, { phase: { from: 'ColdCallDM', to: 'HeldPhase' } });
  const demo: Change = { ...set, event: { ...set.event, schedule_item: item } };
  const command = { kind: 'repush', event: 'DemoSet', occurredAt: 5_000, recordId: item.id } as const;
  const repush: Change = {
    source: 'request',
    eventId: 'request_1',
    at: 9_000,
    leadId: 'lead_1',
    record: null,
    command,
  };
  const atDemo = [
    ...['Account.Phone', 'Contact.Phone'].map((to) => ['primary_phone_number', to]),
    ...['Account.Name', 'Opportunity.Name'].map((to) => ['business_name', to]),
    ['last_name', 'Contact.LastName'],
  ].map(([from = '', to = '']) => mapping(from, to, 'AlwaysSellfire', { triggers: ['demoSet'] }));
  const on = config([...USUAL, ...atDemo], { opportunityAtDemo: true });
  const ofContact: Link = { ...link, record: { object: 'Contact', id: CONTACT_ID }, accountId: ACCOUNT_ID };
  const rows = (change: Change, maybeApplied = false): unknown[] => {
    const found = nothingFound();
    found.leads.set('lead_1', acme);
    found.schedules.set('lead_1', [item]);
    for (let round = 0; round < 6; round += 1) {
      const decision = decide({ changes: [change], link: ofContact, config: on, found, maybeApplied });
      if ('plan' in decision) {
        return decision.plan.reports.map(({ event, outcome, salesforceRecordId }) => [
          event,
          outcome,
          salesforceRecordId,
        ]);
      }
      answer(decision, found, { present: ['lead_1:1'] });
    }
    throw new Error('asks');
  };

  it('has a row where somebody asks for it, and where an attempt without one has made it (M27, M31)', () => {
    const row = ['DemoSet', 'Success', 'lead_1:1'];
    expect(rows(demo)).toEqual([]);
    expect(rows(repush)).toEqual([row]);
    expect(rows(demo, true)).toEqual([row]);
  });
});

describe('the CallDisposition', () => {
  const base = config();
  const described = {
    ...base,
    objects: { ...base.objects, Task: salesforceObject('Task', [salesforceField('CallDisposition', 'string')]) },
  };
  const disposition = (extra: Partial<Activity>): unknown => {
    const activity: Activity = {
      id: 'act_1',
      lead_id: 'lead_1',
      rep_id: 'rep_1',
      communication_type: 'call',
      channel: null,
      created_at: iso(5_000),
      notes: '',
      conference_duration: null,
      disposition: null,
      schedule_item: { id: 'item_1', start_time: '2023-03-01T08:00:00.000Z' },
      ...extra,
    };
    return taskFields(described, link, acme, activity, null, 'utc')['CallDisposition'];
  };

  it('says that an event was moved or deleted, and when it is; a call without a disposition has none', () => {
    expect(disposition({ communication_type: 'event_rescheduled' })).toBe('EventRescheduled (3/1/23 08:00:00)');
    expect(disposition({ communication_type: 'event_deleted' })).toBe('EventDeleted (3/1/23 08:00:00)');
    expect(disposition({})).toBeUndefined();
  });
});

// Activities of reps become Tasks: every row of the specification's table, and refused fields and Tasks (M29).
import { describe, expect, it } from '@jest/globals';
import type { Activity } from '../../../bridge/model/activity.ts';
import type { SellfireChange } from '../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../bridge/model/config.ts';
import type { ScheduleItem } from '../../../bridge/model/schedule.ts';
import { recordKey } from '../../../bridge/model/saleTransaction.ts';
import type { Link } from '../../../bridge/model/link.ts';
import type { Found, Plan, Write } from '../../../bridge/model/plan.ts';
import { decide } from '../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../bridge/sync/settle.ts';
import { salesforceField, salesforceObject } from '../../helpers/fields.ts';
import { config, created, lead, LEAD_ID, sellfireChange, USUAL } from './fixtures.ts';

const REP = {
  id: 'rep_1',
  name: 'One',
  email: 'one@sellfire.example',
  role: 'rep' as const,
  state: 'active' as const,
  sf_owner_id: '005000000000009AAA',
};
const acme = lead('lead_1', { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' });
const linked: Link = { leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} };

const LEAD_BY_KEY = { object: 'Lead', field: 'Sellfire_Lead_Id__c', key: 'lead_1' };

const WRITABLE = [
  'OwnerId',
  'CallDurationInSeconds',
  'CallDisposition',
  'CallType',
  'Description',
  'ActivityDate',
  'WhoId',
  'Status',
  'Subject',
  'TaskSubtype',
  'Type',
  'EventDateTime__c',
];
const READ_ONLY = ['CreatedById', 'CompletedDateTime', 'Phone'];

function on(settings = { activitySync: true }): SyncConfig {
  const base = config(USUAL, settings);
  const readOnly = READ_ONLY.map((name) => salesforceField(name, 'string', { createable: false }));
  return { ...base, objects: { ...base.objects, Task: salesforceObject('Task', [...WRITABLE, ...readOnly]) } };
}

const call = (extra: Partial<Activity> = {}): SellfireChange => {
  const change = sellfireChange('activity.logged', 5_000, acme, {});
  const activity: Activity = {
    id: 'act_1',
    lead_id: 'lead_1',
    rep_id: 'rep_1',
    communication_type: 'call',
    channel: 'outbound',
    created_at: '2026-11-24T08:30:00.000Z',
    notes: 'Call back after lunch.',
    conference_duration: 95,
    disposition: { type: 'DemoSet', start_time: '2023-03-01T08:00:00.000Z' },
    schedule_item: { id: 'item_1', start_time: '2023-03-01T08:00:00.000Z' },
    ...extra,
  };
  return { ...change, event: { ...change.event, activity } };
};
const found = (): Found => ({
  ...nothingFound(),
  reps: new Map([['rep_1', REP]]),
  timeZones: new Map([[REP.sf_owner_id, null]]),
});

function plan(
  changes: SellfireChange[],
  options: { config?: SyncConfig; link?: Link | null; found?: Found; maybeApplied?: boolean } = {},
): Plan {
  const link = options.link === null ? undefined : (options.link ?? linked);
  const decision = decide({
    changes,
    link,
    config: options.config ?? on(),
    found: options.found ?? found(),
    maybeApplied: options.maybeApplied ?? false,
  });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

describe('an activity (M29)', () => {
  it('becomes one Task, field by field', () => {
    expect(plan([call()]).writes).toEqual([
      {
        kind: 'task',
        leadId: 'lead_1',
        activityId: 'act_1',
        keyField: 'Sellfire_Activity_Id__c',
        about: 'item_1',
        fields: {
          OwnerId: REP.sf_owner_id,
          CallDurationInSeconds: 95,
          CallDisposition: 'DemoSet (3/1/23 08:00:00)',
          CallType: 'Outbound',
          Description: 'Call back after lunch.',
          ActivityDate: '2026-11-24',
          WhoId: LEAD_ID,
          Status: 'Completed',
          Subject: 'Call',
          TaskSubtype: 'Call',
          Type: 'Call',
          EventDateTime__c: '2023-03-01T08:00:00.000Z',
        },
      },
    ]);
  });

  it('leaves out fields that the connected user cannot write, and writes them otherwise', () => {
    const { writes } = plan([call()]);
    for (const name of READ_ONLY) expect(writes[0]).not.toHaveProperty(`fields.${name}`);
    const free = on();
    const task = free.objects['Task'];
    for (const name of READ_ONLY) if (task?.fields[name]) task.fields[name].createable = true;
    expect(plan([call()], { config: free }).writes[0]).toMatchObject({
      fields: { CreatedById: REP.sf_owner_id, CompletedDateTime: '2026-11-24T08:30:00.000Z', Phone: '+15125550123' },
    });
  });

  it('of every kind has its subject and subtype', () => {
    const expected = {
      email: ['Email', 'Email'],
      disposition: ['Disposition', 'Task'],
      event_rescheduled: ['Event rescheduled', 'Task'],
      event_deleted: ['Event deleted', 'Task'],
    };
    for (const [kind, [subject, subtype]] of Object.entries(expected)) {
      const change = call({
        communication_type: kind as Activity['communication_type'],
        channel: null,
        conference_duration: null,
      });
      expect(plan([change]).writes[0]).toMatchObject({ fields: { Subject: subject, TaskSubtype: subtype } });
      expect(plan([change]).writes[0]).not.toHaveProperty('fields.CallType');
    }
  });

  it('is not synced while that is off', () => {
    expect(plan([call()], { config: on({ activitySync: false }) }).writes).toEqual([]);
  });

  it('of a lead that is connected to nothing is reported as skipped', () => {
    const { writes, reports } = plan([call()], { link: null });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ event: 'Activity', outcome: 'Skipped', code: 'NOT_CONNECTED' }]);
  });

  it('waits for the record that is being created for its lead, once', () => {
    const answers = { ...found(), salesforceByPhone: new Map([['+15125550123', []]]) };
    const activity = call();
    const first = plan([created(acme), activity], { link: null, found: answers });
    expect(first.writes.map(({ kind }) => kind)).toEqual(['createInSalesforce']);
    expect(first.deferred).toEqual([activity.event.id]);
    const again = { ...answers, leads: new Map([['lead_1', acme]]) };
    expect(plan([activity], { link: null, found: again, maybeApplied: true }).deferred).toEqual([]);
    // An attempt that met a lock has not made the record: the Task goes on waiting, and no longer once the record is refused.
    const looked = { ...again, sale: { ...again.sale, keyed: new Map([[recordKey(LEAD_BY_KEY), null]]) } };
    const both = { found: looked, maybeApplied: true };
    expect(plan([created(acme), activity], { ...both, link: null })).toMatchObject({
      writes: [{ kind: 'createInSalesforce' }],
      reports: [],
      deferred: [activity.event.id],
    });
    const refused: Link = { leadId: 'lead_1', revision: 1, fields: {}, waiting: { code: 'X', reason: 'No.' } };
    expect(plan([created(acme), activity], { ...both, link: refused })).toMatchObject({
      reports: [{ event: 'Activity', outcome: 'Skipped', code: 'NOT_CONNECTED' }],
      deferred: [],
    });
  });

  it('that was created by an interrupted attempt is no second one: what it lacks is written to it, as far as it can be changed', () => {
    const answers = found();
    answers.leads.set('lead_1', acme);
    answers.records.set(LEAD_ID, null);
    answers.recordStates.set(LEAD_ID, { state: 'unknown' });
    answers.sale.keyed.set(recordKey({ object: 'Task', field: '', key: 'act_1' }), '00T000000000001AAA');
    const base = on();
    const subtype = salesforceField('TaskSubtype', 'string', { updateable: false });
    const task = salesforceObject('Task', [...WRITABLE.filter((name) => name !== 'TaskSubtype'), subtype]);
    const settings = { ...base, objects: { ...base.objects, Task: task } };
    const { writes } = plan([call()], { config: settings, found: answers, maybeApplied: true });
    const [first] = plan([call()], { config: settings }).writes;
    expect(first).toMatchObject({
      kind: 'task',
      activityId: 'act_1',
      fields: { TaskSubtype: 'Call', CallType: 'Outbound' },
    });
    expect(writes).toMatchObject([{ kind: 'task', activityId: 'act_1', fields: { CallType: 'Outbound' } }]);
    expect(writes).not.toMatchObject([{ fields: { TaskSubtype: 'Call' } }]);
    // Its row is of the attempt that created it.
    const outcome = { ok: true as const, write: writes[0] as Write, id: '00T000000000001AAA' };
    expect(settle(settings, linked, [outcome], 5_000).reports).toEqual([]);
  });

  it('that was created by an interrupted attempt before its record was deleted has a row that names its Task', () => {
    const answers = found();
    const ended: Link = { ...linked, ended: { by: 'salesforce', at: 4_000 } };
    const key = recordKey({ object: 'Task', field: '', key: 'act_1' });
    const rowAfter = (made: string | null): Plan['reports'] => {
      answers.sale.keyed.set(key, made);
      const { writes, reports } = plan([call()], { link: ended, found: answers, maybeApplied: true });
      expect(writes).toEqual([]);
      return reports;
    };
    const row = { event: 'Activity', outcome: 'Skipped', code: 'LINK_ENDED', sellfireRecordId: 'act_1' };
    const id = '00T000000000001AAA';
    const words = expect.stringContaining('The Task was made before');
    expect(rowAfter(id)).toMatchObject([{ ...row, salesforceRecordId: id, reason: words }]);
    expect(rowAfter(null)).toMatchObject([
      { ...row, salesforceRecordId: null, reason: expect.stringContaining('no longer synced') },
    ]);
  });

  it('of a lead that was deleted while the activity waited for calls links nothing, and its row says so', () => {
    const answers = found();
    const named = lead('lead_1', acme.fields, { salesforce: { ...acme.salesforce, lead_id: LEAD_ID } });
    answers.leads.set('lead_1', { ...named, version: 3, deleted_at: '2026-11-24T08:31:00.000Z' });
    const change = call();
    const waited = { ...change, event: { ...change.event, lead: named } };
    const { link, writes, reports } = plan([waited], { link: null, found: answers });
    expect(link).toBeUndefined();
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ event: 'Activity', outcome: 'Skipped', code: 'LINK_ENDED' }]);
  });

  it('of a Lead is remembered, also where an interrupted attempt created it: it may move with the link', () => {
    const { writes, link } = plan([call()]);
    const id = '00T000000000001AAA';
    const settled = settle(on(), link, [{ ok: true, write: writes[0] as Write, id }], 5_000);
    const task = { id, about: 'item_1', activityId: 'act_1' };
    expect(settled.link?.lastTask).toEqual(task);
    const answers = found();
    answers.leads.set('lead_1', acme);
    answers.records.set(LEAD_ID, null);
    answers.recordStates.set(LEAD_ID, { state: 'unknown' });
    answers.sale.keyed.set(recordKey({ object: 'Task', field: '', key: 'act_1' }), id);
    expect(plan([call()], { found: answers, maybeApplied: true }).link?.lastTask).toEqual(task);
    const onContact: Link = { ...linked, record: { object: 'Contact', id: '003000000000001AAA' } };
    const later = settle(on(), onContact, [{ ok: true, write: writes[0] as Write, id }], 5_000);
    expect(later.link?.lastTask).toBeUndefined();
  });

  it('with a field that Salesforce refuses is written without it, and the refusal is reported', () => {
    const { writes, link } = plan([call()]);
    const fault = {
      class: 'record' as const,
      code: 'INVALID_CROSS_REFERENCE_KEY',
      message: 'Owner ID: owner cannot be blank',
      fields: ['OwnerId'],
      unknownOutcome: false,
    };
    const settled = settle(on(), link, [{ ok: false, write: writes[0] as Write, fault }], 5_000);
    expect(settled.reports).toMatchObject([
      { event: 'Activity', outcome: 'Failed', reason: expect.stringContaining('OwnerId') },
    ]);
    expect(settled.writes).toMatchObject([{ kind: 'task', activityId: 'act_1', fields: { Subject: 'Call' } }]);
    expect(settled.writes[0]).not.toHaveProperty('fields.OwnerId');
  });

  it.each([
    ['the rep’s own time zone', 'America/Chicago', 'UTC', '2026-11-23', '2/28/23 22:00:00'],
    ['the org’s time zone where the rep has no user there', null, 'America/Chicago', '2026-11-23', '2/28/23 22:00:00'],
    ['a zone ahead of UTC by more than half a day', 'Pacific/Apia', 'UTC', '2026-11-24', '3/1/23 17:00:00'],
    ['a zone of half hours', 'Asia/Kolkata', 'America/Chicago', '2026-11-24', '3/1/23 09:30:00'],
    ['UTC where the zone is none', 'Mars/Olympus', 'UTC', '2026-11-24', '3/1/23 04:00:00'],
  ])('has its day and its times in %s', (_what, own, timeZone, day, time) => {
    const activity = call({
      created_at: '2026-11-24T04:30:00.000Z',
      disposition: { type: 'DemoSet', start_time: '2023-03-01T04:00:00.000Z' },
    });
    const answers = { ...found(), timeZones: new Map([[REP.sf_owner_id, own]]) };
    expect(plan([activity], { config: { ...on(), timeZone }, found: answers }).writes[0]).toMatchObject({
      fields: { ActivityDate: day, CallDisposition: `DemoSet (${time})` },
    });
  });

  it('that waits, for its record or while calls run short, plans nothing again that was over before (M35)', () => {
    const planned = call();
    const item: ScheduleItem = {
      id: 'item_1',
      lead_id: 'lead_1',
      rep_id: 'rep_1',
      kind: 'demo',
      state: 'planned',
      start_time: '2026-11-25T08:00:00.000Z',
      specific_time: true,
    };
    planned.event.schedule_item = item;
    const over = sellfireChange('schedule.changed', 6_000, acme, {});
    over.event.schedule_item = { ...item, state: 'done' };
    const answers = { ...found(), salesforceByPhone: new Map([['+15125550123', []]]) };
    const first = plan([created(acme), planned, over], { link: null, found: answers });
    expect(first.deferred).toEqual([planned.event.id]);
    const after = { ...first.link, record: linked.record, fields: {} } as Link;
    const second = plan([planned], { link: after });
    expect(second.deferred).toEqual([]);
    expect(second.link?.planned).toEqual({});
    expect(second.link).not.toHaveProperty('noted');
    // It was in no turn before that of what came after it.
    expect(plan([planned], { link: { ...linked, planned: {} } }).link?.planned).toEqual({});
    // Planned anew, it counts.
    const again = sellfireChange('schedule.changed', 7_000, acme, {});
    again.event.schedule_item = item;
    expect(plan([planned, again], { link: after }).link).toMatchObject({
      planned: { item_1: Date.parse(item.start_time) },
    });
  });
});

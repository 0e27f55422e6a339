// What the core relies on: each statement is seen to be broken by the smallest plan or link that breaks it, and by no good one.
import { describe, expect, it } from '@jest/globals';
import type { Link, Replica } from '../../../bridge/model/link.ts';
import type { Delivery, Write } from '../../../bridge/model/plan.ts';
import { brokenByLink, brokenByPlan, type Planned } from '../../../bridge/sync/invariants.ts';
import { LEAD_ID } from './fixtures.ts';

const register = { value: 'CEO', at: 1, by: 'sellfire', version: 2 } as const;
const replica = (version: number): Replica => ({ targetVersion: version, delivered: version, confirmed: version });
const state = { register, previousValues: [], replicas: { 'Lead.Title': replica(2) }, flipFlops: 0, suspended: false };
const link: Link = {
  ...{ leadId: 'lead_1', revision: 3, record: { object: 'Lead', id: LEAD_ID } },
  fields: { title: state },
};
const delivery = (version: number): Delivery => ({
  ...{ sellfireField: 'title', replica: 'Lead.Title', field: 'Title', version, value: 'CEO' },
});
const update = (id: string, deliveries: Delivery[]): Write => ({
  ...{ kind: 'updateInSalesforce', object: 'Lead', id, fields: { Title: 'CEO' }, deliveries },
});
const plan = (writes: Write[], more: Partial<Planned> = {}): Planned => ({
  ...{ link, writes, deferred: [], rerouted: [], eventIds: ['evt_1'], ...more },
});
const named = (planned: Planned): string[] =>
  brokenByPlan(planned, undefined).map(({ invariant, isUnsafe }) => `${invariant}${isUnsafe ? ' (unsafe)' : ''}`);

describe('a plan', () => {
  it('that writes to the linked record for the lead of the link breaks nothing', () => {
    const writes: Write[] = [
      update(LEAD_ID, [delivery(2)]),
      { kind: 'updateInSellfire', leadId: 'lead_1', fields: { title: 'CEO' }, deliveries: [delivery(2)] },
    ];
    expect(named(plan(writes, { deferred: ['evt_1'] }))).toEqual([]);
  });

  it('writes for no other lead', () => {
    const writes: Write[] = [{ kind: 'updateInSellfire', leadId: 'lead_2', fields: {}, deliveries: [] }];
    expect(named(plan(writes))).toEqual(['write_of_own_lead (unsafe)']);
  });

  it('puts off and reroutes nothing but its own changes', () => {
    expect(named(plan([], { deferred: ['evt_2'] }))).toEqual(['answers_own_changes']);
    expect(named(plan([], { rerouted: [{ eventId: 'evt_3', key: 'lead_2' }] }))).toEqual(['answers_own_changes']);
  });
});

describe('a link', () => {
  it('has no replica that is ahead of its register', () => {
    expect(brokenByLink(link)).toEqual([]);
    const ahead: Link = { ...link, fields: { title: { ...state, replicas: { sellfire: replica(3) } } } };
    expect(brokenByLink(ahead)).toEqual([
      { invariant: 'replica_not_ahead', detail: 'title at sellfire of lead_1', isUnsafe: false },
    ]);
  });
});

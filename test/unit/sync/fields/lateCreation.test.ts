// The event of a creation that arrives late: after a later write of the bridge, or after the record was read (I12, I14).
import { expect, it } from '@jest/globals';
import type { Link } from '../../../../bridge/model/link.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { acme, linkOf, linked, PHONE, plan } from '../decideLead.ts';
import { config, LEAD_ID, salesforceChange, sellfireChange, SOMEBODY, US } from '../fixtures.ts';

it('is no answer of an automation to the write of an edit since: the edit stays', () => {
  const made: Link = { ...linked(), revision: 1 };
  const state = made.fields['business_name'];
  const { inFlight: _, ...known } = state?.replicas['Lead.Company'] ?? {};
  const replicas = { ...state?.replicas, 'Lead.Company': { ...known, confirmed: 1, at: 0 } };
  const link = { ...made, fields: { ...made.fields, business_name: { ...state, replicas } } } as Link;
  const change = { business_name: { from: 'Acme Plumbing', to: 'Renamed' } };
  const renamed = plan([sellfireChange('lead.updated', 2_000, acme, change)], { link });
  const outcomes = renamed.writes.map((write) => ({ ok: true as const, write, id: LEAD_ID }));
  const after = { ...linkOf(settle(config(), renamed.link, outcomes, 2_000)), revision: 2 };
  const fields = { Company: 'Acme Plumbing', Phone: PHONE, LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1' };
  // For what the event does not name.
  const record = { createdAt: 1_000, at: 2_000, user: US, fields: { ...fields, Company: 'Renamed' } };
  const found = { ...nothingFound(), records: new Map([[LEAD_ID, record]]) };
  const { writes, link: last } = plan([salesforceChange('create', 1_000, fields, { user: US })], {
    link: after,
    found,
  });
  expect(last?.fields['business_name']?.register).toMatchObject({ value: 'Renamed', at: 2_000, by: 'sellfire' });
  expect(writes.filter(({ kind }) => kind === 'updateInSellfire')).toEqual([]);
});

it('is that of no update with the same value, so that an edit between the two is nobody’s older value', () => {
  const made: Link = { ...linked(), revision: 1 };
  const known = made.fields['business_name']?.replicas['Lead.Company'];
  const replica = { ...known, inFlight: [{ value: 'Acme Plumbing', revision: 1, version: 1 }] };
  const state = made.fields['business_name'];
  const replicas = { ...state?.replicas, 'Lead.Company': replica };
  const link = { ...made, fields: { ...made.fields, business_name: { ...state, replicas } } } as Link;
  const fields = { Company: 'Acme Plumbing', Phone: PHONE, LastName: 'Stone', Phase__c: 'ColdCallCold' };
  const create = salesforceChange('create', 1_000, { ...fields, Sellfire_Lead_Id__c: 'lead_1' }, { user: US });
  const edited = salesforceChange('update', 1_500, { Company: 'Edited' });
  // The record was read between the creation and its event, and the bridge wrote over the edit.
  const gap = salesforceChange('gap', 2_000, {});
  const found = { ...nothingFound(), records: new Map([[LEAD_ID, { createdAt: 0, at: 2_000, user: US, fields }]]) };
  const { writes, link: last } = plan([create, edited, gap], { link, found });
  expect(last?.fields['business_name']?.register).toMatchObject({ value: 'Edited', by: 'salesforce' });
  expect(writes).toMatchObject([
    { kind: 'updateInSalesforce', fields: { Company: 'Edited' } },
    { kind: 'updateInSellfire', fields: { business_name: 'Edited' } },
  ]);
});

it('has nothing put back that was read of the record before, least of all while updates are off (M19)', () => {
  const made = linked();
  const entered = { ...acme.fields, Company: 'Entered', Phone: PHONE, LastName: 'Stone', Phase__c: 'ColdCallCold' };
  const record = { createdAt: 0, at: 3_000, user: SOMEBODY, fields: { ...entered, Sellfire_Lead_Id__c: 'lead_1' } };
  const found = { ...nothingFound(), records: new Map([[LEAD_ID, record]]), leads: new Map([['lead_1', acme]]) };
  const off = { ...config(), settings: { ...config().settings, updateInSalesforce: false } };
  const read = plan([salesforceChange('gap', 3_000, {})], { link: made, found, config: off });
  expect(read.link?.fields['business_name']?.register).toMatchObject({ value: 'Entered', by: 'salesforce' });
  const fields = { Company: 'Acme Plumbing', Phone: PHONE, LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1' };
  const late = salesforceChange('create', 2_000, fields, { user: US });
  const { writes } = plan([late], { link: linkOf(read), found, config: off });
  expect(writes.filter(({ kind }) => kind === 'updateInSalesforce')).toEqual([]);
});

it('by somebody else says nothing later than what was read of the record before', () => {
  const link = linked();
  const state = link.fields['last_name'];
  const register = { value: 'Read', at: 0, by: 'salesforce' as const, version: 2 };
  const replica = { lastKnown: 'Read', at: 0, targetVersion: 2, delivered: 2, confirmed: 2 };
  const replicas = { ...state?.replicas, 'Lead.LastName': replica };
  const read = { ...link, fields: { ...link.fields, last_name: { ...state, register, replicas } } } as Link;
  const event = salesforceChange('create', 500, { LastName: 'As created' });
  expect(plan([event], { link: read }).link?.fields['last_name']?.register).toMatchObject({ value: 'Read' });
});

it('by somebody else says what stands in a field of which nothing is known', () => {
  const { inFlight: _, lastKnown: __, ...unknown } = linked().fields['last_name']?.replicas['Lead.LastName'] ?? {};
  const link = linked();
  const state = link.fields['last_name'];
  const fields = {
    ...link.fields,
    last_name: { ...state, replicas: { ...state?.replicas, 'Lead.LastName': unknown } },
  };
  const event = salesforceChange('create', 5_000, { LastName: 'As created' });
  const { link: last } = plan([event], { link: { ...link, fields } as Link });
  expect(last?.fields['last_name']?.register).toMatchObject({ value: 'As created' });
});

it('that was interrupted has no edit of what the lead has by default: what somebody enters in Salesforce wins, whatever the clocks say', () => {
  const link = linked();
  const { business_name: _, ...fields } = link.fields;
  // Sellfire’s clock is ahead.
  const resumed: Link = { ...link, fields, resumedAsOf: 50_000 };
  const made = salesforceChange('create', 1_000, { Company: 'By default' }, { user: US });
  const entered = salesforceChange('update', 2_000, { Company: 'Entered' });
  const record = { createdAt: 0, at: 2_000, user: US, fields: { Phone: PHONE, LastName: 'Stone' } };
  const found = { ...nothingFound(), records: new Map([[LEAD_ID, record]]) };
  const { link: last } = plan([made, entered], { link: resumed, found });
  expect(last?.fields['business_name']?.register).toMatchObject({ value: 'Entered', by: 'salesforce' });
});

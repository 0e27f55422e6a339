// The event of a creation by the bridge that arrives after a later write of the bridge (I12, I14).
import { expect, it } from '@jest/globals';
import type { Link } from '../../../../bridge/model/link.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { acme, linkOf, linked, PHONE, plan } from '../decideLead.ts';
import { config, LEAD_ID, salesforceChange, sellfireChange, US } from '../fixtures.ts';

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

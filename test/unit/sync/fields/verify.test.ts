// What stands on both sides after an attempt of unknown outcome is an attempt's only where the rule has the bridge write it (I12, I13).
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../../bridge/model/change.ts';
import type { FieldState, Link } from '../../../../bridge/model/link.ts';
import type { Plan } from '../../../../bridge/model/plan.ts';
import type { SyncRule } from '../../../../bridge/model/mapping.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { emptyState, withReplica } from '../../../../bridge/sync/values/register.ts';
import {
  config,
  iso,
  lead,
  LEAD_ID,
  mapping,
  salesforceChange,
  sellfireChange,
  SOMEBODY,
  US,
  USUAL,
} from '../fixtures.ts';

const acme = lead(
  'lead_1',
  { title: 'Owner' },
  { changed_at: { title: iso(1_000) }, salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } },
);
const KNOWN = { lastKnown: 'Owner', at: 1_000, targetVersion: 1, delivered: 1, confirmed: 1 };
const state: FieldState = {
  ...withReplica(withReplica(emptyState(), 'sellfire', KNOWN), 'Lead.Title', KNOWN),
  register: { value: 'Owner', at: 1_000, by: 'salesforce', version: 1 },
};
const link: Link = {
  leadId: 'lead_1',
  revision: 1,
  record: { object: 'Lead', id: LEAD_ID },
  fields: { title: state },
};
/** The event of what was last written to the record has not arrived. */
const unconfirmed: Link = { ...link, fields: { title: withReplica(state, 'Lead.Title', { confirmed: 0 }) } };

function plan(
  rule: SyncRule,
  change: Change,
  Title: string,
  from: Link,
  { maybeApplied, updateInSalesforce = true }: { maybeApplied: boolean; updateInSalesforce?: boolean },
): Plan {
  const rules = USUAL.map((one) => (one.sellfireField === 'title' ? mapping('title', 'Lead.Title', rule) : one));
  const found = nothingFound();
  found.leads.set('lead_1', acme);
  const fields = { Title, Sellfire_Lead_Id__c: 'lead_1' };
  found.records.set(LEAD_ID, { createdAt: 1_000, at: 5_000, user: SOMEBODY, fields });
  const decision = decide({
    changes: [change],
    link: from,
    config: config(rules, { updateInSalesforce }),
    found,
    maybeApplied,
  });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

/** An interrupted turn is repeated while the record holds what is known; then the record is read with what somebody entered. */
function readAfterRetry(rule: SyncRule, settings: { updateInSalesforce?: boolean } = {}, from = link): Plan {
  const event = sellfireChange('lead.updated', 2_000, acme, {});
  const again = plan(rule, event, 'Owner', from, { maybeApplied: true, ...settings });
  if (!again.link) throw new Error('There is no link.');
  return plan(rule, salesforceChange('gap', 5_000, {}), 'Director', again.link, { maybeApplied: false, ...settings });
}

describe('a value that somebody entered after an interrupted attempt, and that is read', () => {
  it('is carried to Sellfire where the rule has the bridge never write the field', () => {
    const { link: after, writes } = readAfterRetry('SalesforceUnlessBlank');
    expect(after?.fields['title']?.register).toMatchObject({ value: 'Director', by: 'salesforce' });
    expect(writes).toEqual([expect.objectContaining({ kind: 'updateInSellfire', fields: { title: 'Director' } })]);
  });

  it('is carried to Sellfire, and nothing is written over it, where updates in Salesforce are off', () => {
    const { link: after, writes } = readAfterRetry('TwoWay', { updateInSalesforce: false });
    expect(after?.fields['title']?.register).toMatchObject({ value: 'Director', by: 'salesforce' });
    expect(writes).toEqual([expect.objectContaining({ kind: 'updateInSellfire', fields: { title: 'Director' } })]);
  });

  it('waits for its event where the field may hold what the attempt wrote', () => {
    const after = (from: Link) => readAfterRetry('TwoWay', {}, from).link?.fields['title']?.register;
    expect(after(unconfirmed)).toMatchObject({ value: 'Owner' });
    // Of a value whose event has arrived, the attempt has written nothing.
    expect(after(link)).toMatchObject({ value: 'Director', by: 'salesforce' });
  });
});

describe('a record that an interrupted attempt has left', () => {
  const again = (from: Link, Title: string): Plan =>
    plan('TwoWay', sellfireChange('lead.updated', 2_000, acme, {}), Title, from, { maybeApplied: true });
  const title = (made: Plan) => made.link?.fields['title']?.replicas['Lead.Title'];

  it('awaits no event of a write where the value that stands is that of an edit whose event has arrived', () => {
    expect(title(again(link, 'Owner'))).toEqual(KNOWN);
    expect(title(again(unconfirmed, 'Owner'))?.inFlight).toMatchObject([{ value: 'Owner', afterRetry: true }]);
  });

  it('is known by what is read where nothing was known of it, so that the event of the next write is told from none', () => {
    const register = { value: 'Owner', at: 1_000, by: 'sellfire' as const, version: 1 };
    const unknown: Link = { ...link, fields: { title: { ...withReplica(emptyState(), 'sellfire', KNOWN), register } } };
    expect(title(again(unknown, 'Director'))).toMatchObject({ lastKnown: 'Director' });
  });
});

it('what an attempt wrote is what the next write replaces, and its row says so', () => {
  const twoWay = USUAL.map((one) => (one.sellfireField === 'title' ? mapping('title', 'Lead.Title') : one));
  const found = nothingFound();
  found.leads.set('lead_1', { ...acme, fields: { ...acme.fields, title: 'Third' } });
  found.records.set(LEAD_ID, { createdAt: 0, at: 3_000, user: US, fields: { Title: 'Second' } });
  const changes = [
    sellfireChange('lead.updated', 2_000, acme, { title: { from: 'Owner', to: 'Second' } }),
    sellfireChange('lead.updated', 2_500, acme, { title: { from: 'Second', to: 'Third' } }),
  ];
  const decision = decide({ changes, link, config: config(twoWay), found, maybeApplied: true });
  expect('plan' in decision && decision.plan.writes).toContainEqual(
    expect.objectContaining({ deliveries: [expect.objectContaining({ before: 'Second', value: 'Third' })] }),
  );
});

it('an earlier value that an attempt wrote is no edit, also after more edits in one turn than anything keeps', () => {
  const edits = Array.from({ length: 12 }, (_, n) => n);
  const written = { title: 'T1' };
  const found = nothingFound();
  found.leads.set('lead_1', { ...acme, fields: { ...acme.fields, ...written } });
  found.records.set(LEAD_ID, { createdAt: 0, at: 3_000, user: SOMEBODY, fields: { Title: 'T11' } });
  const changes = edits.map((n) => salesforceChange('update', 2_000 + n, { Title: `T${n}` }));
  const inSellfire = decide({ changes, link, config: config(), found, maybeApplied: true });
  const writesOf = (decision: typeof inSellfire): unknown => 'plan' in decision && decision.plan.writes;
  expect(writesOf(inSellfire)).toContainEqual(
    expect.objectContaining({ kind: 'updateInSellfire', fields: { title: 'T11' } }),
  );
  const twoWay = USUAL.map((one) => (one.sellfireField === 'title' ? mapping('title', 'Lead.Title') : one));
  const last = lead('lead_1', { title: 'T11' }, { ...acme, fields: { ...acme.fields, title: 'T11' } });
  const typed = edits.map((n) =>
    sellfireChange('lead.updated', 2_000 + n, last, { title: { from: null, to: `T${n}` } }),
  );
  found.leads.set('lead_1', last);
  found.records.set(LEAD_ID, { createdAt: 0, at: 3_000, user: US, fields: { Title: 'T1' } });
  const inSalesforce = decide({ changes: typed, link, config: config(twoWay), found, maybeApplied: true });
  expect(writesOf(inSalesforce)).toContainEqual(
    expect.objectContaining({ kind: 'updateInSalesforce', fields: expect.objectContaining({ Title: 'T11' }) }),
  );
});

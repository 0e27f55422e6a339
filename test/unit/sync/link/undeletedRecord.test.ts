// A record that comes back from the recycle bin brings no edit with it: an undeletion names every field and changes none (M18, I12).
import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../../bridge/model/change.ts';
import type { Lead } from '../../../../bridge/model/lead.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { FoundRecord, Plan } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { config, created, iso, lead, LEAD_ID, salesforceChange, SOMEBODY } from '../fixtures.ts';

const PHONE = '+15125550123';
const NAMED = { salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } };
/** Made from the record in an attempt that was interrupted, and renamed in Sellfire at 3,000. */
const renamed = lead('lead_1', { primary_phone_number: PHONE, last_name: 'Rock' }, NAMED);
renamed.changed_at['last_name'] = iso(3_000);
const FIELDS: SalesforceFields = { Phone: PHONE, LastName: 'Stone', Sellfire_Lead_Id__c: null };

function plan(
  changes: Change[],
  record: SalesforceFields | null,
  subject: Lead | null = renamed,
  link?: Link,
  maybeApplied = true,
): Plan {
  const found = nothingFound();
  const read: FoundRecord | null = record && { createdAt: 0, at: 5_000, user: SOMEBODY, fields: record };
  found.records.set(LEAD_ID, read);
  found.recordStates.set(LEAD_ID, { state: record ? 'alive' : 'deleted' });
  found.leads.set('lead_1', subject);
  found.sellfireByRecord.set(LEAD_ID, subject);
  found.sellfireByPhone.set(PHONE, subject);
  const decision = decide({ changes, link, config: config(), found, maybeApplied });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

const creation = salesforceChange('create', 500, FIELDS);
const deletion = salesforceChange('delete', 2_500, {});
const undeletion = salesforceChange('undelete', 5_000, FIELDS);

describe('the lead of an interrupted attempt', () => {
  it.each([
    ['in one turn', [creation, deletion, undeletion]],
    ['after the turn of its creation', [undeletion]],
  ])('keeps an edit from before its record came back, %s', (_, changes) => {
    const { link, writes } = plan(changes, FIELDS);
    expect(link?.fields['last_name']?.register).toMatchObject({ value: 'Rock', at: 3_000, by: 'sellfire' });
    expect(writes).toMatchObject([
      { kind: 'updateInSalesforce', fields: { LastName: 'Rock', Sellfire_Lead_Id__c: 'lead_1' } },
    ]);
  });

  it('is not synced again where it was deleted meanwhile itself, and the report says so', () => {
    const gone = lead(
      'lead_1',
      { primary_phone_number: PHONE, last_name: 'Stone' },
      { ...NAMED, deleted_at: iso(4_000) },
    );
    const ended: Link = {
      ...{ leadId: 'lead_1', revision: 1, record: { object: 'Lead', id: LEAD_ID }, fields: {} },
      ended: { by: 'salesforce', at: 2_500 },
    };
    const { link, writes, reports } = plan([undeletion], FIELDS, gone, ended);
    expect(link?.ended).toEqual({ by: 'sellfire', at: 4_000 });
    expect(writes).toEqual([]);
    expect(reports).toMatchObject([{ event: 'LeadDeleted', direction: 'ToSalesforce', code: 'LINK_ENDED' }]);
  });

  it('is made no other lead of while its record is deleted', () => {
    expect(plan([creation, deletion], null).writes).toEqual([]);
  });

  it('is linked with its record where that was deleted since: what was entered there is carried over once it is back', () => {
    const made = lead('lead_1', { primary_phone_number: PHONE, last_name: 'Stone', title: null }, NAMED);
    const entered = { ...FIELDS, Title: 'Owner' };
    const edit = salesforceChange('update', 700, { Title: 'Owner' });
    const { link, writes, reports } = plan([creation, edit, deletion], null, made);
    expect(writes).toEqual([]);
    expect(link).toMatchObject({ record: { id: LEAD_ID }, ended: { by: 'salesforce', at: 2_500 } });
    expect(reports).toMatchObject([{ event: 'LeadDeleted', code: 'LINK_ENDED' }]);
    const back = plan([undeletion], entered, made, link, false);
    expect(back.link?.ended).toBeUndefined();
    expect(back.writes).toContainEqual(
      expect.objectContaining({ kind: 'updateInSellfire', fields: { title: 'Owner' } }),
    );
  });

  it('gets what was entered on its record before that was deleted, and nobody has read', () => {
    const made = lead('lead_1', { primary_phone_number: PHONE, last_name: 'Stone', title: null }, NAMED);
    const { link } = plan([created(made, 1_000, 'api')], null, made);
    expect(link?.ended).toBeDefined();
    const entered = { ...FIELDS, Title: 'Owner' };
    const { writes } = plan([salesforceChange('undelete', 5_000, entered)], entered, made, link);
    expect(writes).toContainEqual(expect.objectContaining({ kind: 'updateInSellfire', fields: { title: 'Owner' } }));
  });

  it('gets an edit of its record that is older than the lead, and whose event comes after the one of that', () => {
    const made = lead('lead_1', { primary_phone_number: PHONE, last_name: 'Stone' }, NAMED);
    const { link } = plan([created(made, 1_000, 'api')], null, made);
    const edit = salesforceChange('update', 700, { LastName: 'Rock' });
    const edited = plan([creation, edit, deletion], null, made, link);
    expect(edited.reports.filter(({ code }) => code === 'OVERTAKEN')).toEqual([]);
    const { writes } = plan([undeletion], { ...FIELDS, LastName: 'Rock' }, made, edited.link, false);
    expect(writes).toContainEqual(expect.objectContaining({ kind: 'updateInSellfire', fields: { last_name: 'Rock' } }));
  });
});

it.each([
  ['since its creation', [creation, deletion, undeletion], 500],
  ['since nobody knows when, so that a later edit in Sellfire wins', [undeletion], 0],
])('a record that comes back makes a lead with the values that it has held %s', (_, changes, at) => {
  const { writes } = plan(changes, FIELDS, null);
  const edit = { at, by: 'salesforce' };
  expect(writes).toMatchObject([
    {
      kind: 'createInSellfire',
      deliveries: [
        { field: 'primary_phone_number', edit },
        { field: 'last_name', edit },
      ],
    },
  ]);
});

// The Lead that a link has left says where its lead went, also where it was in the recycle bin when the link left it (M20).
import { describe, expect, it } from '@jest/globals';
import type { Change, SalesforceChange } from '../../../../bridge/model/change.ts';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { Write } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config, CONTACT_ID, lead, LEAD_ID, salesforceChange, US } from '../fixtures.ts';

const [STATE, DETAIL] = ['Sellfire_Sync_State__c', 'Sellfire_Sync_Detail__c'] as const;
const base = config();
const fields = [...Object.values(base.objects['Lead']?.fields ?? {}), salesforceField(STATE), salesforceField(DETAIL)];
const withStates: SyncConfig = { ...base, objects: { ...base.objects, Lead: salesforceObject('Lead', fields) } };

const left: Link = {
  ...{ leadId: 'lead_1', revision: 3, fields: {}, record: { object: 'Contact', id: CONTACT_ID } },
  left: [LEAD_ID],
};
const undeleted = (more: SalesforceChange['fields'] = {}): SalesforceChange =>
  salesforceChange('undelete', 5_000, { Sellfire_Lead_Id__c: 'lead_1', [STATE]: 'InSync', ...more });

function writesOf(change: SalesforceChange, link: Link): Write[] {
  const decision = decide({ changes: [change], link, config: withStates, found: nothingFound(), maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  expect(decision.plan.link).toEqual(link);
  return decision.plan.writes;
}

describe('a Lead that comes back from the recycle bin after its lead went on with a Contact', () => {
  it('names the Contact, and no longer says that it is in step', () => {
    expect(writesOf(undeleted(), left)).toEqual([
      expect.objectContaining({
        ...{ kind: 'updateInSalesforce', object: 'Lead', id: LEAD_ID },
        fields: { [DETAIL]: expect.stringMatching(`^MOVED: ${CONTACT_ID} `), [STATE]: null },
      }),
    ]);
  });

  it('is left alone where it is converted, or where the link has ended', () => {
    expect(writesOf(undeleted({ IsConverted: true }), left)).toEqual([]);
    const ended: Link = { ...left, ended: { by: 'sellfire', at: 1 } };
    expect(writesOf(undeleted(), ended)).toEqual([]);
  });
});

describe('a Lead that an interrupted attempt made of a lead whose next attempt made a Contact', () => {
  const made = { Phone: '+15125550123', LastName: 'Stone', Sellfire_Lead_Id__c: 'lead_1', [STATE]: 'InSync' };
  const acme = lead(
    'lead_1',
    { last_name: 'Stone' },
    { salesforce: { lead_id: LEAD_ID, contact_id: CONTACT_ID, account_id: null } },
  );
  const { left: _, ...never } = left;
  const event = salesforceChange('create', 5_000, made, { user: US });
  const record = { object: 'Lead' as const, id: LEAD_ID };
  const compare = { kind: 'compare' as const, create: true };
  const found: Change = { source: 'request', eventId: 'request_1', at: 6_000, leadId: null, record, command: compare };
  const after = (link: Link | undefined, there: SalesforceFields | null = made, change: Change = event): Write[] => {
    const read = nothingFound();
    read.leads.set('lead_1', acme);
    read.sellfireByRecord.set(LEAD_ID, acme);
    read.records.set(LEAD_ID, there && { createdAt: 0, at: 5_000, user: US, fields: there });
    read.records.set(CONTACT_ID, { createdAt: 0, at: 5_000, user: US, fields: { LastName: 'Stone' } });
    const decision = decide({ changes: [change], link, config: withStates, found: read, maybeApplied: false });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    return decision.plan.writes;
  };
  const NAMED = [
    expect.objectContaining({ id: LEAD_ID, fields: { [DETAIL]: expect.stringMatching(CONTACT_ID), [STATE]: null } }),
  ];

  it('names the Contact, whether the link of that is saved by then or not', () => {
    expect(after(never)).toEqual(NAMED);
    expect(after(undefined)).toEqual(NAMED);
  });

  it('names it once where a comparison finds it, as where no event said that it came back from the recycle bin', () => {
    expect(after(undefined, made, found)).toEqual(NAMED);
    expect(after(undefined, { ...made, [DETAIL]: `MOVED: ${CONTACT_ID} is the Contact.` }, found)).toEqual([]);
  });

  it('is left alone where it is gone or converted by then, where the link had it before, and where the link has ended', () => {
    expect(after(never, null)).toEqual([]);
    expect(after(never, { ...made, IsConverted: true })).toEqual([]);
    expect(after(left)).toEqual([]);
    expect(after({ ...never, ended: { by: 'sellfire', at: 1 } })).toEqual([]);
  });
});

// What has changed since a store was lost crosses by the times of both systems; a record has whole seconds, and no time of each field (M16).
import { describe, expect, it } from '@jest/globals';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import type { Write } from '../../../../bridge/model/plan.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { config, iso, lead, LEAD_ID, SOMEBODY, US } from '../fixtures.ts';

const LOST_AT = 9_000;
/** The lead was renamed in the second in which the record was last changed. */
const RENAMED_AT = 10_500;
const PHONE = '+15125550123';
const fields = { primary_phone_number: PHONE, business_name: 'Acme', last_name: 'Renamed' };
const made = lead('lead_1', fields, { salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } });
const renamed = {
  ...made,
  changed_at: { ...made.changed_at, owned_rep_id: made.created_at, last_name: iso(RENAMED_AT) },
};
const RECORD: SalesforceFields = {
  ...{ Phone: PHONE, Company: 'Acme', LastName: 'Stone', Title: null, Email: null },
  ...{ Phase__c: 'ColdCallCold', Owned_Rep_Id__c: null, Sellfire_Lead_Id__c: 'lead_1' },
};

function writes(user: string, more: SalesforceFields = {}): readonly Write[] {
  const found = nothingFound();
  found.leads.set('lead_1', renamed);
  found.records.set(LEAD_ID, { createdAt: 1_000, at: 10_000, user, fields: { ...RECORD, ...more } });
  found.schedules.set('lead_1', []);
  const command = {
    ...{ source: 'request' as const, eventId: 'a0R000000000001AAA:1', at: 20_000, leadId: 'lead_1' },
    ...{ record: { object: 'Lead' as const, id: LEAD_ID }, command: { kind: 'restoreLink' as const, since: LOST_AT } },
  };
  const decision = decide({ changes: [command], link: undefined, config: config(), found, maybeApplied: false });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan.writes;
}

describe('a pair that is linked again', () => {
  it('keeps an edit in Sellfire of the second in which the bridge was the last to change the record', () => {
    expect(writes(US)).toMatchObject([{ kind: 'updateInSalesforce', fields: { LastName: 'Renamed' } }]);
  });

  it('carries what somebody entered in Salesforce before the bridge changed the record', () => {
    const all = writes(US, { Company: 'Entered' });
    expect(all).toContainEqual(
      expect.objectContaining({ kind: 'updateInSellfire', fields: { business_name: 'Entered' } }),
    );
  });

  it('follows Salesforce where somebody was the last to change the record in that second', () => {
    expect(writes(SOMEBODY)).toMatchObject([{ kind: 'updateInSellfire', fields: { last_name: 'Stone' } }]);
  });
});

// A record with the id of a lead whose link is not saved: the side that was created first keeps its values (M17, M18).
import { describe, expect, it } from '@jest/globals';
import type { SalesforceChange } from '../../../../bridge/model/change.ts';
import type { Plan } from '../../../../bridge/model/plan.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { decide } from '../../../../bridge/sync/decide.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { config, iso, lead, LEAD_ID, salesforceChange, SOMEBODY, US } from '../fixtures.ts';

const ID = { Sellfire_Lead_Id__c: 'lead_1' };
const acme = lead(
  'lead_1',
  { primary_phone_number: '+15125550123', business_name: 'Acme', last_name: 'Stone' },
  { salesforce: { lead_id: LEAD_ID, contact_id: null, account_id: null } },
);
// Renamed after its creation.
acme.changed_at['business_name'] = iso(1_500);
const RECORD: SalesforceFields = { Phone: '+15125550123', Company: 'Edited', LastName: 'Stone', Phase__c: null, ...ID };

function plan(change: SalesforceChange, fields: SalesforceFields, subject = acme): Plan {
  const found = nothingFound();
  found.leads.set('lead_1', subject);
  found.records.set(LEAD_ID, { createdAt: 0, at: 1_000, user: SOMEBODY, fields });
  const decision = decide({ changes: [change], link: undefined, config: config(), found, maybeApplied: true });
  if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
  return decision.plan;
}

const written = ({ writes }: Plan): SalesforceFields =>
  Object.assign({}, ...writes.map((write) => (write.kind === 'updateInSalesforce' ? write.fields : {})));

describe('a record that carries the id of a lead', () => {
  it('and got it after its creation keeps the entered values, and gets the missing and the later ones', () => {
    const fields = { ...RECORD, LastName: 'Entered' };
    const { writes } = plan(salesforceChange('update', 2_000, ID, { user: US }), fields);
    expect(written({ writes } as Plan)).toEqual({ Phase__c: 'ColdCallCold', Company: 'Acme' });
  });

  it('gives its values the time of the record, and what is known of Sellfire the time of Sellfire, whose clock may be another', () => {
    const { link } = plan(salesforceChange('update', 2_000, ID, { user: US }), RECORD);
    expect(link?.fields['last_name']).toMatchObject({ register: { at: 0 }, replicas: { sellfire: { at: 1_000 } } });
  });

  it('and whose phase Salesforce may not set gets the lead’s phase', () => {
    const fields = { ...RECORD, Phase__c: 'HeldPhase' };
    const { writes } = plan(salesforceChange('update', 2_000, ID, { user: US }), fields);
    expect(written({ writes } as Plan)).toMatchObject({ Phase__c: 'ColdCallCold' });
  });

  it('and was created with it gets the lead’s current values', () => {
    const made = { Phone: '+15125550123', Company: 'Acme of old', LastName: 'Stone', ...ID };
    const fields = written(plan(salesforceChange('create', 2_000, made, { user: US }), { ...made, Phase__c: null }));
    expect(fields).toMatchObject({ Company: 'Acme', Phase__c: 'ColdCallCold' });
  });

  it('is linked where the lead names it in another form', () => {
    const named = { ...acme, salesforce: { ...acme.salesforce, lead_id: LEAD_ID.slice(0, 15) } };
    const made = { Phone: '+15125550123', Company: 'Acme', LastName: 'Stone', ...ID };
    const change = salesforceChange('create', 2_000, made, { user: US });
    expect(plan(change, made, named).link).toMatchObject({ record: { object: 'Lead', id: LEAD_ID } });
  });
});

describe('a linked record', () => {
  const link = plan(salesforceChange('update', 2_000, ID, { user: US }), RECORD).link;
  const other = { Sellfire_Lead_Id__c: 'lead_2' };
  /** @returns the id that the record is given */
  function after(change: SalesforceChange, shown: SalesforceFields): unknown {
    const found = nothingFound();
    found.leads.set('lead_1', acme);
    found.records.set(LEAD_ID, { createdAt: 0, at: 3_000, user: US, fields: { ...RECORD, ...shown } });
    const decision = decide({ changes: [change], link, config: config(), found, maybeApplied: false });
    if ('needs' in decision) throw new Error(`needs ${JSON.stringify(decision.needs)}`);
    return written(decision.plan)['Sellfire_Lead_Id__c'];
  }

  it('gets the id of its lead again where the late write of an interrupted attempt put that of another one back', () => {
    const late = salesforceChange('update', 3_000, other, { user: US });
    expect(after(late, other)).toBe('lead_1');
    expect(after(late, ID)).toBeUndefined();
  });

  it('keeps the id that a person gives it', () => {
    expect(after(salesforceChange('update', 3_000, other), other)).toBeUndefined();
  });
});

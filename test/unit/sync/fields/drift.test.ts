// A large reconciliation compares the pairs that hold a value which the link does not know, and no others.
import { describe, expect, it } from '@jest/globals';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { FieldState, Link } from '../../../../bridge/model/link.ts';
import { hasUndelivered, leadHasDrift, recordHasDrift } from '../../../../bridge/sync/fields/drift.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../../helpers/fields.ts';
import { config, lead, LEAD_ID, mapping } from '../fixtures.ts';

const PHONE = '+15125550100';
const rules = config([
  mapping('primary_phone_number', 'Lead.Phone'),
  mapping('business_name', 'Lead.Company'),
  mapping('title', 'Account.Title'),
]);
const held = (replica: string, value: string | null, own: string | null = value): FieldState => ({
  previousValues: [],
  flipFlops: 0,
  suspended: false,
  register: { value, at: 1, by: 'salesforce', version: 1 },
  replicas: {
    [replica]: { lastKnown: value, targetVersion: 1, delivered: 1, confirmed: 1 },
    sellfire: { lastKnown: own, targetVersion: 1, delivered: 1, confirmed: 1 },
  },
});
const link: Link = {
  leadId: 'lead_1',
  revision: 1,
  record: { object: 'Lead', id: LEAD_ID },
  fields: { primary_phone_number: held('Lead.Phone', PHONE), business_name: held('Lead.Company', null) },
};

describe('a record', () => {
  it('that holds the known values is not compared, whatever their format', () => {
    expect(recordHasDrift(rules, link, 'Lead', { Phone: '(512) 555-0100', Company: null })).toBe(false);
    expect(recordHasDrift(rules, link, 'Lead', { Phone: PHONE, Company: ' ' })).toBe(false);
  });

  it('that was edited, cleared or filled is compared', () => {
    expect(recordHasDrift(rules, link, 'Lead', { Phone: '512 555 0101', Company: null })).toBe(true);
    expect(recordHasDrift(rules, link, 'Lead', { Phone: null, Company: null })).toBe(true);
    expect(recordHasDrift(rules, link, 'Lead', { Phone: PHONE, Company: 'Acme' })).toBe(true);
  });

  it('of which no value is known yet is compared once', () => {
    const { business_name: _, ...fields } = link.fields;
    expect(recordHasDrift(rules, { ...link, fields }, 'Lead', { Phone: PHONE, Company: null })).toBe(true);
  });

  it('is not judged by fields that were not read', () => {
    expect(recordHasDrift(rules, link, 'Lead', { Phone: PHONE })).toBe(false);
  });
});

describe('a value that Salesforce stores differently', () => {
  const stored: SyncConfig = {
    ...config([
      mapping('budget', 'Lead.Budget__c'),
      mapping('visited', 'Lead.Visited__c'),
      mapping('interest', 'Lead.Interest__c'),
      mapping('needs', 'Lead.Needs__c'),
    ]),
    catalogue: [
      sellfireField('budget', 'number'),
      sellfireField('visited', 'datetime'),
      sellfireField('interest', 'text'),
      sellfireField('needs', 'multi_select', { options: ['Fast', 'Cheap'] }),
    ],
    objects: {
      Lead: salesforceObject('Lead', [
        salesforceField('Budget__c', 'currency', { scale: 2 }),
        salesforceField('Visited__c', 'date'),
        salesforceField('Interest__c', 'picklist', { picklistValues: ['High', 'Low'] }),
        salesforceField('Needs__c', 'multipicklist', { picklistValues: ['Fast', 'Cheap'] }),
      ]),
    },
  };
  const meant = { budget: '12.345', visited: '2026-11-24T18:30:00Z', interest: 'high', needs: ['Cheap', 'Fast'] };
  const known: Link = {
    ...link,
    fields: Object.fromEntries(
      Object.entries({ Budget__c: 'budget', Visited__c: 'visited', Interest__c: 'interest', Needs__c: 'needs' }).map(
        ([salesforce, name]) => {
          const state = held(`Lead.${salesforce}`, null);
          const value = meant[name as keyof typeof meant];
          const replicas = Object.entries(state.replicas).map(([key, one]) => [key, { ...one, lastKnown: value }]);
          return [
            name,
            {
              ...state,
              register: { value, at: 1, by: 'sellfire', version: 1 },
              replicas: Object.fromEntries(replicas),
            },
          ];
        },
      ),
    ),
  };
  const asRead = { Budget__c: 12.35, Visited__c: '2026-11-24', Interest__c: 'High', Needs__c: 'Fast;Cheap' };

  it('is no drift: rounded, the date of a date-time, in its own case and order, from REST and from the Bulk API', () => {
    expect(recordHasDrift(stored, known, 'Lead', asRead)).toBe(false);
    expect(recordHasDrift(stored, known, 'Lead', { ...asRead, Budget__c: '12.35' })).toBe(false);
  });

  it('is compared where it was edited', () => {
    const edits = { Budget__c: 12.36, Visited__c: '2026-11-25', Interest__c: 'Low', Needs__c: 'Fast' };
    for (const [name, value] of Object.entries(edits))
      expect([name, recordHasDrift(stored, known, 'Lead', { ...asRead, [name]: value })]).toEqual([name, true]);
  });
});

describe('a lead', () => {
  it('is compared when it has a new value, is deleted, or never existed', () => {
    const known = lead('lead_1', { primary_phone_number: PHONE, business_name: null });
    expect(leadHasDrift(rules, link, known)).toBe(false);
    expect(leadHasDrift(rules, link, lead('lead_1', { primary_phone_number: PHONE, business_name: 'Acme' }))).toBe(
      true,
    );
    expect(leadHasDrift(rules, link, { ...known, deleted_at: known.created_at })).toBe(true);
    expect(leadHasDrift(rules, link, null)).toBe(true);
  });
});

describe('a link', () => {
  it('with a pending write is compared, and one with a refused write is not', () => {
    expect(hasUndelivered(link)).toBe(false);
    const due = held('Lead.Phone', PHONE);
    due.replicas['Lead.Phone'] = { lastKnown: null, targetVersion: 1, delivered: 0, confirmed: 0 };
    expect(hasUndelivered({ ...link, fields: { primary_phone_number: due } })).toBe(true);
    due.replicas['Lead.Phone'].refused = { version: 1, code: 'STRING_TOO_LONG' };
    expect(hasUndelivered({ ...link, fields: { primary_phone_number: due } })).toBe(false);
  });
});

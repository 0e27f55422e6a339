// The Sites and the Organization that a sale makes (M30).
import { describe, expect, it } from '@jest/globals';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { FieldMapping } from '../../../../bridge/model/mapping.ts';
import { ACCOUNT_ID, fields, onSale, SHIPMENT, LOCATIONS, on, sell, of } from './soldLead.ts';

describe('multi-site (M30)', () => {
  const multi = (extra: FieldMapping[] = []): SyncConfig =>
    on([LOCATIONS, ...extra], { settings: { multiSite: true } });

  it('creates one Site for each location and one Organization, which refer to each other and to the Account', () => {
    const plan = sell(multi());
    expect(of(plan, 'Organization__c')).toMatchObject([
      {
        op: { kind: 'upsert', field: 'Organization_Key__c', key: ACCOUNT_ID },
        fields: { Name: 'Acme Plumbing', Account__c: ACCOUNT_ID },
      },
    ]);
    expect(of(plan, 'Site__c')).toMatchObject(
      ['12 High St', 'Dock 4'].map((place) => ({
        op: { kind: 'upsert', field: 'Site_Key__c' },
        fields: { Name: place, location__c: place, Account__c: ACCOUNT_ID, Organization__c: { ref: 'organization' } },
      })),
    );
  });

  it('creates nothing while it is off, or no field is mapped to the location', () => {
    expect(of(sell(on([LOCATIONS, SHIPMENT])), 'Site__c')).toEqual([]);
    expect(of(sell(on([SHIPMENT], { settings: { multiSite: true } })), 'Organization__c')).toEqual([]);
  });

  it('finds the sites that an earlier attempt created with the Account, by their keys, also where people have moved a location since', () => {
    const first = sell(multi(), { link: null, answers: { newAccount: true } });
    const keys = of(first, 'Site__c').map(({ op }) => (op.kind === 'upsert' ? op.key : ''));
    expect(of(first, 'Site__c')[0]?.fields).toMatchObject({ Account__c: { ref: 'account' } });
    const sites = keys.map((key, n) => ({ id: `a0S${n}`, key, location: `moved ${n}`, hasOrganization: true }));
    const again = sell(multi(), { answers: { sites: { organizationId: 'a0O1', sites } } });
    expect([...of(again, 'Site__c'), ...of(again, 'Organization__c')]).toEqual([]);
  });

  it('finds them also where people have renamed the Account since, which its key finds', () => {
    const sites = { organizationId: 'a0O1', sites: [] };
    const again = sell(multi(), { link: null, answers: { newAccount: true, present: ['lead_1'], sites } });
    expect(of(again, 'Account')).toMatchObject([{ op: { kind: 'update', id: 'lead_1' } }]);
    expect(of(again, 'Organization__c')).toEqual([]);
    expect(of(again, 'Site__c')[0]?.fields).toMatchObject({ Account__c: 'lead_1', Organization__c: 'a0O1' });
  });

  it('adds a site that people created to the Organization, and changes nothing else of it', () => {
    const sites = [{ id: 'a0S1', key: null, location: '12 HIGH ST ', hasOrganization: false }];
    const plan = sell(multi(), { answers: { sites: { organizationId: 'a0O1', sites } } });
    expect(of(plan, 'Organization__c')).toEqual([]);
    expect(of(plan, 'Site__c')).toMatchObject([
      { op: { kind: 'update', id: 'a0S1' }, fields: { Organization__c: 'a0O1' } },
      { op: { kind: 'upsert' }, fields: { location__c: 'Dock 4' } },
    ]);
  });

  it('writes the other fields that are mapped to a site', () => {
    const plan = sell(multi([onSale('sale', 'sale_notes', 'Site__c.Region__c')]));
    expect(of(plan, 'Site__c')[1]?.fields).toMatchObject({ Region__c: 'By truck', location__c: 'Dock 4' });
  });

  it('with more locations than a transaction takes is reported with the counts, and nothing is written', () => {
    const many = Array.from({ length: 500 }, (_, n) => `Unit ${n}`);
    const { writes, reports } = sell(multi(), { lead: { ...fields, custom_locations: many } });
    expect(writes.filter(({ kind }) => kind === 'saleTransaction')).toEqual([]);
    expect(reports).toMatchObject([
      { code: 'TOO_MANY_RECORDS', reason: expect.stringMatching(/500 Site__c.*nothing of it was written/) },
    ]);
  });
});

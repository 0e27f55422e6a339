// The admin's records, read into mappings and settings; what cannot be understood is named.
import { afterEach, describe, expect, it } from '@jest/globals';
import { packageNames } from '../../../../bridge/model/salesforce.ts';
import type { SalesforceFields } from '../../../../bridge/model/salesforce.ts';
import { readConfiguration } from '../../../../bridge/salesforce/org/configurationRecords.ts';
import { createRest } from '../../../../bridge/salesforce/api/rest.ts';
import type { Rest } from '../../../../bridge/salesforce/api/rest.ts';
import type { FieldMapping } from '../../../../bridge/model/mapping.ts';
import { DEFAULT_SETTINGS } from '../../../../bridge/model/settings.ts';
import { checkPermissions, type PartsInUse } from '../../../../bridge/sync/rights.ts';
import { findPackage } from '../../../../bridge/salesforce/org/schema.ts';
import type { Session } from '../../../../bridge/salesforce/auth/session.ts';
import { rowsAnswer, startFakeApi } from '../fakeApi.ts';
import type { FakeApi } from '../fakeApi.ts';

let api: FakeApi;
let rest: Rest;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function read(mappings: SalesforceFields[], settings: SalesforceFields[] = [], prefix = '') {
  const prefixed = (row: SalesforceFields) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name.endsWith('__c') ? prefix + name : name, value]),
    );
  api = await startFakeApi(({ query }) => {
    const rows = query.get('q')?.includes(`FROM ${prefix}Field_Mapping__c`) ? mappings : settings;
    return rowsAnswer(rows.map(prefixed));
  });
  const token = async () => ({ accessToken: 't', instanceUrl: api.url, orgId: '', userId: '' });
  rest = createRest({ session: { token } as Session });
  opened.push(rest, api);
  return readConfiguration(rest, packageNames(prefix));
}
const mapping = (more: SalesforceFields = {}): SalesforceFields => ({
  Id: 'a00000000000001AAA',
  Name: 'M-0001',
  Sellfire_Object__c: 'Lead',
  Sellfire_Field__c: 'business_name',
  Salesforce_Object__c: 'Lead',
  Salesforce_Field__c: 'Company',
  Sync_Rule__c: 'TwoWay',
  On_Create_Update__c: true,
  On_Demo_Set__c: false,
  On_Sale__c: true,
  ...more,
});

describe('mappings', () => {
  it.each(['', 'sellfire__'])('are read with the prefix %j', async (prefix) => {
    expect(await read([mapping()], [], prefix)).toEqual({
      mappings: [
        {
          id: 'a00000000000001AAA',
          sellfireObject: 'lead',
          sellfireField: 'business_name',
          salesforceObject: 'Lead',
          salesforceField: 'Company',
          rule: 'TwoWay',
          triggers: ['createUpdate', 'sale'],
        },
      ],
      settings: DEFAULT_SETTINGS,
      problems: [],
    });
  });

  it('a Sellfire object is known by either spelling', async () => {
    const spellings = ['SaleItem', 'sale_item', 'AssociatedContact', 'associated_contact', 'Sale', 'lead'];
    const { mappings } = await read(spellings.map((name) => mapping({ Sellfire_Object__c: name })));
    expect(mappings.map(({ sellfireObject }) => sellfireObject)).toEqual([
      'sale_item',
      'sale_item',
      'associated_contact',
      'associated_contact',
      'sale',
      'lead',
    ]);
  });

  it('one that cannot be understood is a problem by its name, and the others hold', async () => {
    const { mappings, problems } = await read([
      mapping({ Name: 'M-0002', Sync_Rule__c: 'Sometimes' }),
      mapping({ Name: 'M-0003', Sellfire_Object__c: 'Deal', Salesforce_Field__c: null }),
      mapping(),
    ]);
    expect(mappings).toHaveLength(1);
    expect(problems.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'M-0002: Sync Rule is "Sometimes", which is none of SalesforceUnlessBlank, AlwaysSellfire, TwoWay, DoNotSync. Choose another.',
      'M-0003: Sellfire Object is "Deal", which is not known. Choose another. Salesforce Field is empty. Fill it in.',
    ]);
  });
});

describe('settings', () => {
  it('are read; what is left empty has its default', async () => {
    const row = { Id: 'a01', Name: 'Settings', Create_In_Sellfire__c: false, Report_Days__c: 30, Demo_Stage__c: null };
    const { settings } = await read([], [row]);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, createInSellfire: false, reportDays: 30 });
  });

  it('one that cannot be understood falls back alone, and is reported', async () => {
    const row = { Id: 'a01', Name: 'Settings', Update_In_Sellfire__c: false, Api_Share__c: 250, Report_Days__c: 0.5 };
    const { settings, problems } = await read([], [row]);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, updateInSellfire: false });
    expect(problems).toEqual([
      {
        recordId: 'a01',
        name: 'Settings',
        reason: expect.stringMatching(/Report Days is 0\.5; 90 is used.*Api Share is 250; 50 is used/),
      },
    ]);
  });

  it('of two records the oldest counts, and the other is reported', async () => {
    const { settings, problems } = await read(
      [],
      [
        { Id: 'a01', Name: 'Old', Report_Days__c: 10 },
        { Id: 'a02', Name: 'New', Report_Days__c: 20 },
      ],
    );
    expect(settings.reportDays).toBe(10);
    expect(problems).toEqual([expect.objectContaining({ name: 'New' })]);
  });
});

describe('the package', () => {
  const all = { queryable: true, createable: true, updateable: true };

  it('is found with its namespace, or without', () => {
    expect(findPackage(new Map([['sellfire__Field_Mapping__c', all]])).leadId).toBe('sellfire__Sellfire_Lead_Id__c');
    expect(findPackage(new Map([['Field_Mapping__c', all]])).leadId).toBe('Sellfire_Lead_Id__c');
    expect(() => findPackage(new Map([['other__Field_Mapping__c', all]]))).toThrow(
      expect.objectContaining({ code: 'PACKAGE_MISSING' }),
    );
  });

  it('what the connected user lacks, and has too much of, is listed with what to do (M1)', () => {
    const access = new Map(
      ['Account', 'Contact', 'Opportunity', 'OpportunityLineItem', 'Field_Mapping__c', 'Sync_Settings__c'].map(
        (name) => [name, name === 'Account' ? { ...all, updateable: false, deletable: true } : all],
      ),
    );
    const checks = checkPermissions(packageNames(''), access, new Map());
    const failed = checks.filter(({ missing }) => missing.length > 0);
    expect(failed.map(({ object, missing }) => `${object}: ${missing.join()}`)).toEqual([
      'Account: edit',
      'Contact: field:Sellfire_Lead_Id__c,field:Phase__c,field:Owned_Rep_Id__c',
      'Lead: read,create,edit,field:Sellfire_Lead_Id__c,field:Phase__c,field:Owned_Rep_Id__c',
      'Sync_Request__c: read',
      'Sellfire_Field__c: read,create,edit,delete',
      'Mappable_Object__c: read,create,edit,delete',
      'Sellfire_Rep__c: read,create,edit,delete',
      'Integration_Report__c: read,delete',
      'Integration_Report__e: create',
      'Bridge_Status__e: create',
      'Sync_Progress__e: create',
    ]);
    for (const { sentence } of failed) expect(sentence).not.toBe('');
    expect(checks.find(({ object }) => object === 'Account')?.excess).toEqual(['delete']);
    expect(checks.find(({ object }) => object === 'Opportunity')).toMatchObject({
      missing: [],
      excess: [],
      sentence: '',
    });
  });

  it('each part that is on has its rights checked, and no other (M1)', () => {
    const rights = (parts: PartsInUse): string[] =>
      checkPermissions(packageNames(''), new Map(), new Map(), parts).map(({ object }) => object);
    const off = rights({ settings: DEFAULT_SETTINGS, mappings: [] });
    for (const object of ['Task', 'Product2', 'Pricebook2', 'Site__c', 'Organization__c'])
      expect(off).not.toContain(object);
    const settings = { ...DEFAULT_SETTINGS, activitySync: true, multiSite: true };
    const sale = { rule: 'AlwaysSellfire', triggers: ['sale'] } as unknown as FieldMapping;
    expect(rights({ settings, mappings: [sale] })).toEqual(
      expect.arrayContaining(['Task', 'Product2', 'Pricebook2', 'Site__c', 'Organization__c']),
    );
  });
});

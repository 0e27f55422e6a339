// What the package does in an org, run in the local one: requests travel both ways, records are linked, and settings that
// cannot work are refused with a sentence that says what to do.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PACKAGE_DIRECTORY } from '../../scripts/package/project.ts';
import { deployFolder } from '../salesforce/metadata.ts';
import { flowAutomation } from '../salesforce/flows/automation.ts';
import { createOrg, type Org } from '../salesforce/org.ts';
import { PlatformError, type Row } from '../salesforce/model.ts';

let org: Org;
beforeAll(async () => {
  org = createOrg();
  await deployFolder(org, PACKAGE_DIRECTORY);
});
afterAll(() => org.close());

function create(object: string, values: Row): string {
  return org.transact({ user: org.users.admin.id, origin: '' }, (tx) => tx.create(object, values));
}
function update(object: string, id: string, values: Row): void {
  org.transact({ user: org.users.admin.id, origin: '' }, (tx) => tx.update(object, id, values));
}
/** As the bridge would. */
async function publish(event: string, values: Row): Promise<void> {
  org.publish({ user: org.users.integration.id, origin: '' }, event, values);
  await flowAutomation(org).idle();
  expect(flowAutomation(org).failures).toEqual([]);
}
function refusal(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PlatformError) return `${error.errorCode}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('the fields of the specification', () => {
  it.each([
    ['Lead', ['Phase__c', 'Owned_Rep_Id__c', 'Sellfire_Lead_Id__c', 'Sellfire_Cycle__c', 'Recording_Consent__c']],
    ['Contact', ['Phase__c', 'Owned_Rep_Id__c', 'Sellfire_Lead_Id__c', 'Sellfire_Contact_Key__c']],
    ['Account', ['Sellfire_Lead_Id__c', 'Sellfire_Account_Key__c', 'Sellfire_Sync_State__c']],
    ['Opportunity', ['Sellfire_Opportunity_Key__c']],
    ['OpportunityLineItem', ['Sellfire_Sale_Item_Id__c']],
    ['Task', ['EventDateTime__c', 'Sellfire_Activity_Id__c']],
    ['Organization__c', ['Account__c', 'Organization_Key__c']],
    ['Site__c', ['location__c', 'Account__c', 'Organization__c', 'Site_Key__c']],
  ])('are in the describe of %s', (object, fields) => {
    expect([...org.schema.object(object).fields.values()].map(({ name }) => name)).toEqual(
      expect.arrayContaining(fields),
    );
  });
});

describe('a request', () => {
  it('takes its progress from the bridge, and never goes back', async () => {
    const lead = create('Lead', { LastName: 'Ng', Company: 'Acme' });
    const id = create('Sync_Request__c', { Lead__c: lead });
    expect(org.find('Sync_Request__c', { Id: id })).toMatchObject([{ Type__c: 'SyncNow', Status__c: 'Requested' }]);
    const at = (time: string, Status__c: string, Progress__c: number): Promise<void> =>
      publish('Sync_Progress__e', { Request_Id__c: id, Reported_At__c: time, Status__c, Progress__c });
    await at('2026-11-24T10:00:01.000Z', 'Running', 40);
    await at('2026-11-24T10:00:03.000Z', 'Done', 100);
    await at('2026-11-24T10:00:02.000Z', 'Running', 60);
    expect(org.find('Sync_Request__c', { Id: id })).toMatchObject([{ Status__c: 'Done', Progress__c: 100 }]);
    expect(refusal(() => update('Sync_Request__c', id, { Stop_Requested__c: true }))).toMatch(/has ended/);
  });

  it('for one record names the record', () => {
    expect(refusal(() => create('Sync_Request__c', {}))).toMatch(/^FIELD_CUSTOM_VALIDATION_EXCEPTION: Name the lead/);
    expect(refusal(() => create('Sync_Request__c', { Type__c: 'Reconcile' }))).toBe('accepted');
  });

  it('that was deleted is no problem for its progress', async () => {
    await publish('Sync_Progress__e', { Request_Id__c: 'a00000000000000AAA', Status__c: 'Running' });
    expect(org.find('Integration_Report__c', { Code__c: 'PROGRESS_NOT_STORED' })).toEqual([]);
  });
});

describe('a report', () => {
  it('is linked to the record that it is about', async () => {
    const lead = create('Lead', { LastName: 'Ito', Company: 'Globex' });
    await publish('Integration_Report__e', {
      Report_Id__c: 'linked',
      Salesforce_Object__c: 'Lead',
      Salesforce_Record_Id__c: lead,
    });
    expect(org.find('Integration_Report__c', { Report_Id__c: 'linked' })).toMatchObject([
      { Lead__c: lead, Contact__c: null, Account__c: null },
    ]);
  });

  it('about a record that is gone is stored whole, without the link', async () => {
    const lead = create('Lead', { LastName: 'Roe', Company: 'Initech' });
    org.transact({ user: org.users.admin.id, origin: '' }, (tx) => tx.remove('Lead', lead));
    await publish('Integration_Report__e', {
      Report_Id__c: 'gone',
      Reason__c: 'The lead was deleted.',
      Salesforce_Object__c: 'Lead',
      Salesforce_Record_Id__c: lead,
    });
    expect(org.find('Integration_Report__c', { Report_Id__c: 'gone' })).toMatchObject([
      { Lead__c: null, Salesforce_Record_Id__c: lead, Reason__c: 'The lead was deleted.' },
    ]);
  });
});

describe('the configuration', () => {
  const mapping = {
    Sellfire_Object__c: 'lead',
    Sellfire_Field__c: 'business_name',
    Salesforce_Object__c: 'Lead',
    Salesforce_Field__c: 'Company',
    Sync_Rule__c: 'TwoWay',
  };

  it.each([
    [
      'a mapping without a target',
      'Field_Mapping__c',
      { ...mapping, Salesforce_Field__c: '' },
      /REQUIRED_FIELD_MISSING/,
    ],
    [
      'a mapping that fires on nothing',
      'Field_Mapping__c',
      { ...mapping, On_Create_Update__c: false },
      /at least one trigger/,
    ],
    [
      'a rule that never fires',
      'Field_Mapping__c',
      { ...mapping, Sync_Rule__c: 'SalesforceUnlessBlank', On_Create_Update__c: false, On_Sale__c: true },
      /which this rule forbids/,
    ],
    [
      'a field that Salesforce keeps',
      'Field_Mapping__c',
      { ...mapping, Salesforce_Field__c: 'CreatedDate' },
      /fills this field itself/,
    ],
    [
      'a field that the integration keeps',
      'Field_Mapping__c',
      { ...mapping, Salesforce_Field__c: 'sellfire__Sellfire_Lead_Id__c' },
      /integration keeps this field/,
    ],
    ['reports kept for no day', 'Sync_Settings__c', { Report_Days__c: 0 }, /from 1 to 3650/],
    ['reports kept for ever', 'Sync_Settings__c', { Report_Days__c: 3651 }, /from 1 to 3650/],
    ['a share of nothing', 'Sync_Settings__c', { Api_Share__c: 0 }, /from 1 to 100/],
    ['a share of more than all', 'Sync_Settings__c', { Api_Share__c: 101 }, /from 1 to 100/],
    [
      'a demo without a stage',
      'Sync_Settings__c',
      { Opportunity_At_Demo__c: true, Demo_Stage__c: null },
      /Name the stage/,
    ],
  ])('refuses %s', (_what, object, values, says) => {
    expect(refusal(() => create(object, values))).toMatch(says);
  });

  it('takes what can work', () => {
    expect(refusal(() => create('Field_Mapping__c', mapping))).toBe('accepted');
    expect(
      refusal(() => create('Field_Mapping__c', { ...mapping, Sync_Rule__c: 'DoNotSync', On_Create_Update__c: false })),
    ).toBe('accepted');
    clearMappings();
    expect(refusal(() => create('Sync_Settings__c', { Report_Days__c: 3650, Api_Share__c: 1 }))).toBe('accepted');
  });
});

describe('two mappings', () => {
  const name = {
    Sellfire_Object__c: 'lead',
    Sellfire_Field__c: 'business_name',
    Salesforce_Object__c: 'Account',
    Salesforce_Field__c: 'Name',
    Sync_Rule__c: 'TwoWay',
    On_Create_Update__c: true,
  };
  const other = { ...name, Sellfire_Field__c: 'legal_name' };
  afterEach(clearMappings);

  it.each<[string, Row, Row, RegExp]>([
    [
      'that fill one Salesforce field',
      name,
      other,
      /^FIELD_CUSTOM_VALIDATION_EXCEPTION: Another mapping sends to this/,
    ],
    [
      'that fill one Salesforce field on a sale',
      { ...name, On_Sale__c: true },
      { ...other, On_Create_Update__c: false, On_Sale__c: true, Sync_Rule__c: 'AlwaysSellfire' },
      /Another mapping sends to this Salesforce field on the same trigger/,
    ],
    [
      'that fill one Salesforce field, in other letters',
      { ...name, On_Demo_Set__c: true },
      { ...other, Salesforce_Field__c: 'NAME', On_Create_Update__c: false, On_Demo_Set__c: true },
      /Another mapping sends to this Salesforce field/,
    ],
    [
      'that fill one field of an Opportunity from the lead and from the sale',
      { ...name, Salesforce_Object__c: 'Opportunity', On_Create_Update__c: false, On_Sale__c: true },
      {
        ...other,
        Sellfire_Object__c: 'sale',
        Salesforce_Object__c: 'Opportunity',
        On_Create_Update__c: false,
        On_Sale__c: true,
      },
      /Another mapping sends to this Salesforce field/,
    ],
    ['that are the same', name, name, /Another mapping sends to this Salesforce field/],
    [
      'that fill one Sellfire field from two fields of a record',
      { ...name, Sync_Rule__c: 'SalesforceUnlessBlank' },
      { ...name, Salesforce_Field__c: 'Site', Sync_Rule__c: 'SalesforceUnlessBlank' },
      /Another mapping fills this Sellfire field from the same Salesforce object.* Its number is FM-\d{5}\.$/,
    ],
    [
      'of which one goes both ways and fills the Sellfire field of the other',
      { ...name, Sync_Rule__c: 'SalesforceUnlessBlank' },
      { ...name, Salesforce_Field__c: 'Site' },
      /Another mapping fills this Sellfire field/,
    ],
  ])('%s are refused', (_what, first, second, says) => {
    create('Field_Mapping__c', first);
    expect(refusal(() => create('Field_Mapping__c', second))).toMatch(says);
    expect(org.find('Field_Mapping__c', {})).toHaveLength(1);
  });

  it.each<[string, Row, Row]>([
    ['on different triggers', name, { ...other, On_Create_Update__c: false, On_Sale__c: true }],
    ['of which one is off', name, { ...other, Sync_Rule__c: 'DoNotSync' }],
    [
      'from one Sellfire field to two objects, both ways',
      name,
      { ...name, Salesforce_Object__c: 'Lead', Salesforce_Field__c: 'Company' },
    ],
    [
      'from one Sellfire field to two fields of a record',
      { ...name, Sync_Rule__c: 'AlwaysSellfire' },
      { ...name, Salesforce_Field__c: 'Site', Sync_Rule__c: 'AlwaysSellfire' },
    ],
    [
      'of one pair of fields, one for each way',
      { ...name, Sync_Rule__c: 'SalesforceUnlessBlank' },
      { ...name, Sync_Rule__c: 'AlwaysSellfire' },
    ],
    [
      'of the lead and of its associated contacts, which have Contacts of their own',
      { ...name, Salesforce_Object__c: 'Contact', Salesforce_Field__c: 'Phone', On_Sale__c: true },
      {
        ...name,
        Sellfire_Object__c: 'associated_contact',
        Salesforce_Object__c: 'Contact',
        Salesforce_Field__c: 'Phone',
        On_Create_Update__c: false,
        On_Sale__c: true,
      },
    ],
  ])('%s are taken', (_what, first, second) => {
    create('Field_Mapping__c', first);
    expect(refusal(() => create('Field_Mapping__c', second))).toBe('accepted');
  });

  it('that come to fight by an edit are refused too, and a mapping never fights with itself', () => {
    const first = create('Field_Mapping__c', name);
    const second = create('Field_Mapping__c', { ...other, Salesforce_Field__c: 'Site' });
    expect(refusal(() => update('Field_Mapping__c', second, { Salesforce_Field__c: 'Name' }))).toMatch(
      /Another mapping/,
    );
    expect(refusal(() => update('Field_Mapping__c', first, { On_Sale__c: true }))).toBe('accepted');
    expect(refusal(() => update('Field_Mapping__c', first, { Status__c: 'Ok' }))).toBe('accepted');
  });

  it('that are saved together are seen, each by the other', () => {
    const together = (): void =>
      org.transact({ user: org.users.admin.id, origin: '' }, (tx) => {
        tx.create('Field_Mapping__c', name);
        tx.create('Field_Mapping__c', other);
      });
    expect(refusal(together)).toMatch(/Another mapping sends/);
  });
});

function clearMappings(): void {
  org.transact({ user: org.users.admin.id, origin: '' }, (tx) => {
    for (const { Id } of org.find('Field_Mapping__c', {})) tx.remove('Field_Mapping__c', String(Id));
  });
}

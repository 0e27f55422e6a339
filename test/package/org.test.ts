// What the package does in an org, run in the local one: it has every field of the specification, reports are linked to what
// they are about, and settings that cannot work are refused with a sentence that says what to do.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeObject } from '../salesforce/describe.ts';
import { installPackage, refusal, type InstalledOrg } from './installedOrg.ts';

let installed: InstalledOrg;
beforeAll(async () => {
  installed = await installPackage();
});
afterAll(() => installed.close());

/** The fields that the specification names, by section, as the org's describe has them. */
const SPECIFIED: [section: string, object: string, fields: string[]][] = [
  ['§5 §6', 'Lead', ['Phase__c', 'Owned_Rep_Id__c']],
  ['§5 §6', 'Contact', ['Phase__c', 'Owned_Rep_Id__c']],
  ['§7 §9 §14', 'Lead', ['Phone', 'LastName', 'Company', 'Sellfire_Lead_Id__c']],
  ['§7 §9 §14', 'Contact', ['Phone', 'LastName', 'AccountId', 'Sellfire_Lead_Id__c']],
  ['§11', 'Account', ['Phone', 'Name', 'BillingCity', 'Sellfire_Lead_Id__c', 'Sellfire_Account_Key__c']],
  ['§11', 'Opportunity', ['AccountId', 'ContactId', 'Name', 'CloseDate', 'StageName', 'Sellfire_Opportunity_Key__c']],
  ['§12', 'Contact', ['Sellfire_Contact_Key__c']],
  [
    '§12',
    'OpportunityLineItem',
    ['OpportunityId', 'Product2Id', 'PricebookEntryId', 'Quantity', 'UnitPrice', 'Sellfire_Sale_Item_Id__c'],
  ],
  // Phone is left out: a task has no such field that can be written, and §13 lets it be.
  [
    '§13',
    'Task',
    [
      ...['OwnerId', 'CreatedById', 'CallDurationInSeconds', 'CallDisposition', 'CallType', 'Description'],
      ...['CompletedDateTime', 'ActivityDate', 'WhoId', 'Status', 'Subject', 'TaskSubtype', 'Type'],
      ...['EventDateTime__c', 'Sellfire_Activity_Id__c'],
    ],
  ],
  ['§15', 'Organization__c', ['Name', 'Account__c', 'Organization_Key__c']],
  ['§15', 'Site__c', ['Name', 'location__c', 'Account__c', 'Organization__c', 'Site_Key__c']],
  // M35: what stands on the record pages.
  ...['Lead', 'Contact', 'Account'].map((object): [string, string, string[]] => [
    '§18',
    object,
    [
      ...['Sellfire_Cycle__c', 'Sellfire_Next_Event_At__c', 'Recording_Consent__c'],
      ...['Sellfire_Sync_State__c', 'Sellfire_Sync_Detail__c', 'Sellfire_Last_Synced_At__c'],
    ],
  ]),
];

/** §6, in order; the spelling of the sixth is the system's own. */
const PHASES = [
  ...['ColdCallCold', 'ColdCallWorkingNum', 'ColdCallNDM', 'ColdCallDM', 'HeldPhase', 'PostInitialHelPhaseDemoNotHeld'],
  ...['PostHoldPhase', 'RestingColdCall', 'LongRestingColdCall', 'Resting', 'LongResting', 'RetiredColdCall'],
  ...['Retired', 'Customer'],
];

interface Described {
  name: string;
  restrictedPicklist: boolean;
  picklistValues: { value: string }[];
}
function describeOf(object: string): Described[] {
  const { schema } = installed.org;
  return describeObject(schema, schema.object(object), '', [])['fields'] as Described[];
}

describe('the describe of the org', () => {
  it.each(SPECIFIED)('has the fields of %s on %s', (_section, object, fields) => {
    expect(describeOf(object).map(({ name }) => name)).toEqual(expect.arrayContaining(fields));
  });

  it.each(['Lead', 'Contact'])('offers exactly the 14 phases of §6 on %s, in their order', (object) => {
    const phase = describeOf(object).find(({ name }) => name === 'Phase__c');
    expect(phase?.picklistValues.map(({ value }) => value)).toEqual(PHASES);
    expect(phase?.restrictedPicklist).toBe(true);
  });
});

describe('a report', () => {
  it('is linked to the record that it is about', async () => {
    const lead = installed.create('Lead', { LastName: 'Ito', Company: 'Globex' });
    await installed.publish('Integration_Report__e', {
      Report_Id__c: 'linked',
      Salesforce_Object__c: 'Lead',
      Salesforce_Record_Id__c: lead,
    });
    expect(installed.org.find('Integration_Report__c', { Report_Id__c: 'linked' })).toMatchObject([
      { Lead__c: lead, Contact__c: null, Account__c: null },
    ]);
  });

  it('about a record that is gone is stored whole, without the link', async () => {
    const lead = installed.create('Lead', { LastName: 'Roe', Company: 'Initech' });
    installed.remove('Lead', lead);
    await installed.publish('Integration_Report__e', {
      Report_Id__c: 'gone',
      Reason__c: 'The lead was deleted.',
      Salesforce_Object__c: 'Lead',
      Salesforce_Record_Id__c: lead,
    });
    expect(installed.org.find('Integration_Report__c', { Report_Id__c: 'gone' })).toMatchObject([
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
    expect(refusal(() => installed.create(object, values))).toMatch(says);
  });

  it('takes what can work', () => {
    expect(refusal(() => installed.create('Field_Mapping__c', mapping))).toBe('accepted');
    expect(
      refusal(() =>
        installed.create('Field_Mapping__c', { ...mapping, Sync_Rule__c: 'DoNotSync', On_Create_Update__c: false }),
      ),
    ).toBe('accepted');
    expect(refusal(() => installed.create('Sync_Settings__c', { Report_Days__c: 3650, Api_Share__c: 1 }))).toBe(
      'accepted',
    );
  });
});

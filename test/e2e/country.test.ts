// Whose number it is, in a connection outside the United States: the same number in a national format is the same customer,
// read with the country of the connection, and with that of the record where it names one.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { Story } from './story.ts';

let stack: Stack;
let story: Story;

/** Salesforce keeps whole seconds: what was made in the second of the connection counts as new. */
async function olderThanConnection(object: string, fields: Record<string, unknown>): Promise<void> {
  const id = await story.create(object, fields);
  const { schema, tables } = stack.org.org;
  const made = '2019-05-06T07:08:09.000Z';
  tables.update(schema.object(object), id, { CreatedDate: made, LastModifiedDate: made, SystemModstamp: made });
}

beforeAll(async () => {
  stack = await startStack({ env: { DEFAULT_COUNTRY: 'GB' } });
  story = new Story(stack);
  await mapFields(stack.admin, stack.prefix);
  for (const [sellfire, object, field] of [
    ['primary_phone_number', 'Account', 'Phone'],
    ['business_name', 'Account', 'Name'],
    ['primary_phone_number', 'Contact', 'Phone'],
    ['last_name', 'Contact', 'LastName'],
    ['business_name', 'Opportunity', 'Name'],
  ])
    await story.create('@Field_Mapping__c', {
      '@Sellfire_Object__c': 'Lead',
      '@Sellfire_Field__c': sellfire,
      '@Salesforce_Object__c': object,
      '@Salesforce_Field__c': field,
      '@Sync_Rule__c': 'AlwaysSellfire',
      '@On_Create_Update__c': false,
      '@On_Demo_Set__c': true,
    });
  await story.create('@Sync_Settings__c', { Name: 'Settings', '@Account_At_Demo__c': true });
  await olderThanConnection('Lead', { LastName: 'Stone', Company: 'Acme', Phone: '020 7946 0018' });
  await olderThanConnection('Lead', { LastName: 'Stein', Company: 'Stein', Phone: '030/901820', Country: 'Germany' });
  await olderThanConnection('Account', { Name: 'Beta', Phone: '(020) 7946 0019 ext. 2' });
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

const leadsOf = async (company: string): Promise<unknown[]> =>
  story.query(`SELECT Id FROM Lead WHERE Company = '${company}'`);

describe('a number in a national format', () => {
  it('of a Lead is the number of a Sellfire lead: no second Lead is made', async () => {
    const lead = stack.sellfire.desk.createLead({
      primary_phone_number: '+442079460018',
      business_name: 'Acme',
      last_name: 'Stone',
    });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(row).toMatchObject({ Outcome__c: 'Skipped', Code__c: 'PHONE_EXISTS' });
    await expect(leadsOf('Acme')).resolves.toHaveLength(1);
  }, 60_000);

  it('of a Lead that names its country is read with that', async () => {
    const lead = stack.sellfire.desk.createLead({
      primary_phone_number: '+4930901820',
      business_name: 'Stein',
      last_name: 'Stein',
    });
    const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}'`);
    expect(row).toMatchObject({ Outcome__c: 'Skipped', Code__c: 'PHONE_EXISTS' });
    await expect(leadsOf('Stein')).resolves.toHaveLength(1);
  }, 60_000);

  it('of a new Lead goes to Sellfire as the number of its own country, else of the connection', async () => {
    await story.create('Lead', { LastName: 'Sand', Company: 'Sand', Phone: '020 7946 0020' });
    await story.create('Lead', { LastName: 'Berg', Company: 'Berg', Phone: '030 901821', Country: 'Deutschland' });
    expect((await story.arrival('+442079460020')).fields).toMatchObject({ business_name: 'Sand' });
    const berg = await story.arrival('+4930901821');
    // An edit's event does not say the country again.
    await story.update('Lead', berg.salesforce.lead_id ?? '', { Phone: '030 901822' });
    await story.arrival('+4930901822');
  }, 60_000);

  it('of an Account is that of the business: a demo connects it and makes no second', async () => {
    const { id } = await story.fromSellfire({ primary_phone_number: '+442079460019', business_name: 'Beta' });
    const lead = await story.arrival('+442079460019');
    expect(lead.salesforce.lead_id).toBe(id);
    stack.sellfire.desk.setDemo(lead.id, { start_time: new Date(Date.now() + 86_400_000).toISOString() });
    await story.reports(`@Event__c = 'DemoSet' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
    await expect(story.query(`SELECT Id FROM Account WHERE Name = 'Beta'`)).resolves.toHaveLength(1);
  }, 60_000);
});

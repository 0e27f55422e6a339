// A demo and a sale through the real parts: Account, Contact, Opportunity and line items in the org, once, however often it is
// sent (M20–M25, M27).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';

const DEMO_AND_SALE: [sellfire: string, object: string, field: string][] = [
  ['primary_phone_number', 'Account', 'Phone'],
  ['business_name', 'Account', 'Name'],
  ['primary_phone_number', 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  ['business_name', 'Opportunity', 'Name'],
];
const PHONE = '+15125550123';
const DAY_MS = 86_400_000;

let stack: Stack;
let leadId: string;

const rows = async (soql: string): Promise<Record<string, unknown>[]> =>
  (await stack.admin.query(soql)).records as Record<string, unknown>[];

async function create(object: string, fields: Record<string, unknown>): Promise<string> {
  const result = await stack.admin.sobject(object).create(fields);
  if (!result.success) throw new Error(JSON.stringify(result));
  return result.id;
}

beforeAll(async () => {
  stack = await startStack();
  await mapFields(stack.admin, '');
  for (const [sellfire, object, field] of DEMO_AND_SALE) {
    await create('Field_Mapping__c', {
      Sellfire_Object__c: 'Lead',
      Sellfire_Field__c: sellfire,
      Salesforce_Object__c: object,
      Salesforce_Field__c: field,
      Sync_Rule__c: 'AlwaysSellfire',
      On_Create_Update__c: false,
      On_Demo_Set__c: true,
      On_Sale__c: true,
    });
  }
  await create('Sync_Settings__c', {
    Name: 'Settings',
    Opportunity_At_Demo__c: true,
    Connection_Update__c: true,
    Activity_Sync__c: true,
  });
  const [book] = await rows('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const product = await create('Product2', { Name: 'Pro plan', ProductCode: 'PRO', IsActive: true });
  await create('PricebookEntry', { Product2Id: product, Pricebook2Id: book?.['Id'], UnitPrice: 100, IsActive: true });
  for (const rep of stack.sellfire.dialer.reps.list())
    if (rep.role === 'rep') stack.sellfire.dialer.reps.change(rep.id, { sf_owner_id: stack.org.users.admin.id });
  await stack.bridge.start();
  leadId = stack.sellfire.desk.createLead({
    primary_phone_number: PHONE,
    business_name: 'Acme Plumbing',
    last_name: 'Stone',
    city: 'Austin',
  }).id;
  await until('the lead is in Salesforce', () => stack.sellfire.dialer.leads.get(leadId).salesforce.lead_id);
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

describe('from a demo to a sale', () => {
  it('a demo makes Account, Contact and Opportunity, and moves the link from the Lead to the Contact (M12, M20, M21)', async () => {
    stack.sellfire.desk.setDemo(leadId, { start_time: new Date(Date.now() + 3 * DAY_MS).toISOString() });
    const ids = await until('the lead carries its Contact', () => {
      const { salesforce } = stack.sellfire.dialer.leads.get(leadId);
      return salesforce.contact_id ? salesforce : undefined;
    });
    await expect(rows('SELECT Name, StageName, CloseDate, AccountId FROM Opportunity')).resolves.toMatchObject([
      {
        Name: 'Acme Plumbing',
        StageName: 'Qualification',
        AccountId: ids.account_id,
        CloseDate: new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10),
      },
    ]);
    await expect(rows('SELECT Id, AccountId, Sellfire_Lead_Id__c FROM Contact')).resolves.toMatchObject([
      { Id: ids.contact_id, AccountId: ids.account_id, Sellfire_Lead_Id__c: leadId },
    ]);
    // From now on the Contact is the lead's record.
    stack.sellfire.desk.editLead(leadId, { title: 'Owner' });
    await until(
      'the title is on the Contact',
      async () => (await rows("SELECT Id FROM Contact WHERE Title = 'Owner'"))[0],
    );
  }, 60_000);

  it('a sale wins that Opportunity, with an item for each thing sold and a Contact for each person (M12, M22, M24, M25)', async () => {
    stack.sellfire.desk.holdDemo(leadId);
    stack.sellfire.desk.sell(leadId, {
      items: [{ product_code: 'PRO', product_name: 'Pro plan', quantity: 2, unit_price: '129.50' }],
      associated_contacts: [{ first_name: 'Bo', last_name: 'Rock', phone_number: '(512) 555-0199' }],
    });
    await until(
      'the Opportunity is won',
      async () => (await rows("SELECT Id FROM Opportunity WHERE StageName = 'Closed Won'"))[0],
    );
    await expect(rows('SELECT Quantity, UnitPrice FROM OpportunityLineItem')).resolves.toMatchObject([
      { Quantity: 2, UnitPrice: 129.5 },
    ]);
    await expect(rows('SELECT LastName FROM Contact ORDER BY LastName')).resolves.toMatchObject([
      { LastName: 'Rock' },
      { LastName: 'Stone' },
    ]);
    await expect(rows('SELECT Id FROM Account')).resolves.toHaveLength(1);
  }, 60_000);

  it('a call becomes a Task of the Contact, owned by the rep’s Salesforce user (M29)', async () => {
    const { dialer, desk } = stack.sellfire;
    const [rep] = dialer.reps.list();
    desk.logEmail(leadId, { rep_id: rep?.id ?? '', notes: 'Sent the contract.' });
    const task = await until(
      'the Task is there',
      async () =>
        (await rows("SELECT WhoId, OwnerId, Subject, Status, TaskSubtype FROM Task WHERE Subject = 'Email'"))[0],
    );
    expect(task).toMatchObject({
      WhoId: dialer.leads.get(leadId).salesforce.contact_id,
      OwnerId: stack.org.users.admin.id,
      Subject: 'Email',
      Status: 'Completed',
      TaskSubtype: 'Email',
    });
  }, 60_000);

  it('the same events again double nothing, and the further Contact makes no lead in Sellfire', async () => {
    stack.sellfire.webhooks.control({ repeat: 2 });
    stack.sellfire.desk.editLead(leadId, { notes: 'After the sale' });
    stack.sellfire.webhooks.control({ repeat: 0 });
    // A change that was made after all of it has arrived: so has everything before it.
    await stack.admin
      .sobject('Contact')
      .update({ Id: stack.sellfire.dialer.leads.get(leadId).salesforce.contact_id ?? '', Title: 'Founder' });
    await until(
      'the title is in Sellfire',
      () => stack.sellfire.dialer.leads.get(leadId).fields['title'] === 'Founder',
    );
    expect([...stack.sellfire.dialer.leads.live()]).toHaveLength(1);
    for (const object of ['Account', 'Opportunity', 'OpportunityLineItem']) {
      await expect(rows(`SELECT Id FROM ${object}`)).resolves.toHaveLength(1);
    }
  }, 60_000);
});

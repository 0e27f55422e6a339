// Kills of the bridge at places where half of something is done: in its first start, between a creation and what the store keeps of it,
// and after a sale's records are made. Each kill comes at a moment that the two systems show, not after a time.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mapFields } from '../helpers/mappings.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { Story } from '../e2e/story.ts';

const AT_SALE: [object: string, field: string, sellfire: string][] = [
  ['Account', 'Name', 'business_name'],
  ['Account', 'Phone', 'primary_phone_number'],
  ['Contact', 'LastName', 'last_name'],
  ['Contact', 'Phone', 'primary_phone_number'],
  ['Opportunity', 'Name', 'business_name'],
];

let stack: Stack;
let story: Story;
let waiting: { object: string; type: string; then: () => void } | undefined;

/** Kills the bridge as soon as it has made a record of the object, before it can know. */
const killedAt = (object: string): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  waiting = { object, type: 'CREATE', then: () => void stack.bridge.kill().then(() => resolve(undefined)) };
  return promise;
};
const count = (object: string): number => stack.org.org.find(object, {}, 1_000).length;

beforeAll(async () => {
  stack = await startStack();
  story = new Story(stack);
  const { org, users } = stack.org;
  org.listen({
    committed({ changes, user }) {
      const at = waiting;
      if (!at || user !== users.integration.id) return;
      if (!changes.some(({ object, type }) => object === at.object && type === at.type)) return;
      waiting = undefined;
      at.then();
    },
  });
  await mapFields(stack.admin, stack.prefix);
  for (const [object, field, sellfire] of AT_SALE) {
    const rule = { '@Sync_Rule__c': 'AlwaysSellfire', '@On_Create_Update__c': false, '@On_Sale__c': true };
    const target = { '@Salesforce_Object__c': object, '@Salesforce_Field__c': field };
    await story.create('@Field_Mapping__c', {
      ...{ '@Sellfire_Object__c': 'Lead', '@Sellfire_Field__c': sellfire, ...target, ...rule },
    });
  }
  const [book] = await story.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const product = await story.create('Product2', { Name: 'Pro plan', ProductCode: 'PRO', IsActive: true });
  const entry = { Product2Id: product, Pricebook2Id: book?.['Id'], UnitPrice: 100, IsActive: true };
  await story.create('PricebookEntry', entry);
}, 60_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

describe('kill -9 of the bridge', () => {
  it('in its first start, when it has written the first rows of the org, leaves a start that works', async () => {
    const killed = killedAt(`${stack.prefix}Sellfire_Field__c`);
    stack.bridge.launch();
    await killed;
    await stack.bridge.start();
    const fields = stack.org.org.find(`${stack.prefix}Sellfire_Field__c`, {}, 1_000);
    const names = fields.map((row) => String(row[`${stack.prefix}Api_Name__c`] ?? row['Name']));
    expect(names.length).toBeGreaterThan(0);
    await story.fromSalesforce();
    await story.fromSellfire();
    await story.quiet();
    expect([count('Lead'), stack.sellfire.dialer.leads.size]).toEqual([2, 2]);
  }, 60_000);

  it('between a creation in Salesforce and what the store keeps of it creates nothing again (I5)', async () => {
    const before = count('Lead');
    const killed = killedAt('Lead');
    const phone = story.phone();
    const lead = stack.sellfire.desk.createLead({
      ...{ primary_phone_number: phone, last_name: 'Sand', business_name: 'Between Ltd' },
    });
    await killed;
    expect(lead.salesforce.lead_id).toBeNull();
    story.edit(lead.id, { city: 'Reno' });
    await stack.bridge.start();
    const id = await story.linked(lead.id);
    await story.salesforceHas(id, { City: 'Reno' });
    await story.quiet();
    expect(count('Lead')).toBe(before + 1);
  }, 60_000);

  it('between a creation in Sellfire and what the store keeps of it creates nothing again (I5)', async () => {
    const { dialer } = stack.sellfire;
    const before = dialer.leads.size;
    const { promise: killed, resolve } = Promise.withResolvers<undefined>();
    let isArmed = true;
    dialer.feed.onAppend(() => {
      if (!isArmed) return;
      isArmed = false;
      void stack.bridge.kill().then(() => resolve(undefined));
    });
    const phone = story.phone();
    const id = await story.create('Lead', { Phone: phone, LastName: 'Stone', Company: 'Between Inc' });
    await killed;
    await stack.bridge.start();
    const lead = await story.arrival(phone);
    expect(lead.salesforce.lead_id).toBe(id);
    await story.quiet();
    expect(dialer.leads.size).toBe(before + 1);
  }, 60_000);

  it('after a sale has made its records, before it is known, sells once (M22, M27)', async () => {
    const { lead } = await story.fromSellfire();
    const killed = killedAt('Opportunity');
    stack.sellfire.desk.sell(lead.id, {
      items: [{ product_code: 'PRO', product_name: 'Pro plan', quantity: 2, unit_price: '129.50' }],
      associated_contacts: [{ first_name: 'Bo', last_name: 'Rock', phone_number: '(512) 555-0199' }],
    });
    await killed;
    await stack.bridge.start();
    await until('the lead shows its Account', () => stack.sellfire.dialer.leads.get(lead.id).salesforce.account_id);
    await story.quiet();
    const made = ['Account', 'Contact', 'Opportunity', 'OpportunityLineItem'].map((object) => count(object));
    expect(made).toEqual([1, 2, 1, 1]);
  }, 60_000);
});

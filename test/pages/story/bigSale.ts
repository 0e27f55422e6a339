// A sale of three things, and an owner whom Sellfire keeps: what both systems hold then, and what the pages say of it
// (M14, M22–M25, M31).
import assert from 'node:assert/strict';
import { until } from '../../helpers/until.ts';
import type { Step } from './chapter.ts';
import { mappings } from './map.ts';
import type { Workplace } from '../workplace.ts';

const DAY_MS = 86_400_000;
export const ITEMS = [
  { product_code: 'WEEK-OVEN', product_name: 'Oven', quantity: 1, unit_price: '4200.00' },
  { product_code: 'WEEK-TRAY', product_name: 'Tray', quantity: 12, unit_price: '35.50' },
  { product_code: 'WEEK-CARE', product_name: 'Care plan', quantity: 3, unit_price: '99.00' },
];
/** What a sale needs beside the Lead's mappings. */
const ON_SALE: readonly [field: string, object: string, target: string][] = [
  ['primary_phone_number', 'Account', 'Phone'],
  ['business_name', 'Account', 'Name'],
  ['primary_phone_number', 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  ['business_name', 'Opportunity', 'Name'],
];

async function sells(at: Workplace): Promise<void> {
  const { story } = at;
  const there = await mappings(at, 'WHERE @On_Sale__c = true');
  if (there.length === 0)
    await story.reloaded(async () => {
      for (const [field, object, target] of ON_SALE)
        await story.create('@Field_Mapping__c', {
          ...{ '@Sellfire_Object__c': 'Lead', '@Sellfire_Field__c': field, '@Salesforce_Object__c': object },
          ...{ '@Salesforce_Field__c': target, '@Sync_Rule__c': 'AlwaysSellfire', '@On_Sale__c': true },
          '@On_Create_Update__c': false,
        });
    });
  const [book] = await story.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  for (const { product_code: code, product_name: name } of ITEMS) {
    const product = await story.create('Product2', { Name: name, ProductCode: code, IsActive: true });
    const entry = { Product2Id: product, Pricebook2Id: book?.['Id'], UnitPrice: 1, IsActive: true };
    await story.create('PricebookEntry', entry);
  }
}

/** The reports about a lead, on the Reports page. */
async function searches({ admin }: Workplace, leadId: string): Promise<void> {
  await admin.openTab('Reports');
  await admin.write('Search', leadId);
  await admin.keys('Enter');
  await admin.reads(`Search: ${leadId}`);
}

export const BIG_SALE: readonly Step[] = [
  {
    name: 'a sale of three things is a won Opportunity with three items, and one report that says so',
    async run(at) {
      const { admin, stack, story } = at;
      await sells(at);
      const { lead } = await story.fromSellfire({ business_name: 'Three Ovens', city: 'Austin' });
      await story.quiet();
      stack.sellfire.desk.sell(lead.id, { items: ITEMS });
      const [won] = await until('the Opportunity is won', async () => {
        const rows = await story.query(
          "SELECT Id, AccountId FROM Opportunity WHERE Name = 'Three Ovens' AND StageName = 'Closed Won'",
        );
        return rows.length > 0 ? rows : undefined;
      });
      const items = await story.query(
        `SELECT Quantity, UnitPrice, Product2.ProductCode FROM OpportunityLineItem WHERE OpportunityId = '${String(won?.['Id'])}' ORDER BY UnitPrice`,
      );
      assert.deepEqual(
        items.map(({ Quantity, UnitPrice }) => [Quantity, UnitPrice]),
        [
          [12, 35.5],
          [3, 99],
          [1, 4200],
        ],
      );
      await until('the lead has its Account', () => {
        return stack.sellfire.dialer.leads.get(lead.id).salesforce.account_id === won?.['AccountId'];
      });
      await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Event__c = 'Sale' AND @Outcome__c = 'Success'`);
      await searches(at, lead.id);
      await admin.press('Sale');
      await admin.reads('Fields that were written');
      assert.equal(await admin.page.getByText('OpportunityLineItem.Quantity').count(), ITEMS.length);
      await at.look('report-sale');
      await admin.press('Close');
    },
  },
  {
    name: 'an owner is refused while a callback is planned: both sides keep theirs, the report says why, and Enablement users get an alert',
    async run(at) {
      const { admin, stack, story } = at;
      const { desk, dialer } = stack.sellfire;
      const [owner, other] = dialer.reps.list().filter(({ role, state }) => role === 'rep' && state === 'active');
      assert.ok(owner && other);
      const { id, lead } = await story.fromSellfire({ business_name: 'Busy Bakery' });
      desk.plan(lead.id, { start_time: new Date(Date.now() + DAY_MS).toISOString(), rep_id: owner.id });
      await story.salesforceHas(id, { '@Owned_Rep_Id__c': owner.id });
      await story.quiet();
      await story.update('Lead', id, { '@Owned_Rep_Id__c': other.id });
      const [row] = await story.reports(`@Sellfire_Lead_Id__c = '${lead.id}' AND @Code__c = 'OWNER_REFUSED'`);
      assert.equal(row?.['Outcome__c'], 'Refused');
      await until('the alert is sent', () => dialer.alerts.list().some(({ body }) => body.includes(lead.id)));
      assert.equal(dialer.leads.get(lead.id).fields['owned_rep_id'], owner.id);
      await story.salesforceHas(id, { '@Owned_Rep_Id__c': other.id });
      await searches(at, lead.id);
      await admin.press('Change of owner');
      await admin.reads(/callback at/);
      await at.look('report-owner');
      await admin.press('Why?');
      await admin.reads(/owner/i);
      await at.look('why-owner');
    },
  },
];

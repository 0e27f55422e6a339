// The currency of a sale (M25): taken over where the org has several, refused in words where the org has not that one.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { grant } from '../helpers/grant.ts';
import { startStack, type Stack } from '../helpers/stack.ts';
import { until } from '../helpers/until.ts';
import { SpecStack } from './specStack.ts';
import { Story, type Row } from './story.ts';

let stack: Stack;
let spec: SpecStack;

beforeAll(async () => {
  stack = await startStack();
  spec = new SpecStack(stack, new Story(stack));
  await spec.prepare();
  await stack.bridge.start();
}, 120_000);

afterAll(async () => {
  await stack.stop();
}, 60_000);

/** Sells in a currency. @returns the report row of the sale */
async function sell(currency: string): Promise<{ leadId: string; row: Row }> {
  const { lead } = await spec.story.fromSellfire();
  spec.sell(lead.id, { currency });
  const [row = {}] = await spec.story.reports(`@Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
  return { leadId: lead.id, row };
}

async function sold(leadId: string): Promise<Row> {
  return until('the sale is there', async () => {
    const where = `@Sellfire_Opportunity_Key__c LIKE '${leadId}:%'`;
    const [row] = await spec.story.query(
      `SELECT Id, CurrencyIsoCode, (SELECT CurrencyIsoCode FROM OpportunityLineItems) FROM Opportunity WHERE ${where}`,
    );
    return row;
  });
}

describe('an org with one currency', () => {
  it('takes a sale in it', async () => {
    expect((await sell('USD')).row).toMatchObject({ Outcome__c: 'Success' });
  }, 60_000);

  it('refuses a sale in another in words, and nothing of it is written', async () => {
    const { leadId, row } = await sell('EUR');
    expect(row).toMatchObject({
      Outcome__c: 'Failed',
      Code__c: 'CURRENCY_MISSING',
      Reason__c: expect.stringMatching(/sale is in EUR.*every amount in USD/) as unknown,
    });
    const where = `@Sellfire_Opportunity_Key__c LIKE '${leadId}:%'`;
    await expect(spec.story.query(`SELECT Id FROM Opportunity WHERE ${where}`)).resolves.toEqual([]);
  }, 60_000);
});

describe('an org that turns on several currencies under way', () => {
  beforeAll(async () => {
    stack.org.org.currencies.useSeveral(['USD', 'EUR'], ['GBP']);
    await spec.story.reloaded(() => spec.addMapping(['title', 'Lead', 'Website', 'DoNotSync', ['createUpdate']]));
  }, 60_000);

  it('says of a product that it has no price in the currency of the sale', async () => {
    const { row } = await sell('EUR');
    expect(row).toMatchObject({ Code__c: 'PRODUCT_MISSING', Reason__c: expect.stringContaining('in EUR') as unknown });
  }, 60_000);

  it('takes the price in the currency of the sale, whichever was made first, and the sale is in it', async () => {
    const [product] = await spec.story.query(`SELECT Id FROM Product2 WHERE ProductCode = 'PRO'`);
    const [book] = await spec.story.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
    await spec.story.create('PricebookEntry', {
      ...{ Product2Id: product?.['Id'], Pricebook2Id: book?.['Id'], UnitPrice: 45, IsActive: true },
      CurrencyIsoCode: 'EUR',
    });
    const { leadId, row } = await sell('EUR');
    expect(row).toMatchObject({ Outcome__c: 'Success' });
    expect(await sold(leadId)).toMatchObject({
      CurrencyIsoCode: 'EUR',
      OpportunityLineItems: { records: [{ CurrencyIsoCode: 'EUR' }] },
    });
    const dollars = await sell('USD');
    expect(await sold(dollars.leadId)).toMatchObject({ CurrencyIsoCode: 'USD' });
  }, 60_000);

  it('sells in the currency of the sale where the demo has made the Opportunity in another', async () => {
    const { lead } = await spec.story.fromSellfire();
    spec.desk.setDemo(lead.id, { start_time: spec.inDays() });
    await until('the demo is there', async () => (await sold(lead.id))['CurrencyIsoCode'] === 'USD');
    spec.sell(lead.id, { currency: 'EUR' });
    await until('the sale is in EUR', async () => (await sold(lead.id))['CurrencyIsoCode'] === 'EUR');
  }, 60_000);

  it('makes a product that is missing with a price in the currency of the sale, where the admin wants it', async () => {
    await grant(stack, {
      objects: { Product2: 'create', Pricebook2: 'edit', PricebookEntry: 'create' },
    });
    await spec.with({ createProducts: true }, async () => {
      const { lead } = await spec.story.fromSellfire();
      spec.sell(lead.id, {
        ...{
          currency: 'EUR',
          items: [{ product_code: 'NEW', product_name: 'New plan', quantity: 1, unit_price: '70' }],
        },
      });
      const [row] = await spec.story.reports(`@Event__c = 'Sale' AND @Sellfire_Lead_Id__c = '${lead.id}'`);
      expect(row).toMatchObject({ Outcome__c: 'Success' });
      expect(await sold(lead.id)).toMatchObject({ CurrencyIsoCode: 'EUR' });
      await expect(
        spec.story.query(`SELECT CurrencyIsoCode, UnitPrice FROM PricebookEntry WHERE ProductCode = 'NEW'`),
      ).resolves.toMatchObject([{ CurrencyIsoCode: 'EUR', UnitPrice: 70 }]);
    });
  }, 60_000);

  it('refuses a sale in a currency that is not active', async () => {
    expect((await sell('GBP')).row).toMatchObject({
      Code__c: 'CURRENCY_MISSING',
      Reason__c: expect.stringMatching(/GBP.*EUR, USD/) as unknown,
    });
  }, 60_000);
});

// The products of a sale that Salesforce lacks, and the prices of its items (M25).
import { describe, expect, it } from '@jest/globals';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Plan } from '../../../../bridge/model/plan.ts';
import { BOOK_ID, SALE, on, sell, transactionOf, of } from './soldLead.ts';

describe('a product that Salesforce lacks (M25)', () => {
  const making = on([], { settings: { createProducts: true } });
  const SET = { code: 'SET', name: 'Set-up' };
  const PRICE = { ...SET, entryId: '01u9', pricebookId: BOOK_ID };
  const unpriced = ['SET'];

  it('fails the sale with the remedy, unless the setting allows its creation', () => {
    const { reports } = sell(on([]), { answers: { unpriced } });
    expect(reports).toMatchObject([
      { code: 'PRODUCT_MISSING', reason: expect.stringMatching(/Set-up \(SET\).*Create Products/) },
    ]);
  });

  it('is created with its standard price in the same transaction, and the item refers to it', () => {
    const plan = sell(making, { answers: { unpriced } });
    expect(of(plan, 'Product2')).toMatchObject([{ fields: { Name: 'Set-up', ProductCode: 'SET', IsActive: true } }]);
    expect(of(plan, 'PricebookEntry')).toMatchObject([
      { fields: { Product2Id: { ref: 'product_1' }, Pricebook2Id: BOOK_ID, UnitPrice: 300, IsActive: true } },
    ]);
    expect(of(plan, 'OpportunityLineItem')[1]).toMatchObject({ fields: { PricebookEntryId: { ref: 'price_1' } } });
    const refs = transactionOf(plan).nodes.map(({ ref }) => ref);
    expect(refs.indexOf('price_1')).toBeLessThan(refs.indexOf('item_2'));
  });

  it('that exists without a price only gets the price', () => {
    const product = { products: [{ ...SET, id: '01t1', active: true }], priced: [], standardPricebookId: BOOK_ID };
    const plan = sell(making, { answers: { unpriced, product } });
    expect(of(plan, 'Product2')).toEqual([]);
    expect(of(plan, 'PricebookEntry')).toMatchObject([{ fields: { Product2Id: '01t1' } }]);
  });

  it('is created once for two items of it', () => {
    const twice = { ...SALE, items: SALE.items.map((item) => ({ ...item, product_code: 'NEW', product_name: 'New' })) };
    const plan = sell(making, { sale: twice, answers: { unpriced: ['NEW'] } });
    expect(of(plan, 'Product2')).toHaveLength(1);
    expect(of(plan, 'OpportunityLineItem').map((node) => node.fields['PricebookEntryId'])).toEqual([
      { ref: 'price_1' },
      { ref: 'price_1' },
    ]);
  });

  it('is not another product that bears its name, where one has its code and no price', () => {
    const one = { ...SALE, items: SALE.items.slice(1) };
    const facts = (...codes: string[]) => ({
      products: codes.map((code) => ({ code, name: 'Set-up', id: `01t${code}`, active: code !== 'SET' })),
      ...{ priced: [], standardPricebookId: BOOK_ID },
    });
    const sold = (settings: SyncConfig, ...codes: string[]): Plan =>
      sell(settings, { sale: one, answers: { namesake: 'OTHER', product: facts(...codes) } });
    expect(of(sold(on([]), 'OTHER'), 'OpportunityLineItem')).toMatchObject([
      { fields: { PricebookEntryId: '01uOTHER' } },
    ]);
    expect(sold(on([]), 'OTHER', 'SET').reports).toMatchObject([{ code: 'PRODUCT_MISSING' }]);
    expect(sold(making, 'OTHER', 'SET').reports).toMatchObject([{ code: 'PRODUCT_INACTIVE' }]);
  });

  it('that another sale has made meanwhile is taken with its price, and not reported as inactive (M25)', () => {
    const product = {
      ...{ products: [{ ...SET, id: '01t1', active: true }], priced: [{ ...PRICE, active: true }] },
      standardPricebookId: BOOK_ID,
    };
    const plan = sell(making, { answers: { unpriced, product } });
    expect(plan.reports).toEqual([]);
    expect(of(plan, 'Product2')).toEqual([]);
    expect(of(plan, 'PricebookEntry')).toEqual([]);
    expect(of(plan, 'OpportunityLineItem')[1]).toMatchObject({ fields: { PricebookEntryId: PRICE.entryId } });
  });

  it('that somebody has deactivated is left so and reported', () => {
    for (const product of [
      { products: [{ ...SET, id: '01t1', active: false }], priced: [], standardPricebookId: BOOK_ID },
      {
        products: [{ ...SET, id: '01t1', active: true }],
        priced: [{ ...PRICE, active: false }],
        standardPricebookId: BOOK_ID,
      },
    ])
      expect(sell(making, { answers: { unpriced, product } }).reports).toMatchObject([{ code: 'PRODUCT_INACTIVE' }]);
    const bookless = { products: [], priced: [], standardPricebookId: null };
    expect(sell(making, { answers: { unpriced, product: bookless } }).reports).toMatchObject([
      { code: 'PRICEBOOK_MISSING' },
    ]);
  });
});

describe('the price of an item (M25)', () => {
  const priced = (unit_price: string): Plan =>
    sell(on([]), {
      sale: { ...SALE, items: SALE.items.map((item, index) => (index === 0 ? { ...item, unit_price } : item)) },
    });

  it.each(['', ' ', '12,50', '0x10', 'free', '1,299.00', 'NaN', 'Infinity'])(
    'that is no number, %j, fails the sale in words, and is no price of nothing',
    (text) => {
      const { writes, reports } = priced(text);
      expect(writes.filter(({ kind }) => kind === 'saleTransaction')).toEqual([]);
      expect(reports).toMatchObject([{ code: 'VALUE_UNFIT', reason: expect.stringContaining('no number') }]);
    },
  );

  it.each([
    ['0', 0],
    ['-5.5', -5.5],
    [' 129.50 ', 129.5],
  ])('that is one, %j, is its amount', (text, UnitPrice) => {
    expect(of(priced(text), 'OpportunityLineItem')[0]?.fields).toMatchObject({ UnitPrice });
  });
});

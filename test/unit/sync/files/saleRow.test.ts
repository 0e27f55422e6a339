// A sale of Salesforce becomes rows of Sellfire's import (M26).
import { describe, expect, it } from '@jest/globals';
import { saleColumns, saleFields, saleRows, type WonSale } from '../../../../bridge/sync/files/saleRow.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../../helpers/fields.ts';
import { config, mapping } from '../fixtures.ts';

const sales = () => {
  const base = config([
    mapping('payment_terms', 'Opportunity.Terms__c', 'TwoWay', { sellfireObject: 'sale', triggers: ['sale'] }),
    mapping('sale_notes', 'Opportunity.Notes__c', 'AlwaysSellfire', { sellfireObject: 'sale', triggers: ['sale'] }),
    mapping('discount', 'OpportunityLineItem.Discount', 'SalesforceUnlessBlank', {
      sellfireObject: 'sale_item',
      triggers: ['sale'],
    }),
  ]);
  base.objects['Opportunity'] = salesforceObject('Opportunity', ['Terms__c', 'Notes__c']);
  base.objects['OpportunityLineItem'] = salesforceObject('OpportunityLineItem', ['Discount']);
  base.catalogue = [
    sellfireField('payment_terms', 'text', { object: 'sale' }),
    sellfireField('sale_notes', 'text', { object: 'sale' }),
    sellfireField('discount', 'percent', { object: 'sale_item' }),
  ];
  return base;
};

const WON: WonSale = {
  opportunity: {
    Id: '006000000000001AAA',
    Name: 'Acme',
    AccountId: '001000000000001AAA',
    CloseDate: '2026-11-24',
    Amount: 120.5,
    Terms__c: 'Net 30',
    Notes__c: 'Not for Sellfire',
  },
  items: [
    {
      fields: { ProductCode: 'P1', Name: 'Acme Seat', Quantity: '2.0', UnitPrice: '1.2345678E7', Discount: 5 },
      productName: 'Seat',
    },
    {
      fields: { ProductCode: null, Name: 'Acme Setup', Quantity: 1, UnitPrice: 99.5, Discount: null },
      productName: 'Setup',
    },
  ],
  contactId: '003000000000001AAA',
  people: [
    { object: 'Contact', fields: { Phone: 'at the desk' } },
    { object: 'Account', fields: { Phone: '(512) 555-0100' } },
  ],
  repId: 'rep_01',
};

describe('a won Opportunity (M26)', () => {
  it('is a row for each of its items, with the mapped fields whose rule goes to Sellfire', () => {
    expect(saleFields(sales())).toEqual({ opportunity: ['Terms__c'], item: ['Discount'] });
    expect(saleColumns(sales()).slice(-2)).toEqual(['sale.payment_terms', 'item.discount']);
    const shared = {
      salesforce_opportunity_id: '006000000000001AAA',
      salesforce_contact_id: '003000000000001AAA',
      salesforce_account_id: '001000000000001AAA',
      primary_phone_number: '+15125550100',
      sold_at: '2026-11-24',
      sold_by: 'rep_01',
      currency: '',
      'sale.payment_terms': 'Net 30',
    };
    expect(saleRows(sales(), WON)).toEqual([
      {
        ...shared,
        product_code: 'P1',
        product_name: 'Seat',
        quantity: '2',
        unit_price: '12345678',
        'item.discount': '5',
      },
      { ...shared, product_code: 'Setup', product_name: 'Setup', quantity: '1', unit_price: '99.5' },
    ]);
  });

  it('has its mapped numbers and truths in one form, whichever API has carried them', () => {
    const base = sales();
    base.objects['OpportunityLineItem'] = salesforceObject('OpportunityLineItem', [
      salesforceField('Discount', 'percent'),
    ]);
    base.catalogue = base.catalogue.map((field) => (field.name === 'discount' ? { ...field, type: 'text' } : field));
    const discount = (Discount: string | number): unknown => {
      const [item] = WON.items;
      const rows = saleRows(base, {
        ...WON,
        items: [{ productName: null, ...item, fields: { ...item?.fields, Discount } }],
      });
      return Array.isArray(rows) ? rows[0]?.['item.discount'] : rows;
    };
    expect(['5.0', 5, '1.25E1', 12.5].map(discount)).toEqual(['5', '5', '12.5', '12.5']);
  });

  it('without items is one row with its own name and amount, and without an amount none', () => {
    expect(saleRows(sales(), { ...WON, items: [] })).toMatchObject([
      { product_code: 'Acme', product_name: 'Acme', quantity: '1', unit_price: '120.5' },
    ]);
    const large = { ...WON, items: [], opportunity: { ...WON.opportunity, Amount: '1.2345678E7' } };
    expect(saleRows(sales(), large)).toMatchObject([{ unit_price: '12345678' }]);
    const bare = { ...WON, items: [], opportunity: { ...WON.opportunity, Amount: null } };
    expect(saleRows(sales(), bare)).toMatchObject({ code: 'NO_ITEMS' });
  });
});

// Which records of a sale name its currency, and which sales an org cannot hold (M25).
import { describe, expect, it } from '@jest/globals';
import type { SaleTransaction, TransactionNode } from '../../../../bridge/model/saleTransaction.ts';
import { foreignCurrency, nameCurrency } from '../../../../bridge/sync/sale/currency.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';

const several = { several: true, codes: ['EUR', 'USD'] };
const sale = { currency: 'eur' };
const node = (object: string, op: TransactionNode['op'] = { kind: 'create' }): TransactionNode => ({
  ref: object,
  object,
  op,
  fields: { Name: 'x' },
});
const currencyOf = ({ fields }: TransactionNode): unknown => fields['CurrencyIsoCode'];

describe('the currency of a sale', () => {
  const objects = {
    Shipment__c: salesforceObject('Shipment__c', [salesforceField('CurrencyIsoCode', 'picklist')]),
    Plain__c: salesforceObject('Plain__c', []),
    Account: salesforceObject('Account', [salesforceField('CurrencyIsoCode', 'picklist')]),
  };
  const named = (nodes: TransactionNode[], currencies = several): unknown[] => {
    nameCurrency({ currencies, objects }, sale, { nodes } as SaleTransaction);
    return nodes.map(currencyOf);
  };

  it('stands in the Opportunity, in prices that are made for it, and in the customer’s own records', () => {
    const nodes = ['Opportunity', 'PricebookEntry', 'Shipment__c'].map((object) => node(object));
    expect(named(nodes)).toEqual(['EUR', 'EUR', 'EUR']);
  });

  it('is not that of the customer, of a product, or of what names none; prices that are there keep theirs', () => {
    const price = node('PricebookEntry', { kind: 'update', id: '01u' });
    const others = ['Account', 'Contact', 'Product2', 'OpportunityLineItem', 'Plain__c'].map((object) => node(object));
    expect(named([...others, price])).toEqual(Array.from({ length: 6 }));
  });

  it('stands nowhere in an org with one currency', () => {
    expect(named([node('Opportunity')], { several: false, codes: ['EUR'] })).toEqual([undefined]);
  });

  it.each([
    ['an active one of several', several, undefined],
    ['the only one', { several: false, codes: ['EUR'] }, undefined],
    ['one that nothing names', { several: false, codes: [] }, undefined],
    ['none of several', { several: true, codes: ['USD'] }, 'Active are USD.'],
    ['not the only one', { several: false, codes: ['USD'] }, 'keeps every amount in USD.'],
  ])('that is %s', (_what, currencies, words) => {
    const why = foreignCurrency({ currencies }, sale);
    if (words === undefined) expect(why).toBeUndefined();
    else expect(why).toMatchObject({ code: 'CURRENCY_MISSING', sentence: expect.stringContaining(words) as unknown });
  });
});

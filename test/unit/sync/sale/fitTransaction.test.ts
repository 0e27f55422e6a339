// A value that Salesforce cannot parse is named before anything of the graph is written.
import { expect, it } from '@jest/globals';
import type { SaleTransaction, NodeValue } from '../../../../bridge/model/saleTransaction.ts';
import { unfitValue } from '../../../../bridge/sync/sale/unfitValue.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config } from '../fixtures.ts';

const base = config();
const objects = {
  Opportunity: salesforceObject('Opportunity', [
    salesforceField('Seats__c', 'int', { label: 'Seats' }),
    salesforceField('Signed__c', 'date', { label: 'Signed' }),
  ]),
};

function transaction(fields: Record<string, NodeValue>): SaleTransaction {
  return {
    event: 'Sale',
    leadId: 'lead_1',
    cycle: 1,
    account: { ref: 'account' },
    contact: undefined,
    opportunity: undefined,
    relinks: false,
    nodes: [{ ref: 'opportunity', object: 'Opportunity', op: { kind: 'create' }, fields }],
    made: [],
    why: [],
  };
}

it.each<[string, Record<string, NodeValue>]>([
  ['a text for a whole number', { Seats__c: 'many' }],
  ['a part for a whole number', { Seats__c: 7.5 }],
  ['a text for a date', { Signed__c: 'soon' }],
])('%s is named with its field and what to do', (_, fields) => {
  expect(unfitValue({ ...base, objects }, transaction(fields))).toEqual({
    code: 'VALUE_UNFIT',
    sentence: expect.stringMatching(/, which (Seats|Signed) needs\. Nothing was written\.$/),
    action: expect.stringMatching(/ then repush the sale\.$/),
  });
});

it('a value that fits, is blank, refers to a record of the graph, or has no description, is accepted', () => {
  const fields = { Seats__c: 7, Signed__c: '2026-11-24', AccountId: { ref: 'account' }, Name: 'Acme' };
  expect(unfitValue({ ...base, objects }, transaction(fields))).toBeUndefined();
  expect(unfitValue({ ...base, objects }, transaction({ Seats__c: null, Signed__c: null }))).toBeUndefined();
});

// A demo or a sale fits its org before it is written (M32): names are shortened, what cannot be held is left out, and only what
// nothing can be done without holds it back.
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../../bridge/model/fault.ts';
import type { SaleTransaction, NodeValue, TransactionNode } from '../../../../bridge/model/saleTransaction.ts';
import { fitTransaction } from '../../../../bridge/sync/sale/fitTransaction.ts';
import { cutText } from '../../../../bridge/model/text.ts';
import { withoutRefused } from '../../../../bridge/sync/writes/withoutRefused.ts';
import { salesforceField, salesforceObject } from '../../../helpers/fields.ts';
import { config } from '../fixtures.ts';

const settings = {
  ...config(),
  objects: {
    Opportunity: salesforceObject('Opportunity', [
      salesforceField('Name', 'string', { nillable: false, length: 120 }),
      salesforceField('Seats__c', 'int', { label: 'Seats' }),
      salesforceField('Signed__c', 'date', { label: 'Signed' }),
      salesforceField('Due__c', 'date', { label: 'Due', nillable: false }),
      salesforceField('Town__c', 'string', { label: 'Town', length: 40 }),
      salesforceField('Plan__c', 'picklist', { label: 'Plan', restrictedPicklist: true, picklistValues: ['Gold'] }),
    ]),
  },
};

const opportunity = (fields: Record<string, NodeValue>, op: TransactionNode['op'] = { kind: 'create' }) =>
  ({ ref: 'opportunity', object: 'Opportunity', op, fields }) satisfies TransactionNode;

function transaction(...nodes: TransactionNode[]): SaleTransaction {
  return {
    event: 'Sale',
    leadId: 'lead_1',
    recordId: null,
    cycle: 1,
    account: { ref: 'account' },
    contact: undefined,
    opportunity: undefined,
    relinks: false,
    nodes,
    made: [],
    madeBefore: [],
    leftOut: [],
    heldUp: [],
    why: [],
  };
}

/** @returns what is written of the Opportunity, and what is said of the rest */
function fitted(fields: Record<string, NodeValue>, op?: TransactionNode['op']) {
  const one = transaction(opportunity(fields, op));
  const refused = fitTransaction(settings, one);
  return { fields: one.nodes[0]?.fields, said: one.leftOut.map(({ field, why }) => `${why.code} ${field}`), refused };
}

describe('a value', () => {
  it.each<[string, Record<string, NodeValue>]>([
    ['a text for a whole number', { Seats__c: 'many' }],
    ['a part for a whole number', { Seats__c: 7.5 }],
    ['a text for a date', { Signed__c: 'soon' }],
    ['a text longer than its field', { Town__c: 'x'.repeat(50) }],
    ['a value that a restricted picklist lacks', { Plan__c: 'Silver' }],
  ])('that cannot be held, %s, is left out and reported', (_, unfit) => {
    const [name] = Object.keys(unfit);
    expect(fitted({ Name: 'Acme', ...unfit })).toEqual({
      fields: { Name: 'Acme' },
      said: [`VALUE_UNFIT ${name}`],
      refused: undefined,
    });
  });

  it('that cannot be left out holds the sale back and says what to do', () => {
    expect(fitted({ Name: 'Acme', Due__c: 'soon' }).refused).toMatchObject({
      code: 'VALUE_UNFIT',
      sentence: expect.stringMatching(/, which Due needs\. Nothing was written\.$/),
      action: expect.stringMatching(/ then repush the sale\.$/),
    });
  });

  it('that fits, is blank, refers to a record of the sale or is not described is written as it is', () => {
    const fields = { Name: 'Acme', Seats__c: 7, Signed__c: '2026-11-24', Plan__c: 'Gold', Town__c: null };
    const others = { AccountId: { ref: 'account' }, Unknown__c: 'x'.repeat(999) };
    expect(fitted({ ...fields, ...others })).toEqual({
      fields: { ...fields, ...others },
      said: [],
      refused: undefined,
    });
  });

  it('that was all of an update leaves no empty write', () => {
    expect(fitted({ Town__c: 'x'.repeat(50) }, { kind: 'update', id: '006' }).fields).toBeUndefined();
  });
});

describe('a number of a line item', () => {
  const item = (fields: Record<string, NodeValue>) => {
    const node = { ref: 'i', object: 'OpportunityLineItem', op: { kind: 'create' }, fields } satisfies TransactionNode;
    const one = transaction(node);
    const described = salesforceObject('OpportunityLineItem', [
      salesforceField('Quantity', 'double', { scale: 2, nillable: false }),
      salesforceField('UnitPrice', 'currency', { scale: 2 }),
    ]);
    expect(fitTransaction({ ...settings, objects: { OpportunityLineItem: described } }, one)).toBeUndefined();
    return { fields: one.nodes[0]?.fields, said: one.leftOut.map(({ why }) => why.sentence) };
  };

  it('that Salesforce would round is rounded and reported, because the amount of the sale differs', () => {
    const { fields, said } = item({ Quantity: 1.235, UnitPrice: 10.05 });
    expect(fields).toEqual({ Quantity: 1.24, UnitPrice: 10.05 });
    expect(said).toEqual([expect.stringContaining('holds 1.24 and not 1.235')]);
    expect(item({ Quantity: 0.001, UnitPrice: 0.3 }).said).toEqual([expect.stringContaining('holds 0 and not 0.001')]);
  });

  it('that fits is left as it is', () => {
    expect(item({ Quantity: 1_000_000, UnitPrice: 9_999_999_999.99 })).toMatchObject({ said: [] });
  });
});

describe('a name', () => {
  it('that is too long is shortened and reported, also where the object is not described', () => {
    expect(fitted({ Name: 'A'.repeat(130) })).toMatchObject({
      fields: { Name: 'A'.repeat(120) },
      said: ['VALUE_CUT Name'],
    });
    const contact: TransactionNode = {
      ref: 'p',
      object: 'Contact',
      op: { kind: 'create' },
      fields: { FirstName: 'B'.repeat(80) },
    };
    const one = transaction(contact);
    fitTransaction({ ...settings, objects: {} }, one);
    expect(one.nodes[0]?.fields['FirstName']).toHaveLength(40);
  });

  it.each([
    ['an emoji', `${'A'.repeat(119)}😀`, 'A'.repeat(119)],
    ['an emoji that fits', `${'A'.repeat(118)}😀B`, `${'A'.repeat(118)}😀`],
    ['a family of emoji', `${'A'.repeat(115)}👨‍👩‍👧‍👦`, 'A'.repeat(115)],
    ['a letter with its accent', `${'A'.repeat(119)}e\u0301`, 'A'.repeat(119)],
    ['blanks', `${'A'.repeat(110)}          B`, 'A'.repeat(110)],
    ['letters of several bytes', 'ß'.repeat(130), 'ß'.repeat(120)],
  ])('is never cut in the middle of a character: %s', (_, name, kept) => {
    expect(cutText(name, 120)).toBe(kept);
    expect(cutText(name, 120).isWellFormed()).toBe(true);
  });

  it('is shortened in the sale as it is cut: between two characters', () => {
    expect(fitted({ Name: `${'A'.repeat(119)}😀` }).fields).toEqual({ Name: 'A'.repeat(119) });
  });

  it('of which not even the first character fits stays well-formed', () => {
    for (const length of [1, 2, 3, 4]) expect(cutText('👨‍👩‍👧‍👦', length).isWellFormed()).toBe(true);
  });
});

describe('what Salesforce refuses of a sale', () => {
  const account: TransactionNode = {
    ref: 'account',
    object: 'Account',
    op: { kind: 'create' },
    fields: { Name: 'Acme' },
  };
  const person: TransactionNode = {
    ref: 'person_1',
    object: 'Contact',
    op: { kind: 'create' },
    fields: { LastName: 'Rock' },
  };
  const sale = transaction(account, person, opportunity({ Name: 'Acme', Town__c: 'Waco', Plan__c: 'Gold' }));
  const refusal = (node: string, extra: Partial<Fault> = {}): Fault => ({
    class: 'record',
    code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message: 'Opportunity: We never do that.',
    fields: [],
    unknownOutcome: false,
    node,
    ...extra,
  });
  const rest = (fault: Fault) => {
    const left = withoutRefused(settings, sale, fault);
    const fields = left?.nodes.find(({ ref }) => ref === 'opportunity')?.fields;
    return left && { refs: left.nodes.map(({ ref }) => ref), fields, left: left.leftOut.map(({ field }) => field) };
  };

  it('is left out where it is named and can be', () => {
    expect(rest(refusal('opportunity', { fields: ['Town__c'] }))).toEqual({
      refs: ['account', 'person_1', 'opportunity'],
      fields: { Name: 'Acme', Plan__c: 'Gold' },
      left: ['Town__c'],
    });
  });

  it('and names no field, costs what the record can do without', () => {
    expect(rest(refusal('opportunity'))).toMatchObject({ fields: { Name: 'Acme' }, left: ['Town__c', 'Plan__c'] });
  });

  it('of a further person costs that person', () => {
    const duplicate = refusal('person_1', { class: 'exists', code: 'DUPLICATES_DETECTED' });
    expect(rest(duplicate)).toMatchObject({ refs: ['account', 'opportunity'], left: ['LastName'] });
  });

  it('and cannot be left out, fails it', () => {
    expect(rest(refusal('opportunity', { fields: ['Name'] }))).toBeUndefined();
    expect(rest(refusal('account'))).toBeUndefined();
    expect(rest(refusal('opportunity', { class: 'retry', fields: ['Town__c'] }))).toBeUndefined();
  });
});

// Records of the customer’s own objects that a sale makes (M13), and what is looked up for it.
import { describe, expect, it } from '@jest/globals';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import { parentsFirst } from '../../../../bridge/sync/sale/relations.ts';
import { fingerprint } from '../../../../bridge/sync/values/fingerprint.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { emptyState } from '../../../../bridge/sync/values/register.ts';
import { CONTACT_ID } from '../fixtures.ts';
import {
  ACCOUNT_ID,
  OPPORTUNITY_ID,
  SHIPMENT_ID,
  SALE,
  onSale,
  SHIPMENT,
  LOCATIONS,
  field,
  lookup,
  described,
  on,
  linked,
  sell,
  writeOf,
  transactionOf,
  of,
  markIn,
} from './soldLead.ts';

describe('a customer’s own object (M13)', () => {
  it('gets one record for the sale, which refers to its Opportunity, with a mark in the same transaction that names it', () => {
    const plan = sell(on([SHIPMENT]));
    expect(of(plan, 'Shipment__c')).toMatchObject([
      { op: { kind: 'create' }, fields: { Notes__c: 'By truck', Opportunity__c: { ref: 'opportunity' } } },
    ]);
    expect(of(plan, 'Integration_Report__c')).toMatchObject([
      {
        op: { kind: 'create' },
        fields: { Salesforce_Object__c: 'Shipment__c', Salesforce_Record_Id__c: { ref: 'made_1' }, Event__c: 'Sale' },
      },
    ]);
    expect(markIn(plan).length).toBeLessThanOrEqual(36);
  });

  it('gets one record for each item where a field of the items is mapped to it, each with the fields of the sale', () => {
    const plan = sell(on([SHIPMENT, onSale('sale_item', 'discount', 'Shipment__c.Discount__c')]));
    expect(of(plan, 'Shipment__c').map((node) => node.fields)).toMatchObject([
      { Notes__c: 'By truck', Discount__c: 5 },
      { Notes__c: 'By truck' },
    ]);
    expect(new Set(of(plan, 'Integration_Report__c').map((node) => node.fields['Report_Id__c'])).size).toBe(2);
  });

  it('gets no duplicate from a repeat after a crash between the transaction and the save of the link', () => {
    const first = sell(on([SHIPMENT]));
    const again = sell(on([SHIPMENT]), { answers: { made: { [markIn(first)]: SHIPMENT_ID }, present: [SHIPMENT_ID] } });
    expect(of(again, 'Shipment__c')).toMatchObject([
      { op: { kind: 'update', id: SHIPMENT_ID }, fields: { Notes__c: 'By truck' } },
    ]);
    expect(of(again, 'Shipment__c')[0]?.fields).not.toHaveProperty('Opportunity__c');
    expect(of(again, 'Integration_Report__c')).toEqual([]);
  });

  it('is stored on the link, so that a repeat finds it after the reports are deleted', () => {
    const first = sell(on([SHIPMENT]));
    const ids = { opportunity: OPPORTUNITY_ID, made_1: SHIPMENT_ID };
    const { link } = settle(on([SHIPMENT]), first.link, [{ ok: true, write: writeOf(first), ids }], 9_000);
    expect(link?.made).toEqual({ [markIn(first)]: SHIPMENT_ID });
    const again = sell(on([SHIPMENT]), { link: link ?? null, answers: { present: [SHIPMENT_ID] } });
    expect(of(again, 'Shipment__c')).toMatchObject([{ op: { kind: 'update', id: SHIPMENT_ID } }]);
  });

  it('gets a new record where a person deleted the old one, and its mark then names the new one', () => {
    const first = sell(on([SHIPMENT]));
    const again = sell(on([SHIPMENT]), { answers: { made: { [markIn(first)]: SHIPMENT_ID } } });
    expect(of(again, 'Shipment__c')).toMatchObject([{ op: { kind: 'create' } }]);
    expect(of(again, 'Integration_Report__c')).toMatchObject([{ op: { kind: 'upsert', key: markIn(first) } }]);
  });

  it('of another sale is another record', () => {
    expect(markIn(sell(on([SHIPMENT]), { sale: { ...SALE, id: 'sale_2' } }))).not.toBe(markIn(sell(on([SHIPMENT]))));
  });

  it('with required fields that are not mapped, or empty, fails the sale, and the report names each', () => {
    const carrier = field('Carrier__c', { nillable: false, label: 'Carrier' });
    const unmapped = sell(on([SHIPMENT], { shipment: [carrier] }));
    expect(unmapped.writes.filter(({ kind }) => kind === 'saleTransaction')).toEqual([]);
    expect(unmapped.reports).toMatchObject([
      {
        event: 'Sale',
        outcome: 'Failed',
        code: 'REQUIRED_UNMAPPED',
        reason: expect.stringContaining('Carrier (Carrier__c)'),
      },
    ]);
    const mapped = on([SHIPMENT, onSale('sale_item', 'discount', 'Shipment__c.Carrier__c')], { shipment: [carrier] });
    expect(sell(mapped).reports).toMatchObject([
      { code: 'REQUIRED_EMPTY', reason: expect.stringContaining('Carrier') },
    ]);
  });

  it('gets every reference that it requires, and of several that it does not, none', () => {
    const required = [lookup('Buyer__c', 'Account', { nillable: false }), lookup('Payer__c', 'Account')];
    const [node] = of(sell(on([SHIPMENT], { shipment: required })), 'Shipment__c');
    expect(node?.fields).toMatchObject({ Buyer__c: ACCOUNT_ID });
    expect(node?.fields).not.toHaveProperty('Payer__c');
  });

  it('that is the child of another that the sale makes refers to it: a parent of the sale, a child for each item', () => {
    const child = (isRequired: boolean) =>
      described('Box__c', [
        field('Weight__c', { type: 'percent' }),
        lookup('Shipment__c', 'Shipment__c', { nillable: !isRequired }),
        lookup('Item__c', 'OpportunityLineItem'),
      ]);
    const BOX = onSale('sale_item', 'discount', 'Box__c.Weight__c');
    for (const [mappings, isRequired] of [
      [[BOX, SHIPMENT], true],
      [[SHIPMENT, BOX], true],
      [[BOX, SHIPMENT], false],
    ] as const) {
      const plan = sell(on([...mappings], { objects: { Box__c: child(isRequired) } }));
      const [shipment] = of(plan, 'Shipment__c');
      expect(shipment?.fields).toMatchObject({ Opportunity__c: { ref: 'opportunity' } });
      expect(of(plan, 'Box__c').map((node) => node.fields)).toMatchObject([
        { Shipment__c: { ref: shipment?.ref }, Item__c: { ref: 'item_1' }, Weight__c: 5 },
        { Shipment__c: { ref: shipment?.ref }, Item__c: { ref: 'item_2' } },
      ]);
      const order = transactionOf(plan).nodes.map(({ object }) => object);
      expect(order.indexOf('Shipment__c')).toBeLessThan(order.indexOf('Box__c'));
    }
  });

  it('whose parent is of the same item refers to that, and one whose parents are many to none of them', () => {
    const onItems = onSale('sale_item', 'discount', 'Shipment__c.Discount__c');
    const box = described('Box__c', [field('Weight__c', { type: 'percent' }), lookup('Shipment__c', 'Shipment__c')]);
    const objects = { Box__c: box };
    const each = sell(on([onItems, onSale('sale_item', 'discount', 'Box__c.Weight__c')], { objects }));
    expect(of(each, 'Box__c').map((node) => node.fields['Shipment__c'])).toEqual(
      of(each, 'Shipment__c').map(({ ref }) => ({ ref })),
    );
    const [one] = of(sell(on([onItems, onSale('sale', 'sale_notes', 'Box__c.Weight__c')], { objects })), 'Box__c');
    expect(one?.fields).not.toHaveProperty('Shipment__c');
  });

  it('that requires a parent of each item is made once for each, however deep, with the fields of the sale', () => {
    const objects = {
      Box__c: described('Box__c', [field('Weight__c', { type: 'percent' })]),
      Label__c: described('Label__c', [field('Text__c'), lookup('Box__c', 'Box__c', { nillable: false })]),
      Stamp__c: described('Stamp__c', [field('Text__c'), lookup('Label__c', 'Label__c', { nillable: false })]),
    };
    const mappings = [
      onSale('sale', 'sale_notes', 'Stamp__c.Text__c'),
      onSale('sale', 'sale_notes', 'Label__c.Text__c'),
      onSale('sale_item', 'discount', 'Box__c.Weight__c'),
    ];
    const plan = sell(on(mappings, { objects }));
    const [boxes, labels, stamps] = ['Box__c', 'Label__c', 'Stamp__c'].map((object) => of(plan, object));
    expect(boxes).toHaveLength(2);
    expect(labels?.map((node) => node.fields['Box__c'])).toEqual(boxes?.map(({ ref }) => ({ ref })));
    expect(stamps?.map((node) => node.fields['Label__c'])).toEqual(labels?.map(({ ref }) => ({ ref })));
    expect(stamps?.every((node) => node.fields['Text__c'] !== undefined)).toBe(true);
  });

  it('that refers to its child in turn is made after what it requires', () => {
    const circle: SyncConfig['objects'] = {
      A__c: described('A__c', [lookup('B__c', 'B__c', { nillable: false })]),
      B__c: described('B__c', [lookup('A__c', 'A__c')]),
      C__c: described('C__c', [lookup('C__c', 'C__c', { nillable: false }), lookup('A__c', 'A__c')]),
    };
    for (const objects of [
      ['A__c', 'B__c', 'C__c'],
      ['C__c', 'B__c', 'A__c'],
    ])
      expect(parentsFirst(objects, { objects: circle })).toEqual(['B__c', 'A__c', 'C__c']);
  });

  it('that the connected user cannot create is reported, and nothing of the sale is written', () => {
    const { reports, writes } = sell(on([onSale('sale', 'sale_notes', 'Hidden__c.Notes__c')]));
    expect(writes.filter(({ kind }) => kind === 'saleTransaction')).toEqual([]);
    expect(reports).toMatchObject([{ code: 'OBJECT_NOT_CREATEABLE', reason: expect.stringContaining('Hidden__c') }]);
  });

  it('of items and of associated contacts at once is refused', () => {
    const both = [
      onSale('sale_item', 'discount', 'Shipment__c.Discount__c'),
      onSale('associated_contact', 'last_name', 'Shipment__c.Notes__c'),
    ];
    expect(sell(on(both)).reports).toMatchObject([{ code: 'MAPPINGS_MIXED' }]);
  });
});

describe('what is looked up', () => {
  it('takes two rounds at most, whatever the sale creates', () => {
    const all = on([SHIPMENT, LOCATIONS], { settings: { multiSite: true, createProducts: true } });
    const first = sell(all, { link: null });
    // The third call of the core has all answers.
    expect(first.rounds).toBe(3);
    expect(
      sell(all, { link: null, answers: { unpriced: ['SET'], made: { [markIn(first)]: SHIPMENT_ID } } }).rounds,
    ).toBe(3);
  });

  it('has short keys that differ', () => {
    const names = new Set(Array.from({ length: 5_000 }, (_, n) => fingerprint(`sale_${n} Shipment__c`)));
    expect(names.size).toBe(5_000);
    // Keys in customers' orgs are made from it, so it never changes: the beginning of SHA-256 (FIPS 180-4, examples).
    expect(fingerprint('')).toBe('e3b0c44298fc1c149afbf4c8996fb924');
    expect(fingerprint('abc')).toBe('ba7816bf8f01cfea414140de5dae2223');
  });
});

describe('the link after a sale', () => {
  const settings = on([]);
  const after = (link: Link, isRefused = false) => {
    const plan = sell(settings, { link });
    const write = writeOf(plan);
    const fault = { class: 'record' as const, code: 'X', message: 'No.', fields: [], unknownOutcome: false };
    const outcome = isRefused ? { ok: false as const, write, fault } : { ok: true as const, write, ids: {} };
    return settle(settings, plan.link, [outcome], 9_000).writes;
  };

  it('has Sellfire told of an Account that is new to it, and of no other', () => {
    const { accountId: _, ...bare } = linked;
    const toSellfire = (link: Link) => after(link).filter(({ kind }) => kind === 'updateInSellfire');
    expect(toSellfire(linked)).toEqual([]);
    expect(toSellfire(bare)).toMatchObject([{ salesforce: { account_id: ACCOUNT_ID } }]);
  });

  it('that was refused writes nothing again that the turn writes anyway', () => {
    const pending = { targetVersion: 2, delivered: 1, confirmed: 1, lastKnown: 'Stone' };
    const register = { value: 'Rock', at: 8_000, by: 'sellfire' as const, version: 2 };
    const last_name = { ...emptyState(), register, replicas: { 'Contact.LastName': pending } };
    const toContact = after({ ...linked, fields: { last_name } }, true).filter(
      (one) => 'id' in one && one.id === CONTACT_ID,
    );
    expect(toContact).toEqual([]);
  });
});

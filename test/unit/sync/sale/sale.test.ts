// A sale creates records of the customer's own objects (M13), sites (M30) and missing products (M25), each once, whatever repeats
// or interruptions of the sale.
import { describe, expect, it } from '@jest/globals';
import type { SyncConfig } from '../../../../bridge/model/config.ts';
import {
  accountsKey,
  contactsKey,
  priceKey,
  recordKey,
  type AccountSites,
  type SaleTransaction,
  type TransactionNode,
  type ProductFacts,
} from '../../../../bridge/model/saleTransaction.ts';
import type { Link } from '../../../../bridge/model/link.ts';
import type { FieldMapping } from '../../../../bridge/model/mapping.ts';
import type { Found, Plan, Write } from '../../../../bridge/model/plan.ts';
import type { Sale } from '../../../../bridge/model/sale.ts';
import type { SalesforceField } from '../../../../bridge/model/salesforce.ts';
import type { Settings } from '../../../../bridge/model/settings.ts';
import { decide, type Decision } from '../../../../bridge/sync/decide.ts';
import { parentsFirst } from '../../../../bridge/sync/sale/relations.ts';
import { fingerprint } from '../../../../bridge/sync/values/fingerprint.ts';
import { nothingFound } from '../../../../bridge/sync/turn/lookups.ts';
import { settle } from '../../../../bridge/sync/settle.ts';
import { salesforceField, salesforceObject, sellfireField } from '../../../helpers/fields.ts';
import { config, CONTACT_ID, iso, lead, mapping, sellfireChange, USUAL } from '../fixtures.ts';

const PHONE = '+15125550123';
const ACCOUNT_ID = '001000000000001AAA';
const OPPORTUNITY_ID = '006000000000001AAA';
const SHIPMENT_ID = 'a00000000000001AAA';
const BOOK_ID = '01s000000000001AAA';
const places = ['12 High St', 'Dock 4', ' 12  high st'];
const fields = {
  primary_phone_number: PHONE,
  business_name: 'Acme Plumbing',
  last_name: 'Stone',
  custom_locations: places,
};
const linked: Link = {
  leadId: 'lead_1',
  revision: 3,
  record: { object: 'Contact', id: CONTACT_ID },
  accountId: ACCOUNT_ID,
  fields: {},
};
const SALE: Sale = {
  id: 'sale_1',
  lead_id: 'lead_1',
  rep_id: 'rep_1',
  cycle: 1,
  made_at: iso(9_000),
  currency: 'USD',
  items: [
    {
      id: 'si_1',
      product_code: 'PRO',
      product_name: 'Pro',
      quantity: 2,
      unit_price: '129.50',
      fields: { discount: 5 },
    },
    {
      id: 'si_2',
      product_code: 'SET',
      product_name: 'Set-up',
      quantity: 1,
      unit_price: '300',
      fields: { discount: null },
    },
  ],
  associated_contacts: [],
  fields: { sale_notes: 'By truck' },
};

const onSale = (from: FieldMapping['sellfireObject'], name: string, target: string): FieldMapping =>
  mapping(name, target, 'AlwaysSellfire', { sellfireObject: from, triggers: ['sale'] });
const SHIPMENT = onSale('sale', 'sale_notes', 'Shipment__c.Notes__c');
const LOCATIONS = onSale('lead', 'custom_locations', 'Site__c.location__c');

const labelOf = (name: string): string => name.replace(/__c$/, '').replaceAll('_', ' ');
const field = (name: string, extra: Partial<SalesforceField> = {}): SalesforceField =>
  salesforceField(name, 'string', { label: labelOf(name), ...extra });
const lookup = (name: string, to: string, extra: Partial<SalesforceField> = {}): SalesforceField =>
  field(name, { type: 'reference', referenceTo: [to], ...extra });

const described = (name: string, known: SalesforceField[]) => salesforceObject(name, known, { label: labelOf(name) });

function on(
  mappings: FieldMapping[],
  options: { settings?: Partial<Settings>; shipment?: SalesforceField[]; objects?: SyncConfig['objects'] } = {},
): SyncConfig {
  const base = config([...USUAL, onSale('lead', 'business_name', 'Account.Name'), ...mappings], options.settings ?? {});
  return {
    ...base,
    objects: {
      ...base.objects,
      Account: described('Account', [field('Name')]),
      Opportunity: described('Opportunity', [field('Name')]),
      OpportunityLineItem: described('OpportunityLineItem', [field('Quantity')]),
      Site__c: described('Site__c', [field('location__c'), field('Region__c')]),
      Shipment__c: described('Shipment__c', [
        field('Notes__c'),
        field('Discount__c', { type: 'percent' }),
        lookup('Opportunity__c', 'Opportunity'),
        ...(options.shipment ?? []),
      ]),
      ...options.objects,
    },
    catalogue: [
      ...base.catalogue,
      sellfireField('custom_locations', 'multi_text'),
      sellfireField('sale_notes', 'long_text', { object: 'sale' }),
      sellfireField('discount', 'percent', { object: 'sale_item' }),
      sellfireField('last_name', 'text', { object: 'associated_contact' }),
    ],
  };
}

interface Answers {
  /** By key of the mark. */
  made?: Record<string, string>;
  /** Ids of Shipments that exist. */
  present?: string[];
  sites?: AccountSites;
  unpriced?: string[];
  product?: ProductFacts;
  newAccount?: boolean;
}

const NO_SITES: AccountSites = { organizationId: null, sites: [] };

/** The answers of the org to the needs, and to nothing else. */
function answer(decision: Extract<Decision, { needs: unknown }>, found: Found, answers: Answers): void {
  const { sale } = decision.needs;
  const account = (phone: string) => ({ id: ACCOUNT_ID, name: 'Acme Plumbing', city: null, phone, country: null });
  for (const one of sale.accounts)
    found.sale.accounts.set(accountsKey(one), answers.newAccount ? [] : [account(one.phone)]);
  for (const one of sale.contacts) found.sale.contacts.set(contactsKey(one), []);
  for (const one of sale.prices)
    found.sale.prices.set(
      priceKey(one),
      answers.unpriced?.includes(one.code) ? [] : [{ entryId: `01u${one.code}`, pricebookId: BOOK_ID, ...one }],
    );
  for (const one of sale.products)
    found.sale.products.set(
      priceKey(one),
      answers.product ?? { products: [], priced: [], standardPricebookId: BOOK_ID },
    );
  for (const one of sale.keyed)
    found.sale.keyed.set(recordKey(one), answers.present?.includes(one.key) ? one.key : null);
  for (const key of sale.made) found.sale.made.set(key, answers.made?.[key] ?? null);
  for (const id of sale.sites) found.sale.sites.set(id, answers.sites ?? NO_SITES);
}

interface Options {
  answers?: Answers;
  link?: Link | null;
  sale?: Sale;
  lead?: typeof fields;
}

function sell(settings: SyncConfig, options: Options = {}): Plan & { rounds: number } {
  const { answers = {}, sale = SALE } = options;
  const change = sellfireChange('sale.made', 9_000, lead('lead_1', { ...fields, ...options.lead, phase: 'Customer' }), {
    phase: { from: 'PostHoldPhase', to: 'Customer' },
  });
  const found = nothingFound();
  found.leads.set('lead_1', change.event.lead);
  for (let rounds = 1; rounds < 5; rounds += 1) {
    const decision = decide({
      changes: [{ ...change, event: { ...change.event, sale } }],
      link: options.link === null ? undefined : (options.link ?? linked),
      config: settings,
      found,
      maybeApplied: false,
    });
    if ('plan' in decision) return { ...decision.plan, rounds };
    answer(decision, found, answers);
  }
  throw new Error('no plan');
}
const writeOf = ({ writes }: Plan): Extract<Write, { kind: 'saleTransaction' }> => {
  const write = writes.find((one) => one.kind === 'saleTransaction');
  if (!write) throw new Error('no transaction');
  return write;
};
const transactionOf = (plan: Plan): SaleTransaction => writeOf(plan).transaction;
const of = (plan: Plan, object: string): TransactionNode[] =>
  transactionOf(plan).nodes.filter((node) => node.object === object);
const markIn = (plan: Plan): string => String(of(plan, 'Integration_Report__c')[0]?.fields['Report_Id__c']);

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

describe('multi-site (M30)', () => {
  const multi = (extra: FieldMapping[] = []): SyncConfig =>
    on([LOCATIONS, ...extra], { settings: { multiSite: true } });

  it('creates one Site for each location and one Organization, which refer to each other and to the Account', () => {
    const plan = sell(multi());
    expect(of(plan, 'Organization__c')).toMatchObject([
      {
        op: { kind: 'upsert', field: 'Organization_Key__c', key: ACCOUNT_ID },
        fields: { Name: 'Acme Plumbing', Account__c: ACCOUNT_ID },
      },
    ]);
    expect(of(plan, 'Site__c')).toMatchObject(
      ['12 High St', 'Dock 4'].map((place) => ({
        op: { kind: 'upsert', field: 'Site_Key__c' },
        fields: { Name: place, location__c: place, Account__c: ACCOUNT_ID, Organization__c: { ref: 'organization' } },
      })),
    );
  });

  it('creates nothing while it is off, or no field is mapped to the location', () => {
    expect(of(sell(on([LOCATIONS, SHIPMENT])), 'Site__c')).toEqual([]);
    expect(of(sell(on([SHIPMENT], { settings: { multiSite: true } })), 'Organization__c')).toEqual([]);
  });

  it('finds the sites that an earlier attempt created with the Account, by their keys, also where people have moved a location since', () => {
    const first = sell(multi(), { link: null, answers: { newAccount: true } });
    const keys = of(first, 'Site__c').map(({ op }) => (op.kind === 'upsert' ? op.key : ''));
    expect(of(first, 'Site__c')[0]?.fields).toMatchObject({ Account__c: { ref: 'account' } });
    const sites = keys.map((key, n) => ({ id: `a0S${n}`, key, location: `moved ${n}`, hasOrganization: true }));
    const again = sell(multi(), { answers: { sites: { organizationId: 'a0O1', sites } } });
    expect([...of(again, 'Site__c'), ...of(again, 'Organization__c')]).toEqual([]);
  });

  it('adds a site that people created to the Organization, and changes nothing else of it', () => {
    const sites = [{ id: 'a0S1', key: null, location: '12 HIGH ST ', hasOrganization: false }];
    const plan = sell(multi(), { answers: { sites: { organizationId: 'a0O1', sites } } });
    expect(of(plan, 'Organization__c')).toEqual([]);
    expect(of(plan, 'Site__c')).toMatchObject([
      { op: { kind: 'update', id: 'a0S1' }, fields: { Organization__c: 'a0O1' } },
      { op: { kind: 'upsert' }, fields: { location__c: 'Dock 4' } },
    ]);
  });

  it('writes the other fields that are mapped to a site', () => {
    const plan = sell(multi([onSale('sale', 'sale_notes', 'Site__c.Region__c')]));
    expect(of(plan, 'Site__c')[1]?.fields).toMatchObject({ Region__c: 'By truck', location__c: 'Dock 4' });
  });

  it('with more locations than a transaction takes is reported with the counts, and nothing is written', () => {
    const many = Array.from({ length: 500 }, (_, n) => `Unit ${n}`);
    const { writes, reports } = sell(multi(), { lead: { ...fields, custom_locations: many } });
    expect(writes.filter(({ kind }) => kind === 'saleTransaction')).toEqual([]);
    expect(reports).toMatchObject([
      { code: 'TOO_MANY_RECORDS', reason: expect.stringMatching(/500 Site__c.*nothing of it was written/) },
    ]);
  });
});

describe('a product that Salesforce lacks (M25)', () => {
  const making = on([], { settings: { createProducts: true } });
  const SET = { code: 'SET', name: 'Set-up' };
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

  it('that somebody has deactivated is left so and reported', () => {
    for (const product of [
      { products: [{ ...SET, id: '01t1', active: false }], priced: [], standardPricebookId: BOOK_ID },
      { products: [{ ...SET, id: '01t1', active: true }], priced: [SET], standardPricebookId: BOOK_ID },
    ])
      expect(sell(making, { answers: { unpriced, product } }).reports).toMatchObject([{ code: 'PRODUCT_INACTIVE' }]);
    const bookless = { products: [], priced: [], standardPricebookId: null };
    expect(sell(making, { answers: { unpriced, product: bookless } }).reports).toMatchObject([
      { code: 'PRICEBOOK_MISSING' },
    ]);
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

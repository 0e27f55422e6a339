// Compares a dropdown with a picklist, row by row (M7).
import { expect, it } from '@jest/globals';
import type { SellfireField } from '../../../../bridge/model/field.ts';
import { shortList } from '../../../../bridge/model/message.ts';
import type { SalesforceField } from '../../../../bridge/model/salesforce.ts';
import { fromSalesforce } from '../../../../bridge/sync/mapping/asStored.ts';
import { compareOptions, lackedBySalesforce, lackedBySellfire } from '../../../../bridge/sync/mapping/options.ts';
import { salesforceField } from '../../../helpers/fields.ts';
import { toSalesforce } from '../../../../bridge/sync/values/canonical.ts';

const ours = (type: SellfireField['type'], ...options: string[]) => ({ type, options }) as SellfireField;
const theirs = (type: string, ...picklistValues: string[]) => ({ type, picklistValues }) as SalesforceField;

it('every option has one row that says which side has it (M7): Sellfire’s first, then the picklist’s others', () => {
  expect(compareOptions(ours('select', 'Gold', 'Silver'), theirs('picklist', 'Bronze', 'Silver'))).toEqual([
    { option: 'Gold', inSellfire: true, inSalesforce: false },
    { option: 'Silver', inSellfire: true, inSalesforce: true },
    { option: 'Bronze', inSellfire: false, inSalesforce: true },
  ]);
});

it('options that differ only in case are the same (M7)', () => {
  const [dropdown, picklist] = [
    ours('multi_select', 'Gold', 'Silver'),
    theirs('multipicklist', 'GOLD', ' silver', 'gold'),
  ];
  expect(lackedBySellfire(dropdown, picklist)).toEqual([]);
  expect(lackedBySalesforce(dropdown, picklist)).toEqual([]);
});

it.each([
  ['text', 'picklist'],
  ['select', 'string'],
] as const)('there is nothing to compare between %s and %s', (sellfire, salesforce) => {
  expect(compareOptions(ours(sellfire, 'Gold'), theirs(salesforce, 'Silver'))).toEqual([]);
});

it('of many names some are given and the rest is counted', () => {
  expect(shortList(['A'])).toBe('A');
  expect(shortList(['A', 'B', 'C'])).toBe('A, B, C');
  expect(shortList(['A', 'B', 'C', 'D', 'E'])).toMatchObject({ args: ['A, B, C', 2], sentence: 'A, B, C and 2 more' });
});

const picklist = (...entries: [value: string, label: string, active?: boolean][]) => {
  const all = entries.map(([value, label, active = true]) => ({ value, label, active }));
  const picklistValues = all.filter(({ active }) => active).map(({ value }) => value);
  return salesforceField('P', 'picklist', { picklist: all, picklistValues });
};

it('what the inspector offers to create is what people see, not its code (M7)', () => {
  const rows = compareOptions(ours('select', 'Bakery'), picklist(['1', 'Bakery'], ['2', 'Café'], ['3', 'Old', false]));
  expect(rows).toEqual([
    { option: 'Bakery', inSellfire: true, inSalesforce: true },
    { option: 'Café', inSellfire: false, inSalesforce: true },
  ]);
});

const STATES = picklist(['TX', 'Texas'], ['CA', 'California'], ['DC', 'District of Columbia']);
const COUNTRIES = picklist(['US', 'Vereinigte Staaten'], ['DE', 'Deutschland'], ['GE', 'Georgien']);

it.each([
  ['by its value', picklist(['Bakery', 'Shop'], ['1', 'Bakery']), ['Bakery', 'Other'], 'Bakery', 'Bakery'],
  ['by its label', picklist(['1', 'Bakery'], ['2', 'Café']), ['BAKERY', 'Café'], '1', 'BAKERY'],
  ['by a translated label', picklist(['1', 'Panadería'], ['2', 'Café']), ['panadería'], '1', 'panadería'],
  ['by a label of four-byte characters', picklist(['1', '🥐 面包店']), ['🥐 面包店'], '1', '🥐 面包店'],
  ['by the code of a state', STATES, ['TX', 'CA', 'Other'], 'TX', 'TX'],
  ['by the name of a state', STATES, ['Texas', 'California'], 'TX', 'Texas'],
  ['by the name of a country in another language', COUNTRIES, ['United States', 'Germany'], 'DE', 'Germany'],
  ['not by the code of a state where it is a country', COUNTRIES, ['United States', 'Georgia'], 'GE', 'Georgia'],
])('a value is an option %s, and the option is that value again (M8)', (_how, salesforce, options, value, option) => {
  const field = { sellfire: ours('select', ...options), salesforce };
  expect(fromSalesforce(field, value, 'US')).toBe(option);
  expect(toSalesforce(salesforce, option)).toBe(value);
});

it.each([
  ['Texas', 'TX'],
  ['texas ', 'TX'],
  ['tx', 'TX'],
  ['Washington, D.C.', 'DC'],
  ['Nowhere', 'Nowhere'],
])('a state that stands as the text %p is the option %p', (text, option) => {
  const field = { sellfire: ours('select', 'TX', 'CA', 'DC'), salesforce: { type: 'string' } as SalesforceField };
  expect(fromSalesforce(field, text, 'US')).toBe(option);
});

it('a text shows the label, and is sent as the value; what the picklist lacks stays as it is', () => {
  const field = { sellfire: { type: 'text', options: [] as string[] } as SellfireField, salesforce: STATES };
  expect(fromSalesforce(field, 'TX', 'US')).toBe('Texas');
  expect(fromSalesforce(field, 'Wherever', 'US')).toBe('Wherever');
  expect(toSalesforce(STATES, 'texas')).toBe('TX');
  expect(toSalesforce(STATES, 'Wherever')).toBe('Wherever');
});

it('several values are several options, each by itself', () => {
  const salesforce = { ...picklist(['1', 'Bakery'], ['2', 'Café']), type: 'multipicklist' };
  const field = { sellfire: ours('multi_select', 'Café', 'Bakery'), salesforce };
  expect(fromSalesforce(field, '1;2', 'US')).toEqual(['Bakery', 'Café']);
  expect(toSalesforce(salesforce, ['Bakery', 'Café'])).toBe('1;2');
});

it('a value that is inactive is still read, and never chosen for what is active', () => {
  const salesforce = picklist(['old', 'Bakery', false], ['new', 'Bakery']);
  const field = { sellfire: ours('select', 'Bakery'), salesforce };
  expect(fromSalesforce(field, 'old', 'US')).toBe('Bakery');
  expect(toSalesforce(salesforce, 'Bakery')).toBe('new');
});

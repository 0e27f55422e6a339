// Compares a dropdown with a picklist, row by row (M7).
import { expect, it } from '@jest/globals';
import type { SellfireField } from '../../../../bridge/model/field.ts';
import type { SalesforceField } from '../../../../bridge/model/salesforce.ts';
import {
  compareOptions,
  lackedBySalesforce,
  lackedBySellfire,
  listed,
} from '../../../../bridge/sync/mapping/options.ts';

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

it('of many options some are named and the rest is counted', () => {
  expect(listed(['A'])).toBe('A');
  expect(listed(['A', 'B', 'C'])).toBe('A, B, C');
  expect(listed(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C and 2 more');
});

// Compares the options of a Sellfire dropdown with the values of a Salesforce picklist (M7). An option is
// a value, the label of a value, or another name of the same state or country; case does not count.
import type { SellfireField } from '../../model/field.ts';
import type { SalesforceField } from '../../model/salesforce.ts';
import { regionOf } from './regionCodes.ts';
import { entriesOf, entryOf, folded, isPicklist, optionOf } from '../values/optionMatch.ts';

export interface OptionRow {
  option: string;
  inSellfire: boolean;
  inSalesforce: boolean;
}

const DROPDOWNS: readonly SellfireField['type'][] = ['select', 'multi_select'];

export function areDropdowns({ type }: Pick<SellfireField, 'type'>, field: Pick<SalesforceField, 'type'>): boolean {
  return DROPDOWNS.includes(type) && isPicklist(field);
}

/**
 * Sellfire's options in their order, then the other values of the picklist in theirs; empty unless both fields are
 * dropdowns.
 */
export function compareOptions(sellfire: SellfireField, salesforce: SalesforceField): OptionRow[] {
  if (!areDropdowns(sellfire, salesforce)) return [];
  const entries = entriesOf(salesforce);
  const rows = sellfire.options.map((option) => ({
    option,
    inSellfire: true,
    inSalesforce: entryOf(option, entries) !== undefined,
  }));
  const listed = new Set<string>();
  for (const { value, label, active } of entries) {
    if (!active || listed.has(folded(label)) || sellfire.options.includes(optionOf(value, sellfire.options, entries)))
      continue;
    // A code that people do not see is no option for them: they get its label.
    listed.add(folded(label));
    rows.push({ option: label, inSellfire: false, inSalesforce: true });
  }
  return rows;
}

/** Sellfire's options that the picklist lacks. */
export function lackedBySalesforce(sellfire: SellfireField, salesforce: SalesforceField): string[] {
  const { codes } = salesforce;
  if (codes && DROPDOWNS.includes(sellfire.type))
    return sellfire.options.filter((option) => !regionOf(codes, option, codes.country?.entries[0]?.value ?? ''));
  return compareOptions(sellfire, salesforce).flatMap(({ option, inSalesforce }) => (inSalesforce ? [] : [option]));
}

/** Sellfire's options that a record may not hold which the bridge creates. */
export function lackedByRecordType(sellfire: SellfireField, salesforce: SalesforceField): string[] {
  const { creationValues } = salesforce;
  if (!creationValues) return [];
  const picklist = entriesOf(salesforce).filter(({ value }) => creationValues.includes(value));
  return lackedBySalesforce(sellfire, { ...salesforce, picklist });
}

/** The picklist's values that Sellfire lacks. */
export function lackedBySellfire(sellfire: SellfireField, salesforce: SalesforceField): string[] {
  return compareOptions(sellfire, salesforce).flatMap(({ option, inSellfire }) => (inSellfire ? [] : [option]));
}

export const sameOption = (one: string, other: string): boolean => folded(one) === folded(other);

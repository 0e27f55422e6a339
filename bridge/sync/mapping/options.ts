// Compares the options of a Sellfire dropdown with the values of a Salesforce picklist (M7). The comparison ignores
// case, as Salesforce does.
import type { SellfireField } from '../../model/field.ts';
import type { SalesforceField } from '../../model/salesforce.ts';

export interface OptionRow {
  option: string;
  inSellfire: boolean;
  inSalesforce: boolean;
}

const DROPDOWNS: readonly SellfireField['type'][] = ['select', 'multi_select'];
const PICKLISTS = ['picklist', 'multipicklist', 'combobox'];

export function areDropdowns({ type }: Pick<SellfireField, 'type'>, field: Pick<SalesforceField, 'type'>): boolean {
  return DROPDOWNS.includes(type) && PICKLISTS.includes(field.type);
}

/**
 * Sellfire's options in their order, then the other values of the picklist in theirs; empty unless both fields are
 * dropdowns.
 */
export function compareOptions(sellfire: SellfireField, salesforce: SalesforceField): OptionRow[] {
  if (!areDropdowns(sellfire, salesforce)) return [];
  const options = new Set(sellfire.options.map(lowerCased));
  const picklist = new Set(salesforce.picklistValues.map(lowerCased));
  const rows = sellfire.options.map((option) => ({
    option,
    inSellfire: true,
    inSalesforce: picklist.has(lowerCased(option)),
  }));
  for (const option of salesforce.picklistValues) {
    if (options.has(lowerCased(option))) continue;
    options.add(lowerCased(option));
    rows.push({ option, inSellfire: false, inSalesforce: true });
  }
  return rows;
}

/** Sellfire's options that the picklist lacks. */
export function lackedBySalesforce(sellfire: SellfireField, salesforce: SalesforceField): string[] {
  return compareOptions(sellfire, salesforce).flatMap(({ option, inSalesforce }) => (inSalesforce ? [] : [option]));
}

/** The picklist's values that Sellfire lacks. */
export function lackedBySellfire(sellfire: SellfireField, salesforce: SalesforceField): string[] {
  return compareOptions(sellfire, salesforce).flatMap(({ option, inSellfire }) => (inSellfire ? [] : [option]));
}

export const sameOption = (one: string, other: string): boolean => lowerCased(one) === lowerCased(other);
const lowerCased = (option: string): string => option.trim().toLowerCase();

/** The number of names in a sentence; the rest is counted. */
const NAMED = 3;

/** `A, B, C and 4 more` */
export function listed(names: readonly string[]): string {
  const current = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${current} and ${names.length - NAMED} more` : current;
}

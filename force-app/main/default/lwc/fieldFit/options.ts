// The options of a Sellfire dropdown beside the values of a Salesforce picklist (M7). Salesforce does not tell upper from lower
// case in them, so they are compared without it.

export interface OptionRow {
  option: string;
  inSellfire: boolean;
  inSalesforce: boolean;
}

const folded = (option: string): string => option.trim().toLowerCase();
const DROPDOWNS = ['select', 'multi_select'];
const PICKLISTS = ['picklist', 'multipicklist', 'combobox'];

export function areDropdowns(sellfireType: string, salesforceType: string): boolean {
  return DROPDOWNS.includes(sellfireType) && PICKLISTS.includes(salesforceType);
}

/** Sellfire's options in their order, then the picklist's others in theirs. */
export function compareOptions(options: readonly string[], values: readonly string[]): OptionRow[] {
  const ours = new Set(options.map(folded));
  const theirs = new Set(values.map(folded));
  const rows = options.map((option) => ({ option, inSellfire: true, inSalesforce: theirs.has(folded(option)) }));
  for (const option of values) {
    if (ours.has(folded(option))) continue;
    ours.add(folded(option));
    rows.push({ option, inSellfire: false, inSalesforce: true });
  }
  return rows;
}

/** Named in one sentence; the others are counted. */
const NAMED = 3;

/** `A, B, C, +4` */
export function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

// The options of a Sellfire dropdown beside the values of a Salesforce picklist (M7). An option is a value, the label of a value, or
// another name of the same state or country; upper and lower case do not count.
import { regionsOf } from './regions';

export interface OptionRow {
  option: string;
  inSellfire: boolean;
  inSalesforce: boolean;
}

/** An active value, and what people see for it. */
export interface PicklistValue {
  value: string;
  label: string;
}

const folded = (option: string): string => option.trim().toLowerCase();
const DROPDOWNS = ['select', 'multi_select'];
const PICKLISTS = ['picklist', 'multipicklist', 'combobox'];

export function areDropdowns(sellfireType: string, salesforceType: string): boolean {
  return DROPDOWNS.includes(sellfireType) && PICKLISTS.includes(salesforceType);
}

/** The entry that an option is: by value, by label, or by the state or country that both name. */
export function entryOf<E extends PicklistValue>(option: string, entries: readonly E[]): E | undefined {
  const named =
    entries.find(({ value }) => folded(value) === folded(option)) ??
    entries.find(({ label }) => folded(label) === folded(option));
  if (named) return named;
  const codeOf = regionsOf(entries.map(({ value }) => value)) ?? regionsOf(entries.map(({ label }) => label));
  const code = codeOf?.(option);
  if (!codeOf || code === undefined) return undefined;
  return entries.find(({ value, label }) => codeOf(value) === code || codeOf(label) === code);
}

/** Whether a value of the picklist is one of the options. */
function isOption({ value, label }: PicklistValue, options: readonly string[], all: readonly PicklistValue[]): boolean {
  const isOthers = all.some((one) => folded(one.value) === folded(label) && folded(one.value) !== folded(value));
  const texts = isOthers ? [value] : [value, label];
  if (texts.some((text) => options.some((option) => folded(option) === folded(text)))) return true;
  const codeOf = regionsOf(options);
  const code = codeOf && (codeOf(value) ?? codeOf(label));
  return code !== undefined && options.some((option) => codeOf?.(option) === code);
}

/** Sellfire's options in their order, then the picklist's others in theirs. What people do not see is no option for them. */
export function compareOptions(options: readonly string[], values: readonly (string | PicklistValue)[]): OptionRow[] {
  const entries = values.map((one) => (typeof one === 'string' ? { value: one, label: one } : one));
  const rows = options.map((option) => ({
    option,
    inSellfire: true,
    inSalesforce: entryOf(option, entries) !== undefined,
  }));
  const offered = new Set<string>();
  for (const entry of entries) {
    const label = entry.label.trim() || entry.value;
    if (offered.has(folded(label)) || isOption({ ...entry, label }, options, entries)) continue;
    offered.add(folded(label));
    rows.push({ option: label, inSellfire: false, inSalesforce: true });
  }
  return rows;
}

/** Named in one sentence; the others are counted. */
const NAMED = 3;

/** `A, B, C, +4` */
export function shortList(names: readonly string[]): string {
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

// Which option of a Sellfire dropdown a Salesforce value is, and which value an option is in a picklist (M7, M8): by the value, else
// by its label, else, of states and countries, by their known names and codes. Salesforce ignores case.
import type { PicklistEntry, SalesforceField } from '../../model/salesforce.ts';
import { regionsOf } from '../../model/regions.ts';

export const folded = (text: string): string => text.trim().toLowerCase();

const PICKLISTS = ['picklist', 'multipicklist', 'combobox'];
export const isPicklist = ({ type }: Pick<SalesforceField, 'type'>): boolean => PICKLISTS.includes(type);

type Described = Pick<SalesforceField, 'picklistValues'> & Partial<Pick<SalesforceField, 'picklist'>>;

/** Values with their labels; where no label is known, the value is its own. */
export function entriesOf({ picklist, picklistValues }: Described): readonly PicklistEntry[] {
  return picklist ?? picklistValues.map((value) => ({ value, label: value, active: true }));
}

/** What a person sees for a value; the value itself where it is not of the picklist. */
export function labelOf(value: string, entries: readonly PicklistEntry[]): string {
  const text = value.trim();
  return entries.find((one) => folded(one.value) === folded(text))?.label.trim() ?? text;
}

/** @returns the option; where there is none, what a person sees for the value */
export function optionOf(value: string, options: readonly string[], entries: readonly PicklistEntry[] = []): string {
  const text = value.trim();
  if (options.includes(text)) return text;
  const find = (wanted: string): string | undefined => options.find((option) => folded(option) === folded(wanted));
  const label = labelOf(text, entries);
  // A label that is another entry's value is that one's.
  const isOthers = entries.some((one) => folded(one.value) === folded(label) && folded(one.value) !== folded(text));
  return find(text) ?? (isOthers ? undefined : find(label)) ?? region([text, label], options) ?? label;
}

/** The option that is the same state or country. */
function region(texts: readonly string[], options: readonly string[]): string | undefined {
  const codeOf = regionsOf(options);
  const code = codeOf && texts.map(codeOf).find((one) => one !== undefined);
  return code === undefined ? undefined : options.find((option) => codeOf?.(option) === code);
}

interface Active {
  entries: readonly PicklistEntry[];
  values: readonly string[];
  labels: readonly string[];
}
const known = new WeakMap<readonly PicklistEntry[], Active>();

function activeOf(entries: readonly PicklistEntry[]): Active {
  const held = known.get(entries);
  if (held) return held;
  const active = entries.filter((one) => one.active);
  const made = { entries: active, values: active.map(({ value }) => value), labels: active.map(({ label }) => label) };
  known.set(entries, made);
  return made;
}

/** @returns the active entry that the option is, or undefined where the picklist lacks it */
export function entryOf(option: string, all: readonly PicklistEntry[]): PicklistEntry | undefined {
  const { entries, values, labels } = activeOf(all);
  const named =
    entries.find(({ value }) => folded(value) === folded(option)) ??
    entries.find(({ label }) => folded(label) === folded(option));
  if (named) return named;
  const codeOf = regionsOf(values) ?? regionsOf(labels);
  const code = codeOf?.(option);
  if (!codeOf || code === undefined) return undefined;
  return entries.find(({ value, label }) => codeOf(value) === code || codeOf(label) === code);
}

/** What is sent for a text: the value of its entry; a text that the picklist lacks stays as it is. */
export const valueOf = (option: string, field: Described): string => {
  const entries = entriesOf(field);
  // An inactive value that stands there may be sent again: it is no other.
  const same = entries.find(({ value }) => folded(value) === folded(option));
  return same?.active ? same.value : (entryOf(option, entries)?.value ?? same?.value ?? option);
};

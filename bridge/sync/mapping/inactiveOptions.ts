// Options of a Sellfire dropdown whose value an administrator has deactivated in a restricted picklist (B23). Salesforce would refuse
// each record with such a value: the value waits until it is active again, and the rest of the record is written. A value that the
// picklist never had is refused by Salesforce, record by record (M32).
import type { Canonical } from '../../model/link.ts';
import { entriesOf, entryOf, folded, isPicklist } from '../values/optionMatch.ts';
import { mappedFields, towardsSalesforce, type MappedField } from './rules.ts';
import type { SyncConfig } from '../../model/config.ts';
import { FOLLOWED_OBJECTS } from '../../model/salesforce.ts';

/** The options of the Sellfire field that wait. */
export function inactiveOptions({ sellfire, salesforce }: Pick<MappedField, 'sellfire' | 'salesforce'>): string[] {
  if (!salesforce.restrictedPicklist || !isPicklist(salesforce)) return [];
  const entries = entriesOf(salesforce);
  return sellfire.options.filter(
    (option) =>
      entryOf(option, entries) === undefined &&
      entries.some((one) => [one.value, one.label].some((text) => folded(text) === folded(option))),
  );
}

/** Whether the value waits until the picklist has it again. */
export function waitsForOption(field: Pick<MappedField, 'sellfire' | 'salesforce'>, value: Canonical): boolean {
  if (value === null) return false;
  const inactive = inactiveOptions(field);
  return inactive.length > 0 && [value].flat().some((part) => inactive.includes(String(part)));
}

/** By replica (`Lead.Industry`): the field, and its options that wait. */
export function waitingOptions(config: SyncConfig): Map<string, { field: MappedField; options: string[] }> {
  const found = mappedFields(config, FOLLOWED_OBJECTS)
    .filter(({ mapping, salesforce }) => towardsSalesforce(mapping.rule) && salesforce.updateable)
    .map((field) => ({ field, options: inactiveOptions(field) }));
  return new Map(found.filter(({ options }) => options.length > 0).map((one) => [one.field.replica, one]));
}

// What stands in the way of Sellfire's values in Salesforce (M8): rights, room, and options that a picklist lacks.
import { finding, type Findings } from './finding';
import type { Other, SalesforceField, SalesforceObject, SellfireField } from './mapping';
import { areDropdowns, compareOptions, shortList } from './options';
import { isRequiredMapping } from './required';
import { room } from './room';

export function outward(
  mapping: Other,
  sellfire: SellfireField,
  object: SalesforceObject,
  salesforce: SalesforceField,
  found: Findings,
): void {
  const { createable, updateable, label } = salesforce;
  const name = `${label} (${salesforce.name})`;
  if (!createable && !updateable) {
    const why = finding('NotWritable', object.createable || object.updateable ? name : object.label);
    // By two-way sync the other way still works.
    (mapping.rule === 'TwoWay' ? found.issues : found.dead).push(why);
    return;
  }
  if (!updateable) found.warnings.push(finding('CreateOnly', name));
  else if (!createable) found.warnings.push(finding('UpdateOnly', name));
  const { issue, warnings } = room(sellfire, salesforce, isRequiredMapping(mapping));
  if (issue) found.issues.push(issue);
  found.warnings.push(...warnings);
  const split = sellfire.options.filter((option) => option.includes(';'));
  if (split.length > 0 && (salesforce.type === 'multipicklist' || sellfire.type === 'multi_select'))
    found.issues.push(finding('Semicolon', label, shortList(split)));
  lacking(sellfire, salesforce, found);
}

/** Only a restricted picklist refuses what it lacks; where the page cannot know that, it warns. */
function lacking(
  sellfire: SellfireField,
  { type, label, restricted, values, entries }: SalesforceField,
  found: Findings,
): void {
  if (restricted === false) return;
  const rows = values && areDropdowns(sellfire.type, type) ? compareOptions(sellfire.options, entries ?? values) : [];
  const lacked = rows.filter(({ inSalesforce }) => !inSalesforce).map(({ option }) => option);
  if (lacked.length > 0 && restricted) found.issues.push(finding('RestrictedLacks', label, shortList(lacked)));
  else if (lacked.length > 0) found.warnings.push(finding('MayLack', label, shortList(lacked)));
  else if (restricted && sellfire.options.length === 0) found.warnings.push(finding('RestrictedAny', label));
}

// What stands in the way of Salesforce's values in Sellfire (M8): a field that is computed there, its length, missing options.
import { finding, type Finding, type Findings } from './finding';
import type { Other, SalesforceField, SalesforceObject, SellfireField } from './mapping';
import { areDropdowns, compareOptions, shortList } from './options';

/** Types of Salesforce in which anybody writes what they like. */
const FREE = ['string', 'textarea', 'url', 'email'];

/** Whether Sellfire holds fewer characters than Salesforce may send. */
export function sellfireRoom({ type, maxLength }: SellfireField, salesforce: SalesforceField): Finding | undefined {
  const most = maxLength ?? null;
  const isText = FREE.includes(salesforce.type) && type !== 'multi_text';
  return most !== null && isText && salesforce.length > most
    ? finding('SellfireShorter', most, salesforce.length)
    : undefined;
}

export function inward(
  mapping: Other,
  sellfire: SellfireField,
  object: SalesforceObject,
  salesforce: SalesforceField,
  { dead, issues, warnings }: Findings,
): void {
  if (sellfire.readOnly) {
    const why = finding('ReadOnly', sellfire.label);
    (mapping.rule === 'TwoWay' ? issues : dead).push(why);
    return;
  }
  if (isUnreported(object, salesforce)) warnings.push(finding('NotInEvents', salesforce.label));
  const shorter = sellfireRoom(sellfire, salesforce);
  if (shorter) warnings.push(shorter);
  if (!salesforce.values || !areDropdowns(sellfire.type, salesforce.type)) return;
  const lacked = compareOptions(sellfire.options, salesforce.entries ?? salesforce.values)
    .filter(({ inSellfire }) => !inSellfire)
    .map(({ option }) => option);
  if (lacked.length > 0) warnings.push(finding('SellfireLacks', shortList(lacked)));
}

/** Whether no change event carries the field: a formula, or a compound of which events carry the parts. */
function isUnreported({ fields }: SalesforceObject, { name, calculated }: SalesforceField): boolean {
  return (
    calculated === true ||
    Object.values(fields).some((other) => other.compoundFieldName === name && other.name !== name)
  );
}

const FOLLOWED = ['Lead', 'Contact', 'Account'];

/** A phone that no query finds would make every record twice. */
export function searchable(
  mapping: Other,
  sellfire: SellfireField,
  object: SalesforceObject,
  { label, filterable }: SalesforceField,
  { issues }: Findings,
): void {
  const isIdentity = sellfire.object === 'lead' && sellfire.name === 'primary_phone_number';
  if (isIdentity && filterable === false && FOLLOWED.includes(mapping.salesforceObject))
    issues.push(finding('Unsearchable', label, object.label));
}

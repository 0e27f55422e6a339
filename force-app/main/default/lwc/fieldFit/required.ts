// What a Lead or Contact cannot be made without (M17), and what a demo or the move to a Contact cannot (M20, M21).
import { finding, type Findings } from './finding';
import { fillsSalesforce, PRIMARY_PHONE, type Other, type SalesforceField, type SalesforceObject } from './mapping';
import type { Beside } from './fieldFit';
import { shortList } from './options';

const REQUIRED: readonly (readonly [sellfire: string, object: string, field: string])[] = [
  [PRIMARY_PHONE, 'Account', 'Phone'],
  ['business_name', 'Account', 'Name'],
  [PRIMARY_PHONE, 'Contact', 'Phone'],
  ['last_name', 'Contact', 'LastName'],
  ['business_name', 'Opportunity', 'Name'],
  [PRIMARY_PHONE, 'Lead', 'Phone'],
  ['last_name', 'Lead', 'LastName'],
  ['business_name', 'Lead', 'Company'],
];

/** Whether a demo or a move to a Contact cannot do without this mapping. */
export function isRequiredMapping(mapping: Other): boolean {
  return (
    mapping.sellfireObject === 'lead' &&
    REQUIRED.some(
      ([sellfire, object, field]) =>
        sellfire === mapping.sellfireField && object === mapping.salesforceObject && field === mapping.salesforceField,
    )
  );
}

/** M17: whether the mappings leave a field empty that a new record needs; the mapping of the phone number, which makes it, says so. */
export function required(
  mapping: Other,
  object: SalesforceObject,
  salesforce: SalesforceField,
  { mappings, createsRecords }: Beside,
  { issues }: Findings,
): void {
  const { salesforceObject, sellfireField, triggers, rule, id } = mapping;
  if (!createsRecords || !triggers.includes('createUpdate') || !['Lead', 'Contact'].includes(salesforceObject)) return;
  const all = [...mappings.filter((other) => other.id !== id), mapping];
  const needs = (field: SalesforceField): boolean => field.required && field.createable && field.type !== 'boolean';
  const isFilled = ({ name }: SalesforceField): boolean =>
    all.some(
      (one) =>
        one.salesforceObject === salesforceObject &&
        one.salesforceField === name &&
        one.triggers.includes('createUpdate') &&
        fillsSalesforce(one.rule),
    );
  if (needs(salesforce) && !isFilled(salesforce)) issues.push(finding('NeverFilled', salesforce.label, object.label));
  if (sellfireField !== PRIMARY_PHONE || !fillsSalesforce(rule)) return;
  const unfilled = Object.values(object.fields).filter((field) => needs(field) && !isFilled(field));
  if (unfilled.length > 0)
    issues.push(finding('Unfilled', object.label, shortList(unfilled.map(({ label }) => label))));
}

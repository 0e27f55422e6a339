// The labels of Sellfire's fields, as the bridge mirrors them.
import { rowsOf, textOf } from 'c/records';
import type { ShownChange } from './changeList';

/** Part of a query. */
export function fieldsPart(changes: readonly ShownChange[]): string {
  const names = JSON.stringify(changes.map(({ field }) => field));
  return `Sellfire_Field__c(first: 200, where: { Field__c: { in: ${names} } }) { edges { node { Id Field__c { value } Label__c { value } } } }`;
}

/** Label by field name. */
export const labelsOf = (data: unknown): Record<string, string> =>
  Object.fromEntries(
    rowsOf(data, 'Sellfire_Field__c').map((row) => [textOf(row, 'Field__c') ?? '', textOf(row, 'Label__c') ?? '']),
  );

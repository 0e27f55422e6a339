// What the page says of the whole set of mappings: which lead fields are carried, and whether nothing is without one of them (M6).
import { PRIMARY_PHONE, type Other } from 'c/fieldFit';

/** Lead fields that a mapping carries. */
export const carried = (mappings: readonly Other[]): string[] =>
  mappings
    .filter(({ sellfireObject, rule }) => sellfireObject === 'lead' && rule !== 'DoNotSync' && rule !== '')
    .map(({ sellfireField }) => sellfireField);

/** M6: whether nothing is synced without this mapping. */
export function isGate({ id, sellfireField }: Other, mappings: readonly Other[]): boolean {
  if (sellfireField !== PRIMARY_PHONE) return false;
  return !carried(mappings.filter((one) => one.id !== id)).includes(PRIMARY_PHONE);
}

// Finding rows among hundreds: a text over everything that a row says, three filters, and an order.
import lang from '@salesforce/i18n/lang';
import type { Trigger } from 'c/fieldFit';
import type { Row } from './row';
import type { Status } from './status';

export interface Filter {
  text: string;
  /** API name of the Salesforce object; blank for all. */
  object: string;
  status: Status | '';
  trigger: Trigger | '';
}
export const NO_FILTER: Filter = { text: '', object: '', status: '', trigger: '' };

export type SortKey = 'sellfire' | 'salesforce' | 'fires' | 'rule' | 'statusText';

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const searchText = (row: Row): string =>
  [
    ...[row.sellfire, row.sellfireObject, row.salesforce, row.salesforceName, row.salesforceObject, row.objectName],
    ...[row.fires, row.rule, row.statusText, row.reason, row.direction.words],
  ].join('\n');

/** Every word of the text is somewhere in the row, whatever its case and accents. */
export function byFilter({ text, object, status, trigger }: Filter): (row: Row) => boolean {
  const words = folded(text).split(/\s+/).filter(Boolean);
  return (row) => {
    if (object !== '' && row.objectName !== object) return false;
    if (status !== '' && row.status !== status) return false;
    if (trigger !== '' && !row.triggers.includes(trigger)) return false;
    if (words.length === 0) return true;
    const all = folded(searchText(row));
    return words.every((word) => all.includes(word));
  };
}

const collator = new Intl.Collator(lang, { numeric: true, sensitivity: 'base' });

/** A new list; rows that are equal by the key keep their order. */
export function sorted(rows: readonly Row[], key: SortKey, isDescending: boolean): Row[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => sign * collator.compare(one[key], other[key]));
}

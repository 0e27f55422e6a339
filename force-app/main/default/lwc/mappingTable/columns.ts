// The columns of the mapping table, and how each is sorted.
import type { SortKey } from 'c/mappingRows';
import { labels } from './labels';

export interface Column {
  key: SortKey | 'direction' | 'actions';
  label: string;
  labelClass: string;
  isSortable: boolean;
  isSorted: boolean;
  ariaSort: 'ascending' | 'descending' | 'none' | undefined;
  icon: string;
}

const SORTABLE: readonly [key: Column['key'], label: string, isSortable: boolean][] = [
  ['sellfire', labels.sellfire, true],
  ['direction', labels.direction, false],
  ['salesforce', labels.salesforce, true],
  ['fires', labels.fires, true],
  ['rule', labels.rule, true],
  ['statusText', labels.status, true],
  ['actions', labels.actions, false],
];

export function columnsOf(sortKey: SortKey, isDescending: boolean): Column[] {
  const direction = isDescending ? 'descending' : 'ascending';
  return SORTABLE.map(([key, label, isSortable]) => {
    const isSorted = key === sortKey;
    return {
      ...{ key, label, isSortable, isSorted },
      // The arrows say it themselves, each with its words.
      labelClass: key === 'direction' ? 'slds-assistive-text' : 'slds-text-title_bold',
      ariaSort: isSortable ? (isSorted ? direction : 'none') : undefined,
      icon: isDescending ? 'utility:arrowdown' : 'utility:arrowup',
    };
  });
}

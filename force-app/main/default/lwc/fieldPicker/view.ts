// What a field picker shows, from where it stands and what it was given.
import { counted, fill } from 'c/mappingTexts';
import { labels } from './labels';
import { PAGE, type ListState } from './listState';
import { grouped, matching, type Group, type PickerOption, type Searchable } from './options';

export interface Given {
  options: readonly PickerOption[];
  searchable: readonly Searchable[];
  value: string;
  fallback: string;
  message: string;
  isLoading: boolean;
}

export interface View {
  /** Options that match what was typed; none while the list is shut. */
  found: PickerOption[];
  groups: Group[];
  inputText: string;
  chosenText: string;
  expanded: 'true' | 'false';
  invalid: 'true' | 'false';
  popupClass: string;
  activeId: string | undefined;
  /** Beneath the options: that they load, that none matches, or how many more there are. */
  note: string;
  announcement: string;
  canClear: boolean;
}

function noteOf(count: number, from: number, isLoading: boolean): string {
  if (isLoading) return labels.loading;
  if (count === 0) return labels.none;
  const more = count - from - PAGE;
  return more > 0 ? fill(labels.more, more) : '';
}

export function viewOf(list: ListState, { options, searchable, value, fallback, message, isLoading }: Given): View {
  const found = list.isOpen ? matching(searchable, list.text ?? '') : [];
  const chosen = options.find((option) => option.value === value);
  return {
    found,
    groups: grouped(found, list, value),
    inputText: list.text ?? chosen?.label ?? (value === '' ? '' : fallback),
    chosenText: chosen ? [chosen.name, chosen.type, chosen.marks].filter(Boolean).join(' · ') : '',
    expanded: list.isOpen ? 'true' : 'false',
    invalid: message === '' ? 'false' : 'true',
    popupClass: list.isOpen ? 'popup' : 'popup closed',
    activeId: found[list.active] ? `option-${list.active}` : undefined,
    note: noteOf(found.length, list.from, isLoading),
    announcement: list.isOpen ? counted(found.length, labels.countOne, labels.count) : '',
    canClear: value !== '',
  };
}

// The options of a field picker: what is drawn of them for a text, in groups, and which of them the keys move to.
import { PAGE, type ListState } from './listState';

export interface PickerOption {
  /** Unique among the options. */
  value: string;
  label: string;
  /** API name. */
  name: string;
  /** `Text (255)` */
  type: string;
  /** `required, read only`; blank for neither. */
  marks: string;
  /** Heading of the group; options of one group stand together. */
  group: string;
  /** Why it cannot be chosen; blank where it can. */
  reason: string;
}

/** An option with what is searched in it. */
export interface Searchable {
  option: PickerOption;
  text: string;
}

export interface Drawn extends PickerOption {
  id: string;
  /** Among all options, counted from one; and how many there are. */
  place: string;
  count: string;
  isSelected: 'true' | 'false';
  isDisabled: 'true' | 'false';
  className: string;
}

export interface Group {
  key: string;
  label: string;
  hasLabel: boolean;
  options: Drawn[];
}

export const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Done once for each list, so that a key press only compares. */
export const searchable = (options: readonly PickerOption[]): Searchable[] =>
  options.map((option) => ({ option, text: folded(`${option.label}\n${option.name}\n${option.type}`) }));

/** Options that contain every word; those whose label or name begins with the text come first, and what cannot be chosen last. */
export function matching(all: readonly Searchable[], text: string): PickerOption[] {
  const whole = folded(text.trim());
  const words = whole.split(/\s+/).filter(Boolean);
  const found = all.filter((one) => words.every((word) => one.text.includes(word)));
  if (whole === '') return found.map(({ option }) => option);
  // A label says more than an API name, and that more than a type.
  const rank = ({ option, text: searched }: Searchable): number => {
    const [label = '', name = ''] = searched.split('\n');
    const place = [label === whole, label.startsWith(whole), name.startsWith(whole), true].indexOf(true);
    return option.reason === '' ? place : place + 10;
  };
  const groups = [...new Set(found.map(({ option }) => option.group))];
  return found
    .map((one, at) => ({ one, at, group: groups.indexOf(one.option.group), rank: rank(one) }))
    .sort((a, b) => a.group - b.group || a.rank - b.rank || a.at - b.at)
    .map(({ one }) => one.option);
}

/** The drawn part of the options, in their groups; each knows its place among all. */
export function grouped(all: readonly PickerOption[], { from, active }: ListState, value: string): Group[] {
  const groups = new Map<string, Group>();
  const flag = (is: boolean): 'true' | 'false' => (is ? 'true' : 'false');
  for (const [place, option] of all.slice(from, from + PAGE).entries()) {
    const at = from + place;
    const { group: label } = option;
    const group = groups.get(label) ?? { key: `g-${label}`, label, hasLabel: label !== '', options: [] };
    const classes = ['option', at === active ? 'active' : '', option.reason === '' ? '' : 'disabled'];
    group.options.push({
      ...option,
      id: `option-${at}`,
      place: String(at + 1),
      count: String(all.length),
      isSelected: flag(option.value === value),
      isDisabled: flag(option.reason !== ''),
      className: classes.filter(Boolean).join(' '),
    });
    groups.set(label, group);
  }
  return [...groups.values()];
}

// Settings as they are saved, and as somebody would have them: what differs, and what somebody else changed meanwhile.
import { relatedText, rowsOf, textOf, withPrefix } from 'c/records';
import { SETTINGS, SETTINGS_QUERY, type SettingValue } from './fields';

export { GROUPS } from './definitions';
export { faultOf } from './faults';
export { SETTINGS } from './fields';
export type { Group } from './definitions';
export type { Setting, SettingValue } from './fields';

export type Values = Readonly<Record<string, SettingValue>>;

export interface Saved {
  /** Undefined where nobody has saved any. */
  id: string | undefined;
  /** ISO 8601. */
  changedAt: string | undefined;
  changedBy: string | undefined;
  values: Values;
}

export const query: string = withPrefix(SETTINGS_QUERY);

export function savedOf(data: unknown): Saved {
  const [row] = rowsOf(data, 'Sync_Settings__c');
  const values = SETTINGS.map(({ field, fallback }) => {
    const value = row?.[field];
    // A field that was saved blank is blank; one of a row that does not exist is its default.
    return [field, row === undefined ? fallback : typeof value === 'object' ? undefined : value] as const;
  });
  return {
    id: textOf(row, 'Id'),
    changedAt: textOf(row, 'LastModifiedDate'),
    changedBy: relatedText(row, 'LastModifiedBy', 'Name'),
    values: Object.fromEntries(values),
  };
}

/** Of a draft, what differs from what is saved. */
export function changesOf(draft: Values, { values }: Saved): Values {
  return Object.fromEntries(Object.entries(draft).filter(([field, value]) => !same(value, values[field])));
}

/** Fields that somebody else saved since, and that the draft would overwrite with something else. */
export function conflictsOf(draft: Values, before: Saved, now: Saved): string[] {
  return Object.keys(draft).filter(
    (field) => !same(before.values[field], now.values[field]) && !same(draft[field], now.values[field]),
  );
}

/** A blank text and nothing are the same to Salesforce. */
function same(one: SettingValue, other: SettingValue): boolean {
  return (one === '' ? undefined : one) === (other === '' ? undefined : other);
}

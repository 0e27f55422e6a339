// What the Settings page reads, as GraphQL and the metadata of the object give it.
import { SETTINGS } from '../../force-app/main/default/lwc/settingsData/fields';

export const SAVED_AT = '2026-03-02T12:00:00.000Z';

/** @param fields by their names; without them nobody has saved yet */
export function settingsAnswer(fields?: Readonly<Record<string, unknown>>, savedAt = SAVED_AT, by = 'Ann Lee'): object {
  const values = Object.fromEntries(SETTINGS.map(({ field, fallback }) => [field, { value: fallback ?? null }]));
  const set = Object.fromEntries(Object.entries(fields ?? {}).map(([field, value]) => [field, { value }]));
  const node = {
    Id: 'a10',
    LastModifiedDate: { value: savedAt },
    LastModifiedBy: { Name: { value: by } },
    ...values,
    ...set,
  };
  return { uiapi: { query: { Sync_Settings__c: { edges: fields === undefined ? [] : [{ node }] } } } };
}

/** `getObjectInfo` of the settings: `Report_Days__c` is called `Report Days`, and its help says so. */
export const FIELDS = Object.fromEntries(
  SETTINGS.map(({ field }) => {
    const label = field.replace(/__c$/, '').replaceAll('_', ' ');
    return [field, { apiName: field, label, inlineHelpText: `What ${label} does.` }];
  }),
);

export const STAGES = [
  { label: 'Qualification', value: 'Qualification' },
  { label: 'Demo', value: 'Demo' },
];

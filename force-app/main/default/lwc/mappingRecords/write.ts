// Saving and deleting a mapping. An edit is refused where somebody else saved the record meanwhile, so that none is lost.
import { createRecord, deleteRecord, updateRecord, type RecordRepresentation } from 'lightning/uiRecordApi';
import { fieldsOf, inputOf, relatedText, textOf, withPrefix } from 'c/records';
import type { Draft } from 'c/fieldFit';
import { toMapping } from './read';

const OBJECT = 'Field_Mapping__c';
const FIELDS = [
  ...['Sellfire_Object__c', 'Sellfire_Field__c', 'Salesforce_Object__c', 'Salesforce_Field__c', 'Sync_Rule__c'],
  ...['On_Create_Update__c', 'On_Demo_Set__c', 'On_Sale__c'],
];

/** What the editor reads of the record that it edits. A wire reports changes of the fields that it reads, so the date of the last one is among them. */
export const DRAFT_FIELDS: readonly string[] = [...FIELDS, 'LastModifiedBy.Name', 'LastModifiedDate'].map((name) =>
  withPrefix(`${OBJECT}.${name}`),
);

export interface Saved {
  draft: Draft;
  lastModifiedDate: string;
  /** Blank where the user may not see who it was. */
  by: string;
}

/** What an edit began from. */
export type Base = Pick<Saved, 'draft' | 'lastModifiedDate'>;

export function recordToDraft(record: RecordRepresentation): Saved {
  const row = { ...fieldsOf(record), Id: record.id };
  const { sellfireObject, sellfireField, salesforceObject, salesforceField, triggers, rule } = toMapping(row);
  const by = relatedText(row, 'LastModifiedBy', 'Name');
  return {
    draft: { sellfireObject, sellfireField, salesforceObject, salesforceField, triggers, rule },
    // The date of the record itself is that of its last whole read; a query refreshes the field alone.
    lastModifiedDate: textOf(row, 'LastModifiedDate') ?? record.lastModifiedDate ?? '',
    by: by ?? '',
  };
}

const fieldsOfDraft = (draft: Draft): Record<string, unknown> => ({
  Sellfire_Object__c: draft.sellfireObject,
  Sellfire_Field__c: draft.sellfireField,
  Salesforce_Object__c: draft.salesforceObject,
  Salesforce_Field__c: draft.salesforceField,
  Sync_Rule__c: draft.rule,
  On_Create_Update__c: draft.triggers.includes('createUpdate'),
  On_Demo_Set__c: draft.triggers.includes('demoSet'),
  On_Sale__c: draft.triggers.includes('sale'),
});

/**
 * @param edited the record that is edited, as it stood when the edit began; none for a new one
 * @returns the id of the record
 * @throws FetchResponse; its status is 412 where somebody saved the record meanwhile
 */
export async function saveMapping(draft: Draft, edited?: { id: string; lastModifiedDate: string }): Promise<string> {
  if (!edited) return (await createRecord(inputOf(fieldsOfDraft(draft), OBJECT))).id;
  const since = edited.lastModifiedDate;
  await updateRecord(
    inputOf({ Id: edited.id, ...fieldsOfDraft(draft) }),
    since ? { ifUnmodifiedSince: since } : undefined,
  );
  return edited.id;
}

/** @throws FetchResponse */
export async function removeMapping(id: string): Promise<void> {
  await deleteRecord(id);
}

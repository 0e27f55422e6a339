// Saves the settings that were changed, and only if nobody saved others since they were read.
import { inputOf } from 'c/records';
import type { Saved, Values } from 'c/settingsData';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';

/** What the one row of settings is called where the page makes it. */
const NAME = 'Sellfire';

/** @throws FetchResponse; 412 where somebody saved meanwhile */
export async function saveSettings(changes: Values, { id, changedAt }: Saved): Promise<void> {
  // A field without a value is blank, which Salesforce writes as null.
  const fields = Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, value ?? null]));
  if (id === undefined) await createRecord(inputOf({ Name: NAME, ...fields }, 'Sync_Settings__c'));
  else
    await updateRecord(inputOf({ Id: id, ...fields }), changedAt === undefined ? {} : { ifUnmodifiedSince: changedAt });
}

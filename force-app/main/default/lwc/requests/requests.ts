// A Sync Request: how a page asks the bridge to act, asks it to stop, and reads how far it is. Nothing here is called
// unless somebody pressed a button.
import LANGUAGE from '@salesforce/i18n/lang';
import { toPageError, type PageError } from 'c/errors';
import { messagesOf, wordedAll } from 'c/messages';
import { fieldsOf, inputOf, jsonOf, numberOf, textOf, withPrefix, type Row } from 'c/records';
import { createRecord, updateRecord, type RecordRepresentation } from 'lightning/uiRecordApi';

const OBJECT = 'Sync_Request__c';

export type RequestType =
  | 'SyncNow'
  | 'Repush'
  | 'ApplyMapping'
  | 'LinkExisting'
  | 'Import'
  | 'ExportSales'
  | 'CreateOptions'
  | 'RefreshCatalogue'
  | 'Reconcile'
  | 'CheckSetup'
  | 'PreviewStart'
  | 'Start'
  | 'Pause'
  | 'Resume'
  | 'Disconnect'
  | 'PreviewMapping'
  | 'TestRecord'
  | 'RestoreLinks'
  | 'TestAlert'
  | 'Why';

export interface RequestState {
  id: string;
  type: string;
  /** `Requested`, `Running`, `Stopping`, `Stopped`, `Done` or `Failed`. */
  status: string;
  /** 0 to 100. */
  progress: number;
  total: number | undefined;
  done: number;
  failed: number;
  /** What the bridge says of it, in the reader's language; blank while it says nothing. */
  result: string;
  /** The JSON of `Result_Data__c`; undefined where the user may not read it, or before it is there. */
  data: unknown;
}

/** To read by `getRecord`, so that the platform shares them between the components of a page. */
export const REQUEST_FIELDS: readonly string[] = ['Type__c', 'Status__c', 'Stop_Requested__c'].map(qualified);
export const REQUEST_OPTIONAL_FIELDS: readonly string[] = [
  'Progress__c',
  'Total__c',
  'Done__c',
  'Failed__c',
  'Result__c',
  'Result_Data__c',
].map(qualified);

function qualified(field: string): string {
  return withPrefix(`${OBJECT}.${field}`);
}

/** @returns the id of the record @throws FetchResponse */
export async function createRequest(
  type: RequestType,
  parameters?: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { id } = await createRecord(
    inputOf(
      { Type__c: type, ...(parameters === undefined ? {} : { Parameters__c: JSON.stringify(parameters) }) },
      OBJECT,
    ),
  );
  return id;
}

/**
 * Asks for one record to be compared and carried over now (SyncNow, the type that a request has by default: who sells may set no
 * other, and none by name).
 * @param lookup `Lead__c`, `Contact__c` or `Account__c` @returns the id of the request
 */
export async function trySync(lookup: string, recordId: string): Promise<Asked> {
  try {
    const { id } = await createRecord(inputOf({ [lookup]: recordId }, OBJECT));
    return { id };
  } catch (error) {
    return { error: toPageError(error) };
  }
}

/** What came of asking: the id of the request, or why it could not be made. */
export interface Asked {
  id?: string;
  error?: PageError;
}

/** A request for a dialog, which shows what went wrong and stays open. */
export async function tryRequest(type: RequestType, parameters?: Readonly<Record<string, unknown>>): Promise<Asked> {
  try {
    return { id: await createRequest(type, parameters) };
  } catch (error) {
    return { error: toPageError(error) };
  }
}

/** Asks the bridge to stop; what is done stays done. @throws FetchResponse */
export async function stopRequest(id: string): Promise<void> {
  await updateRecord(inputOf({ Id: id, Stop_Requested__c: true }));
}

/** Whether more is to come. */
export function isOpen(status: string): boolean {
  return !['Done', 'Stopped', 'Failed'].includes(status);
}

/**
 * What the bridge says of it, in the reader's language; blank while it says nothing. Reps may not read the codes, so that outside of
 * English they learn from the status alone that it is done; why it failed they read in English. @param fields with Result__c and
 * Result_Data__c
 */
export function resultOf(fields: Row): string {
  const { messages } = Object(jsonOf(fields, 'Result_Data__c')) as { messages?: unknown };
  const isHidden = !('Result_Data__c' in fields);
  if (isHidden && textOf(fields, 'Status__c') === 'Done' && !LANGUAGE.startsWith('en')) return '';
  return wordedAll(messagesOf(messages), textOf(fields, 'Result__c') ?? '');
}

export function requestOf(record: RecordRepresentation): RequestState {
  const fields = fieldsOf(record);
  return {
    id: record.id,
    type: textOf(fields, 'Type__c') ?? '',
    status: textOf(fields, 'Status__c') ?? 'Requested',
    progress: numberOf(fields, 'Progress__c') ?? 0,
    total: numberOf(fields, 'Total__c'),
    done: numberOf(fields, 'Done__c') ?? 0,
    failed: numberOf(fields, 'Failed__c') ?? 0,
    result: resultOf(fields),
    data: jsonOf(fields, 'Result_Data__c'),
  };
}

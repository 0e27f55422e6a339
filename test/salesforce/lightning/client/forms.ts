// What forms of records need of the org, and how their fields and forms communicate.
// Source: Component Library, "Record Edit Form", "Record View Form"; User Interface API Developer Guide, "Record Layout".
import { readOnce } from './metadataApi.ts';
import { request } from './http.ts';
import type { RecordRepresentation } from './recordStore.ts';

export const MASTER_RECORD_TYPE = '012000000000000AAA';

export interface FieldInfo {
  apiName: string;
  label: string;
  dataType: string;
  inlineHelpText: string | null;
  length: number;
  scale: number;
  required: boolean;
  createable: boolean;
  updateable: boolean;
  relationshipName: string | null;
  referenceToInfos: { apiName: string }[];
}
export interface ObjectInfo {
  apiName: string;
  label: string;
  labelPlural: string;
  fields: Record<string, FieldInfo>;
  createable: boolean;
  updateable: boolean;
  nameFields: string[];
  keyPrefix: string | null;
}
export interface LayoutItem {
  label: string;
  required: boolean;
  editableForNew: boolean;
  editableForUpdate: boolean;
  layoutComponents: { apiName: string | null; componentType: string }[];
}
export interface LayoutSection {
  id: string;
  heading: string;
  useHeading: boolean;
  columns: number;
  layoutRows: { layoutItems: LayoutItem[] }[];
}
export interface Option {
  label: string;
  value: string;
}
/** What a form gives to one of its fields. */
export interface FieldData {
  object: string;
  info: FieldInfo;
  value: unknown;
  displayValue: string | null;
  options: Option[];
  isNew: boolean;
}
/** What a field is for its form. */
export interface FormField {
  name: string;
  receive(data: FieldData): void;
  value(): unknown;
  isChanged(): boolean;
  isValid(): boolean;
  setError(message: string): void;
  /** Displayed only: never sent. */
  isOutput: boolean;
}
export interface FormMessages {
  show(messages: readonly string[]): void;
}

export const FIELD_EVENT = 'lightningformfield';
export const MESSAGES_EVENT = 'lightningformmessages';

export const fieldEvent = (field: FormField): CustomEvent<FormField> =>
  new CustomEvent(FIELD_EVENT, { bubbles: true, composed: true, detail: field });
export const messagesEvent = (messages: FormMessages): CustomEvent<FormMessages> =>
  new CustomEvent(MESSAGES_EVENT, { bubbles: true, composed: true, detail: messages });

export const readInfo = (object: string): Promise<ObjectInfo> =>
  readOnce(`/ui-api/object-info/${object}`) as Promise<ObjectInfo>;

export async function readPicklists(object: string): Promise<Record<string, { values: Option[] }>> {
  const path = `/ui-api/object-info/${object}/picklist-values/${MASTER_RECORD_TYPE}`;
  const { picklistFieldValues } = (await readOnce(path)) as {
    picklistFieldValues: Record<string, { values: Option[] }>;
  };
  return picklistFieldValues;
}

export async function readLayout(
  object: string,
  mode: 'Create' | 'Edit' | 'View',
  layoutType = 'Full',
): Promise<LayoutSection[]> {
  const query = new URLSearchParams({ layoutType, mode, recordTypeId: MASTER_RECORD_TYPE });
  const { sections } = (await readOnce(`/ui-api/layout/${object}?${query.toString()}`)) as {
    sections: LayoutSection[];
  };
  return sections;
}

/** The record that a new one begins with. */
export async function readDefaults(object: string): Promise<RecordRepresentation> {
  const { record } = (await request('GET', `/ui-api/record-defaults/create/${object}`)) as {
    record: RecordRepresentation;
  };
  return record;
}

interface Refusal {
  message?: string;
  output?: { errors: { message: string }[]; fieldErrors: Record<string, { message: string }[]> };
}

/** What a refused save says: of fields by their name, and of the record. */
export function refusalOf(body: unknown): { messages: string[]; fields: Record<string, string> } {
  if (Array.isArray(body)) return { messages: (body as Refusal[]).map(({ message }) => message ?? ''), fields: {} };
  const { message = 'An error occurred.', output } = (body ?? {}) as Refusal;
  const fields = Object.fromEntries(
    Object.entries(output?.fieldErrors ?? {}).map(([name, errors]) => [
      name,
      errors.map((one) => one.message).join(' '),
    ]),
  );
  const messages = (output?.errors ?? []).map((one) => one.message);
  return { messages: messages.length + Object.keys(fields).length > 0 ? messages : [message], fields };
}

/** `Lead.Name` and `{ fieldApiName: 'Name' }` are `Name`. */
export function bareField(field: unknown): string {
  const name =
    typeof field === 'object' && field !== null ? (field as { fieldApiName: string }).fieldApiName : String(field);
  return name.split('.').at(-1) ?? name;
}

export function objectNameOf(given: unknown): string {
  return typeof given === 'object' && given !== null
    ? (given as { objectApiName: string }).objectApiName
    : String(given ?? '');
}

// Records of a page: read and watched by wires, written by functions, and seen by every wire that shows them.
// Source: LWC guide, "lightning/uiRecordApi"; User Interface API Developer Guide, "Records".
import { adapterOf, NOTHING, type WireResult } from './adapter.ts';
import { frozen, isSame } from './freeze.ts';
import { request, type FetchError } from './http.ts';
import { RecordStore, type RecordRepresentation } from './recordStore.ts';

export type { RecordRepresentation } from './recordStore.ts';

export interface FieldId {
  fieldApiName: string;
  objectApiName: string;
}
export type Field = string | FieldId;
type Fields = Field | readonly Field[];

export interface GetRecordConfig {
  recordId: string;
  fields?: Fields;
  optionalFields?: Fields;
  layoutTypes?: string | readonly string[];
}
export interface RecordInput {
  apiName?: string;
  fields: Record<string, unknown>;
  allowSaveOnDuplicate?: boolean;
}

/** Records are read again after this time. Source: LWC guide, "Data Caching". */
const FRESH_MS = 30_000;

export const store = new RecordStore();
/** Requests under way, so that two components that show one record cost one request. */
const underWay = new Map<string, Promise<unknown>>();

/** `Lead.Owner.Name` */
export function nameOfField(field: Field): string {
  return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
}

function namesOf(fields: Fields | undefined): string[] {
  if (fields === undefined) return [];
  const list = (Array.isArray(fields) ? fields : [fields]) as readonly Field[];
  return list.map(nameOfField);
}

const pathOf = (name: string): string[] => name.split('.').slice(1);

function once(path: string): Promise<unknown> {
  const known = underWay.get(path);
  if (known) return known;
  const asked = request('GET', path).finally(() => underWay.delete(path));
  underWay.set(path, asked);
  return asked;
}

function addressOf(ids: string, { fields, optionalFields, layoutTypes }: Omit<GetRecordConfig, 'recordId'>): string {
  const query = new URLSearchParams();
  const [required, optional] = [namesOf(fields), namesOf(optionalFields)];
  if (required.length > 0) query.set('fields', required.join(','));
  if (optional.length > 0) query.set('optionalFields', optional.join(','));
  if (layoutTypes !== undefined) query.set('layoutTypes', [layoutTypes].flat().join(','));
  return `/ui-api/records/${ids}?${query.toString()}`;
}

/** Reads a record again for every wire that shows it. */
const rereads = new Map<string, Set<() => Promise<void>>>();

export function watchRecord(
  config: GetRecordConfig,
  emit: (result: WireResult<RecordRepresentation>) => void,
): () => void {
  const { recordId } = config;
  const required = namesOf(config.fields).map(pathOf);
  const optional = namesOf(config.optionalFields).map(pathOf);
  /** Of the layouts, which only the org knows. */
  let onLayouts: string[][] = [];
  let seen = new Set<string>([recordId]);
  let last: RecordRepresentation | undefined;
  let isOver = false;
  let hasFailed = false;

  const show = (): boolean => {
    const ids = new Set<string>();
    const record = store.select(recordId, required, [...optional, ...onLayouts], ids);
    if (!record) return false;
    seen = ids;
    if (last === undefined || hasFailed || !isSame(last, record)) {
      last = frozen(record);
      hasFailed = false;
      emit({ data: last, error: undefined });
    }
    return true;
  };
  const read = async (): Promise<void> => {
    try {
      const record = (await once(addressOf(recordId, config))) as RecordRepresentation;
      if (config.layoutTypes !== undefined) onLayouts = pathsIn(record);
      store.ingest([record]);
      if (!isOver) show();
    } catch (error) {
      hasFailed = true;
      last = undefined;
      if (!isOver) emit({ data: undefined, error });
    }
  };
  const unwatch = store.watch((changed) => {
    if (isOver || ![...seen].some((id) => changed.has(id))) return;
    if (!show() && last !== undefined) void read();
  });
  const own = rereads.get(recordId) ?? new Set();
  // A request that began before the change does not satisfy who asks for what is there now.
  const reread = async (): Promise<void> => {
    await underWay.get(addressOf(recordId, config))?.catch(() => undefined);
    await read();
  };
  rereads.set(recordId, own.add(reread));
  // An optional field that was never asked for may well be there.
  const isKnown =
    config.layoutTypes === undefined &&
    store.isFresh(recordId, FRESH_MS) &&
    store.select(recordId, [...required, ...optional], [], new Set()) !== undefined;
  if (!(isKnown && show())) void read();
  return () => {
    isOver = true;
    unwatch();
    own.delete(reread);
  };
}

function pathsIn(record: RecordRepresentation): string[][] {
  return Object.entries(record.fields).flatMap(([name, { value }]) =>
    isParent(value) ? pathsIn(value as RecordRepresentation).map((path) => [name, ...path]) : [[name]],
  );
}

const hasFields = ({ fields, optionalFields, layoutTypes }: Partial<GetRecordConfig>): boolean =>
  [fields, optionalFields, layoutTypes].some((given) => given !== undefined && [given].flat().length > 0);

export const getRecord = adapterOf<GetRecordConfig, WireResult<RecordRepresentation>>({
  initial: NOTHING,
  isComplete: (config) => typeof config.recordId === 'string' && config.recordId !== '' && hasFields(config),
  watch: watchRecord,
});

interface GetRecordsConfig {
  records: { recordIds: readonly string[]; fields?: Fields; optionalFields?: Fields }[];
}
interface Batch {
  hasErrors: boolean;
  results: { statusCode: number; result: unknown }[];
}

export const getRecords = adapterOf<GetRecordsConfig, WireResult<Batch>>({
  initial: NOTHING,
  isComplete: ({ records }) =>
    Array.isArray(records) && records.length > 0 && records.every((one) => one.recordIds?.length > 0 && hasFields(one)),
  watch({ records }, emit) {
    const wanted = records.flatMap(({ recordIds, ...fields }) =>
      recordIds.map((recordId) => ({ ...fields, recordId })),
    );
    const results: (Batch['results'][number] | undefined)[] = wanted.map(() => undefined);
    const stops = wanted.map((config, index) =>
      watchRecord(config, ({ data, error }) => {
        const failed = error as FetchError | undefined;
        results[index] = failed
          ? { statusCode: failed.status, result: failed.body }
          : { statusCode: 200, result: data };
        if (results.includes(undefined)) return;
        const known = results as Batch['results'];
        const hasErrors = known.some(({ statusCode }) => statusCode !== 200);
        emit({ data: frozen({ hasErrors, results: [...known] }), error: undefined });
      }),
    );
    return () => stops.forEach((stop) => stop());
  },
});

export async function createRecord(input: RecordInput): Promise<RecordRepresentation> {
  const record = (await request('POST', '/ui-api/records', input)) as RecordRepresentation;
  store.ingest([record]);
  return frozen(record);
}

/** @param input its fields have the Id */
export async function updateRecord(
  input: RecordInput,
  { ifUnmodifiedSince }: { ifUnmodifiedSince?: string } = {},
): Promise<RecordRepresentation> {
  const { Id, ...fields } = input.fields;
  if (typeof Id !== 'string' || Id === '') throw new TypeError('updateRecord: fields.Id is required.');
  const { allowSaveOnDuplicate } = input;
  const record = (await request(
    'PATCH',
    `/ui-api/records/${Id}`,
    { fields, ...(allowSaveOnDuplicate !== undefined && { allowSaveOnDuplicate }) },
    ifUnmodifiedSince === undefined ? {} : { 'if-unmodified-since': ifUnmodifiedSince },
  )) as RecordRepresentation;
  store.ingest([record]);
  return frozen(record);
}

export async function deleteRecord(recordId: string): Promise<void> {
  await request('DELETE', `/ui-api/records/${recordId}`);
  store.remove(recordId);
}

/** Reads the records again that something else than this page's functions has changed. */
export async function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<void> {
  const reads = records.flatMap(({ recordId }) => [...(rereads.get(recordId) ?? [])]);
  await Promise.all(reads.map((read) => read()));
}

function fieldOf(record: RecordRepresentation | undefined, field: Field): { value?: unknown; displayValue?: unknown } {
  let at: RecordRepresentation | undefined = record;
  let found: { value?: unknown; displayValue?: unknown } = {};
  for (const name of pathOf(nameOfField(field))) {
    const next = at?.fields[name];
    if (!next) return {};
    found = next;
    at = next.value as RecordRepresentation;
    if (at === null || typeof at !== 'object') at = undefined;
  }
  return found;
}

export function getFieldValue(record: RecordRepresentation | undefined, field: Field): unknown {
  return fieldOf(record, field).value;
}

export function getFieldDisplayValue(record: RecordRepresentation | undefined, field: Field): unknown {
  return fieldOf(record, field).displayValue;
}

interface Writable {
  fields: Record<string, { createable: boolean; updateable: boolean }>;
}

export function generateRecordInputForCreate(record: RecordRepresentation, objectInfo?: Writable): RecordInput {
  return {
    apiName: record.apiName,
    fields: valuesOf(record, (name) => objectInfo?.fields[name]?.createable ?? !objectInfo),
  };
}

export function generateRecordInputForUpdate(record: RecordRepresentation, objectInfo?: Writable): RecordInput {
  const fields = valuesOf(record, (name) => objectInfo?.fields[name]?.updateable ?? !objectInfo);
  return { apiName: record.apiName, fields: { ...fields, Id: record.id } };
}

function valuesOf(record: RecordRepresentation, isWanted: (name: string) => boolean): Record<string, unknown> {
  const own = Object.entries(record.fields).filter(([name, { value }]) => isWanted(name) && !isParent(value));
  return Object.fromEntries(own.map(([name, { value }]) => [name, value]));
}

const isParent = (value: unknown): boolean => typeof value === 'object' && value !== null && 'fields' in value;

export function createRecordInputFilteredByEditedFields(
  input: RecordInput,
  original: RecordRepresentation,
): RecordInput {
  const edited = Object.entries(input.fields).filter(([name, value]) => original.fields[name]?.value !== value);
  return { ...input, fields: Object.fromEntries(edited) };
}

// What the org says of its objects, picklists and lists: read once, and kept as long as the page is open.
// Source: LWC guide, "lightning/uiObjectInfoApi", "lightning/uiRelatedListApi", "lightning/uiListsApi".
import { adapterOf, NOTHING, type WireResult } from './adapter.ts';
import { frozen } from './freeze.ts';
import { request } from './http.ts';
import { nameOfField, store, type Field, type RecordRepresentation } from './records.ts';

type ObjectName = string | { objectApiName: string };
type Emit<T> = (result: WireResult<T>) => void;

const known = new Map<string, Promise<unknown>>();

export function readOnce(path: string): Promise<unknown> {
  const found = known.get(path);
  if (found) return found;
  const asked = request('GET', path).then(frozen);
  known.set(path, asked);
  // A refusal is not kept: rights may have come meanwhile.
  asked.catch(() => known.delete(path));
  return asked;
}

export const objectName = (given: ObjectName): string => (typeof given === 'string' ? given : given.objectApiName);

function deliver<T>(reading: Promise<unknown>, emit: Emit<T>): () => void {
  reading.then(
    (data) => emit({ data: data as T, error: undefined }),
    (error: unknown) => emit({ data: undefined, error }),
  );
  return () => undefined;
}

export const getObjectInfo = adapterOf<{ objectApiName: ObjectName }, WireResult<unknown>>({
  initial: NOTHING,
  isComplete: ({ objectApiName }) => objectApiName !== undefined,
  watch: ({ objectApiName }, emit) => deliver(readOnce(`/ui-api/object-info/${objectName(objectApiName)}`), emit),
});

interface Batch {
  results: readonly { statusCode: number; result: unknown }[];
}

/** One request for all that are not known yet, whose refusals are answers and no failures. */
async function readInfos(names: readonly string[]): Promise<Batch> {
  const path = (name: string): string => `/ui-api/object-info/${name}`;
  const missing = names.filter((name) => !known.has(path(name)));
  const batch =
    missing.length > 0
      ? ((await request('GET', `/ui-api/object-info/batch/${missing.join(',')}`)) as Batch)
      : { results: [] };
  const fresh = new Map(missing.map((name, index) => [name, batch.results[index]]));
  for (const [name, one] of fresh)
    if (one?.statusCode === 200) known.set(path(name), Promise.resolve(frozen(one.result)));
  const results = names.map(async (name) => fresh.get(name) ?? { statusCode: 200, result: await readOnce(path(name)) });
  return frozen({ results: await Promise.all(results) });
}

export const getObjectInfos = adapterOf<{ objectApiNames: readonly ObjectName[] }, WireResult<unknown>>({
  initial: NOTHING,
  isComplete: ({ objectApiNames }) => Array.isArray(objectApiNames) && objectApiNames.length > 0,
  watch: ({ objectApiNames }, emit) => deliver(readInfos(objectApiNames.map(objectName)), emit),
});

export const getPicklistValues = adapterOf<{ recordTypeId: string; fieldApiName: Field }, WireResult<unknown>>({
  initial: NOTHING,
  isComplete: ({ recordTypeId, fieldApiName }) => recordTypeId !== undefined && fieldApiName !== undefined,
  watch({ recordTypeId, fieldApiName }, emit) {
    const [object = '', field = ''] = nameOfField(fieldApiName).split('.');
    return deliver(readOnce(`/ui-api/object-info/${object}/picklist-values/${recordTypeId}/${field}`), emit);
  },
});

export const getPicklistValuesByRecordType = adapterOf<
  { objectApiName: ObjectName; recordTypeId: string },
  WireResult<unknown>
>({
  initial: NOTHING,
  isComplete: ({ objectApiName, recordTypeId }) => recordTypeId !== undefined && objectApiName !== undefined,
  watch: ({ objectApiName, recordTypeId }, emit) =>
    deliver(readOnce(`/ui-api/object-info/${objectName(objectApiName)}/picklist-values/${recordTypeId}`), emit),
});

export const getRecordCreateDefaults = adapterOf<{ objectApiName: ObjectName }, WireResult<unknown>>({
  initial: NOTHING,
  isComplete: ({ objectApiName }) => objectApiName !== undefined,
  watch: ({ objectApiName }, emit) =>
    deliver(request('GET', `/ui-api/record-defaults/create/${objectName(objectApiName)}`).then(frozen), emit),
});

export interface RecordPage {
  count: number;
  records: RecordRepresentation[];
  nextPageToken: string | null;
}
interface PageConfig {
  fields?: readonly string[];
  optionalFields?: readonly string[];
  pageSize?: number;
  pageToken?: string;
  sortBy?: readonly string[];
  where?: string;
}

function pageQuery(config: PageConfig): string {
  const query = new URLSearchParams();
  for (const name of ['fields', 'optionalFields', 'sortBy'] as const)
    if (config[name] !== undefined) query.set(name, [config[name]].flat().join(','));
  for (const name of ['pageSize', 'pageToken', 'where'] as const)
    if (config[name] !== undefined) query.set(name, String(config[name]));
  return query.toString();
}

/** Its records are seen by everybody who shows them. */
export async function readPage(path: string, config: PageConfig): Promise<RecordPage> {
  const page = (await request('GET', `${path}?${pageQuery(config)}`)) as RecordPage;
  store.ingest(page.records);
  return frozen(page);
}

interface ListConfig extends PageConfig {
  objectApiName: ObjectName;
  listViewApiName: string;
}
interface RelatedConfig extends PageConfig {
  parentRecordId: string;
  relatedListId: string;
}

export const getListInfoByName = adapterOf<ListConfig, WireResult<unknown>>({
  initial: NOTHING,
  isComplete: ({ objectApiName, listViewApiName }) => objectApiName !== undefined && listViewApiName !== undefined,
  watch: ({ objectApiName, listViewApiName }, emit) =>
    deliver(readOnce(`/ui-api/list-info/${objectName(objectApiName)}/${listViewApiName}`), emit),
});

export const getListInfosByObjectName = adapterOf<{ objectApiName: ObjectName }, WireResult<unknown>>({
  initial: NOTHING,
  isComplete: ({ objectApiName }) => objectApiName !== undefined,
  watch: ({ objectApiName }, emit) => deliver(readOnce(`/ui-api/list-info/${objectName(objectApiName)}`), emit),
});

export const getListRecordsByName = adapterOf<ListConfig, WireResult<RecordPage>>({
  initial: NOTHING,
  isComplete: ({ objectApiName, listViewApiName }) => objectApiName !== undefined && listViewApiName !== undefined,
  watch: (config, emit) =>
    deliver(
      readPage(`/ui-api/list-records/${objectName(config.objectApiName)}/${config.listViewApiName}`, config),
      emit,
    ),
});

export const getRelatedListRecords = adapterOf<RelatedConfig, WireResult<RecordPage>>({
  initial: NOTHING,
  isComplete: ({ parentRecordId, relatedListId }) => parentRecordId !== undefined && relatedListId !== undefined,
  watch: (config, emit) =>
    deliver(readPage(`/ui-api/related-list-records/${config.parentRecordId}/${config.relatedListId}`, config), emit),
});

export const getRelatedListCount = adapterOf<RelatedConfig, WireResult<unknown>>({
  initial: NOTHING,
  isComplete: ({ parentRecordId, relatedListId }) => parentRecordId !== undefined && relatedListId !== undefined,
  watch: ({ parentRecordId, relatedListId }, emit) =>
    deliver(request('GET', `/ui-api/related-list-count/${parentRecordId}/${relatedListId}`).then(frozen), emit),
});

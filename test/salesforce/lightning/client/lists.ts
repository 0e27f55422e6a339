// Lists of records as tables: columns with labels and types, rows with what people read.
// Source: User Interface API Developer Guide, "List Info", "Get List View Records", "Get Related List Records".
import { readInfo } from './forms.ts';
import { readOnce, readPage } from './metadataApi.ts';
import type { FieldValue, RecordRepresentation } from './recordStore.ts';

interface Column {
  fieldApiName: string;
  label: string;
  sortable: boolean;
}
export interface ListInfo {
  label: string;
  displayColumns: Column[];
}
export interface Table {
  object: string;
  label: string;
  columns: { name: string; label: string }[];
  rows: {
    key: string;
    cells: { key: string; type: string; value: unknown; displayValue: string | null | undefined; recordId?: string }[];
  }[];
  /** Undefined where there is no more. */
  next: string | undefined;
}

export async function readList(object: string, view: string, pageSize: number, pageToken?: string): Promise<Table> {
  const info = (await readOnce(`/ui-api/list-info/${object}/${view}`)) as ListInfo;
  return tableOf(object, info, `/ui-api/list-records/${object}/${view}`, pageSize, pageToken);
}

export async function readRelated(parent: string, parentId: string, list: string, pageSize: number): Promise<Table> {
  const path = `/ui-api/related-list-info/${parent}/${list}`;
  const info = (await readOnce(path)) as ListInfo & { objectApiNames: string[] };
  const [object = ''] = info.objectApiNames;
  return tableOf(object, info, `/ui-api/related-list-records/${parentId}/${list}`, pageSize);
}

async function tableOf(
  object: string,
  info: ListInfo,
  path: string,
  pageSize: number,
  pageToken?: string,
): Promise<Table> {
  const columns = info.displayColumns;
  const about = await readInfo(object);
  const optionalFields = columns.map(({ fieldApiName }) => `${object}.${fieldApiName}`);
  const page = await readPage(path, { optionalFields, pageSize, ...(pageToken !== undefined && { pageToken }) });
  return {
    object,
    label: info.label,
    columns: columns.map(({ fieldApiName, label }) => ({ name: fieldApiName, label })),
    rows: page.records.map((record) => ({
      key: record.id,
      cells: columns.map(({ fieldApiName }, index) => {
        const field = fieldAt(record, fieldApiName);
        const isName = about.nameFields.includes(fieldApiName) || (index === 0 && fieldApiName === 'Name');
        return {
          key: fieldApiName,
          type: about.fields[fieldApiName]?.dataType ?? 'String',
          value: field?.value,
          displayValue: field?.displayValue,
          ...(isName && { recordId: record.id }),
        };
      }),
    })),
    next: page.nextPageToken ?? undefined,
  };
}

function fieldAt(record: RecordRepresentation, path: string): FieldValue | undefined {
  const [name = '', ...rest] = path.split('.');
  const field = record.fields[name];
  if (rest.length === 0) return field;
  return field?.value ? fieldAt(field.value as RecordRepresentation, rest.join('.')) : undefined;
}

// Objects and fields of the org as the user may see them, in the shape in which mappings are judged. The UI API names types as
// describe does, but for upper and lower case, and says neither whether a picklist is restricted nor, here, its values.
// Source: UI API guide, "Object Info", "Field", "Picklist Values Collection".
import type { FieldInfo, ObjectInfo, PicklistValues } from 'lightning/uiObjectInfoApi';
import type { BatchResult } from 'lightning/uiRecordApi';
import type { SalesforceField, SalesforceObject } from 'c/fieldFit';

/** The record type whose picklists have every active value. Source: UI API guide, "Get Values for a Picklist Field". */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

function typeOf({ apiName, dataType }: FieldInfo): string {
  // The record's own id is a reference to nothing.
  return apiName === 'Id' ? 'id' : dataType.toLowerCase();
}

function toField(info: FieldInfo): SalesforceField {
  const { apiName, label, length, precision, scale, required, createable, updateable } = info;
  return {
    ...{ name: apiName, label, type: typeOf(info), length, precision, scale, required, createable, updateable },
    ...(info.calculated ? { calculated: true } : {}),
    ...(info.compoundFieldName ? { compoundFieldName: info.compoundFieldName } : {}),
    ...(info.filterable === false ? { filterable: false } : {}),
    restricted: undefined,
    values: undefined,
  };
}

export function toObject(info: ObjectInfo): SalesforceObject {
  const fields = Object.entries(info.fields).map(([name, field]): [string, SalesforceField] => [name, toField(field)]);
  const { apiName, label, createable, updateable } = info;
  return { name: apiName, label, createable, updateable, fields: Object.fromEntries(fields) };
}

/** By API name; an object that is gone or hidden is not in it, and takes nothing else down. */
export function objectsOf(batch: BatchResult<ObjectInfo> | undefined): ReadonlyMap<string, SalesforceObject> {
  const objects = (batch?.results ?? []).filter(({ statusCode }) => statusCode === 200);
  return new Map(objects.map(({ result }) => [result.apiName, toObject(result)]));
}

/** The field with the values of its picklist, once they are read. */
export function withValues(field: SalesforceField, picklist: PicklistValues | undefined): SalesforceField {
  if (!picklist) return field;
  const entries = picklist.values.map(({ value, label }) => ({ value, label }));
  return { ...field, values: entries.map(({ value }) => value), entries };
}

export const isPicklist = (type: string): boolean => ['picklist', 'multipicklist', 'combobox'].includes(type);

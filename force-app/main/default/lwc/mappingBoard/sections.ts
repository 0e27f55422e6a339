// The rows of the page in their sections: system fields, custom fields, and fields that Sellfire does not have (any more); all in
// one while nobody knows yet which are which.
import type { Other, SalesforceObject, SellfireField } from 'c/fieldFit';
import { byFilter, toRow, type Filter, type MappingRecord, type Row, type Section } from 'c/mappingRows';
import type { MappableObject } from 'c/mappingRecords';
import { labels } from './labels';

export interface TableSection {
  key: Section;
  heading: string;
  rows: Row[];
  total: number;
}

/** What rows are made from. */
interface Given {
  mappings: readonly MappingRecord[];
  /** Undefined before they are read. */
  fields: readonly SellfireField[] | undefined;
  objects: ReadonlyMap<string, SalesforceObject>;
  createsRecords: boolean;
}

/** Hundreds of rows, made once for what is read: not for each part of it that arrives, nor for each key that is typed. */
export class MadeRows {
  private from: Given | undefined;
  private rows: Row[] = [];

  of(given: Given): Row[] {
    const { from } = this;
    const names = ['mappings', 'fields', 'objects', 'createsRecords'] as const;
    if (!from || names.some((name) => from[name] !== given[name])) this.rows = rowsOf(given);
    this.from = given;
    return this.rows;
  }
}

function rowsOf({ mappings, fields, objects, createsRecords }: Given): Row[] {
  const byKey = new Map(fields?.map((field) => [`${field.object}.${field.name}`, field]));
  const names = {
    sellfire: ({ sellfireObject, sellfireField }: Other) => byKey.get(`${sellfireObject}.${sellfireField}`),
    object: (name: string) => objects.get(name),
    beside: { mappings, createsRecords },
    isRead: fields !== undefined,
  };
  return mappings.map((mapping) => toRow(mapping, names, { inspect: labels.inspectOf, actions: labels.actionsOf }));
}

export function sectionsOf(rows: readonly Row[], filter: Filter): TableSection[] {
  const passes = byFilter(filter);
  const section = (key: Section, heading: string): TableSection => {
    const all = rows.filter((row) => row.section === key);
    return { key, heading, total: all.length, rows: all.filter(passes) };
  };
  const unread = section('unread', labels.all);
  if (unread.total > 0) return [unread];
  const gone = section('gone', labels.gone);
  return [section('system', labels.system), section('custom', labels.custom), ...(gone.total > 0 ? [gone] : [])];
}

/** The objects that are mapped, to filter by. */
export function objectChoices(
  rows: readonly Row[],
  objects: readonly MappableObject[],
): { label: string; value: string }[] {
  const labelOf = new Map(rows.map(({ objectName, salesforceObject }) => [objectName, salesforceObject]));
  for (const { name, label } of objects) if (labelOf.get(name) === name) labelOf.set(name, label);
  return [...labelOf]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

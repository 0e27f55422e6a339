// Records of the package under the names of its source (`Sync_State__c`), whether it is installed with a namespace or
// deployed without: names get the prefix on the way out and lose it on the way in.
import BRIDGE_STATUS from '@salesforce/schema/Bridge_Status__c';
import type { RecordInput, RecordRepresentation } from 'lightning/uiRecordApi';

/** `sellfire__`, or blank. The platform rewrites schema imports, and nothing else that is text. */
export const PREFIX = BRIDGE_STATUS.objectApiName.replace(/Bridge_Status__c$/, '');

/** A custom name that has no namespace yet. */
const CUSTOM_NAME = /\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*__[cr]\b/g;

/** A value as a query or a record brings it; a lookup that was asked for is a row of its own. */
export type Value = string | number | boolean | Row | undefined;
export interface Row {
  readonly [name: string]: Value;
}

/** A name, or a text with names such as a query, as this org has them. */
export function withPrefix(text: string): string {
  return PREFIX === '' ? text : text.replace(CUSTOM_NAME, `${PREFIX}$&`);
}

function withoutPrefix(name: string): string {
  return PREFIX !== '' && name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** The rows of one object in the answer to a query: `{ Id, Name, Sync_State__c, CreatedBy: { Name } }`. */
export function rowsOf(data: unknown, object: string): Row[] {
  return nodesOf(at(data, 'uiapi', 'query', withPrefix(object))).map(rowOf);
}

/** The groups of one object in an aggregate answer: each field with what was asked of it, `{ Id: { count } }`. */
export function groupsOf(data: unknown, object: string): Row[] {
  return nodesOf(at(data, 'uiapi', 'aggregate', withPrefix(object))).map((node) => rowOf(at(node, 'aggregate')));
}

/** The fields of a record that `getRecord` brought, under the names of the source. */
export function fieldsOf(record: RecordRepresentation): Row {
  return rowOf(record.fields);
}

/** What `createRecord` and `updateRecord` take. @param object left out for an update, whose fields then have the Id */
export function inputOf(fields: Readonly<Record<string, unknown>>, object?: string): RecordInput {
  return {
    ...(object === undefined ? {} : { apiName: withPrefix(object) }),
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [withPrefix(name), value])),
  };
}

export function textOf(row: Row | undefined, name: string): string | undefined {
  const value = row?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(row: Row | undefined, name: string): number | undefined {
  const value = row?.[name];
  return typeof value === 'number' ? value : undefined;
}

/** Text of a field of a lookup: `relatedText(row, 'CreatedBy', 'Name')`. */
export function relatedText(row: Row | undefined, lookup: string, name: string): string | undefined {
  const related = row?.[lookup];
  return typeof related === 'object' ? textOf(related, name) : undefined;
}

/** The 15 characters that identify a record, case-sensitive: the key of an id that may have its suffix or lack it. */
export function withoutSuffix(id: string): string {
  return id.slice(0, 15);
}

/** Whether two ids, of 15 or 18 characters, name one record. */
export function sameId(one: string, other: string): boolean {
  return withoutSuffix(one) === withoutSuffix(other);
}

/** JSON in a long text. @returns undefined for a blank, and for what is no JSON */
export function jsonOf(row: Row | undefined, name: string): unknown {
  try {
    return JSON.parse(textOf(row, name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function rowOf(node: unknown): Row {
  return Object.fromEntries(
    Object.entries(Object(node) as object).map(([name, value]) => [withoutPrefix(name), valueOf(value)]),
  );
}

/** `{ value }` is a field, an object without it a row, and null is nothing. */
function valueOf(value: unknown): Value {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return value as Value;
  if ('value' in value) return valueOf(value.value);
  if ('fields' in value) return rowOf(value.fields);
  return rowOf(value);
}

function nodesOf(connection: unknown): unknown[] {
  const edges = at(connection, 'edges');
  return Array.isArray(edges) ? edges.map((edge) => at(edge, 'node')) : [];
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = (inner as Record<string, unknown>)[name];
  }
  return inner;
}

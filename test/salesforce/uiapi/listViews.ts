// List views as pages get them: what their columns and filters are, and the records that they hold for one user. A
// standard object has the two views that every org has of it; those of custom objects are deployed.
// Source: User Interface API Developer Guide, "List Info", "List Record Collection", "List Reference"; Metadata API
// Developer Guide, "ListView".
import { createHash } from 'node:crypto';
import { idAt, normaliseId } from '../ids.ts';
import { quoted, quotedPattern } from '../graphql/literals.ts';
import { PlatformError, type FieldDef, type ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { notFound } from '../rest/request.ts';
import type { Schema } from '../schema.ts';
import { listViewsOf, type ListView, type ListViewFilter } from './components.ts';
import type { Display } from './display.ts';
import { nameFields } from './objectInfo.ts';

type Json = Record<string, unknown>;

/** Words of the metadata for what SOQL compares with, and of the API for the same. */
const OPERATIONS: Readonly<Record<string, { soql: string; uiapi: string }>> = {
  equals: { soql: '=', uiapi: 'Equals' },
  notEqual: { soql: '!=', uiapi: 'NotEqual' },
  lessThan: { soql: '<', uiapi: 'LessThan' },
  greaterThan: { soql: '>', uiapi: 'GreaterThan' },
  lessOrEqual: { soql: '<=', uiapi: 'LessOrEqual' },
  greaterOrEqual: { soql: '>=', uiapi: 'GreaterOrEqual' },
  contains: { soql: 'LIKE', uiapi: 'Contains' },
  notContain: { soql: 'LIKE', uiapi: 'NotContain' },
  startsWith: { soql: 'LIKE', uiapi: 'StartsWith' },
  includes: { soql: 'INCLUDES', uiapi: 'Includes' },
  excludes: { soql: 'EXCLUDES', uiapi: 'Excludes' },
};
const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);
const DATE_LITERAL = /^[A-Z_]+(:\d+)?$/;

export function listsOf(org: Org, object: ObjectDef): ListView[] {
  if (object.custom) return listViewsOf(org, object.name);
  const plural = object.labelPlural.replaceAll(' ', '');
  const columns = [nameFields(object).at(-1) ?? 'Id', 'CreatedDate'];
  const of = (name: string, label: string, mine: boolean): ListView => ({
    name,
    label,
    columns,
    mine,
    filters: [],
    logic: undefined,
  });
  const all = of(`All${plural}`, `All ${object.labelPlural}`, false);
  return object.fields.has('OwnerId') ? [all, of(`My${plural}`, `My ${object.labelPlural}`, true)] : [all];
}

/** The same for the same view in every org. */
export function listViewId(object: ObjectDef, { name }: ListView): string {
  return idAt('00B', createHash('md5').update(`${object.name}.${name}`).digest().readUInt32BE(0));
}

/** @param key its API name, or its id. @throws PlatformError NOT_FOUND */
export function listNamed(org: Org, object: ObjectDef, key: string): ListView {
  const id = normaliseId(key);
  const found = listsOf(org, object).find(
    (view) => view.name.toLowerCase() === key.toLowerCase() || (id !== undefined && listViewId(object, view) === id),
  );
  if (found) return found;
  throw notFound(`The list view ${key} of ${object.name} does not exist`);
}

/** @throws PlatformError NOT_FOUND */
export function listById(org: Org, key: string): { object: ObjectDef; view: ListView } {
  const id = normaliseId(key);
  for (const object of org.schema.objects()) {
    if (object.kind !== 'record') continue;
    const view = listsOf(org, object).find((one) => listViewId(object, one) === id);
    if (view) return { object, view };
  }
  throw notFound(`The list view ${key} does not exist`);
}

export function listReference(object: ObjectDef, view: ListView): Json {
  return {
    id: listViewId(object, view),
    inContextOfRecordId: null,
    listViewApiName: view.name,
    objectApiName: object.name,
    parentObjectApiName: null,
    recordTypeId: null,
    relatedListId: null,
    type: 'listView',
  };
}

/** A column's field, on the object or on a parent; undefined where the user may not read it. */
export function columnField(
  schema: Schema,
  object: ObjectDef,
  path: string,
): { object: ObjectDef; field: FieldDef } | undefined {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const field = schema.field(object, first);
    return field && { object, field };
  }
  for (const target of schema.relationship(object, first)?.referenceTo ?? []) {
    const parent = schema.find(target);
    const found = parent && columnField(schema, parent, rest.join('.'));
    if (found) return found;
  }
  return undefined;
}

/** As a column of a list shows it; `lookupId` is the record that the column links to. */
export function columnOf(schema: Schema, object: ObjectDef, path: string, display: Display): Json | undefined {
  const found = columnField(schema, object, path);
  if (!found) return undefined;
  const [first = '', ...rest] = path.split('.');
  const relationship = rest.length > 0 ? schema.relationship(object, first) : undefined;
  const isName = nameFields(object).at(-1) === path;
  const label = relationship
    ? `${display.fieldLabel(object, relationship).replace(/ ID$/, '')} ${display.fieldLabel(found.object, found.field)}`
    : display.fieldLabel(object, found.field);
  return {
    fieldApiName: path,
    inlineEditAttributes: null,
    label,
    lookupId: isName ? 'Id' : (relationship?.name ?? null),
    searchable: false,
    sortable: found.field.filterable && found.field.type !== 'multipicklist',
  };
}

export function listInfo(org: Org, object: ObjectDef, view: ListView, display: Display): Json {
  const info = {
    cloneable: false,
    createable: false,
    deletable: false,
    displayColumns: view.columns.flatMap((path) => columnOf(org.schema, object, path, display) ?? []),
    filterLogicString: view.logic ?? null,
    filteredByInfo: view.filters.map((filter) => filterInfo(org.schema, object, filter, display)),
    hasMassActions: false,
    inlineEditDetails: null,
    label: view.label,
    listReference: listReference(object, view),
    listShares: null,
    objectApiNames: [object.name],
    orderedByInfo: orderOf(object).map(({ field, ascending }) => ({
      fieldApiName: field,
      isAscending: ascending,
      label: display.fieldLabel(object, object.fields.get(field) as FieldDef),
    })),
    scope: {
      apiName: view.mine ? 'mine' : 'everything',
      entityApiName: object.name,
      label: view.mine ? `My ${display.labelPlural(object)}` : `All ${display.labelPlural(object)}`,
      relatedEntityId: null,
    },
    searchable: true,
    updateable: false,
    userPreferences: { columnWidths: {}, columnWrap: {} },
    visibility: 'Public',
    visibilityEditable: false,
  };
  return { eTag: createHash('md5').update(JSON.stringify(info)).digest('hex'), ...info };
}

function filterInfo(schema: Schema, object: ObjectDef, { field, operation, value }: ListViewFilter, display: Display) {
  const found = columnField(schema, object, field);
  const operands = value === '' ? [] : value.split(',').map((one) => one.trim());
  const labels = operands.map((one) =>
    found?.field.type === 'picklist' ? display.picklistLabel(found.object, found.field, one) : one,
  );
  return {
    fieldApiName: field,
    label: found ? display.fieldLabel(found.object, found.field) : field,
    operandLabels: labels,
    operator: OPERATIONS[operation]?.uiapi ?? operation,
  };
}

/** Lists are in the order of their names where nobody asks for another. */
function orderOf(object: ObjectDef): { field: string; ascending: boolean }[] {
  const name = nameFields(object).at(-1);
  return name === undefined || !object.fields.has(name) ? [] : [{ field: name, ascending: true }];
}

export function defaultOrder(object: ObjectDef): string {
  return orderOf(object)
    .map(({ field, ascending }) => `${field} ${ascending ? 'ASC' : 'DESC'}`)
    .join(', ');
}

/** What the records of a view are, as a where clause of SOQL. @throws PlatformError */
export function listFilter(org: Org, object: ObjectDef, view: ListView, userId: string): string | undefined {
  const tests = view.filters.map((filter) => testOf(org.schema, object, filter));
  const filter = view.logic === undefined ? joined(tests) : logical(view.logic, tests);
  return joined([view.mine ? `OwnerId = ${quoted(userId)}` : undefined, filter].filter((one) => one !== undefined));
}

function joined(tests: readonly string[]): string | undefined {
  return tests.length === 0 ? undefined : tests.length === 1 ? tests[0] : `(${tests.join(' AND ')})`;
}

/** `1 AND (2 OR 3)` with the filters in the places of their numbers. @throws PlatformError */
function logical(logic: string, tests: readonly string[]): string {
  const filled = logic.replace(/\d+/g, (number) => {
    const test = tests[Number(number) - 1];
    if (test === undefined)
      throw new PlatformError('INVALID_INPUT', `The filter logic ${logic} has no filter ${number}`);
    return test;
  });
  return `(${filled})`;
}

/** @throws PlatformError where the user may not read what the view is filtered by */
function testOf(schema: Schema, object: ObjectDef, { field: path, operation, value }: ListViewFilter): string {
  const found = columnField(schema, object, path);
  if (!found) {
    const message = `The list view is filtered by ${path}, which you cannot read`;
    throw new PlatformError('INSUFFICIENT_ACCESS', message, { status: 403 });
  }
  const { field } = found;
  const known = OPERATIONS[operation];
  if (!known) throw new PlatformError('INVALID_INPUT', `The operation ${operation} is not supported in list views`);
  const values = value === '' ? [''] : value.split(',').map((one) => one.trim());
  if (known.soql === 'LIKE') {
    const start = operation === 'startsWith' ? '' : '%';
    const any = values.map((one) => `${path} LIKE ${quotedPattern(`${start}${one}%`)}`).join(' OR ');
    return operation === 'notContain' ? `(NOT (${any}))` : `(${any})`;
  }
  if (known.soql === 'INCLUDES' || known.soql === 'EXCLUDES') {
    return `${path} ${known.soql} (${values.map(quoted).join(', ')})`;
  }
  const tests = values.map((one) => `${path} ${known.soql} ${literal(field, one)}`);
  return tests.length === 1 ? String(tests[0]) : `(${tests.join(operation === 'notEqual' ? ' AND ' : ' OR ')})`;
}

function literal(field: FieldDef, value: string): string {
  if (value === '') return 'null';
  if (field.type === 'boolean') return value === '1' || /^true$/i.test(value) ? 'TRUE' : 'FALSE';
  if (NUMBERS.has(field.type)) return String(Number(value));
  if (field.type === 'date' || field.type === 'datetime') {
    if (DATE_LITERAL.test(value)) return value;
    const day = new Date(value).toISOString();
    return field.type === 'date' ? day.slice(0, 10) : day;
  }
  return quoted(value);
}

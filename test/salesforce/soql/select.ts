// The select list: what of each record is wanted becomes columns, and the shape into which they are put again. Parents are
// nested, compounds made of their parts, children are queries of their own.
import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';
import { partName as partOfPlace } from '../locations.ts';
import type { FieldDef } from '../model.ts';
import type { Schema } from '../schema.ts';
import { isStored } from '../tables.ts';
import type { Aggregation } from './aggregate.ts';
import { findChildRelationship } from './children.ts';
import type { CompiledQuery, CompileInner, Selected } from './compiled.ts';
import type { QueryErrors } from './errors.ts';
import type { Scope } from './scope.ts';

/** FIELDS(ALL) and FIELDS(CUSTOM) are for looking, not for export. */
const MAXIMUM_WITH_FIELDS = 200;

export function summaries(
  aggregation: Aggregation,
  query: Query,
  scope: Scope,
  columnNames: CompiledQuery['columnNames'],
): Selected[] {
  return aggregation.select(query.fields ?? []).map(({ name, field, sql }) => {
    columnNames.push({ name, field });
    return { kind: 'field', name, field, column: scope.column(sql) };
  });
}

export function select(
  fields: readonly FieldType[],
  query: Query,
  scope: Scope,
  errors: QueryErrors,
  schema: Schema,
  inner: CompileInner,
  columnNames: CompiledQuery['columnNames'],
): Selected[] {
  const selected: Selected[] = [];
  const seen = new Set<string>();
  const add = (path: string[], name: string): void => {
    const written = [...path, name].join('.');
    const key = written.toLowerCase();
    if (seen.has(key)) throw errors.invalidField(`duplicate field selected: ${written}`, written);
    seen.add(key);
    const { field, parents } = scope.resolve(path, name);
    let level = selected;
    for (const parent of parents) {
      let entry = level.find((other) => other.kind === 'parent' && other.name === parent.name);
      if (entry?.kind !== 'parent') {
        entry = {
          kind: 'parent',
          name: parent.name,
          types: parent.types,
          idColumns: parent.ids.map(scope.column),
          selected: [],
        };
        level.push(entry);
      }
      level = entry.selected;
    }
    columnNames.push({ name: [...parents.map((parent) => parent.name), field.name].join('.'), field });
    if (isStored(field)) {
      level.push({ kind: 'field', name: field.name, field, column: scope.column(scope.operand(path, name).sql) });
      return;
    }
    const parts = scope.parts(path, field).map((part) => ({
      name: partName(field, part.name),
      column: scope.column(scope.operand(path, part.name).sql),
    }));
    level.push({ kind: 'compound', name: field.name, parts });
  };
  for (const field of fields) {
    if (field.type === 'Field') add([], field.field);
    else if (field.type === 'FieldRelationship') add(field.relationships, field.field);
    else if (field.type === 'FieldFunctionExpression' && field.functionName.toUpperCase() === 'FIELDS') {
      for (const name of fieldsOf(String(field.parameters[0]), query, scope, errors)) add([], name);
    } else if (field.type === 'FieldSubquery') selected.push(children(field.subquery, scope, errors, schema, inner));
    else throw unsupported(field, errors);
    if ('alias' in field && field.alias)
      throw errors.malformed('only aggregate expressions use field aliasing', field.alias);
  }
  return selected;
}

/** `(SELECT … FROM Contacts)` */
function children(
  subquery: Subquery,
  scope: Scope,
  errors: QueryErrors,
  schema: Schema,
  inner: CompileInner,
): Selected {
  const found = findChildRelationship(schema, scope.object, subquery.relationshipName);
  if (!found) {
    const message = `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw errors.noSuchRelationship(message, subquery.relationshipName);
  }
  const query = inner({ ...subquery, sObject: found.child.name }, found.field);
  if (query.countOnly) throw errors.malformed('COUNT() cannot be used in a subquery', subquery.relationshipName);
  return { kind: 'children', name: found.name, query };
}

/** `BillingPostalCode` in `BillingAddress` is `postalCode`, `Site__Latitude__s` in `Site__c` is `latitude`. */
export function partName(compound: FieldDef, part: string): string {
  const short = compound.type === 'location' ? partOfPlace(part) : part.slice(compound.name.length - 'Address'.length);
  return short.charAt(0).toLowerCase() + short.slice(1);
}

function fieldsOf(which: string, query: Query, scope: Scope, errors: QueryErrors): string[] {
  const kind = which.toUpperCase();
  if (kind !== 'STANDARD' && (query.limit === undefined || query.limit > MAXIMUM_WITH_FIELDS)) {
    throw errors.malformed(`The SOQL FIELDS function must have a LIMIT of at most ${MAXIMUM_WITH_FIELDS}`, 'FIELDS');
  }
  return [...scope.object.fields.values()]
    .filter((field) => kind === 'ALL' || field.custom === (kind === 'CUSTOM'))
    .map((field) => field.name);
}

function unsupported(field: FieldType, errors: QueryErrors): Error {
  if (field.type === 'FieldTypeof') return errors.malformed('TYPEOF is not supported in this org', 'TYPEOF');
  const name = field.type === 'FieldFunctionExpression' ? field.functionName : 'expression';
  return errors.malformed(`${name} is not supported in the select list of this org`, name);
}

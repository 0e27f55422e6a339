// Compiles one parsed query to one SQL statement: fields and parent relationships become columns and joins, the where
// clause becomes bound tests. What is not supported is refused by name; nothing is silently left out of a query.
import type { SQLInputValue } from 'node:sqlite';
import type { FieldType, OrderByClause, Query, Subquery, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { FieldDef, ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';
import { isStored, isText, quote } from '../tables.ts';
import { Aggregation, isAggregate } from './aggregate.ts';
import { findChildRelationship } from './children.ts';
import { queryErrors, type QueryErrors } from './errors.ts';
import { compileCondition, type Operand } from './filter.ts';
import { parseSoql, toFilter, type Filter } from './parse.ts';
import { createScope, type Scope } from './scope.ts';

/** What a result row is built from. `column` is a position in the row that the statement returns. */
export type Selected =
  | { kind: 'field'; name: string; field: FieldDef; column: number }
  | { kind: 'compound'; name: string; parts: { name: string; column: number }[] }
  | { kind: 'parent'; name: string; types: string[]; idColumns: number[]; selected: Selected[] }
  | { kind: 'children'; name: string; query: CompiledQuery };

export interface CompiledQuery {
  object: ObjectDef;
  /** `SELECT COUNT() FROM …`: no records, only their number. */
  countOnly: boolean;
  /** `GROUP BY` and the like: the results are no records of the object. */
  aggregate: boolean;
  selected: Selected[];
  idColumn: number;
  sql: string;
  /** In a child query the parent's id comes before them. */
  values: SQLInputValue[];
  /** In the order of the query, with dotted paths. */
  columnNames: { name: string; field: FieldDef }[];
}

export interface CompileOptions {
  schema: Schema;
  now: number;
  /** Deleted records too (queryAll). */
  all: boolean;
  /** Only these records of the query's object, by their 18-character ids: what a search has found. */
  among?: readonly string[];
}

/** The platform's greatest offset. */
const MAXIMUM_OFFSET = 2_000;
/** FIELDS(ALL) and FIELDS(CUSTOM) are for looking, not for export. */
const MAXIMUM_WITH_FIELDS = 200;

export function compileQuery(soql: string, options: CompileOptions): CompiledQuery {
  const errors = queryErrors(soql);
  return compile(parseSoql(soql, errors), errors, options);
}

function compile(query: Query, errors: QueryErrors, options: CompileOptions, parent?: FieldDef): CompiledQuery {
  refuseUnsupported(query, errors);
  const object = options.schema.find(query.sObject ?? '');
  if (!object || object.kind !== 'record') throw errors.noSuchType(query.sObject ?? '');
  const scope = createScope(options.schema, object, query.sObjectAlias, errors);
  const values: SQLInputValue[] = [];
  const columnNames: CompiledQuery['columnNames'] = [];
  const countOnly = isCount(query.fields);
  const aggregate = isAggregate(query);
  if (countOnly && aggregate) throw errors.malformed('Grouped query cannot use COUNT()', 'GROUP');
  if (aggregate && parent) throw errors.malformed('a subquery cannot use aggregate functions', query.sObject);
  const aggregation = aggregate ? new Aggregation(query, scope, errors) : undefined;
  const idColumn = aggregation ? -1 : scope.column(scope.id());
  const selected = countOnly
    ? []
    : aggregation
      ? summaries(aggregation, query, scope, columnNames)
      : select(query.fields ?? [], query, scope, errors, options, columnNames);

  const tests = parent ? [`${scope.root}.${quote(parent.name)} = ?`] : [];
  if (options.among) {
    tests.push(`${scope.root}."Id" IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(options.among));
  }
  if (!options.all) tests.push(`${scope.root}."IsDeleted" = 0`);
  const filter = toFilter(query.where, errors);
  const context: FilterParts = { errors, options, values, operandOf: (condition) => fieldOf(condition, scope, errors) };
  if (filter) tests.push(compileFilter(filter, false, context));
  const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : '';
  const group = aggregation ? grouping(aggregation, query, context) : '';
  const order = orderBy(query.orderBy, scope, errors, aggregation);
  // Joins are known only now: where and order may have added some.
  const from = ` FROM ${quote(object.name)} AS ${scope.root}${scope.joins()}`;
  const page = paging(query, errors, values);
  const sql = countOnly
    ? `SELECT count(*) FROM (SELECT 1${from}${where}${page})`
    : `SELECT ${scope.columns().join(', ')}${from}${where}${group}${order}${page}`;
  return { object, countOnly, aggregate, selected, idColumn, sql, values, columnNames };
}

/** The choice of records holds for the outermost query. */
function within({ schema, now, all }: CompileOptions): CompileOptions {
  return { schema, now, all };
}

function summaries(
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

function grouping(aggregation: Aggregation, query: Query, context: FilterParts): string {
  const { groups } = aggregation;
  const by = groups.length === 0 ? '' : ` GROUP BY ${groups.map(({ sql }) => sql).join(', ')}`;
  // A having clause has the shape of a where clause.
  const filter = toFilter(query.having as WhereClause | undefined, context.errors);
  if (!filter) return by;
  const operandOf: FilterParts['operandOf'] = (condition) =>
    'fn' in condition ? aggregation.compute(condition.fn) : aggregation.grouped(condition.field);
  return `${by} HAVING ${compileFilter(filter, false, { ...context, operandOf })}`;
}

function fieldOf(condition: Test, scope: Scope, errors: QueryErrors): Operand {
  if ('field' in condition) return scope.path(condition.field);
  throw errors.malformed('functions are not supported in a where clause of this org', condition.fn.rawValue);
}

function refuseUnsupported(query: Query, errors: QueryErrors): void {
  const refused: [unknown, string][] = [
    [query.groupBy ? undefined : query.having, 'HAVING without GROUP BY'],
    [query.usingScope, 'USING SCOPE'],
    [query.withDataCategory, 'WITH DATA CATEGORY'],
    [query.for === 'UPDATE' || undefined, 'FOR UPDATE'],
    [query.update, 'UPDATE TRACKING'],
  ];
  for (const [present, clause] of refused) {
    if (present !== undefined) throw errors.malformed(`${clause} is not supported in this org`);
  }
}

function isCount(fields: readonly FieldType[] | undefined): boolean {
  const [only] = fields ?? [];
  return (
    fields?.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    only.functionName.toUpperCase() === 'COUNT' &&
    only.parameters.length === 0
  );
}

function select(
  fields: readonly FieldType[],
  query: Query,
  scope: Scope,
  errors: QueryErrors,
  options: CompileOptions,
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
    } else if (field.type === 'FieldSubquery') selected.push(children(field.subquery, scope, errors, options));
    else throw unsupported(field, errors);
    if ('alias' in field && field.alias)
      throw errors.malformed('only aggregate expressions use field aliasing', field.alias);
  }
  return selected;
}

/** `(SELECT … FROM Contacts)` */
function children(subquery: Subquery, scope: Scope, errors: QueryErrors, options: CompileOptions): Selected {
  const found = findChildRelationship(options.schema, scope.object, subquery.relationshipName);
  if (!found) {
    const message = `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw errors.noSuchRelationship(message, subquery.relationshipName);
  }
  const query = compile({ ...subquery, sObject: found.child.name }, errors, within(options), found.field);
  if (query.countOnly) throw errors.malformed('COUNT() cannot be used in a subquery', subquery.relationshipName);
  return { kind: 'children', name: found.name, query };
}

/** `BillingPostalCode` in `BillingAddress` is `postalCode`. */
export function partName(compound: FieldDef, part: string): string {
  const short = part.slice(compound.name.length - 'Address'.length);
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

/** A condition with what it tests: a field, or in a having clause also a function. */
type Test = Extract<Filter, { kind: 'condition' }>['condition'];

interface FilterParts {
  errors: QueryErrors;
  options: CompileOptions;
  values: SQLInputValue[];
  operandOf(condition: Test): Operand;
}

function compileFilter(filter: Filter, negated: boolean, parts: FilterParts): string {
  if (filter.kind === 'not') return `NOT ${compileFilter(filter.of, true, parts)}`;
  if (filter.kind !== 'condition') {
    const operator = filter.kind === 'all' ? ' AND ' : ' OR ';
    return `(${filter.of.map((part) => compileFilter(part, negated, parts)).join(operator)})`;
  }
  const { condition } = filter;
  const { errors, options, values } = parts;
  const operand = parts.operandOf(condition);
  const sql =
    'valueQuery' in condition
      ? semiJoin(operand, condition.operator, condition.valueQuery, values, errors, options)
      : compileCondition(operand, condition, { errors, now: options.now, values });
  // SOQL knows true and false only; under NOT, SQL's unknown must be false too.
  return negated ? `((${sql}) IS TRUE)` : sql;
}

/** `Id IN (SELECT LeadId FROM …)` */
function semiJoin(
  operand: Operand,
  operator: string,
  query: Query,
  values: SQLInputValue[],
  errors: QueryErrors,
  options: CompileOptions,
): string {
  const ids = new Set(['id', 'reference']);
  if (operator !== 'IN' && operator !== 'NOT IN') throw errors.malformed(`unexpected token: 'SELECT'`);
  const inner = compile({ ...query }, errors, within(options));
  const [only] = inner.selected;
  if (
    inner.selected.length !== 1 ||
    only?.kind !== 'field' ||
    !ids.has(only.field.type) ||
    !ids.has(operand.field.type)
  ) {
    throw errors.malformed(
      'The inner and outer selects of a semi join must each name one ID or reference field',
      query.sObject,
    );
  }
  values.push(...inner.values);
  const found = `(SELECT c${only.column} FROM (${inner.sql}) WHERE c${only.column} IS NOT NULL)`;
  return operator === 'IN'
    ? `${operand.sql} IN ${found}`
    : `(${operand.sql} IS NULL OR ${operand.sql} NOT IN ${found})`;
}

function orderBy(
  clauses: OrderByClause | OrderByClause[] | undefined,
  scope: Scope,
  errors: QueryErrors,
  aggregation: Aggregation | undefined,
): string {
  const parts = (clauses ? [clauses].flat() : []).map((clause) => {
    if ('fn' in clause && !aggregation) throw errors.malformed('functions are not supported in ORDER BY of this org');
    const operand =
      'fn' in clause
        ? (aggregation as Aggregation).compute(clause.fn)
        : aggregation
          ? aggregation.grouped(clause.field)
          : scope.path(clause.field);
    const { field, sql, written } = operand;
    if (!field.filterable || field.type === 'multipicklist') {
      throw errors.invalidField(`field '${field.name}' can not be sorted in a query call`, written);
    }
    const expression = isText(field) ? `fold(${sql})` : sql;
    return `${expression} ${clause.order ?? 'ASC'} NULLS ${clause.nulls ?? 'FIRST'}`;
  });
  // Equal records, and those of a query without order, come as they were created: paging needs one order.
  const last = aggregation ? aggregation.groups.map(({ sql }) => sql) : [`${scope.root}."Id"`];
  const all = [...parts, ...last];
  return all.length === 0 ? '' : ` ORDER BY ${all.join(', ')}`;
}

function paging(query: Query, errors: QueryErrors, values: SQLInputValue[]): string {
  if (query.offset !== undefined && query.offset > MAXIMUM_OFFSET) {
    throw errors.offset(MAXIMUM_OFFSET);
  }
  if (query.limit === undefined && query.offset === undefined) return '';
  values.push(query.limit ?? -1, query.offset ?? 0);
  return ' LIMIT ? OFFSET ?';
}

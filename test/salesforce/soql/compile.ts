// Compiles one parsed query to one SQL statement: fields and parent relationships become columns and joins, the where
// clause becomes bound tests. What is not supported is refused by name; nothing is silently left out of a query.
import type { SQLInputValue } from 'node:sqlite';
import type { FieldType, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { FieldDef } from '../model.ts';
import { quote } from '../tables.ts';
import { Aggregation, isAggregate } from './aggregate.ts';
import type { CompiledQuery, CompileInner, CompileOptions } from './compiled.ts';
import { queryErrors, type QueryErrors } from './errors.ts';
import type { Operand } from './filter.ts';
import { indexColumns, orderBy, pageOf, paging } from './order.ts';
import { parseSoql, toFilter } from './parse.ts';
import { createScope, type Scope } from './scope.ts';
import { select, summaries } from './select.ts';
import { compileFilter, type FilterParts, type Test } from './where.ts';

export function compileQuery(soql: string, options: CompileOptions): CompiledQuery {
  const errors = queryErrors(soql);
  return compile(parseSoql(soql, errors), errors, options);
}

function compile(query: Query, errors: QueryErrors, options: CompileOptions, parent?: FieldDef): CompiledQuery {
  refuseUnsupported(query, errors);
  const object = options.schema.find(query.sObject ?? '');
  if (!object || object.kind !== 'record') throw errors.noSuchType(query.sObject ?? '');
  const scope = createScope(options.schema, object, query.sObjectAlias, errors);
  const inner: CompileInner = (one, of) => compile(one, errors, within(options), of);
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
      : select(query.fields ?? [], query, scope, errors, options.schema, inner, columnNames);

  const tests = parent ? [`${scope.root}.${quote(parent.name)} = ?`] : [];
  if (options.among) {
    tests.push(`${scope.root}."Id" IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(options.among));
  }
  if (!options.all) tests.push(`${scope.root}."IsDeleted" = 0`);
  const filter = toFilter(query.where, errors);
  const context: FilterParts = {
    errors,
    now: options.now,
    inner,
    values,
    operandOf: (condition) => fieldOf(condition, scope, errors),
  };
  if (filter) tests.push(compileFilter(filter, false, context));
  const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : '';
  const group = aggregation ? grouping(aggregation, query, context) : '';
  const order = orderBy(query.orderBy, scope, errors, aggregation);
  // Joins are known only now: where and order may have added some.
  const from = ` FROM ${quote(object.name)} AS ${scope.root}${scope.joins()}`;
  const page = options.page ? pageOf(options.page, values) : paging(query, errors, values);
  const sql = countOnly
    ? `SELECT count(*) FROM (SELECT 1${from}${where}${page})`
    : `SELECT ${scope.columns().join(', ')}${from}${where}${group}${order}${page}`;
  const ordered = aggregation ? undefined : indexColumns(order, scope.root);
  return { object, countOnly, aggregate, selected, idColumn, sql, values, columnNames, ...(ordered && { ordered }) };
}

/** The choice of records and of their page holds for the outermost query. */
function within({ schema, now, all }: CompileOptions): CompileOptions {
  return { schema, now, all };
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

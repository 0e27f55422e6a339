// The where clause, and the having clause that has its shape: conditions joined by AND, OR and NOT, and those whose values
// are a query.
import type { SQLInputValue } from 'node:sqlite';
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { CompileInner } from './compiled.ts';
import type { QueryErrors } from './errors.ts';
import { compileCondition, type Operand } from './filter.ts';
import type { Filter } from './parse.ts';

/** A condition with what it tests: a field, or in a having clause also a function. */
export type Test = Extract<Filter, { kind: 'condition' }>['condition'];

export interface FilterParts {
  errors: QueryErrors;
  /** ms since the epoch, for date literals. */
  now: number;
  inner: CompileInner;
  values: SQLInputValue[];
  operandOf(condition: Test): Operand;
}

export function compileFilter(filter: Filter, negated: boolean, parts: FilterParts): string {
  if (filter.kind === 'not') return `NOT ${compileFilter(filter.of, true, parts)}`;
  if (filter.kind !== 'condition') {
    const operator = filter.kind === 'all' ? ' AND ' : ' OR ';
    return `(${filter.of.map((part) => compileFilter(part, negated, parts)).join(operator)})`;
  }
  const { condition } = filter;
  const { errors, now, values } = parts;
  const operand = parts.operandOf(condition);
  const sql =
    'valueQuery' in condition
      ? semiJoin(operand, condition.operator, condition.valueQuery, parts)
      : compileCondition(operand, condition, { errors, now, values });
  // SOQL knows true and false only; under NOT, SQL's unknown must be false too.
  return negated ? `((${sql}) IS TRUE)` : sql;
}

/** `Id IN (SELECT LeadId FROM …)` */
function semiJoin(
  operand: Operand,
  operator: string,
  query: Query,
  { errors, inner: compile, values }: FilterParts,
): string {
  const ids = new Set(['id', 'reference']);
  if (operator !== 'IN' && operator !== 'NOT IN') throw errors.malformed(`unexpected token: 'SELECT'`);
  const inner = compile({ ...query });
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

// In which order the records come, and which part of them: ORDER BY, LIMIT and OFFSET.
import type { SQLInputValue } from 'node:sqlite';
import type { OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import { isText } from '../tables.ts';
import type { Aggregation } from './aggregate.ts';
import type { QueryErrors } from './errors.ts';
import type { Scope } from './scope.ts';

/** The platform's greatest offset. */
const MAXIMUM_OFFSET = 2_000;

export function orderBy(
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

/** The order as columns of an index; undefined where it is not of the query's own table alone. */
export function indexColumns(order: string, root: string): string | undefined {
  if (order === '' || /\bt[1-9]\d*\./.test(order)) return undefined;
  const columns = order
    .replace(' ORDER BY ', '')
    .replaceAll(`${root}.`, '')
    .replaceAll(/ NULLS (FIRST|LAST)/g, '');
  return columns === '"Id"' ? undefined : columns;
}

export function pageOf({ limit, offset }: { limit: number; offset: number }, values: SQLInputValue[]): string {
  values.push(limit, offset);
  return ' LIMIT ? OFFSET ?';
}

export function paging(query: Query, errors: QueryErrors, values: SQLInputValue[]): string {
  if (query.offset !== undefined && query.offset > MAXIMUM_OFFSET) {
    throw errors.offset(MAXIMUM_OFFSET);
  }
  if (query.limit !== undefined && !Number.isSafeInteger(query.limit)) {
    throw errors.malformed(`unexpected token: '${query.limit}'`, 'LIMIT');
  }
  if (query.limit === undefined && query.offset === undefined) return '';
  values.push(query.limit ?? -1, query.offset ?? 0);
  return ' LIMIT ? OFFSET ?';
}

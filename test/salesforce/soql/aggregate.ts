// Queries that summarise: GROUP BY, the aggregate functions and HAVING. Each function becomes an expression of SQL, and
// what is neither grouped nor aggregated is refused.
// Source: SOQL and SOSL Reference, "Aggregate Functions", "GROUP BY", "HAVING", "Considerations for GROUP BY".
import type { FieldFunctionExpression, FieldType, FunctionExp, Query } from '@jetstreamapp/soql-parser-js';
import { fieldDef } from '../fields.ts';
import type { FieldDef } from '../model.ts';
import { isStored } from '../tables.ts';
import type { QueryErrors } from './errors.ts';
import type { Operand } from './filter.ts';
import type { Scope } from './scope.ts';

/** One value of a result. */
export interface Summary {
  name: string;
  field: FieldDef;
  sql: string;
  /** Computed over the group, rather than what the group has in common. */
  aggregate: boolean;
}

const FUNCTIONS = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);
const UNGROUPABLE = new Set(['double', 'currency', 'percent', 'datetime', 'multipicklist']);
const UNORDERED = new Set(['boolean', 'multipicklist', 'address', 'id', 'reference']);

export function isAggregate(query: Query): boolean {
  return query.groupBy !== undefined || (query.fields ?? []).some(isAggregateField);
}

function isAggregateField(field: FieldType): field is FieldFunctionExpression {
  return (
    field.type === 'FieldFunctionExpression' &&
    FUNCTIONS.has(field.functionName.toUpperCase()) &&
    field.parameters.length > 0
  );
}

export class Aggregation {
  readonly groups: Operand[];
  private readonly scope: Scope;
  private readonly errors: QueryErrors;

  constructor(query: Query, scope: Scope, errors: QueryErrors) {
    this.scope = scope;
    this.errors = errors;
    this.groups = (query.groupBy ? [query.groupBy].flat() : []).map((clause) => {
      if ('fn' in clause) throw this.unsupported(clause.fn.functionName ?? 'function', 'GROUP BY');
      const operand = scope.path(clause.field);
      const { field } = operand;
      if (!field.filterable || UNGROUPABLE.has(field.type)) {
        throw errors.invalidField(`field '${field.name}' can not be grouped in a query call`, operand.written);
      }
      return operand;
    });
    if (this.groups.length === 0 && query.limit !== undefined) {
      throw errors.malformed('Non-grouped query that uses overall aggregate functions cannot also use LIMIT', 'LIMIT');
    }
  }

  select(fields: readonly FieldType[]): Summary[] {
    let unnamed = 0;
    const summaries = fields.map((field): Summary => {
      if (isAggregateField(field)) {
        const { field: type, sql } = this.compute(field);
        return { name: field.alias ?? `expr${unnamed++}`, field: type, sql, aggregate: true };
      }
      if (field.type !== 'Field' && field.type !== 'FieldRelationship') throw this.notSupportedIn(field);
      const path = field.type === 'FieldRelationship' ? [...field.relationships, field.field] : [field.field];
      const operand = this.grouped(path.join('.'));
      const alias = 'alias' in field ? field.alias : undefined;
      return { name: alias ?? operand.field.name, field: operand.field, sql: operand.sql, aggregate: false };
    });
    const seen = new Set<string>();
    for (const { name } of summaries) {
      if (seen.has(name.toLowerCase())) throw this.errors.malformed(`duplicate alias: ${name}`, name);
      seen.add(name.toLowerCase());
    }
    return summaries;
  }

  /** What HAVING and ORDER BY may name: a grouped field. */
  grouped(dotted: string): Operand {
    const operand = this.scope.path(dotted);
    if (this.groups.some((group) => group.sql === operand.sql)) return operand;
    throw this.errors.malformed(`Field must be grouped or aggregated: ${operand.field.name}`, operand.written);
  }

  /** An aggregate function of a field, as an operand of HAVING or ORDER BY, or a value of the result. */
  compute({ functionName, parameters, rawValue }: FunctionExp): Operand {
    const name = (functionName ?? '').toUpperCase();
    const [parameter] = parameters ?? [];
    if (!FUNCTIONS.has(name) || typeof parameter !== 'string' || parameters?.length !== 1) {
      throw this.unsupported(rawValue ?? name, 'an aggregate query');
    }
    const { field, sql, written } = this.scope.path(parameter);
    const summed = name === 'SUM' || name === 'AVG';
    const barred = summed
      ? !NUMBERS.has(field.type)
      : name.startsWith('COUNT')
        ? !isStored(field)
        : UNORDERED.has(field.type);
    if (barred || !field.filterable) {
      throw this.errors.malformed(`field ${field.name} does not support aggregate operator ${name}`, written);
    }
    const result = name.startsWith('COUNT') ? INTEGER : summed && field.type === 'int' ? NUMBER : field;
    const expression = name === 'COUNT_DISTINCT' ? `count(DISTINCT ${sql})` : `${name.toLowerCase()}(${sql})`;
    return { field: result, sql: expression, written: rawValue ?? parameter };
  }

  private notSupportedIn(field: FieldType): Error {
    const name = field.type === 'FieldFunctionExpression' ? field.functionName : 'a subquery';
    return this.unsupported(name, 'an aggregate query');
  }

  private unsupported(what: string, where: string): Error {
    return this.errors.malformed(`${what} is not supported in ${where} of this org`, what);
  }
}

const INTEGER = fieldDef({ name: 'count', type: 'int' });
const NUMBER = fieldDef({ name: 'sum', type: 'double' });

// The input types of queries: operators of each kind of field, dates, orders and groups.
// Source: GraphQL API Developer Guide, "Field Operators", "Date Filters", "Order By Schema", "Group By Schema".
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  type GraphQLInputFieldConfig,
  type GraphQLScalarType,
} from 'graphql';
import type { FieldDef } from '../model.ts';
import { DATE, DATE_TIME, kindOf, NUMERIC } from './scalars.ts';

type Fields = Record<string, GraphQLInputFieldConfig>;

const DATE_LITERALS = [
  'YESTERDAY',
  'TODAY',
  'TOMORROW',
  ...['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'].flatMap((span) =>
    ['LAST', 'THIS', 'NEXT'].map((which) => `${which}_${span}`),
  ),
  'LAST_90_DAYS',
  'NEXT_90_DAYS',
];
const SPANS = ['days', 'weeks', 'months', 'quarters', 'years', 'fiscal_quarters', 'fiscal_years'];

function enumOf(name: string, values: readonly string[]): GraphQLEnumType {
  return new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, {}])) });
}

const LITERAL = enumOf('DateLiteral', DATE_LITERALS);
const RANGE = new GraphQLInputObjectType({
  name: 'DateRange',
  fields: Object.fromEntries(
    ['last', 'next'].flatMap((which) => SPANS.map((span) => [`${which}_n_${span}`, { type: GraphQLInt }])),
  ),
});

function dateInput(name: string, scalar: GraphQLScalarType): GraphQLInputObjectType {
  return new GraphQLInputObjectType({
    name,
    fields: { value: { type: scalar }, literal: { type: LITERAL }, range: { type: RANGE } },
  });
}

const DATE_INPUTS: Readonly<Record<string, GraphQLInputObjectType>> = {
  Date: dateInput('DateInput', DATE),
  DateTime: dateInput('DateTimeInput', DATE_TIME),
};

const ORDERED = ['lt', 'lte', 'gt', 'gte'];
const UNORDERED_TYPES = new Set<FieldDef['type']>(['boolean', 'multipicklist']);
const NOT_LIKE = new Set<FieldDef['type']>([
  ...NUMERIC,
  'boolean',
  'multipicklist',
  'date',
  'datetime',
  'id',
  'reference',
]);

/** The operators of a kind of field; `join` is what a semi-join of ids takes. */
export class Operators {
  private readonly made = new Map<string, GraphQLInputObjectType>();
  private readonly join: () => GraphQLInputObjectType;

  constructor(join: () => GraphQLInputObjectType) {
    this.join = join;
  }

  of(field: FieldDef): GraphQLInputObjectType {
    const kind = kindOf(field);
    const known = this.made.get(kind.name);
    if (known) return known;
    const type = DATE_INPUTS[kind.name] ?? kind.scalar;
    const ids = kind.name === 'ID';
    const made = new GraphQLInputObjectType({
      // The guide writes IdOperators, and IDValue.
      name: `${ids ? 'Id' : kind.name}Operators`,
      fields: () => {
        const fields: Fields = { eq: { type }, ne: { type } };
        if (!UNORDERED_TYPES.has(field.type)) for (const name of ORDERED) fields[name] = { type };
        if (!NOT_LIKE.has(field.type)) fields['like'] = { type };
        if (field.type === 'multipicklist') {
          for (const name of ['includes', 'excludes']) fields[name] = { type: new GraphQLList(type) };
        } else if (field.type !== 'boolean') {
          for (const name of ['in', 'nin']) fields[name] = { type: new GraphQLList(type) };
        }
        if (ids) for (const name of ['inq', 'ninq']) fields[name] = { type: this.join() };
        return fields;
      },
    });
    this.made.set(kind.name, made);
    return made;
  }
}

const RESULT_ORDER = enumOf('ResultOrder', ['ASC', 'DESC']);
const NULL_ORDER = enumOf('NullOrder', ['FIRST', 'LAST']);
const order: Fields = { order: { type: RESULT_ORDER }, nulls: { type: NULL_ORDER } };

function orderClause(name: string, functions: readonly string[]): GraphQLInputObjectType {
  const type = functions.length === 0 ? undefined : enumOf(name.replace('Clause', 'Function'), functions);
  return new GraphQLInputObjectType({ name, fields: { ...order, ...(type && { function: { type } }) } });
}

const BY_TEXT = orderClause('AggregateOrderByStringClause', ['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX']);
const BY_NUMBER = orderClause('AggregateOrderByNumberClause', ['AVG', 'COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'SUM']);
const BY_VALUE = orderClause('NoFunctionAggregateOrderByClause', []);

/** What orders by a field; by a function of it only in an aggregate query. */
export function orderOf(field: FieldDef): GraphQLInputObjectType {
  if (NUMERIC.has(field.type)) return BY_NUMBER;
  return field.type === 'boolean' || field.type === 'reference' ? BY_VALUE : BY_TEXT;
}

const DATE_FUNCTIONS = [
  ...['CALENDAR', 'FISCAL'].flatMap((kind) => ['MONTH', 'QUARTER', 'YEAR'].map((span) => `${kind}_${span}`)),
  ...['DAY_IN_MONTH', 'DAY_IN_WEEK', 'DAY_IN_YEAR', 'DAY_ONLY', 'HOUR_IN_DAY', 'WEEK_IN_MONTH', 'WEEK_IN_YEAR'],
];

/** What groups by a field. Date functions are in the schema to be refused in words. */
export const GROUP_BY = new GraphQLInputObjectType({
  name: 'GroupByClause',
  fields: {
    group: { type: GraphQLBoolean },
    function: { type: enumOf('GroupByFunction', DATE_FUNCTIONS) },
  },
});
/** How the fields are grouped together; the same for all but the first. */
export const GROUP_TYPE = enumOf('GroupByType', ['GROUP_BY', 'ROLLUP', 'CUBE']);

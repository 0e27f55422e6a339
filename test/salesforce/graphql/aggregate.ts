// `uiapi { aggregate { … } }`: groups of records and what is counted, added up and compared over each of them.
// Source: GraphQL API Developer Guide, "Aggregate Schema", "Group Aggregate Results", "Aggregate Examples".
import { GraphQLObjectType, GraphQLString, type GraphQLFieldConfig, type GraphQLResolveInfo } from 'graphql';
import { fieldDef } from '../fields.ts';
import { PlatformError, type FieldDef, type ObjectDef } from '../model.ts';
import { runQuery, type JsonRecord } from '../soql.ts';
import { isStored } from '../tables.ts';
import { plainArgument } from './arguments.ts';
import { connectionOf, pageOf, type Connection, type ConnectionArguments } from './connection.ts';
import type { GraphContext } from './context.ts';
import { whereClause } from './filter.ts';
import { quoted } from './literals.ts';
import { orderClause } from './order.ts';
import type { RecordTypes } from './recordTypes.ts';
import { connectionType } from './pageTypes.ts';
import { rawValue, valueType, type SourceValue } from './valueTypes.ts';
import { COUNT, FLOAT, kindOf, NUMERIC, type Kinded } from './scalars.ts';
import { nodesAt, selectedIn } from './selection.ts';

const COUNTED = fieldDef({ name: 'count', type: 'int' });
const MEAN = fieldDef({ name: 'avg', type: 'double', scale: 2 });

const FUNCTIONS: Readonly<Record<string, string>> = {
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  min: 'MIN',
  max: 'MAX',
  sum: 'SUM',
  avg: 'AVG',
};

/** What the result of a function of a field is. */
function resultOf(name: string, field: FieldDef): { field: FieldDef; kind: Kinded } {
  if (name.startsWith('count')) return { field: COUNTED, kind: COUNT };
  if (name === 'avg' || (name === 'sum' && field.type === 'int')) {
    return { field: field.type === 'int' ? MEAN : field, kind: field.type === 'int' ? FLOAT : kindOf(field) };
  }
  return { field, kind: kindOf(field) };
}

function functionsOf(field: FieldDef): string[] {
  if (field.type === 'boolean' || !field.filterable) return [];
  if (field.type === 'multipicklist') return ['count', 'countDistinct'];
  if (NUMERIC.has(field.type)) return Object.keys(FUNCTIONS);
  if (field.type === 'id' || field.type === 'reference') return ['count', 'countDistinct'];
  return ['count', 'countDistinct', 'min', 'max'];
}

/** Where a row of the result holds the value of a field, or of a function of it. */
const column = (field: FieldDef, name?: string): string => (name ? `${name}_${field.name}` : field.name);

type Fields = Record<string, GraphQLFieldConfig<JsonRecord, GraphContext>>;

/** One type for each object: its fields, each with its functions. */
export function aggregateField(types: RecordTypes, object: ObjectDef): GraphQLFieldConfig<unknown, GraphContext> {
  const aggregate = new GraphQLObjectType<JsonRecord, GraphContext>({
    name: `${object.name}Aggregate`,
    fields: () => {
      const fields: Fields = {};
      for (const field of object.fields.values()) {
        if (!isStored(field)) continue;
        fields[field.name] = { type: fieldType(object, field), resolve: (row) => row };
      }
      return fields;
    },
  });
  const result = new GraphQLObjectType({
    name: `${object.name}Result`,
    fields: { aggregate: { type: aggregate, resolve: (row: unknown) => row } },
  });
  return {
    type: connectionType(`${object.name}AggregateConnection`, `${object.name}AggregateEdge`, result),
    args: {
      ...types.argumentsOf(object),
      groupBy: { type: types.groupBy(object) },
    },
    resolve: (_source, given, context, info) =>
      readGroups(object, { aggregate, result }, given as AggregateArguments, context, info),
  };
}

function fieldType(object: ObjectDef, field: FieldDef): GraphQLObjectType {
  const sourceOf =
    (of: FieldDef, name?: string) =>
    (row: JsonRecord): SourceValue => ({
      object,
      field: of,
      value: rawValue(of, row[column(field, name)]),
    });
  const fields: Fields = {
    value: { type: kindOf(field).scalar, resolve: (row) => sourceOf(field)(row).value },
    displayValue: {
      type: GraphQLString,
      resolve: (row, _arguments, { display }) => display.value(object, field, sourceOf(field)(row).value),
    },
  };
  if (field.type === 'picklist') {
    fields['label'] = {
      type: GraphQLString,
      resolve: (row, _arguments, { display }) => {
        const { value } = sourceOf(field)(row);
        return value === null ? null : display.picklistLabel(object, field, String(value));
      },
    };
  }
  for (const name of functionsOf(field)) {
    const of = resultOf(name, field);
    fields[name] = { type: valueType(of.kind), resolve: sourceOf(of.field, name) };
  }
  // Fields of the same kind differ in their scale and labels, so each has a type of its own.
  return new GraphQLObjectType({ name: `${object.name}_${field.name}Aggregate`, fields });
}

interface GroupBy {
  group?: boolean | null;
  function?: string | null;
}

interface AggregateArguments extends ConnectionArguments {
  groupBy?: Readonly<Record<string, GroupBy | string | null>> | null;
}

/** The fields that are grouped by. @throws PlatformError for what this org does not do */
function groupsOf(groupBy: AggregateArguments['groupBy']): string[] {
  return Object.entries(groupBy ?? {}).flatMap(([name, clause]) => {
    if (typeof clause === 'string') {
      if (clause === 'GROUP_BY') return [];
      throw new PlatformError('INVALID_INPUT', `Grouping with ${clause} is not supported in this org`);
    }
    if (clause?.function) {
      throw new PlatformError('INVALID_INPUT', `Grouping by ${clause.function}(${name}) is not supported in this org`);
    }
    return clause?.group ? [name] : [];
  });
}

function readGroups(
  object: ObjectDef,
  types: { aggregate: GraphQLObjectType; result: GraphQLObjectType },
  given: AggregateArguments,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Connection {
  const { org, base, variables } = context;
  if (given.upperBound !== null && given.upperBound !== undefined) {
    throw new PlatformError('INVALID_INPUT', 'upperBound is not supported in an aggregate query');
  }
  const page = pageOf(given);
  const groups = groupsOf(given.groupBy);
  const tests = [
    given.scope === 'MINE' ? `OwnerId = ${quoted(context.userId)}` : undefined,
    given.where ? whereClause(org.schema, object, given.where) : undefined,
  ].filter((test) => test !== undefined);
  const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : '';
  const order = orderClause(org.schema, object, plainArgument(info.fieldNodes[0], 'orderBy', variables));
  const group = groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
  const run = (columns: string): JsonRecord[] =>
    runQuery(`SELECT ${columns} FROM ${object.name}${where}${group}${order && ` ORDER BY ${order}`}`, {
      schema: org.schema,
      tables: org.tables,
      now: org.clock(),
      base,
    }).records;

  const connection = info.returnType as GraphQLObjectType;
  const selected = nodesAt(info.fieldNodes, connection, ['edges', 'node', 'aggregate'], info);
  const columns = selected ? columnsOf(object, selected.nodes, types.aggregate, info) : [];
  // Without groups totalCount is that of the records, as COUNT() gives it.
  const total = (): number =>
    group === ''
      ? runQuery(`SELECT COUNT() FROM ${object.name}${where}`, {
          schema: org.schema,
          tables: org.tables,
          now: org.clock(),
          base,
        }).totalSize
      : run(groups.join(', ')).length;
  if (columns.length === 0 && groups.length === 0) return connectionOf([], page, total);
  const rows = run([...new Set([...columns, ...groups])].join(', '));
  return connectionOf(rows.slice(page.offset, page.offset + page.size + 1), page, total);
}

function columnsOf(
  object: ObjectDef,
  nodes: Parameters<typeof selectedIn>[0],
  type: GraphQLObjectType,
  info: GraphQLResolveInfo,
): string[] {
  const columns = new Set<string>();
  for (const selected of selectedIn(nodes, type, info).values()) {
    const field = object.fields.get(selected[0]?.name.value ?? '');
    const inner = field && type.getFields()[field.name]?.type;
    if (!field || !(inner instanceof GraphQLObjectType)) continue;
    for (const [node] of selectedIn(selected, inner, info).values()) {
      const name = node?.name.value ?? '';
      if (name === '' || name.startsWith('__')) continue;
      const called = FUNCTIONS[name];
      columns.add(called ? `${called}(${field.name}) ${column(field, name)}` : field.name);
    }
  }
  return [...columns];
}

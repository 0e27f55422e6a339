// Runs one connection: what the request selects of its records becomes a query, and a cursor is a place in its result.
// Source: GraphQL API Developer Guide, "Query Objects", "Paginate Results", "Paginate with Upper-Bound Limit".
import { isObjectType, isUnionType, type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';
import { PlatformError, type FieldDef, type ObjectDef } from '../model.ts';
import { runQuery, type JsonRecord } from '../soql.ts';
import { plainArgument } from './arguments.ts';
import type { GraphContext } from './context.ts';
import { whereClause, type Where } from './filter.ts';
import { quoted } from './literals.ts';
import { memberOf, nameFieldOf } from './members.ts';
import { orderClause } from './order.ts';
import { nodesAt, selectedIn } from './selection.ts';

export interface ConnectionArguments {
  first?: number | null;
  after?: string | null;
  upperBound?: number | null;
  where?: Where | null;
  scope?: string | null;
}

export interface Edge {
  cursor: string;
  node: JsonRecord;
}

export interface Connection {
  edges: Edge[];
  totalCount: () => number;
  pageResultCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const DEFAULT_FIRST = 10;
const GREATEST_FIRST = 2_000;
const LEAST_WITH_BOUND = 200;
/** As SOQL's own offset. With an upper bound a cursor goes further. */
const GREATEST_OFFSET = 2_000;

const CURSOR = /^v1:(\d+)$/;

export function cursorAt(place: number): string {
  return Buffer.from(`v1:${place}`).toString('base64');
}

export interface Page {
  offset: number;
  /** Records at most. */
  size: number;
  /** No page goes beyond this record. */
  bound?: number;
}

/** @throws PlatformError */
export function pageOf({ first, after, upperBound }: ConnectionArguments): Page {
  const size = first ?? DEFAULT_FIRST;
  if (size < 1 || size > GREATEST_FIRST) {
    throw new PlatformError('INVALID_INPUT', `The argument first must be from 1 to ${GREATEST_FIRST}, and is ${size}`);
  }
  const place = after === null || after === undefined || after === '' ? '0' : placeOf(after);
  const offset = Number(place);
  if (upperBound === null || upperBound === undefined) {
    if (offset > GREATEST_OFFSET) {
      const message = `Without upperBound a cursor goes no further than ${GREATEST_OFFSET} records`;
      throw new PlatformError('NUMBER_OUTSIDE_VALID_RANGE', message);
    }
    return { offset, size };
  }
  if (size < LEAST_WITH_BOUND) {
    const message = `With upperBound the argument first must be from ${LEAST_WITH_BOUND} to ${GREATEST_FIRST}`;
    throw new PlatformError('INVALID_INPUT', message);
  }
  return { offset, size: Math.max(0, Math.min(size, upperBound - offset)), bound: upperBound };
}

function placeOf(cursor: string): string {
  const place = CURSOR.exec(Buffer.from(cursor, 'base64').toString('latin1'))?.[1];
  if (place === undefined) throw new PlatformError('INVALID_INPUT', `Invalid cursor: ${cursor}`);
  return place;
}

/** Cuts the row that only says whether there are more. */
export function connectionOf(rows: JsonRecord[], { offset, size, bound }: Page, total: () => number): Connection {
  const page = rows.slice(0, size);
  const edges = page.map((node, index) => ({ cursor: cursorAt(offset + index + 1), node }));
  return {
    edges,
    totalCount: total,
    pageResultCount: edges.length,
    pageInfo: {
      hasNextPage: rows.length > size && (bound === undefined || offset + size < bound),
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** @param parent the children of one record: the field that refers to it and its id */
export function readConnection(
  object: ObjectDef,
  node: GraphQLObjectType,
  given: ConnectionArguments,
  context: GraphContext,
  info: GraphQLResolveInfo,
  parent?: { field: FieldDef; id: string },
): Connection {
  const { org, base, variables } = context;
  const page = pageOf(given);
  const tests = [
    parent && `${parent.field.name} = ${quoted(parent.id)}`,
    given.scope === 'MINE' ? `OwnerId = ${quoted(context.userId)}` : undefined,
    given.where ? whereClause(org.schema, object, given.where) : undefined,
  ].filter((test) => test !== undefined);
  const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : '';
  const order = orderClause(org.schema, object, plainArgument(info.fieldNodes[0], 'orderBy', variables));
  const common = { schema: org.schema, tables: org.tables, now: org.clock(), base };
  const total = (): number => runQuery(`SELECT COUNT() FROM ${object.name}${where}`, common).totalSize;

  const wanted = selectedIn(info.fieldNodes, connectionType(info), info);
  const names = new Set([...wanted.values()].flat().map((one) => one.name.value));
  const rowsNeeded = names.has('edges') || names.has('pageInfo') || names.has('pageResultCount');
  if (!rowsNeeded) return connectionOf([], page, total);
  const records = nodesAt(info.fieldNodes, connectionType(info), ['edges', 'node'], info);
  const paths = new Set(['Id']);
  if (records) addPaths(records.nodes, node, info, '', paths);
  const soql = `SELECT ${[...paths].join(', ')} FROM ${object.name}${where}${order && ` ORDER BY ${order}`}`;
  const run = runQuery(soql, { ...common, page: { limit: page.size + 1, offset: page.offset } });
  return connectionOf(run.records, page, total);
}

function connectionType({ returnType }: GraphQLResolveInfo): GraphQLObjectType {
  if (isObjectType(returnType)) return returnType;
  throw new Error('A connection is an object type.');
}

/** The fields that a query must read for what is selected of a record. */
export function addPaths(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  info: GraphQLResolveInfo,
  prefix: string,
  paths: Set<string>,
): void {
  for (const selected of selectedIn(nodes, type, info).values()) {
    const [first] = selected;
    const field = type.getFields()[first?.name.value ?? ''];
    const member = memberOf(field);
    if (!field || !member || member.kind === 'child') continue;
    if (member.kind === 'field') paths.add(prefix + member.field.name);
    if (member.kind === 'meta') for (const name of member.needs) paths.add(prefix + name);
    if (member.kind !== 'parent') continue;
    const inner = `${prefix}${field.name}.`;
    paths.add(`${inner}Id`);
    const types = isUnionType(field.type) ? field.type.getTypes() : isObjectType(field.type) ? [field.type] : [];
    for (const one of types) addPaths(selected, one, info, inner, paths);
  }
}

/** One record by its id, with what is selected of it. */
export function readRecord(
  object: ObjectDef,
  id: string,
  type: GraphQLObjectType,
  context: GraphContext,
  info: GraphQLResolveInfo,
): JsonRecord | null {
  const { org, base } = context;
  const paths = new Set(['Id']);
  addPaths(info.fieldNodes, type, info, '', paths);
  const soql = `SELECT ${[...paths].join(', ')} FROM ${object.name} WHERE Id = ${quoted(id)}`;
  return runQuery(soql, { schema: org.schema, tables: org.tables, now: org.clock(), base }).records[0] ?? null;
}

/** What `DisplayValue` shows. */
export function displayNeeds(object: ObjectDef): string[] {
  return [nameFieldOf(object) ?? 'Id'];
}

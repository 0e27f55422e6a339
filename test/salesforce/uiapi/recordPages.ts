// Pages of records, as list views, related lists and lookups answer them: which part of a list, where the next one is.
// Source: User Interface API Developer Guide, "List Record Collection", "Related List Record Collection".
import { parseValue, type ValueNode } from 'graphql';
import { z } from 'zod';
import { whereClause, type Where } from '../graphql/filter.ts';
import { quotedPattern } from '../graphql/literals.ts';
import { PlatformError, type ObjectDef } from '../model.ts';
import type { Org } from '../org.ts';
import { runQuery } from '../soql.ts';
import type { Display } from './display.ts';
import { columnField } from './listViews.ts';
import { nameFields } from './objectInfo.ts';
import { uiRecord } from './record.ts';

type Json = Record<string, unknown>;

export const DEFAULT_PAGE = 50;
/** A page has fewer records than this. */
const GREATEST_PAGE = 2_000;

const listSchema = z.union([z.array(z.string()), z.string().transform((text) => text.split(',').filter(Boolean))]);

/** Of a query string and of a body alike. */
export const pageSchema = z.object({
  fields: listSchema.optional(),
  optionalFields: listSchema.optional(),
  pageSize: z.coerce.number().int().optional(),
  pageToken: z.coerce.string().nullish(),
  searchTerm: z.string().nullish(),
  sortBy: listSchema.optional(),
  where: z.string().nullish(),
});

export interface PageRequest {
  fields: string[];
  optionalFields: string[];
  size: number;
  offset: number;
  sortBy: string[];
  searchTerm: string | undefined;
  where: string | undefined;
}

/** @throws PlatformError INVALID_INPUT */
export function pageRequest(input: unknown): PageRequest {
  const result = pageSchema.safeParse(input ?? {});
  if (!result.success) throw new PlatformError('INVALID_INPUT', result.error.issues[0]?.message ?? 'Invalid page');
  const { fields, optionalFields, pageSize, pageToken, searchTerm, sortBy, where } = result.data;
  const size = pageSize ?? DEFAULT_PAGE;
  if (size < 1 || size >= GREATEST_PAGE) {
    throw new PlatformError('INVALID_INPUT', `pageSize must be from 1 to ${GREATEST_PAGE - 1}, and is ${size}`);
  }
  const token = pageToken ?? '0';
  if (!/^\d+$/.test(token)) throw new PlatformError('INVALID_INPUT', `Invalid pageToken: ${token}`);
  return {
    fields: fields ?? [],
    optionalFields: optionalFields ?? [],
    size,
    offset: Number(token),
    sortBy: sortBy ?? [],
    searchTerm: searchTerm ?? undefined,
    where: where ?? undefined,
  };
}

export interface Listed {
  object: ObjectDef;
  /** What is always in the list. */
  filter: string | undefined;
  /** Where nobody asks for another; `Name ASC`. */
  order: string;
  /** Fields without the object's name, read where the user may. */
  columns: readonly string[];
  /** Of the page, without its parameters. */
  url: string;
}

/** @throws PlatformError */
export function recordPage(org: Org, list: Listed, request: PageRequest, display: Display): Json {
  const { object, filter, columns, url } = list;
  const { offset, size } = request;
  const tests = [
    filter,
    request.where === undefined ? undefined : whereClause(org.schema, object, whereOf(request.where)),
    request.searchTerm === undefined ? undefined : searched(object, request.searchTerm),
  ].filter((test) => test !== undefined);
  const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : '';
  const order = sorted(org, object, request.sortBy) || list.order;
  const run = runQuery(`SELECT Id FROM ${object.name}${where}${order && ` ORDER BY ${order}`}`, {
    schema: org.schema,
    tables: org.tables,
    now: org.clock(),
    base: '',
    page: { limit: size + 1, offset },
  });
  const optional = [...request.optionalFields, ...columns.map((path) => `${object.name}.${path}`)];
  const records = run.records.slice(0, size).flatMap(({ Id }) => {
    const row = org.get(object.name, String(Id));
    return row ? [uiRecord(org, object, row, request.fields, optional, display)] : [];
  });
  const more = run.records.length > size;
  const at = (place: number): { token: string; url: string } => ({
    token: String(place),
    url: `${url}?pageSize=${size}&pageToken=${place}`,
  });
  const next = more ? at(offset + size) : undefined;
  const previous = offset > 0 ? at(Math.max(0, offset - size)) : undefined;
  return {
    count: records.length,
    currentPageToken: String(offset),
    currentPageUrl: at(offset).url,
    fields: request.fields,
    nextPageToken: next?.token ?? null,
    nextPageUrl: next?.url ?? null,
    optionalFields: request.optionalFields,
    pageSize: size,
    previousPageToken: previous?.token ?? null,
    previousPageUrl: previous?.url ?? null,
    records,
    searchTerm: request.searchTerm ?? null,
    sortBy: request.sortBy,
    where: request.where ?? null,
  };
}

function searched(object: ObjectDef, term: string): string {
  const pattern = quotedPattern(`%${term.replace(/[%_]/g, '\\$&')}%`);
  const names = nameFields(object).filter((name) => object.fields.has(name));
  return `(${names.map((name) => `${name} LIKE ${pattern}`).join(' OR ')})`;
}

/** `-Occurred_At__c`: the latest first. @throws PlatformError */
function sorted(org: Org, object: ObjectDef, sortBy: readonly string[]): string {
  return sortBy
    .map((given) => {
      const path = given.replace(/^-/, '').replace(new RegExp(`^${object.name}\\.`), '');
      if (!columnField(org.schema, object, path)) throw new PlatformError('INVALID_FIELD', `Invalid field: ${path}`);
      return `${path} ${given.startsWith('-') ? 'DESC NULLS LAST' : 'ASC NULLS FIRST'}`;
    })
    .join(', ');
}

/** `{ Name: { like: "A%" } }`, in the form of a GraphQL filter. @throws PlatformError */
function whereOf(text: string): Where {
  try {
    const value = plain(parseValue(text));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Where;
  } catch {
    // The error below covers it.
  }
  throw new PlatformError('INVALID_INPUT', 'where is a filter of the form { Name: { eq: "Acme" } }');
}

function plain(node: ValueNode): unknown {
  switch (node.kind) {
    case 'ObjectValue':
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, plain(value)]));
    case 'ListValue':
      return node.values.map(plain);
    case 'IntValue':
    case 'FloatValue':
      return Number(node.value);
    case 'NullValue':
      return null;
    case 'Variable':
      throw new PlatformError('INVALID_INPUT', 'where takes no variables');
    default:
      return node.value;
  }
}

// The `where` argument as a where clause of SOQL. Several operators of one field, and several fields, all hold together;
// `and`, `or` and `not` say otherwise.
// Source: GraphQL API Developer Guide, "Field Operators", "Boolean Operators", "Parent and Child Relationship Filters",
// "Polymorphic Relationship Filters".
import { PlatformError, type FieldDef, type ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';
import { dateRange, quoted, quotedPattern } from './literals.ts';
import { NUMERIC } from './scalars.ts';

export type Where = Readonly<Record<string, unknown>>;

const COMPARE: Readonly<Record<string, string>> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const LISTS: Readonly<Record<string, string>> = { in: 'IN', nin: 'NOT IN', includes: 'INCLUDES', excludes: 'EXCLUDES' };
/** Tests that no record and every record passes, as SOQL can say them. */
const NEVER = 'Id = null';
const ALWAYS = 'Id != null';

/** @returns undefined where the filter asks for nothing. @throws PlatformError */
export function whereClause(schema: Schema, object: ObjectDef, where: Where, prefix = ''): string | undefined {
  const parts = Object.entries(asObject(where, 'A filter')).flatMap(([name, value]): string[] => {
    const part = partOf(schema, object, name, value, prefix);
    return part === undefined ? [] : [part];
  });
  return joined(parts, 'AND');
}

/** Filters of a GraphQL request have been validated; those of the User Interface API come as text. */
function asObject(value: unknown, what: string): Where {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Where;
  throw new PlatformError('INVALID_INPUT', `${what} has the form { name: value }, found ${JSON.stringify(value)}`);
}

function asList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new PlatformError('INVALID_INPUT', `${what} takes a list, found ${JSON.stringify(value)}`);
}

function joined(parts: readonly string[], operator: 'AND' | 'OR'): string | undefined {
  if (parts.length === 0) return undefined;
  const [only] = parts;
  return parts.length === 1 ? only : `(${parts.join(` ${operator} `)})`;
}

function partOf(schema: Schema, object: ObjectDef, name: string, value: unknown, prefix: string): string | undefined {
  // What is given as null is not given.
  if (value === null || value === undefined) return undefined;
  const inner = (one: unknown): string | undefined => whereClause(schema, object, (one ?? {}) as Where, prefix);
  if (name === 'and' || name === 'or') {
    const parts = asList(value, name).flatMap((one) => inner(one) ?? []);
    return joined(parts, name === 'and' ? 'AND' : 'OR');
  }
  if (name === 'not') {
    const part = inner(value);
    return part === undefined ? undefined : `(NOT ${part})`;
  }
  const field = object.fields.get(name);
  if (field) return fieldClause(schema, field, `${prefix}${name}`, asObject(value, name));
  const relationship = schema.relationship(object, name);
  if (!relationship) throw new PlatformError('INVALID_FIELD', `No field ${name} on ${object.name}`);
  return parentClause(schema, relationship, `${prefix}${name}`, asObject(value, name));
}

function parentClause(schema: Schema, field: FieldDef, path: string, where: Where): string | undefined {
  const [only] = field.referenceTo;
  if (field.referenceTo.length === 1 && only) return whereClause(schema, schema.object(only), where, `${path}.`);
  const parts = Object.entries(where).flatMap(([type, filter]): string[] => {
    if (filter === null || filter === undefined) return [];
    const inner = whereClause(schema, schema.object(type), filter as Where, `${path}.`);
    const kind = `${path}.Type = ${quoted(type)}`;
    return [inner === undefined ? kind : `(${kind} AND ${inner})`];
  });
  return joined(parts, 'AND');
}

function fieldClause(schema: Schema, field: FieldDef, path: string, operators: Where): string | undefined {
  const parts = Object.entries(operators).map(([operator, value]) => test(schema, field, path, operator, value));
  return joined(parts, 'AND');
}

function test(schema: Schema, field: FieldDef, path: string, operator: string, value: unknown): string {
  const compare = COMPARE[operator];
  if (compare) return `${path} ${compare} ${literal(field, value)}`;
  if (operator === 'like') return `${path} LIKE ${value === null ? 'null' : quotedPattern(String(value))}`;
  if (operator === 'inq' || operator === 'ninq') return semiJoin(schema, path, operator, asObject(value, operator));
  const list = LISTS[operator];
  if (!list) throw new PlatformError('INVALID_INPUT', `The operator ${operator} is not supported in this org`);
  const values = value === null ? [] : asList(value, operator);
  if (values.length === 0) return operator === 'in' || operator === 'includes' ? NEVER : ALWAYS;
  return `${path} ${list} (${values.map((one) => literal(field, one)).join(', ')})`;
}

/** `{ Contact: { … }, ApiName: "AccountId" }`: the ids that a field of other records holds. */
function semiJoin(schema: Schema, path: string, operator: 'inq' | 'ninq', join: Where): string {
  const { ApiName: name, ...objects } = join;
  const [[type, filter] = ['', {}], ...others] = Object.entries(objects).filter(([, one]) => one !== null);
  if (type === '' || others.length > 0 || typeof name !== 'string') {
    throw new PlatformError('INVALID_INPUT', `${operator} names one object with its filter, and in ApiName one field`);
  }
  const object = schema.object(type);
  const field = schema.field(object, name);
  if (!field) throw new PlatformError('INVALID_FIELD', `No field ${name} on ${type}`);
  const where = whereClause(schema, object, filter as Where);
  const inner = `SELECT ${field.name} FROM ${object.name}${where === undefined ? '' : ` WHERE ${where}`}`;
  return `${path} ${operator === 'inq' ? 'IN' : 'NOT IN'} (${inner})`;
}

const DATE_VALUE = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2}))?$/;

interface DateValue {
  value?: string | null;
  literal?: string | null;
  range?: Readonly<Record<string, number | null>> | null;
}

function literal(field: FieldDef, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (field.type === 'date' || field.type === 'datetime') return dateLiteral(asObject(value, field.name) as DateValue);
  const wanted = field.type === 'boolean' ? 'boolean' : NUMERIC.has(field.type) ? 'number' : 'string';
  if (typeof value !== wanted) {
    throw new PlatformError(
      'INVALID_INPUT',
      `${field.name} is compared with a ${wanted}, found ${JSON.stringify(value)}`,
    );
  }
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'number' ? decimal(value) : quoted(String(value));
}

/** Without an exponent, which SOQL does not read. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

function dateLiteral(date: DateValue): string {
  const given = [date.value, date.literal, date.range].filter((one) => one !== null && one !== undefined);
  if (given.length === 0) return 'null';
  if (given.length > 1) {
    throw new PlatformError('INVALID_INPUT', 'A date is given by one of value, literal and range');
  }
  if (typeof date.value === 'string' && !DATE_VALUE.test(date.value)) {
    throw new PlatformError('INVALID_INPUT', `${date.value} is no date`);
  }
  if (typeof date.value === 'string') return date.value;
  if (typeof date.literal !== 'string') return dateRange(date.range ?? {});
  if (/^[A-Z0-9_]+$/.test(date.literal)) return date.literal;
  throw new PlatformError('INVALID_INPUT', `${date.literal} is no date literal`);
}

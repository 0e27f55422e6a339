// The `orderBy` argument as an ORDER BY of SOQL, in the order in which the client wrote it.
// Source: GraphQL API Developer Guide, "Order Results", "Order Aggregate Results".
import { PlatformError, type ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';

interface Clause {
  order?: string | null;
  nulls?: string | null;
  function?: string | null;
}

/** @returns `Name DESC NULLS LAST, …`, empty where nothing is asked for */
export function orderClause(schema: Schema, object: ObjectDef, orderBy: unknown, prefix = ''): string {
  return clauses(schema, object, orderBy, prefix).join(', ');
}

function clauses(schema: Schema, object: ObjectDef, orderBy: unknown, prefix: string): string[] {
  if (typeof orderBy !== 'object' || orderBy === null) return [];
  return Object.entries(orderBy).flatMap(([name, value]): string[] => {
    if (value === null || value === undefined) return [];
    if (object.fields.has(name)) return [fieldOrder(`${prefix}${name}`, value as Clause)];
    const parent = schema.relationship(object, name)?.referenceTo[0];
    if (parent === undefined) throw new PlatformError('INVALID_FIELD', `No field ${name} on ${object.name}`);
    return clauses(schema, schema.object(parent), value, `${prefix}${name}.`);
  });
}

function fieldOrder(path: string, { order, nulls, function: name }: Clause): string {
  const operand = name ? `${name}(${path})` : path;
  return [operand, order ?? 'ASC', ...(nulls ? ['NULLS', nulls] : [])].join(' ');
}

// The types of field values: each has the value and how it is displayed (GraphQL API Developer Guide, "Schema Conventions").
import { GraphQLInterfaceType, GraphQLObjectType, GraphQLString, type GraphQLFieldConfig } from 'graphql';
import type { FieldDef, FieldValue, ObjectDef } from '../model.ts';
import type { GraphContext } from './context.ts';
import type { Kinded } from './scalars.ts';

/** A value with what its display value depends on. */
export interface SourceValue {
  object: ObjectDef;
  field: FieldDef;
  value: FieldValue;
}

const FIELD_VALUE = new GraphQLInterfaceType({ name: 'FieldValue', fields: { displayValue: { type: GraphQLString } } });

const values = new Map<string, GraphQLObjectType>();

/** `StringValue`, `PicklistValue` … */
export function valueType({ name, scalar }: Kinded): GraphQLObjectType {
  const known = values.get(name);
  if (known) return known;
  const label: GraphQLFieldConfig<SourceValue, GraphContext> = {
    type: GraphQLString,
    resolve: ({ object, field, value }, _arguments, { display }) =>
      value === null ? null : display.picklistLabel(object, field, String(value)),
  };
  const made = new GraphQLObjectType<SourceValue, GraphContext>({
    name: `${name}Value`,
    interfaces: [FIELD_VALUE],
    fields: {
      value: { type: scalar },
      displayValue: {
        type: GraphQLString,
        resolve: ({ object, field, value }, _arguments, { display }) => display.value(object, field, value),
      },
      ...(name === 'Picklist' && { label }),
    },
  });
  values.set(name, made);
  return made;
}

/** A stored value as this API gives it: points in time in UTC. */
export function rawValue(field: FieldDef, value: unknown): FieldValue {
  const raw = (value ?? null) as FieldValue;
  return field.type === 'datetime' && typeof raw === 'string' ? raw.replace(/\+0000$/, 'Z') : raw;
}

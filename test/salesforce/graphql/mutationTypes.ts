// The mutations that one user may ask for: XCreate, XUpdate and XDelete for each object that the user may write so.
// Source: GraphQL API Developer Guide, "Mutations Schema", "Create a Record", "Update a Record", "Delete a Record".
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLFieldConfig,
  type GraphQLInputFieldConfig,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../model.ts';
import { isStored } from '../tables.ts';
import type { GraphContext } from './context.ts';
import { runMutations, type Outcome } from './mutations.ts';
import { readRecord } from './connection.ts';
import type { RecordTypes } from './recordTypes.ts';
import { ID_OR_REF, kindOf } from './scalars.ts';

export interface Operation {
  kind: 'create' | 'update' | 'delete';
  object: ObjectDef;
}

type Fields = Record<string, GraphQLFieldConfig<Outcome, GraphContext>>;

/** Update answers with the record since this version, and said only `success` before. */
const RECORD_OF_UPDATE = 66;
/** The first version with mutations. */
export const FIRST_WITH_MUTATIONS = 59;

export function operationOf(
  field: { extensions: Readonly<Record<string, unknown>> } | undefined,
): Operation | undefined {
  return field?.extensions['operation'] as Operation | undefined;
}

/** @returns undefined for a user who may write nothing: a schema has no empty types */
export function mutationType(types: RecordTypes, version: number): GraphQLObjectType | undefined {
  const remove = new GraphQLInputObjectType({
    name: 'RecordDeleteInput',
    fields: { Id: { type: new GraphQLNonNull(ID_OR_REF) } },
  });
  const removed = new GraphQLObjectType<Outcome, GraphContext>({
    name: 'RecordDeletePayload',
    fields: { Id: { type: GraphQLID, resolve: ({ id }) => id } },
  });
  const fields: Record<string, GraphQLFieldConfig<ReadonlyMap<string, Outcome>, GraphContext>> = {};
  const add = (kind: Operation['kind'], object: ObjectDef, input: GraphQLInputObjectType, type: GraphQLObjectType) => {
    const suffix = { create: 'Create', update: 'Update', delete: 'Delete' }[kind];
    fields[`${object.name}${suffix}`] = {
      type,
      args: { input: { type: new GraphQLNonNull(input) } },
      extensions: { operation: { kind, object } satisfies Operation },
      resolve: (outcomes, _arguments, _context, info) => {
        const outcome = outcomes.get(String(info.path.key));
        if (outcome?.error) throw outcome.error;
        return outcome;
      },
    };
  };
  for (const object of types.objects) {
    const allows = (operation: Operation['kind']): boolean => !object.refuses?.includes(operation);
    const record = (): Fields => ({
      Record: {
        type: types.record(object),
        resolve: ({ id }, _arguments, context, info) => readRecord(object, id, types.record(object), context, info),
      },
    });
    if (allows('create')) {
      const input = inputOf(object, 'Create', (field) => field.createable);
      const payload = payloadOf(`${object.name}CreatePayload`, record());
      add('create', object, input, payload);
    }
    if (allows('update')) {
      const input = inputOf(object, 'Update', (field) => field.updateable, {
        Id: { type: new GraphQLNonNull(ID_OR_REF) },
      });
      const success: Fields = { success: { type: GraphQLBoolean, resolve: () => true } };
      const payload = payloadOf(`${object.name}UpdatePayload`, version < RECORD_OF_UPDATE ? success : record());
      add('update', object, input, payload);
    }
    if (allows('delete')) add('delete', object, remove, removed);
  }
  if (Object.keys(fields).length === 0) return undefined;
  const all = new GraphQLObjectType({ name: 'UIAPIMutations', fields });
  const options = new GraphQLInputObjectType({
    name: 'UIAPIMutationsInput',
    fields: { allOrNone: { type: GraphQLBoolean, default: { value: true } } },
  });
  return new GraphQLObjectType<unknown, GraphContext>({
    name: 'Mutation',
    fields: {
      uiapi: {
        type: new GraphQLNonNull(all),
        args: { input: { type: options } },
        resolve: (_source, given: { input?: { allOrNone?: boolean | null } | null }, context, info) =>
          runMutations(all, given.input?.allOrNone !== false, context, info),
      },
    },
  });
}

function payloadOf(name: string, fields: Fields): GraphQLObjectType {
  return new GraphQLObjectType<Outcome, GraphContext>({ name, fields });
}

function inputOf(
  object: ObjectDef,
  kind: 'Create' | 'Update',
  writable: (field: FieldDef) => boolean,
  more: Record<string, GraphQLInputFieldConfig> = {},
): GraphQLInputObjectType {
  const representation = new GraphQLInputObjectType({
    name: `${object.name}${kind}Representation`,
    fields: () => {
      const fields = [...object.fields.values()].filter((field) => isStored(field) && writable(field));
      return Object.fromEntries(
        fields.map((field) => [field.name, { type: field.type === 'reference' ? ID_OR_REF : kindOf(field).scalar }]),
      );
    },
  });
  return new GraphQLInputObjectType({
    name: `${object.name}${kind}Input`,
    fields: { [object.name]: { type: new GraphQLNonNull(representation) }, ...more },
  });
}

// The types of the records that one user may read: one object type for each object, with its fields, its parents and its
// children, and the connections that page through them. What the user may not read is not in them.
// Source: GraphQL API Developer Guide, "Query Objects", "Schema Conventions", "Children and Parent Relationships".
import {
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLInputFieldConfig,
} from 'graphql';
import type { FieldDef, ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';
import type { JsonRecord } from '../soql.ts';
import { childRelationshipName } from '../soql/children.ts';
import { isStored } from '../tables.ts';
import { displayNeeds, readConnection, type Connection, type ConnectionArguments } from './connection.ts';
import type { GraphContext } from './context.ts';
import { GROUP_BY, GROUP_TYPE, Operators, orderOf } from './inputs.ts';
import { nameFieldOf, type Member } from './members.ts';
import { kindOf, LONG } from './scalars.ts';
import { type SourceValue, valueType, rawValue } from './valueTypes.ts';
import { connectionType } from './pageTypes.ts';

type Fields = Record<string, GraphQLFieldConfig<JsonRecord, GraphContext>>;
type Inputs = Record<string, GraphQLInputFieldConfig>;
const RECORD = new GraphQLInterfaceType({
  name: 'Record',
  fields: {
    Id: { type: new GraphQLNonNull(GraphQLID) },
    ApiName: { type: new GraphQLNonNull(GraphQLString) },
    WeakEtag: { type: new GraphQLNonNull(LONG) },
    DisplayValue: { type: GraphQLString },
  },
});

export class RecordTypes {
  readonly objects: readonly ObjectDef[];
  private readonly schema: Schema;
  private readonly readable: ReadonlySet<string>;
  private readonly operators = new Operators(() => this.join);
  private readonly made = new Map<string, unknown>();
  private readonly children = new Map<string, { name: string; child: ObjectDef; field: FieldDef }[]>();

  /** @param objects those that the user may read */
  constructor(schema: Schema, objects: readonly ObjectDef[]) {
    this.schema = schema;
    this.objects = objects;
    this.readable = new Set(objects.map(({ name }) => name));
    for (const child of objects) {
      for (const field of child.fields.values()) {
        const name = childRelationshipName(child, field);
        if (name === undefined) continue;
        for (const parent of field.referenceTo) {
          this.children.set(parent, [...(this.children.get(parent) ?? []), { name, child, field }]);
        }
      }
    }
  }

  private once<T>(name: string, make: () => T): T {
    const known = this.made.get(name);
    if (known !== undefined) return known as T;
    const made = make();
    this.made.set(name, made);
    return made;
  }

  record(object: ObjectDef): GraphQLObjectType {
    return this.once(object.name, () => {
      return new GraphQLObjectType<JsonRecord, GraphContext>({
        name: object.name,
        interfaces: [RECORD],
        fields: () => this.fieldsOf(object),
      });
    });
  }

  connection(object: ObjectDef): GraphQLObjectType {
    const name = `${object.name}Connection`;
    return this.once(name, () => connectionType(name, `${object.name}Edge`, this.record(object)));
  }

  private fieldsOf(object: ObjectDef): Fields {
    const meta = (needs: readonly string[]) => ({ extensions: { member: { kind: 'meta', needs } satisfies Member } });
    const fields: Fields = {
      Id: { type: new GraphQLNonNull(GraphQLID), ...meta(['Id']) },
      ApiName: { type: new GraphQLNonNull(GraphQLString), ...meta([]), resolve: () => object.name },
      WeakEtag: {
        type: new GraphQLNonNull(LONG),
        ...meta(['SystemModstamp']),
        resolve: (record) => Date.parse(String(record['SystemModstamp']).replace(/\+0000$/, 'Z')),
      },
      DisplayValue: {
        type: GraphQLString,
        ...meta(displayNeeds(object)),
        resolve: (record) => record[nameFieldOf(object) ?? 'Id'],
      },
    };
    for (const field of object.fields.values()) {
      if (!isStored(field) || field.name in fields) continue;
      fields[field.name] = {
        type: valueType(kindOf(field)),
        extensions: { member: { kind: 'field', field } satisfies Member },
        resolve: (record): SourceValue => ({ object, field, value: rawValue(field, record[field.name]) }),
      };
    }
    for (const field of object.fields.values()) {
      const name = field.relationshipName;
      const targets = this.targetsOf(field);
      if (!name || name in fields || targets.length === 0) continue;
      fields[name] = {
        type: this.parent(object, field, targets),
        extensions: { member: { kind: 'parent', field, targets } satisfies Member },
        resolve: (record) => record[name] ?? null,
      };
    }
    for (const { name, child, field } of this.children.get(object.name) ?? []) {
      if (name in fields) continue;
      fields[name] = {
        type: this.connection(child),
        args: this.pagingOf(child),
        extensions: { member: { kind: 'child', child, field } satisfies Member },
        resolve: (record, given, context, info): Connection =>
          readConnection(child, this.record(child), given as ConnectionArguments, context, info, {
            field,
            id: String(record['Id']),
          }),
      };
    }
    return fields;
  }

  private targetsOf(field: FieldDef): ObjectDef[] {
    return field.referenceTo.flatMap((name) => {
      const target = this.readable.has(name) ? this.schema.find(name) : undefined;
      return target ? [target] : [];
    });
  }

  /** One of several kinds is a union, of which a request names each. */
  private parent(object: ObjectDef, field: FieldDef, targets: ObjectDef[]): GraphQLObjectType | GraphQLUnionType {
    const [only] = targets;
    if (field.referenceTo.length === 1 && only) return this.record(only);
    const name = `${object.name}_${field.relationshipName ?? field.name}`;
    return this.once(name, () => {
      return new GraphQLUnionType({
        name,
        types: () => targets.map((target) => this.record(target)),
        resolveType: (record: { attributes: { type: string } }) => record.attributes.type,
      });
    });
  }

  private pagingOf(object: ObjectDef): GraphQLFieldConfigArgumentMap {
    return {
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      upperBound: { type: GraphQLInt },
      where: { type: this.filter(object) },
      orderBy: { type: this.order(object) },
    };
  }

  /** Of a connection that is no child's: it can also be narrowed to a scope. */
  argumentsOf(object: ObjectDef): GraphQLFieldConfigArgumentMap {
    return { ...this.pagingOf(object), scope: { type: this.scope(object) } };
  }

  private scope(object: ObjectDef): GraphQLEnumType {
    const name = `${object.name.toUpperCase()}_SCOPE`;
    return this.once(name, () => {
      const owned = object.fields.has('OwnerId');
      return new GraphQLEnumType({ name, values: { EVERYTHING: {}, ...(owned && { MINE: {} }) } });
    });
  }

  filter(object: ObjectDef): GraphQLInputObjectType {
    const name = `${object.name}_Filter`;
    return this.once(name, () => {
      return new GraphQLInputObjectType({
        name,
        fields: (): Inputs => {
          const self = this.filter(object);
          const fields: Inputs = {
            and: { type: new GraphQLList(self) },
            or: { type: new GraphQLList(self) },
            not: { type: self },
          };
          for (const field of object.fields.values()) {
            if (isStored(field) && field.filterable) fields[field.name] = { type: this.operators.of(field) };
          }
          this.addParents(
            object,
            fields,
            (target) => this.filter(target),
            (field, targets) => this.polymorphicFilter(object, field, targets),
          );
          return fields;
        },
      });
    });
  }

  private polymorphicFilter(object: ObjectDef, field: FieldDef, targets: ObjectDef[]): GraphQLInputObjectType {
    const name = `${object.name}_${field.relationshipName ?? field.name}_Filters`;
    return this.once(name, () => {
      return new GraphQLInputObjectType({
        name,
        fields: () => Object.fromEntries(targets.map((target) => [target.name, { type: this.filter(target) }])),
      });
    });
  }

  private addParents(
    object: ObjectDef,
    fields: Inputs,
    single: (target: ObjectDef) => GraphQLInputObjectType,
    several?: (field: FieldDef, targets: ObjectDef[]) => GraphQLInputObjectType,
  ): void {
    for (const field of object.fields.values()) {
      const targets = this.targetsOf(field);
      const [only] = targets;
      const name = field.relationshipName;
      if (!name || name in fields || !only) continue;
      if (field.referenceTo.length === 1) fields[name] = { type: single(only) };
      else if (several) fields[name] = { type: several(field, targets) };
    }
  }

  order(object: ObjectDef): GraphQLInputObjectType {
    const name = `${object.name}_OrderBy`;
    return this.once(name, () => {
      return new GraphQLInputObjectType({
        name,
        fields: (): Inputs => {
          const fields: Inputs = {};
          for (const field of object.fields.values()) {
            if (isStored(field) && field.filterable && field.type !== 'multipicklist') {
              fields[field.name] = { type: orderOf(field) };
            }
          }
          this.addParents(object, fields, (target) => this.order(target));
          return fields;
        },
      });
    });
  }

  groupBy(object: ObjectDef): GraphQLInputObjectType {
    const name = `${object.name}_GroupBy`;
    return this.once(name, () => {
      return new GraphQLInputObjectType({
        name,
        fields: () => {
          const grouped = [...object.fields.values()].filter((field) => isStored(field) && field.filterable);
          const fields: Inputs = Object.fromEntries(grouped.map((field) => [field.name, { type: GROUP_BY }]));
          return { type: { type: GROUP_TYPE }, ...fields };
        },
      });
    });
  }

  /** A semi-join names one object with its filter, and the field of it. */
  private get join(): GraphQLInputObjectType {
    return this.once('JoinInput', () => {
      return new GraphQLInputObjectType({
        name: 'JoinInput',
        fields: () => ({
          ApiName: { type: new GraphQLNonNull(GraphQLString) },
          ...Object.fromEntries(this.objects.map((object) => [object.name, { type: this.filter(object) }])),
        }),
      });
    });
  }
}

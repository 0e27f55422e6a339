// The GraphQL schema of one user: the objects and fields of the org that the user may read and write. Made anew when the
// org's objects or the user's permissions have changed.
// Source: GraphQL API Developer Guide, "Schema Conventions", "GraphQL API Overview".
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  specifiedDirectives,
  type GraphQLFieldConfig,
} from 'graphql';
import type { Org } from '../org.ts';
import { aggregateField } from './aggregate.ts';
import { readConnection, type ConnectionArguments } from './connection.ts';
import type { GraphContext } from './context.ts';
import { FIRST_WITH_MUTATIONS, mutationType } from './mutationTypes.ts';
import { FIELD_TYPES, OBJECT_INFOS } from './objectInfos.ts';
import { RecordTypes } from './recordTypes.ts';

/** A selection that is left out where the user’s schema does not have it. */
export const OPTIONAL = new GraphQLDirective({ name: 'optional', locations: [DirectiveLocation.FIELD] });

type Fields = Record<string, GraphQLFieldConfig<unknown, GraphContext>>;

/** Keeps the schemas of one org as one user sees it, for each kind of API version that differs. */
export class UserSchemas {
  private readonly org: Org;
  private readonly userId: string;
  private made = new Map<number, GraphQLSchema>();
  private accessVersion = -1;

  constructor(org: Org, userId: string) {
    this.org = org;
    this.userId = userId;
    const forget = (): void => this.made.clear();
    org.schema.onChange({ defined: forget, fieldAdded: forget });
  }

  of(version: number): GraphQLSchema {
    const { access } = this.org;
    if (access.version !== this.accessVersion) {
      this.made.clear();
      this.accessVersion = access.version;
    }
    const known = this.made.get(version);
    if (known) return known;
    const schema = this.build(version);
    this.made.set(version, schema);
    return schema;
  }

  private build(version: number): GraphQLSchema {
    const { org, userId } = this;
    const access = org.access.of(userId);
    const objects = org.schema.objects().filter((object) => object.kind === 'record' && access.object(object).read);
    const types = new RecordTypes(org.schema, objects);
    const queries: Fields = {};
    const aggregates: Fields = {};
    for (const object of objects) {
      queries[object.name] = {
        type: types.connection(object),
        args: types.argumentsOf(object),
        resolve: (_source, given, context, info) =>
          readConnection(object, types.record(object), given as ConnectionArguments, context, info),
      };
      aggregates[object.name] = aggregateField(types, object);
    }
    const self = (): object => ({});
    const query = new GraphQLObjectType({ name: 'RecordQuery', fields: queries });
    const aggregate = new GraphQLObjectType({ name: 'RecordQueryAggregate', fields: aggregates });
    const uiapi = new GraphQLObjectType({
      name: 'UIAPI',
      fields: {
        query: { type: new GraphQLNonNull(query), resolve: self },
        aggregate: { type: new GraphQLNonNull(aggregate), resolve: self },
        objectInfos: OBJECT_INFOS,
      },
    });
    const mutation = version >= FIRST_WITH_MUTATIONS ? mutationType(types, version) : undefined;
    return new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: self } },
      }),
      ...(mutation && { mutation }),
      types: FIELD_TYPES,
      directives: [...specifiedDirectives, OPTIONAL],
    });
  }
}

// The types that page through records or groups: edges, nodes and where they stand in the whole.
import { GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLString, GraphQLBoolean } from 'graphql';

export const PAGE_INFO = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
});

/** What pages through anything: `edges`, each with a `node`, and where they stand in the whole. */
export function connectionType(name: string, edge: string, node: GraphQLObjectType): GraphQLObjectType {
  return new GraphQLObjectType({
    name,
    fields: {
      edges: {
        type: new GraphQLList(
          new GraphQLObjectType({
            name: edge,
            fields: { node: { type: node }, cursor: { type: new GraphQLNonNull(GraphQLString) } },
          }),
        ),
      },
      pageInfo: { type: new GraphQLNonNull(PAGE_INFO) },
      totalCount: { type: new GraphQLNonNull(GraphQLInt) },
      pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
    },
  });
}

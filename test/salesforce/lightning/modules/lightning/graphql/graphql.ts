// `lightning/graphql`.
export { executeMutation, gql, graphql } from '../../../client/graphql.ts';

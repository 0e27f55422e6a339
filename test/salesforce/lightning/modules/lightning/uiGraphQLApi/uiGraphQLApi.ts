// `lightning/uiGraphQLApi`, which lightning/graphql has replaced.
// Source: LWC guide, "refreshGraphQL(result) (Deprecated)".
import type { GraphqlResult } from '../../../client/graphql.ts';

export { gql, graphql } from '../../../client/graphql.ts';

export async function refreshGraphQL(result: Partial<GraphqlResult>): Promise<void> {
  await result.refresh?.();
}

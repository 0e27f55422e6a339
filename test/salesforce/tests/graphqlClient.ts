// Sends GraphQL requests for the tests, and takes answers apart.
import { DATA, type Send } from './client.ts';

export interface GraphError {
  message: string;
  locations: { line: number; column: number }[];
  path?: (string | number)[];
  extensions: { ErrorType: string; errorCode?: string; fields?: string[] };
}

export interface GraphReply {
  data: { uiapi: Record<string, Record<string, unknown>> } | null;
  errors: GraphError[];
}

export type Ask = (query: string, variables?: Record<string, unknown>, version?: string) => Promise<GraphReply>;

export function graphql(send: Send): Ask {
  return async (query, variables, version) => {
    const path = version === undefined ? DATA : `/services/data/v${version}.0`;
    const { status, body } = await send('POST', `${path}/graphql`, { query, ...(variables && { variables }) });
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body as GraphReply;
  };
}

export interface ConnectionReply<T = Record<string, { value: unknown }>> {
  edges: { cursor: string; node: T }[];
  totalCount: number;
  pageResultCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/** A connection below `query` or `aggregate`. @throws Error with the errors of the answer */
export function connection<T = Record<string, { value: unknown }>>(
  reply: GraphReply,
  name: string,
  below: 'query' | 'aggregate' = 'query',
): ConnectionReply<T> {
  if (reply.errors.length > 0) throw new Error(JSON.stringify(reply.errors));
  return reply.data?.uiapi[below]?.[name] as ConnectionReply<T>;
}

// `POST /services/data/vXX.X/graphql`.
// Source: GraphQL API Developer Guide, "GraphQL API Endpoint", "Status Codes and Error Responses".
import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Org } from '../org.ts';
import { parseBody } from '../rest/composite.ts';
import { contextOf, methodNotAllowed, seal, type Asking } from '../rest/request.ts';
import { displayFor } from '../uiapi/display.ts';
import { runGraphql } from './execute.ts';
import { UserSchemas } from './schema.ts';

const requestSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

export function graphqlRouter(org: Org, asking: (request: Request) => Asking): Router {
  const router = Router();
  const schemas = new Map<string, UserSchemas>();

  router
    .route('/graphql')
    .post((request, response) => {
      const { query, operationName, variables } = parseBody(requestSchema, request.body);
      const who = asking(request);
      const { userId, base } = who;
      const version = Number.parseInt(who.version, 10);
      const known = schemas.get(userId) ?? new UserSchemas(org, userId);
      schemas.set(userId, known);
      response.json(
        runGraphql(
          known.of(version),
          { query, operationName: operationName ?? undefined },
          {
            org,
            userId,
            base,
            version,
            display: displayFor(org, userId),
            variables: variables ?? {},
            transaction: { ...contextOf(who, request, false), assigns: false },
          },
        ),
      );
    })
    .all(methodNotAllowed('POST'));
  return seal(router);
}

// Composite graphs: each graph is one transaction of up to 500 creates, reads, updates and deletes of single records that
// build on each other; one graph's failure leaves the others alone, until too many have failed.
// Source: REST API Developer Guide, "Composite Graph", "Composite Graph Limits".
import { Router, type Request } from 'express';
import { z } from 'zod';
import { PlatformError } from '../model.ts';
import type { Org } from '../org.ts';
import {
  halted,
  limitExceeded,
  parseBody,
  refuseDuplicates,
  runTogether,
  subrequestSchema,
  type SubrequestResult,
} from './composite.ts';
import { methodNotAllowed, type Asking } from './request.ts';
import { referencesIn, type Dispatch } from './subrequests.ts';

const MAXIMUM_GRAPHS = 75;
const MAXIMUM_NODES = 500;
const MAXIMUM_DEPTH = 15;
/** Nodes differ by API version, method and object. */
const MAXIMUM_KINDS = 15;
/** With one failed graph more than this, the rest is not attempted. */
const MAXIMUM_FAILURES = 14;

const graphSchema = z.object({
  graphs: z.array(
    z.object({
      graphId: z.string().regex(/^[A-Za-z0-9]\S{0,39}$/, 'starts with a letter or digit and has at most 40 characters'),
      compositeRequest: z.array(subrequestSchema),
    }),
  ),
});
type Graph = z.output<typeof graphSchema>['graphs'][number];
type Node = Graph['compositeRequest'][number];

/** What a graph may hold: single records, by id or external id. */
const NODE = /^\/services\/data\/(v[\d.]+)\/sobjects\/([^/?]+)(?:\/([^/?]+))?(?:\/([^/?]+))?\/?(?:\?.*)?$/i;

export function graphRouter(org: Org, asking: (request: Request) => Asking, dispatch: Dispatch): Router {
  const router = Router();
  router
    .route('/composite/graph')
    .post((request, response) => {
      const { graphs } = parseBody(graphSchema, request.body);
      refuse(graphs);
      const who = asking(request);
      let failures = 0;
      const answers = graphs.map(({ graphId, compositeRequest }) => {
        const { results, successful } =
          failures > MAXIMUM_FAILURES
            ? notAttempted(compositeRequest)
            : runTogether(org, request, who, compositeRequest, dispatch);
        if (!successful) failures += 1;
        return { graphId, graphResponse: { compositeResponse: results }, isSuccessful: successful };
      });
      response.json({ graphs: answers });
    })
    .all(methodNotAllowed('POST'));
  return router;
}

function notAttempted(nodes: readonly Node[]): { results: SubrequestResult[]; successful: boolean } {
  const message = `Processing was halted because more than ${MAXIMUM_FAILURES} graphs of the request failed.`;
  return { results: nodes.map(({ referenceId }) => halted(referenceId, message)), successful: false };
}

/** @throws PlatformError that fails the whole request, before anything of it is done */
function refuse(graphs: readonly Graph[]): void {
  if (graphs.length > MAXIMUM_GRAPHS) throw limitExceeded('graphs in a request', MAXIMUM_GRAPHS);
  const nodes = graphs.flatMap(({ compositeRequest }) => compositeRequest);
  if (nodes.length > MAXIMUM_NODES) throw limitExceeded('nodes in a request', MAXIMUM_NODES);
  const ids = new Set<string>();
  for (const { graphId, compositeRequest } of graphs) {
    if (ids.has(graphId)) throw new PlatformError('JSON_PARSER_ERROR', `Duplicate graphId provided: ${graphId}`);
    ids.add(graphId);
    refuseDuplicates(compositeRequest);
    if (depthOf(compositeRequest) > MAXIMUM_DEPTH) throw limitExceeded('depth of a graph', MAXIMUM_DEPTH);
  }
  const kinds = new Set(nodes.map(kindOf));
  if (kinds.size > MAXIMUM_KINDS) throw limitExceeded('different nodes in a request', MAXIMUM_KINDS);
}

function kindOf({ method, url }: Node): string {
  const match = NODE.exec(url);
  const [, version = '', object = '', second, third] = match ?? [];
  const allowed = second === undefined ? ['POST'] : third === undefined ? ['DELETE', 'GET', 'PATCH'] : ANY_METHOD;
  if (!match || !allowed.includes(method)) {
    throw new PlatformError('INVALID_INPUT', `Composite graphs do not support ${method} ${url}`);
  }
  return `${version} ${method} ${object.toLowerCase()}`;
}

const ANY_METHOD = ['DELETE', 'GET', 'PATCH', 'POST'];

/** The longest chain of nodes of which each uses the one before. */
function depthOf(nodes: readonly Node[]): number {
  const depths = new Map<string, number>();
  let deepest = 0;
  for (const { referenceId, url, body } of nodes) {
    let depth = 1;
    for (const used of referencesIn([url, body])) depth = Math.max(depth, 1 + (depths.get(used) ?? 0));
    depths.set(referenceId, depth);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

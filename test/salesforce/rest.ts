// The REST API below /services/data: versions, resources, limits, records, collections and queries, each answer with
// what is left of the day's API calls.
import { Router, type NextFunction, type Request, type Response } from 'express';
import { bulkRouter } from './bulk.ts';
import { faultAnswer } from './faults.ts';
import { graphqlRouter } from './graphql/router.ts';
import { PlatformError } from './model.ts';
import type { Org } from './org.ts';
import { collectionsRouter } from './rest/collections.ts';
import { compositeRouter } from './rest/composite.ts';
import { graphRouter } from './rest/graph.ts';
import { jsonBody } from './rest/jsonBody.ts';
import { queryRouter, type Cursors } from './rest/query.ts';
import { defaultNamespace } from './rest/namespace.ts';
import { recordsRouter } from './rest/records.ts';
import { authenticate, isSupported, notFound, seal, versions, type Asking } from './rest/request.ts';
import { searchRouter } from './rest/search.ts';
import { createDispatch } from './rest/subrequests.ts';
import { treeRouter } from './rest/tree.ts';
import { uiApiRouter } from './rest/uiapi.ts';
import { limitsOf } from './usage.ts';

const RESOURCES = [
  'tooling',
  'composite',
  'jobs',
  'limits',
  'query',
  'queryAll',
  'search',
  'parameterizedSearch',
  'sobjects',
  'metadata',
  'ui-api',
  'graphql',
];

/** The router for `/services/data`; `extra` answers what lies below a version and is not here (the Metadata API). */
export function restRouter(org: Org, extra?: Router): Router {
  const router = Router();
  router.get('/', (_request, response) => void response.json(versions()));

  const asked = new WeakMap<Request, Asking>();
  const asking = (request: Request): Asking => {
    const who = asked.get(request);
    if (!who) throw new Error('A handler was reached without authentication.');
    return who;
  };

  const versioned = Router({ mergeParams: true });
  versioned.use(async (request, response, next) => {
    const version = String(request.params['version']);
    if (!isSupported(version)) throw notFound();
    if (await struck(org, request, response)) return;
    const who = authenticate(org, request, version);
    asked.set(request, who);
    const { apiRequests, hard } = org.usage;
    if (hard && apiRequests.used >= apiRequests.max) {
      throw new PlatformError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', { status: 403 });
    }
    apiRequests.used += 1;
    const { used, max } = apiRequests;
    response.setHeader('Sforce-Limit-Info', `api-usage=${used}/${max}`);
    next();
  });
  versioned.use(overrideMethod);
  versioned.get('/', (request, response) => {
    const { base, userId } = asking(request);
    const identity = `${org.url}/id/${org.id}/${userId}`;
    response.json({ ...Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`])), identity });
  });
  versioned.get('/limits', (_request, response) => void response.json(limitsOf(org.usage)));
  if (extra) versioned.use(extra);
  versioned.use(bulkRouter(org, asking));
  versioned.use(jsonBody());
  versioned.use(org.locks.hold);
  const cursors: Cursors = { byId: new Map(), opened: 0 };
  const named = (view: Org): Router =>
    seal(Router().use(recordsRouter(view, asking), queryRouter(view, asking, cursors), searchRouter(view, asking)));
  const resources = Router({ mergeParams: true });
  resources.use(defaultNamespace(org, named), collectionsRouter(org, asking), named(org));
  const dispatch = createDispatch(seal(resources), (request, who) => void asked.set(request, who));
  versioned.use(resources);
  versioned.use(uiApiRouter(org, asking), graphqlRouter(org, asking));
  versioned.use(compositeRouter(org, asking, dispatch), graphRouter(org, asking, dispatch), treeRouter(org, asking));
  versioned.use(() => {
    throw notFound();
  });

  router.use('/:version', versioned);
  return router;
}

/** Lets a fault strike; true where the request has had its answer, or will never have one. */
async function struck(org: Org, request: Request, response: Response): Promise<boolean> {
  const fault = org.faults.strike(request.method, request.originalUrl);
  if (!fault) return false;
  if (fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  if (fault.kind === 'drop-before') {
    request.socket.destroy();
    return true;
  }
  if (fault.kind === 'half-answer') halve(response);
  if (fault.kind === 'drop-after') response.end = () => (request.socket.destroy(), response);
  const answer = faultAnswer(fault);
  if (!answer) return false;
  if (fault.retryAfter !== undefined) response.set('Retry-After', String(fault.retryAfter));
  throw answer;
}

/** The answer ends in its middle, and says that it is whole: what stands between the two has cut it. */
function halve(response: Response): void {
  const end = response.end.bind(response) as (body: Buffer) => Response;
  response.end = ((body: string | Buffer = '') => {
    const whole = Buffer.from(body);
    const half = whole.subarray(0, Math.floor(whole.length / 2));
    response.set('Content-Length', String(half.length));
    return end(half);
  }) as Response['end'];
}

/** Clients that cannot send PATCH send POST and say what they mean. */
function overrideMethod(request: Request, _response: Response, next: NextFunction): void {
  const meant = request.query['_HttpMethod'];
  if (request.method === 'POST' && typeof meant === 'string') request.method = meant.toUpperCase();
  next();
}

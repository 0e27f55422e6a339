// The bridge's HTTP servers: webhook, sign-in and control on one port, probes and metrics on another (or the same), so that who
// crowds the one keeps nobody out of the other. The same security headers are on every response; a stop finishes what is under way.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { BlockList, type AddressInfo } from 'node:net';
import express, { Router, type Express, type Request, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { clientAddress, limitKey } from './clientAddress.ts';
import { limitConnections, type Connections } from './connections.ts';
import { controlRouter, type ControlDeps } from './control.ts';
import { healthRouter, type Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';
import { oauthRouter, type OAuthDeps } from './signIn.ts';
import { answerProblems, HttpProblem, notFound, onlyMethods } from './problem.ts';
import { webhookRouter, type WebhookDeps } from './webhook.ts';

export interface HttpDeps {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Of probes and metrics; the same as `port` where it is left out. 0: any free one. */
  probePort?: number;
  /** Connections and requests at once from one address. */
  perAddress?: number;
  /** Whose X-Forwarded-For is believed. */
  trustedProxies?: BlockList;
  logger: Logger;
  metrics: Pick<Metrics, 'render' | 'contentType'>;
  webhookSecret: WebhookDeps['webhookSecret'];
  intake: WebhookDeps['intake'];
  oauth: Pick<OAuthDeps, 'linkSecret' | 'authorizeUrl' | 'connect'> & Partial<Pick<OAuthDeps, 'secure'>>;
  control: ControlDeps['control'];
  /** Why this process takes only webhooks, in a sentence; undefined where it leads. Default: it leads. */
  standsBy?: () => string | undefined;
  /** Whether this process leads, for load balancers. Default: it does. */
  leads?: () => boolean;
  readiness: () => Readiness | Promise<Readiness>;
  /** ms since the epoch. */
  now?: () => number;
}

export interface Http {
  /** @returns the addresses it listens on, without a trailing slash. @throws BridgeError LISTEN_FAILED */
  listen(): Promise<{ url: string; probeUrl: string }>;
  /** Reports not ready and refuses webhooks; probes and requests under way are still answered. */
  drain(): void;
  /** Accepts no more connections. Resolves when every response under way is sent. */
  close(): Promise<void>;
}

/** No peer of the bridge needs more than 10 s for its headers, or 30 s for a request. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Longer than the idle time of usual load balancers (60 s), so that they close first and no request meets a closed socket. */
const KEEP_ALIVE_MS = 65_000;
/** A browser opens six; a proxy that is not configured as trusted some dozens. */
const DEFAULT_PER_ADDRESS = 100;
/** How often Node looks for requests that are too slow. */
const LOOK_MS = 5_000;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The address of the OAuth landing carries a code.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function createHttp(deps: HttpDeps): Http {
  const { logger, metrics, now = Date.now, standsBy = () => undefined, leads = () => true } = deps;
  let draining = false;
  const isDraining = (): boolean => draining;

  const { perAddress = DEFAULT_PER_ADDRESS, trustedProxies = new BlockList() } = deps;
  const clientOf = (request: Request): string =>
    clientAddress(request.socket.remoteAddress, request.get('x-forwarded-for'), trustedProxies);

  function appOf(isCrowded: () => boolean, ...handlers: RequestHandler[]): Express {
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');
    app.set('query parser', 'simple');
    app.use(begin(isCrowded), ...handlers, notFound);
    app.use(answerProblems(logger));
    return app;
  }

  const begin =
    (isCrowded: () => boolean): RequestHandler =>
    (request, response, next) => {
      const began = performance.now();
      const given = request.get('x-request-id') ?? '';
      const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
      response.set(HEADERS).set('x-request-id', requestId);
      if (draining || isCrowded()) response.set('connection', 'close');
      response.once('finish', () => {
        // The route, not the address: that of the OAuth landing carries a code.
        const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
        const ms = Math.round(performance.now() - began);
        logger.debug(
          { event: 'http_answered', requestId, method: request.method, route, status: response.statusCode, ms },
          'Answered',
        );
      });
      next();
    };

  const metricsRouter = Router();
  metricsRouter
    .route('/metrics')
    .get(async (_request, response) => void response.type(metrics.contentType).send(await metrics.render()))
    .all(onlyMethods('GET', 'HEAD'));
  const probes = [healthRouter({ readiness: deps.readiness, draining: isDraining, leads }), metricsRouter];
  const doors = [
    limitRequests(clientOf, perAddress),
    webhookRouter({ ...deps, clientOf, draining: isDraining, now }),
    oauthRouter({ secure: false, ...deps.oauth, standsBy, logger, now }),
    controlRouter({ controlSecret: deps.oauth.linkSecret, control: deps.control, now }),
  ];

  function serverOf(...handlers: RequestHandler[]): OwnServer {
    const server = createServer({
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: LOOK_MS,
    });
    const connections = limitConnections(server, { perAddress, trustedProxies });
    server.on('request', appOf(connections.isCrowded, ...handlers));
    return { server, connections };
  }

  const isOnePort = deps.probePort === undefined || deps.probePort === deps.port;
  const main = serverOf(...(isOnePort ? probes : []), ...doors);
  const probing = isOnePort ? undefined : serverOf(...probes);

  return {
    async listen() {
      const url = await listenAt(main.server, deps.host, deps.port);
      const probeUrl = probing ? await listenAt(probing.server, deps.host, deps.probePort ?? 0) : url;
      return { url, probeUrl };
    },
    drain() {
      draining = true;
    },
    async close() {
      draining = true;
      // The probes last: until then they say that the bridge stops.
      await closeServer(main);
      if (probing) await closeServer(probing);
    },
  };
}

interface OwnServer {
  server: Server;
  connections: Connections;
}

/** @throws BridgeError LISTEN_FAILED */
async function listenAt(server: Server, host: string, wanted: number): Promise<string> {
  try {
    server.listen(wanted, host);
    await once(server, 'listening');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new BridgeError(explain('LISTEN_FAILED', { host, port: wanted, cause: code }), { cause });
  }
  const { address, family, port } = server.address() as AddressInfo;
  const reachable =
    { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address] ?? (family === 'IPv6' ? `[${address}]` : address);
  return `http://${reachable}:${port}`;
}

async function closeServer({ server, connections }: OwnServer): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  connections.close();
  await closed;
}

/** Behind a proxy all connections are its own: there the requests of each address are counted. */
function limitRequests(clientOf: (request: Request) => string, perAddress: number): RequestHandler {
  const underWay = new Map<string, number>();
  return (request, response, next) => {
    const key = limitKey(clientOf(request));
    const count = underWay.get(key) ?? 0;
    if (count >= perAddress) {
      response.set('connection', 'close');
      throw new HttpProblem('too_many_requests', 'Too many requests of this address at once.', { 'retry-after': '5' });
    }
    underWay.set(key, count + 1);
    response.once('close', () => {
      const left = (underWay.get(key) ?? 1) - 1;
      if (left === 0) underWay.delete(key);
      else underWay.set(key, left);
    });
    next();
  };
}

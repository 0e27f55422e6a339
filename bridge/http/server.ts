// The bridge's HTTP server: webhook, OAuth callback, health and metrics on one port, with the same security headers on every
// response. A stop finishes the requests under way.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { controlRouter, type ControlDeps } from './control.ts';
import { healthRouter, type Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';
import { oauthRouter, type OAuthDeps } from './signIn.ts';
import { answerProblems, notFound, onlyMethods } from './problem.ts';
import { webhookRouter, type WebhookDeps } from './webhook.ts';

export interface HttpDeps {
  host: string;
  /** 0: any free one. */
  port: number;
  logger: Logger;
  metrics: Pick<Metrics, 'render' | 'contentType'>;
  webhookSecret: WebhookDeps['webhookSecret'];
  intake: WebhookDeps['intake'];
  oauth: Pick<OAuthDeps, 'linkSecret' | 'authorizeUrl' | 'connect'> & Partial<Pick<OAuthDeps, 'secure'>>;
  control: ControlDeps['control'];
  readiness: () => Readiness | Promise<Readiness>;
  /** ms since the epoch. */
  now?: () => number;
}

export interface Http {
  /** @returns the address it listens on, without a trailing slash. @throws BridgeError LISTEN_FAILED */
  listen(): Promise<{ url: string }>;
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
/** Sellfire sends one delivery at a time for each connection; with bodies of 1 MB this bounds what strangers can fill. */
const MOST_CONNECTIONS = 500;
/** From so many on, idle connections are ended as new ones come. */
const CROWDED = MOST_CONNECTIONS / 2;
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
  const { logger, metrics, now = Date.now } = deps;
  let draining = false;
  const isDraining = (): boolean => draining;

  const begin: RequestHandler = (request, response, next) => {
    const began = performance.now();
    const given = request.get('x-request-id') ?? '';
    const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    response.set(HEADERS).set('x-request-id', requestId);
    if (draining) response.set('connection', 'close');
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

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(begin);
  app.use(healthRouter({ readiness: deps.readiness, draining: isDraining }));
  app.use(webhookRouter({ ...deps, draining: isDraining, now }));
  app.use(oauthRouter({ secure: false, ...deps.oauth, logger, now }));
  app.use(controlRouter({ controlSecret: deps.oauth.linkSecret, control: deps.control, now }));
  app
    .route('/metrics')
    .get(async (_request, response) => void response.type(metrics.contentType).send(await metrics.render()))
    .all(onlyMethods('GET', 'HEAD'));
  app.use(notFound);
  app.use(answerProblems(logger));

  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: LOOK_MS,
    },
    app,
  );
  server.maxConnections = MOST_CONNECTIONS;
  const connections = followConnections(server);

  return {
    async listen() {
      try {
        server.listen(deps.port, deps.host);
        await once(server, 'listening');
      } catch (cause) {
        const { code = 'unknown' } = cause as NodeJS.ErrnoException;
        throw new BridgeError(explain('LISTEN_FAILED', { host: deps.host, port: deps.port, cause: code }), { cause });
      }
      const { address, family, port } = server.address() as AddressInfo;
      const reachable =
        { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address] ?? (family === 'IPv6' ? `[${address}]` : address);
      return { url: `http://${reachable}:${port}` };
    },
    drain() {
      draining = true;
    },
    async close() {
      draining = true;
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      connections.close();
      await closed;
    },
  };
}

/**
 * Which connections have an answer under way: the others need not be waited for. (Node's own closeIdleConnections spares
 * connections that have never sent a request.)
 */
function followConnections(server: Server): { close(): void } {
  const underWay = new Map<Socket, number>();
  let closing = false;
  const drop = (socket: Socket): void => {
    underWay.delete(socket);
    socket.destroy();
  };
  server.on('connection', (socket) => {
    // Under pressure an idle connection, the oldest first, makes room: who holds many keeps nobody out.
    if (underWay.size >= CROWDED)
      for (const [old, count] of underWay) if (count === 0 && underWay.size >= CROWDED) drop(old);
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (underWay.get(socket) ?? 1) - 1;
      if (underWay.has(socket)) underWay.set(socket, left);
      if (closing && left === 0) socket.destroySoon();
    });
  });
  return {
    close() {
      closing = true;
      for (const [socket, count] of underWay) if (count === 0) socket.destroy();
    },
  };
}

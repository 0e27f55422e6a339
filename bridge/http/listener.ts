// One HTTP server of the bridge: the same security headers are on every response, every error is a problem document, connections are
// limited, and a stop finishes what is under way.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, BlockList } from 'node:net';
import express, { type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { explain } from '../model/catalogue/catalogue.ts';
import { BridgeError } from '../model/fault.ts';
import { limitConnections } from './connections.ts';
import { answerProblems, notFound } from './problem.ts';

export interface ListenerOptions {
  /** Connections at once from one address. */
  perAddress: number;
  /** Whose connections bring those of many. */
  trustedProxies: BlockList;
  /** Whether responses end their connections, because the bridge stops. */
  isDraining: () => boolean;
  logger: Logger;
}

export interface Listener {
  /** @param port 0: any free one @returns its address, without a trailing slash @throws BridgeError LISTEN_FAILED */
  listen(host: string, port: number): Promise<string>;
  /** Accepts no more connections. Resolves when every response under way is sent. */
  close(): Promise<void>;
}

/** No peer of the bridge needs more than 10 s for its headers, or 30 s for a request. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Longer than the idle time of usual load balancers (60 s), so that they close first and no request meets a closed socket. */
const KEEP_ALIVE_MS = 65_000;
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

export function createListener(
  { perAddress, trustedProxies, isDraining, logger }: ListenerOptions,
  ...handlers: RequestHandler[]
): Listener {
  const server = createServer({
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: LOOK_MS,
  });
  const connections = limitConnections(server, { perAddress, trustedProxies });

  const begin: RequestHandler = (request, response, next) => {
    const began = performance.now();
    const given = request.get('x-request-id') ?? '';
    const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    response.set(HEADERS).set('x-request-id', requestId);
    if (isDraining() || connections.isCrowded()) response.set('connection', 'close');
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
  app.use(begin, ...handlers, notFound);
  app.use(answerProblems(logger));
  server.on('request', app);

  return {
    async listen(host, wanted) {
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
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      connections.close();
      await closed;
    },
  };
}

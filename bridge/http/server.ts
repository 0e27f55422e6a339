// The bridge's HTTP servers: webhook, sign-in and control on one port, probes and metrics on another (or the same), so that who
// crowds the one keeps nobody out of the other. The same security headers are on every response; a stop finishes what is under way.
import { BlockList } from 'node:net';
import { Router, type Request, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { clientAddress, limitKey } from './clientAddress.ts';
import { controlRouter, type ControlDeps } from './control.ts';
import { healthRouter, type Readiness } from './health.ts';
import { createListener } from './listener.ts';
import type { Metrics } from './metrics.ts';
import { oauthRouter, type OAuthDeps } from './signIn.ts';
import { HttpProblem, onlyMethods } from './problem.ts';
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
  oauth: Pick<OAuthDeps, 'linkSecret' | 'authorizeUrl' | 'connect'> & Partial<Pick<OAuthDeps, 'secure' | 'route'>>;
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

/** A browser opens six; a proxy that is not configured as trusted some dozens. */
const DEFAULT_PER_ADDRESS = 100;

export function createHttp(deps: HttpDeps): Http {
  const { logger, metrics, now = Date.now, standsBy = () => undefined, leads = () => true } = deps;
  let draining = false;
  const isDraining = (): boolean => draining;

  const { perAddress = DEFAULT_PER_ADDRESS, trustedProxies = new BlockList() } = deps;
  const clientOf = (request: Request): string =>
    clientAddress(request.socket.remoteAddress, request.get('x-forwarded-for'), trustedProxies);

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

  const common = { perAddress, trustedProxies, isDraining, logger };
  const isOnePort = deps.probePort === undefined || deps.probePort === deps.port;
  const main = createListener(common, ...(isOnePort ? probes : []), ...doors);
  const probing = isOnePort ? undefined : createListener(common, ...probes);

  return {
    async listen() {
      const url = await main.listen(deps.host, deps.port);
      const probeUrl = probing ? await probing.listen(deps.host, deps.probePort ?? 0) : url;
      return { url, probeUrl };
    },
    drain() {
      draining = true;
    },
    async close() {
      draining = true;
      // The probes last: until then they say that the bridge stops.
      await main.close();
      await probing?.close();
    },
  };
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

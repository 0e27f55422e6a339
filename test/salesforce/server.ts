// Starts a whole org on the loopback address: REST and OAuth over HTTP, the Metadata API beside them, Pub/Sub over gRPC,
// and the key that its client app signs with. Stopping it leaves nothing behind.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { generate } from 'selfsigned';
import { z } from 'zod';
import { deployFolder, metadataRouter } from './metadata.ts';
import { faultSchema } from './faults.ts';
import { grantIntegration } from './integrationAccess.ts';
import { lightningRouter } from './lightning/router.ts';
import { PlatformError } from './model.ts';
import { browserRouter } from './oauth/browser.ts';
import { oauthRouter } from './oauth.ts';
import { orgFor } from './accessView.ts';
import { createOrg, type Org, type OrgOptions } from './org.ts';
import { pubSubFaultSchema, turn, type PubSubFaults } from './pubsub/faults.ts';
import { startPubSub, type PubSubServer } from './pubsub/server.ts';
import { restRouter } from './rest.ts';
import { handleErrors, notFound, tokenOf } from './rest/request.ts';
import { soapRouter } from './soap.ts';
import { personOf, type Role } from './people.ts';
import type { OrgUser } from './users.ts';

export interface StartOptions extends OrgOptions {
  /** 0, the default, is any free port. */
  port?: number;
  pubsubPort?: number;
  /** ms between two keepalives of a stream; default: the platform's 270 s. */
  keepaliveMs?: number;
  /** A folder in source format that is deployed before anyone can connect. */
  deploy?: string;
  /**
   * False: every user may do everything. Otherwise users who are no administrators may do only what their permission sets
   * give; the integration user has the package's set and an administrator's own for the standard objects.
   */
  enforceAccess?: boolean;
  /** Events that the org delivers, and no more; default: it counts them against Enterprise Edition's and delivers all. */
  deliveredEvents?: number;
  /** Replay ids that clients may take for numbers; see `PubSubOptions`. */
  numericReplayIds?: boolean;
  /** Where a sign-in says that the org is: a server in front of it. Default: itself. */
  instanceUrl?: string;
  /** Where the client app's web-server flow may return to, besides the addresses of `DEFAULT_CALLBACKS`. */
  callbackUrls?: string[];
}

export interface RunningOrg {
  readonly org: Org;
  readonly pubsub: PubSubServer;
  /** `http://127.0.0.1:<port>` */
  readonly restUrl: string;
  /** Host and port, on loopback. */
  readonly pubsubUrl: string;
  /** The certificate that Pub/Sub clients are to trust. */
  readonly caFile: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM private key for the JWT flow. */
  readonly keyFile: string;
  /** Who configures the package, who works with it and who has nothing of it are made when they are first asked for. */
  readonly users: { admin: OrgUser; integration: OrgUser } & Readonly<Record<Role, OrgUser>>;
  close(): Promise<void>;
}

/** Whose sessions are ended; everybody's where nobody is named. */
const endSchema = z.strictObject({ username: z.string().optional() });

/** Where the bridge's own landing page is by default. */
const DEFAULT_CALLBACKS = ['http://127.0.0.1:8080/oauth/callback', 'http://localhost:8080/oauth/callback'];
const DAY_MS = 24 * 60 * 60 * 1000;

export async function startOrg(options: StartOptions = {}): Promise<RunningOrg> {
  const org = createOrg(options);
  if (options.deploy !== undefined) await deployFolder(org, options.deploy);
  grantIntegration(org);
  org.access.enforced = options.enforceAccess !== false;
  org.usage.deliveredEvents.max = options.deliveredEvents ?? org.usage.deliveredEvents.max;

  const folder = await mkdtemp(join(tmpdir(), 'org-client-'));
  const keyFile = join(folder, 'client.key');
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'local org client' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + DAY_MS),
  });
  await writeFile(keyFile, key, { mode: 0o600 });
  const clientId = `3MVG9local${randomBytes(24).toString('hex')}`;
  const clientSecret = randomBytes(32).toString('hex').toUpperCase();
  org.apps.push({
    label: 'Sellfire bridge',
    clientId,
    clientSecret,
    certificate: cert,
    callbackUrls: [...DEFAULT_CALLBACKS, ...(options.callbackUrls ?? [])],
  });

  const pubsub = await startPubSub(org, {
    port: options.pubsubPort ?? 0,
    ...(options.keepaliveMs === undefined ? {} : { keepaliveMs: options.keepaliveMs }),
    numericReplayIds: options.numericReplayIds === true,
    ...(options.deliveredEvents === undefined ? {} : { deliveries: options.deliveredEvents }),
  });
  const server = createServer(createApp(org, pubsub.faults));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  org.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  org.instanceUrl = options.instanceUrl;

  let closing: Promise<void> | undefined;
  return {
    org,
    pubsub,
    restUrl: org.url,
    pubsubUrl: pubsub.address,
    caFile: pubsub.caFile,
    clientId,
    clientSecret,
    keyFile,
    users: {
      admin: org.users.admin,
      integration: org.users.integration,
      get administrator() {
        return personOf(org, 'administrator');
      },
      get user() {
        return personOf(org, 'user');
      },
      get outsider() {
        return personOf(org, 'outsider');
      },
    },
    close: () => (closing ??= stop(org, server, pubsub, folder)),
  };
}

async function stop(org: Org, server: Server, pubsub: PubSubServer, folder: string): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await Promise.all([closed, pubsub.close()]);
  org.close();
  await rm(folder, { recursive: true, force: true });
}

/** Everything that the org answers over HTTP. */
export function createApp(org: Org, pubsub: PubSubFaults): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.response.json = sendJson;
  app.use(collapseSlashes);
  app.use('/_local', express.json(), localRouter(org, pubsub));
  const others = express
    .Router()
    .use(browserRouter(org), lightningRouter(org), oauthRouter(org), metadataRouter(org), soapRouter(org));
  // Nearly every request is about data, and need not ask at the other doors first.
  app.use((request, response, next) => (isData(request.path) ? next() : others(request, response, next)));
  app.use('/services/data', restOf(org));
  app.use(() => {
    throw notFound();
  });
  app.use(handleErrors);
  return app;
}

/** As express sends JSON, without asking for all that this org never asks of it: entity tags, escapes, other charsets. */
function sendJson(this: Response, body?: unknown): Response {
  const text = JSON.stringify(body) ?? '';
  if (!this.hasHeader('Content-Type')) this.setHeader('Content-Type', 'application/json; charset=utf-8');
  this.setHeader('Content-Length', Buffer.byteLength(text));
  this.end(text);
  return this;
}

/** Deployments go over the same path as data, and are another's. */
function isData(path: string): boolean {
  return path.startsWith('/services/data/') && !path.includes('/metadata/');
}

/** REST as the caller may use it: of the org itself, or of the org as a user with fewer rights sees it. */
function restOf(org: Org): (request: Request, response: Response, next: NextFunction) => void {
  const whole = restRouter(org);
  const views = new Map<string, express.Router>();
  return (request, response, next) => {
    const userId = org.access.enforced ? org.sessions.verify(tokenOf(request) ?? '')?.userId : undefined;
    const own = userId === undefined ? org : orgFor(org, userId);
    if (userId === undefined || own === org) {
      whole(request, response, next);
      return;
    }
    const view = views.get(userId) ?? restRouter(own);
    views.set(userId, view);
    view(request, response, next);
  };
}

/** The CLI stores an instance address with a slash at its end and then asks for `//services/…`. */
function collapseSlashes(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.includes('//')) request.url = request.url.replace(/^[^?]*/, (path) => path.replace(/\/{2,}/g, '/'));
  next();
}

/** The switches of this org that no real one has: faults of REST, faults of Pub/Sub, and the refresh of a sandbox. */
function localRouter(org: Org, pubsub: PubSubFaults): express.Router {
  const router = express.Router();
  router
    .route('/faults')
    .get((_request, response) => void response.json(org.faults.active()))
    .post((request, response) => {
      const parsed = faultSchema.safeParse(request.body);
      if (!parsed.success) throw new PlatformError('INVALID_FAULT', parsed.error.message);
      org.faults.add(parsed.data);
      response.status(204).end();
    })
    .delete((_request, response) => {
      org.faults.clear();
      response.status(204).end();
    });
  router.post('/pubsub', (request, response) => {
    const parsed = pubSubFaultSchema.safeParse(request.body);
    if (!parsed.success) throw new PlatformError('INVALID_FAULT', parsed.error.message);
    response.json({ result: turn(pubsub, parsed.data) });
  });
  router.post('/sessions/end', (request, response) => {
    const parsed = endSchema.safeParse(request.body ?? {});
    if (!parsed.success) throw new PlatformError('INVALID_INPUT', parsed.error.message);
    const { username } = parsed.data;
    const user = username === undefined ? undefined : org.users.find(username);
    if (username !== undefined && !user) throw notFound(`No user ${username}`);
    if (user) org.sessions.closeUser(user.id);
    else org.sessions.expireAll();
    response.status(204).end();
  });
  router.post('/refresh', (_request, response) => {
    org.refresh();
    response.json({ orgId: org.id });
  });
  return router;
}

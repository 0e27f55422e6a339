// The composition root: builds the parts from the configuration, starts them, and stops them in an order that loses nothing. The
// parts of one org are in connection/; connection/connect.ts connects an org.
import { mkdirSync, readFileSync } from 'node:fs';
import { connectBrowser, connectWithKey } from './connection/connect.ts';
import { startConnection, type Connection } from './connection/connection.ts';
import {
  forgetConnection,
  readDisconnected,
  rememberDisconnected,
  type Disconnected,
} from './connection/disconnected.ts';
import { readSaved, type SavedConnection } from './connection/saved.ts';
import { readSyncState, saveSyncState } from './connection/syncState.ts';
import { secretsOf, type Config } from './config.ts';
import type { Check } from './http/health.ts';
import { createMetrics } from './http/metrics.ts';
import { createHttp } from './http/server.ts';
import { every } from './lib/every.ts';
import { createLog, forConnection } from './log.ts';
import { createMailAlerts } from './mail/alerts.ts';
import { createMailer } from './mail/mailer.ts';
import { authorizationUrl } from './salesforce/auth/oauth.ts';
import { createSellfire } from './sellfire/client.ts';
import { openSqliteStore } from './store/sqlite/store.ts';

export { sendRequest } from './commands/sendRequest.ts';
export { connectJwt } from './connection/connect.ts';
export { disconnect } from './commands/disconnect.ts';
export { setSyncState } from './commands/setSyncState.ts';
export { doctor } from './commands/doctor.ts';
export { writeSales } from './commands/saleFile.ts';
export { toRequest } from './commands/requestOptions.ts';

export interface Service {
  /** The address that the server listens on. */
  url: string;
  /** Accepts no more webhooks, finishes the work under way, and closes the store last. */
  stop(): Promise<void>;
}

/** Processed changes are kept as long as the platform keeps events (72 h), so that a repeated event is recognized. */
const REMEMBER_MS = 72 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** @throws BridgeError when the bridge cannot start. An unavailable peer is retried instead. */
export async function startService(config: Config): Promise<Service> {
  const parts = new AsyncDisposableStack();
  try {
    return await start(config, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

/** @param parts receives each started part and stops them in reverse order */
async function start(config: Config, parts: AsyncDisposableStack): Promise<Service> {
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) });
  const metrics = createMetrics();
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const store = await openSqliteStore({ file: config.databaseFile, logger: log });
  parts.defer(() => store.close());
  const connections = new Map<string, Connection>();
  const api = createSellfire({
    url: config.sellfire.url,
    apiKey: config.sellfire.apiKey,
    defaultCountry: config.defaultCountry,
    logger: log,
    onCall: () => {
      for (const connection of connections.keys()) metrics.apiCalls.inc({ connection, api: 'sellfire' });
    },
  });
  parts.defer(() => api.close());
  // The configured mail server sends the alerts; without one, Sellfire sends them.
  const mailer = config.mail && createMailer(config.mail);
  parts.defer(() => mailer?.close());
  const alerts = mailer && createMailAlerts({ mailer, team: api.reps });
  const sellfire = alerts ? { ...api, alert: alerts.send } : api;
  let publicUrl = config.publicUrl ?? '';

  const notRevoked = (error: unknown): void =>
    log.error(
      { event: 'disconnect_failed', err: error },
      'The token could not be revoked; the connection is forgotten all the same',
    );

  async function open(saved: SavedConnection): Promise<void> {
    const logger = forConnection(log, saved.orgId);
    const kept = await readSyncState(store, saved.orgId);
    const state = config.startSync ? 'Running' : 'NotStarted';
    const sync = kept ?? ({ state, by: 'bridge', at: Date.now() } as const);
    if (!kept) await saveSyncState(store, saved.orgId, sync);
    const onDisconnected = (): void => void close(saved.orgId).catch(notRevoked);
    connections.set(
      saved.orgId,
      startConnection({ config, saved, store, sellfire, metrics, logger, publicUrl, version, sync, onDisconnected }),
    );
  }

  /** Stops a connection and removes its metrics. @param revoke whether to revoke the token as well */
  async function stop(id: string, revoke = false): Promise<void> {
    const connection = connections.get(id);
    connections.delete(id);
    await connection?.stop(revoke);
    await metrics.forget(id);
  }

  /** M1: the connection is removed first, so that a token that cannot be revoked does not keep the sync running. */
  async function close(orgId: string): Promise<void> {
    const { by = 'bridge' } = (await readSyncState(store, orgId)) ?? {};
    await rememberDisconnected(store, { orgId, by, at: Date.now() });
    await store.removeConnection(orgId);
    await stop(orgId, true);
  }

  const http = createHttp({
    host: config.host,
    port: config.port,
    logger: log,
    metrics,
    webhookSecret: (id) => (connections.has(id) ? config.sellfire.webhookSecret : undefined),
    async intake(id, events, unplaced) {
      await connections.get(id)?.onWebhook(events, unplaced);
    },
    oauth: {
      linkSecret: config.sellfire.webhookSecret,
      secure: config.publicUrl?.startsWith('https:') ?? false,
      authorizeUrl: ({ state, verifier }) => {
        const { loginUrl, clientId } = config.salesforce;
        return authorizationUrl({ loginUrl, clientId, redirectUri: `${publicUrl}/oauth/callback`, state, verifier });
      },
      async connect(code, verifier) {
        const { saved, connected } = await connectBrowser(config, store, {
          code,
          verifier,
          redirectUri: `${publicUrl}/oauth/callback`,
        });
        // Connecting the same org again replaces its sign-in.
        await stop(saved.orgId);
        await open(saved);
        return connected;
      },
    },
    async control(id, state) {
      const connection = connections.get(id);
      await connection?.control(state, 'bridge');
      return connection !== undefined;
    },
    async readiness() {
      const checks = await Promise.all([...connections.values()].map(async (one) => one.checks()));
      const all: Check[] = checks.flat();
      if (connections.size === 0) all.push(notConnected(await readDisconnected(store)));
      return { ready: all.every(({ ok }) => ok), checks: all };
    },
  });
  metrics.beforeScrape(async () => {
    await Promise.all([...connections.values()].map((one) => one.measure()));
  });

  parts.defer(() => http.close());
  const { url } = await http.listen();
  publicUrl ||= url;
  parts.defer(async () => void (await Promise.all([...connections.values()].map((one) => one.stop()))));
  for (const stored of await store.connections()) {
    const sync = await readSyncState(store, stored.id);
    // A bridge that ended during a disconnect completes it here.
    if (sync?.state === 'Disconnected') await forgetConnection(config, store, stored, sync.by).catch(notRevoked);
    else await open(readSaved(stored, config.secretKey));
  }
  // A server without a browser connects with the key of the configuration.
  if (connections.size === 0 && config.salesforce.jwt && !(await readDisconnected(store)))
    await open((await connectWithKey(config, store)).saved);
  const pruning = every({
    ms: PRUNE_EVERY_MS,
    work: () => store.prune(Date.now() - REMEMBER_MS),
    onFailure: (error) => log.error({ event: 'pruning_failed', err: error }, 'Old changes could not be removed'),
  });
  pruning.within(PRUNE_EVERY_MS);
  parts.defer(() => pruning.stop());
  // Runs first at a stop: the bridge reports that it is not ready and accepts no more webhooks.
  parts.defer(() => http.drain());
  log.info({ event: 'bridge_started', url, publicUrl, version, connections: connections.size }, 'The bridge runs');

  return {
    url,
    async stop() {
      await parts.disposeAsync();
      log.info({ event: 'bridge_stopped' }, 'The bridge has stopped');
    },
  };
}

const notConnected = (disconnected: Disconnected | undefined): Check => ({
  name: 'connection',
  ok: false,
  detail: disconnected
    ? `${disconnected.by} disconnected the org ${disconnected.orgId} at ${new Date(disconnected.at).toISOString()}. Connect again to go on.`
    : 'No org is connected. Run: npm run bridge -- connect web (or connect jwt)',
});

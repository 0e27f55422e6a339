// The process that leads: it connects the orgs and runs everything that is done for them. Its parts stop in the reverse order of their
// start.
import { createAlertWebhook } from '../alerts/webhook.ts';
import type { Config } from '../config.ts';
import { connectBrowser, connectWithKey, type ClaimOrg } from '../connection/connect.ts';
import { startConnection, type Connection } from '../connection/connection.ts';
import {
  endConnection,
  forgetConnection,
  leftWords,
  readDisconnected,
  type Disconnected,
} from '../connection/disconnected.ts';
import { readSaved, resealConnections, type SavedConnection } from '../connection/savedConnection.ts';
import { readSyncState, saveSyncState } from '../connection/syncState.ts';
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import { callbackUrl, type Connected } from '../http/signIn.ts';
import { createDispatcher, type DispatcherOptions } from '../jobs/dispatcher.ts';
import { every } from '../lib/every.ts';
import { forConnection, type Logger } from '../log.ts';
import { createMailAlerts } from '../mail/alerts.ts';
import { inWords } from '../model/catalogue/entry.ts';
import { createSellfire } from '../sellfire/client.ts';
import { unsubscribe } from '../sellfire/subscription.ts';
import { mustLead } from '../store/leads.ts';
import type { Notice } from '../store/shared.ts';
import type { Store } from '../store/store.ts';
import { openTraces } from './openTraces.ts';
import type { Role } from './role.ts';

/** Processed changes are kept as long as the platform keeps events (72 h), so that a repeated event is recognized. */
const REMEMBER_MS = 72 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

export interface LeaderOptions {
  config: Config;
  /** Closed with the leader. */
  store: Store;
  metrics: Metrics;
  log: Logger;
  version: string;
  /** Where browsers and Sellfire reach the bridge. */
  publicUrl: string;
  /** Which process leads and which stand by, in a sentence; absent where the store has one process. */
  processes?: () => string | undefined;
  /** Hands turns to other processes; absent where none may work for this one. */
  handover?: Pick<DispatcherOptions, 'handover' | 'build' | 'hasOthers'> | undefined;
  /** Absent where the bridge is no connection of a deployment. */
  claimOrg?: ClaimOrg | undefined;
}

export interface Leader extends Role {
  /** The ids of the connected orgs. */
  connected(): string[];
  /** Works on what another process has received. */
  onNotice(notice: Notice): void;
  /** Finishes the work under way, and closes the store last. */
  stop(): Promise<void>;
}

/** @throws BridgeError when it cannot start; the store is closed then. An unavailable peer is retried instead. */
export async function startLeader(options: LeaderOptions): Promise<Leader> {
  const parts = new AsyncDisposableStack();
  parts.defer(() => options.store.close());
  try {
    return await start(options, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function start(options: LeaderOptions, parts: AsyncDisposableStack): Promise<Leader> {
  const { config, store, metrics, log, version, publicUrl, claimOrg } = options;
  const connections = new Map<string, Connection>();
  /** Sign-ins under way: one that a stop cuts off leaves a token at Salesforce that nobody knows. */
  const connecting = new Set<Promise<unknown>>();
  const api = createSellfire({
    url: config.sellfire.url,
    apiKey: config.sellfire.apiKey,
    defaultCountry: config.defaultCountry,
    logger: log,
    mayCall: () => mustLead(store),
    onCall: () => {
      for (const connection of connections.keys()) metrics.apiCalls.inc({ connection, api: 'sellfire' });
    },
  });
  parts.defer(() => api.close());
  // The configured mail server sends the alerts; without one, Sellfire sends them, and what speaks to a server is not loaded.
  const mailer = config.mail && (await import('../mail/mailer.ts')).createMailer(config.mail);
  parts.defer(() => mailer?.close());
  const alerts = mailer && createMailAlerts({ mailer, team: api.reps });
  const alertWebhook =
    config.alertWebhook &&
    createAlertWebhook({ ...config.alertWebhook, reach: { loopback: config.alertWebhook.loopback } });
  parts.defer(() => alertWebhook?.close());
  const sellfire = alerts ? { ...api, alert: alerts.send } : api;
  const traces = await openTraces(config, version, log);
  parts.defer(() => traces?.close());
  const dispatcher =
    options.handover && createDispatcher({ ...options.handover, concurrency: config.concurrency, logger: log });
  parts.defer(() => dispatcher?.stop());
  /** How each disconnect under way ends. */
  const endings = new Map<string, PromiseWithResolvers<Disconnected>>();

  function noteEnding(ended: Disconnected): Disconnected {
    if (ended.notRevoked !== undefined)
      log.error(
        { event: 'disconnect_failed', connection: ended.orgId, reason: ended.notRevoked },
        'The token could not be revoked; the connection is forgotten all the same',
      );
    if (ended.webhookKept !== undefined)
      log.warn(
        { event: 'webhook_not_removed', connection: ended.orgId, reason: ended.webhookKept },
        'Sellfire may still send the events of a connection that is forgotten',
      );
    return ended;
  }

  async function open(saved: SavedConnection): Promise<void> {
    const logger = forConnection(log, saved.orgId);
    const kept = await readSyncState(store, saved.orgId);
    const state = config.startSync ? 'Running' : 'NotStarted';
    const sync = kept ?? ({ state, by: 'bridge', at: Date.now() } as const);
    if (!kept) await saveSyncState(store, saved.orgId, sync);
    const ending = Promise.withResolvers<Disconnected>();
    // Nobody may be waiting for it.
    ending.promise.catch(() => undefined);
    endings.set(saved.orgId, ending);
    const onDisconnected = (): void => void close(saved.orgId).then(ending.resolve, ending.reject);
    connections.set(
      saved.orgId,
      startConnection({
        config,
        saved,
        store,
        sellfire,
        metrics,
        traces,
        logger,
        publicUrl,
        version,
        processes: options.processes,
        dispatcher,
        sync,
        alertWebhook,
        onDisconnected,
      }),
    );
  }

  /** Stops a connection and removes its metrics. @returns the stopped connection */
  async function stop(id: string): Promise<Connection | undefined> {
    const connection = connections.get(id);
    connections.delete(id);
    await connection?.stop();
    await metrics.forget(id);
    return connection;
  }

  /** M1: the connection is removed first, so that a token that cannot be revoked does not keep the sync running. */
  async function close(orgId: string): Promise<Disconnected> {
    const { by = 'bridge' } = (await readSyncState(store, orgId)) ?? {};
    const ended = await endConnection(store, by, orgId, {
      revoke: async () => (await stop(orgId))?.revoke(),
      unsubscribe: () => unsubscribe(api, orgId),
    });
    return noteEnding(ended);
  }

  /** Connects an org in place of what runs for it, whose sign-in is revoked once the new one is saved. */
  async function connect(code: string, verifier: string): Promise<Connected> {
    let replaced: Connection | undefined;
    const beforeSave = async (orgId: string): Promise<void> => {
      await claimOrg?.(orgId);
      replaced = await stop(orgId);
    };
    try {
      const landing = { code, verifier, redirectUri: callbackUrl(publicUrl, config.connection?.route) };
      const { saved, connected } = await connectBrowser(config, store, landing, beforeSave);
      await open(saved);
      await replaced?.revoke().catch((error: unknown) => {
        log.warn({ event: 'former_sign_in_not_revoked', err: error }, 'The sign-in that was replaced is not revoked');
      });
      return connected;
    } catch (error) {
      // What ran before goes on where the new sign-in could not be saved.
      const stored = (await store.connections()).find(({ id }) => id === replaced?.id);
      if (stored && !connections.has(stored.id)) await open(readSaved(stored, config));
      throw error;
    }
  }

  parts.defer(async () => void (await Promise.all([...connections.values()].map((one) => one.stop()))));
  const resealed = await resealConnections(store, config);
  if (resealed > 0)
    log.info(
      { event: 'secret_key_replaced', connections: resealed },
      'What the former key had sealed is sealed with SECRET_KEY; SECRET_KEY_OLD is needed no more',
    );
  for (const stored of await store.connections()) {
    const sync = await readSyncState(store, stored.id);
    // A bridge that ended during a disconnect completes it here.
    if (sync?.state === 'Disconnected') noteEnding(await forgetConnection(config, store, stored, sync.by));
    else {
      await claimOrg?.(stored.id);
      await open(readSaved(stored, config));
    }
  }
  // A server without a browser connects with the key of the configuration.
  if (connections.size === 0 && config.salesforce.jwt && !(await readDisconnected(store)))
    await open((await connectWithKey(config, store, claimOrg)).saved);
  const pruning = every({
    ms: PRUNE_EVERY_MS,
    work: () => store.prune(Date.now() - REMEMBER_MS),
    onFailure: (error) => log.error({ event: 'pruning_failed', err: error }, 'Old changes could not be removed'),
  });
  pruning.within(PRUNE_EVERY_MS);
  parts.defer(() => pruning.stop());

  return {
    connected: () => [...connections.keys()],
    onNotice(notice) {
      if (notice.kind === 'answered' || notice.kind === 'worker') dispatcher?.onNotice(notice.kind);
      if (notice.kind !== 'received') return;
      connections.get(notice.connection)?.onReceived(notice);
    },
    webhookSecret: (id) => (connections.has(id) ? config.sellfire.webhookSecret : undefined),
    async intake(id, events, unplaced) {
      await connections.get(id)?.onWebhook(events, unplaced);
    },
    connect(code, verifier) {
      const one = connect(code, verifier);
      const ended = one.catch(() => undefined).finally(() => connecting.delete(ended));
      connecting.add(ended);
      return one;
    },
    async control(id, state) {
      const connection = connections.get(id);
      if (!connection) return undefined;
      await connection.control(state, 'bridge');
      if (state !== 'Disconnected') return {};
      const { notRevoked, webhookKept } = (await endings.get(id)?.promise) ?? {};
      return { notRevoked, webhookKept };
    },
    async checks() {
      const checks = await Promise.all([...connections.values()].map(async (one) => one.checks()));
      const all: Check[] = checks.flat();
      if (connections.size === 0) all.push(notConnected(await readDisconnected(store)));
      return all;
    },
    async measure() {
      metrics.workers.set(dispatcher?.workers() ?? 0);
      await Promise.all([...connections.values()].map((one) => one.measure()));
    },
    async stop() {
      await Promise.all(connecting);
      await parts.disposeAsync();
    },
  };
}

const notConnected = (disconnected: Disconnected | undefined): Check => ({
  name: 'connection',
  ok: false,
  detail: disconnected
    ? [
        `${disconnected.by} disconnected the org ${disconnected.orgId} at ${new Date(disconnected.at).toISOString()}.`,
        ...leftWords(disconnected).map(inWords),
        'Connect again to go on.',
      ].join(' ')
    : 'No org is connected. Run: npm run bridge -- connect web (or connect jwt)',
});

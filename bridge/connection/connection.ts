// One connected org, running: what both systems tell goes into the inbox, workers carry it over, and reports go out. It starts
// while either system is away, takes in what the other tells meanwhile, and goes on by itself when both are there. This is the
// wiring only; parts stop in the reverse order of their start.
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import { createSweep } from '../jobs/sweep.ts';
import { every } from '../lib/every.ts';
import type { Peers } from '../jobs/execute.ts';
import type { SyncConfig } from '../model/config.ts';
import type { SellfireEvent } from '../model/event.ts';
import type { SyncState } from '../model/syncState.ts';
import type { PackageNames } from '../model/salesforce.ts';
import { receiveOpen } from '../requests/received.ts';
import { createRequests } from '../requests/runner.ts';
import type { Sellfire } from '../sellfire/client.ts';
import { subscribe } from '../sellfire/subscription.ts';
import type { Store } from '../store/store.ts';
import { createConfigurations } from './configuration.ts';
import { createHeartbeat, HEARTBEAT_MS } from './heartbeat.ts';
import { createHours } from './hours.ts';
import { createIncoming } from './incoming.ts';
import { salesforcePort } from './org.ts';
import { openOrgInBudget } from './orgInBudget.ts';
import { createOrgMirror } from './orgMirror.ts';
import { startReports } from './reportPublisher.ts';
import { createRights } from './rights.ts';
import { keepTrying } from './retry.ts';
import type { SavedConnection } from './saved.ts';
import { checksOf, measure, takeSnapshot, type Snapshot } from './status.ts';
import type { StreamsPace } from './streams.ts';
import { createSyncControl } from './syncControl.ts';
import { createWork } from './work.ts';

export interface ConnectionOptions {
  config: Config;
  saved: SavedConnection;
  store: Store;
  sellfire: Sellfire;
  metrics: Metrics;
  logger: Logger;
  publicUrl: string;
  version: string;
  /** As it was kept, or as a new connection begins. */
  sync: SyncState;
  /** The admin has disconnected the org, and has been told so. */
  onDisconnected: () => void;
  /** Shorter waits than a day in production needs: for tests. */
  pace?: StreamsPace;
}

export interface Connection {
  readonly id: string;
  /** Resolves when the events are durable. */
  onWebhook(events: SellfireEvent[]): Promise<void>;
  checks(): Promise<Check[]>;
  measure(): Promise<void>;
  /** Starts, pauses or ends the sync on somebody's word. */
  control(state: SyncState['state'], by: string): Promise<void>;
  /** Takes in nothing more, finishes what is under way, and lets go of everything. @param revoke takes the token back as well */
  stop(revoke?: boolean): Promise<void>;
}

/** How often it is looked for requests whose event never came. */
const REQUESTS_MS = 15 * 60_000;

export function startConnection(options: ConnectionOptions): Connection {
  const { config, saved, store, sellfire, metrics, logger, pace } = options;
  const connection = saved.orgId;
  const common = { store, connection, logger };
  const parts = new AsyncDisposableStack();
  let revoking = false;
  const part = <P extends { stop(): unknown }>(one: P): P => parts.adopt(one, async () => void (await one.stop()));
  parts.defer(async () => void (await started));

  const share = (): number => configurations.share();
  const org = openOrgInBudget({ config, saved, store, metrics, share, alert: sellfire.alert, logger });
  parts.defer(() => org.close(revoking));
  const { rest, pubsub, budget, canWait } = org;
  const attempts = keepTrying({ logger });
  const orgMirror = part(createOrgMirror({ rest: canWait, reload: () => configurations.reloadSoon(), logger }));
  const configurations = part(
    createConfigurations({
      ...{ rest: org.essential, session: org.session, sellfire, country: config.defaultCountry, attempts, logger },
      onRead(read, problems) {
        reconciling.read(read);
        void orgMirror.read(read, problems);
      },
      onReloaded() {
        // Work that was held up by the old configuration may go through with the new one.
        control.apply();
        heartbeat.within(0);
      },
    }),
  );
  const { current, reload, reloadSoon } = configurations;
  const names = (): PackageNames => current().names;
  const reports = part(startReports({ ...common, publisher: pubsub, names }));
  const peersFor = (config: () => SyncConfig): Peers => ({ salesforce: salesforcePort(rest, config), sellfire });
  const peers = peersFor(current);
  const hours = createHours(store, connection);
  parts.defer(() => hours.save());
  const scheduler = createWork({
    ...{ ...common, ...peers, metrics, concurrency: config.concurrency, config: current, defers: budget.defers },
    onTurn: hours.count,
    onReports(rows) {
      orgMirror.told(rows);
      if (rows.length > 0) reports.wake();
    },
  });
  parts.defer(() => scheduler.drain());
  const known = { ...common, config: current, wake: scheduler.wake };
  const rights = createRights({ rest: canWait, userId: saved.userId, config: current, logger });
  const control = createSyncControl({
    ...{ ...common, initial: options.sync, scheduler, rights },
    hold: () => requests.hold(),
    goOn: () => openRequests.within(0),
    publish: () =>
      heartbeat.run().catch((error: unknown) => {
        logger.warn({ event: 'status_not_published', err: error }, 'The org could not be told how the bridge is');
      }),
    // The request that asked for it is answered first: nothing can be published any more once the token is revoked.
    onDisconnected: () => void requests.idle().then(options.onDisconnected),
  });
  const asking = {
    ...{ rest: canWait, sellfire, peers, reload, control },
    peersFor: (one: SyncConfig) => peersFor(() => one),
  };
  const requests = createRequests({ ...known, ...asking }, pubsub, names);
  parts.defer(() => requests.close());
  const incoming = part(
    createIncoming({
      ...{ ...known, org, sellfire, requests, attempts, metrics, pace, connectedAt: saved.createdAt },
      reconcileHours: config.reconcileHours,
      onEvents: hours.countEvents,
      onConfiguration: reloadSoon,
      onRequestsMissed: () => openRequests.run(),
    }),
  );
  const { streams, feed, reconciling } = incoming;
  const sweep = part(createSweep({ ...common, scheduler }));
  const look = (): Promise<void> => receiveOpen(rest, requests, names());
  const openRequests = part(every({ ms: REQUESTS_MS, work: () => attempts.run('open requests are looked for', look) }));
  const snapshot = (): Promise<Snapshot> =>
    takeSnapshot({
      ...{ ...common, attempts, configurations, streams, feed, scheduler, org, reconciling },
      ...{ control, hours, rights },
    });
  const about = { connectedAs: saved.username, orgName: saved.orgName, version: options.version };
  const heartbeat = part(createHeartbeat({ publisher: pubsub, names, snapshot, about, save: hours.save, logger }));
  part(attempts);

  async function listen(): Promise<void> {
    await reload();
    await streams.open();
    await hours.load();
    control.apply();
    scheduler.start();
    await sweep.start();
    await reconciling.start();
    orgMirror.start();
    await budget.start();
    heartbeat.within(HEARTBEAT_MS);
    void attempts.run('the rights of the connected user are read', control.readRights);
    openRequests.within(REQUESTS_MS);
    logger.info({ event: 'connection_works' }, 'The connection works');
    await streams.caughtUp();
    // The stream of requests hears from now on what this look no longer sees.
    await openRequests.run();
    heartbeat.within(0);
  }

  const webhook = { connection, publicUrl: options.publicUrl, secret: config.sellfire.webhookSecret };
  const started = Promise.all([
    attempts.run('the org is connected', listen),
    attempts.run('the webhook is registered', () => subscribe(sellfire, webhook)),
    feed.start(),
  ]);

  return {
    id: connection,
    onWebhook: feed.onWebhook,
    checks: async () => checksOf(await snapshot(), Date.now()),
    measure: async () => measure(metrics, connection, await snapshot(), Date.now()),
    control: control.set,
    async stop(revoke = false) {
      revoking = revoke;
      await parts.disposeAsync();
    },
  };
}

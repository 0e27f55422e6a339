// One connection of the bridge in this process, between a local org and a local Sellfire, with waits short enough for a test: for
// what a day in production is waited for.
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { connectWithKey } from '../../bridge/connection/connect.ts';
import { readConfig } from '../../bridge/config.ts';
import { startConnection, type Connection, type ConnectionOptions } from '../../bridge/connection/connection.ts';
import type { Timer } from '../../bridge/lib/timer.ts';
import { createMetrics } from '../../bridge/http/metrics.ts';
import { createSellfire, type Sellfire } from '../../bridge/sellfire/client.ts';
import { openSqliteStore } from '../../bridge/store/sqlite/store.ts';
import type { Store } from '../../bridge/store/store.ts';
import { startOrg, type RunningOrg } from '../salesforce/server.ts';
import { startSellfire, type RunningSellfire } from '../sellfire/sellfire.ts';
import { bridgeEnvironment } from './environment.ts';

/** Keepalives come by real time, of which little passes while a moved clock goes on for hours. */
const KEEPALIVE_MS = 25;
const PACKAGE = fileURLToPath(new URL('../../force-app', import.meta.url));

/** The clock of both systems, and of the bridge where it waits for them: one that a test moves. */
export interface LocalOptions {
  clock?: Timer;
  /** So far is Sellfire's clock ahead of the org's. */
  sellfireAheadMs?: number;
}

export interface LocalConnection {
  readonly org: RunningOrg;
  readonly sellfire: RunningSellfire;
  readonly connection: Connection;
  /** As the bridge calls Sellfire. */
  readonly sellfireClient: Sellfire;
  readonly store: Store;
  /** A scrape. @param at ms since the epoch, as of which its gauges are */
  scrape(at: number): Promise<string>;
  /** Stops the bridge and starts it again on the same store, as a restart of its process does. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param prepare runs before the bridge connects */
export async function startLocalConnection(
  pace: NonNullable<ConnectionOptions['pace']>,
  prepare: (org: RunningOrg) => Promise<void>,
  { clock, sellfireAheadMs = 0 }: LocalOptions = {},
): Promise<LocalConnection> {
  const time = (ahead = 0) => clock && { clock: (): number => clock.now() + ahead };
  const [org, peer] = await Promise.all([
    startOrg({ deploy: PACKAGE, ...(clock ? { keepaliveMs: KEEPALIVE_MS } : {}), ...time() }),
    startSellfire({ ...time(sellfireAheadMs) }),
  ]);
  await prepare(org);
  const config = readConfig(bridgeEnvironment(org, org.users.integration.username, peer));
  const logger = pino({ level: 'silent' });
  const store = await openSqliteStore({ file: ':memory:' });
  const sellfire = createSellfire({ url: peer.url, apiKey: peer.apiKey, logger });
  const connected = await connectWithKey(config, store);
  const saved = { ...connected.saved, ...(clock ? { createdAt: clock.now() } : {}) };
  const metrics = createMetrics();
  // Nobody else has the store.
  metrics.leads.set(1);
  let asOf: number | undefined;
  metrics.beforeScrape(() => connection.measure(asOf));
  const start = (): Connection =>
    startConnection({
      config,
      saved,
      store,
      sellfire,
      metrics,
      logger,
      // Nobody listens: what happens in Sellfire is not waited for here.
      publicUrl: 'http://127.0.0.1:9',
      version: '0.0.0',
      sync: { state: 'Running', by: 'bridge', at: 0 },
      onDisconnected: () => undefined,
      pace: { ...pace, ...(clock ? { timer: clock } : {}) },
    });
  let connection = start();
  return {
    org,
    sellfire: peer,
    get connection() {
      return connection;
    },
    sellfireClient: sellfire,
    store,
    scrape(at) {
      asOf = at;
      return metrics.render();
    },
    async restart() {
      await connection.stop();
      connection = start();
    },
    async stop() {
      await connection.stop();
      await sellfire.close();
      await store.close();
      await Promise.all([org.close(), peer.close()]);
    },
  };
}

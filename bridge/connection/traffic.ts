// Everything that carries changes between the two systems of a connection: what goes out, what comes in, the sweep that finds a lost
// wake, and the control that an admin has over all of it.
import type { Config } from '../config.ts';
import type { Metrics } from '../http/metrics.ts';
import { createSweep, type Sweep } from '../jobs/sweep.ts';
import type { Report } from '../model/report.ts';
import type { Sellfire } from '../sellfire/client.ts';
import {
  createAdministration,
  CUT_REQUESTS_MS,
  type Administration,
  type AdministrationOptions,
} from './administration.ts';
import type { ConfiguredOrg } from './configuredOrg.ts';
import { createDriftSigns } from './driftSigns.ts';
import { createIncoming, type Incoming, type IncomingOptions } from './incoming.ts';
import { createOutgoing, type Outgoing, type OutgoingOptions } from './outgoing.ts';
import type { Attempts } from './retry.ts';
import type { SavedConnection } from './savedConnection.ts';
import type { StoreMark } from './storeMark.ts';

export interface Received {
  /** Keys that have new work. */
  keys: string[];
  /** Events before those that were received are missing. */
  readsFeed: boolean;
  /** The fields of Sellfire have changed. */
  catalogue: boolean;
}

export interface Traffic {
  outgoing: Outgoing;
  incoming: Incoming;
  administration: Administration;
  sweep: Sweep;
  /** Works on what another process has received and stored. */
  onReceived(of: Received): void;
  /** Receives nothing more and finishes what is under way. */
  stop(): Promise<void>;
}

type FromAdministration = Pick<
  AdministrationOptions,
  'store' | 'connection' | 'alerts' | 'initial' | 'publish' | 'onDisconnected' | 'logger'
>;

export interface TrafficOptions extends FromAdministration {
  config: Config;
  saved: SavedConnection;
  configuredOrg: ConfiguredOrg;
  sellfire: Sellfire;
  publicUrl: string;
  attempts: Attempts;
  storeMark: StoreMark;
  metrics: Metrics;
  traces?: OutgoingOptions['traces'];
  dispatcher?: OutgoingOptions['dispatcher'];
  pace?: IncomingOptions['pace'];
  /** Receives the report rows of each finished turn. */
  onReports: (reports: readonly Report[]) => void;
}

/** Nothing moves before the scheduler, the streams and the feed are started. */
export function createTraffic(options: TrafficOptions): Traffic {
  const { config, saved, storeMark, configuredOrg } = options;
  const { org, configurations, orgMirror } = configuredOrg;
  const parts = new AsyncDisposableStack();
  const part = <P extends { stop(): unknown }>(one: P): P => parts.adopt(one, async () => void (await one.stop()));
  const common = { ...options, org, config: configurations.current };
  const outgoing: Outgoing = part(
    createOutgoing({
      ...common,
      concurrency: config.concurrency,
      reread: createDriftSigns(configurations).reread,
      isStarted: () => administration.control.current().state !== 'NotStarted',
      onChange: configurations.refresh,
      onReports(reports) {
        orgMirror.onReports(reports);
        administration.onReports(reports);
        options.onReports(reports);
      },
    }),
  );
  const administration: Administration = createAdministration({
    ...common,
    outgoing,
    reload: configurations.reload,
    userId: saved.userId,
    timer: common.pace?.timer,
    onRunning: configurations.refresh,
    requestsArrive: () => incoming.streams.requestsArrive(),
  });
  parts.defer(administration.requests.close);
  const incoming: Incoming = part(
    createIncoming({
      ...common,
      ...administration,
      wake: outgoing.scheduler.wake,
      onArrival: outgoing.onArrival,
      connectedAt: saved.createdAt,
      reconcileHours: config.reconcileHours,
      webhookSecret: config.sellfire.webhookSecret,
      missingSince: storeMark.checked,
      onEvents: outgoing.hours.countEvents,
      onConfiguration: configurations.reloadSoon,
      onRequests: administration.onRequests,
      onRequestsMissed: () => administration.openRequests.run(),
      onRequestsCut: () => administration.openRequests.within(CUT_REQUESTS_MS),
    }),
  );
  const sweep = part(createSweep({ ...common, scheduler: outgoing.scheduler }));
  part(administration.openRequests);
  part(administration.rightsReads);
  return {
    outgoing,
    incoming,
    administration,
    sweep,
    onReceived({ keys, readsFeed, catalogue }) {
      outgoing.scheduler.wake(keys);
      // Without a body of its own it reads the feed. What fails here is read at the next regular time.
      if (readsFeed) incoming.feed.onWebhook([], 1).catch(() => undefined);
      if (catalogue) configurations.reloadSoon();
    },
    stop: () => parts.disposeAsync(),
  };
}

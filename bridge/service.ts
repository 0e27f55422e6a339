// The composition root: reads who leads, answers over HTTP as the process that leads or as one that stands by, and stops in an order that
// loses nothing. What is done for the orgs is in leadership/leader.ts.
import { readFileSync } from 'node:fs';
import type { Config } from './config.ts';
import { secretsOf } from './config/describe.ts';
import { joinDeployment } from './deployment/channel.ts';
import { readRanges } from './http/clientAddress.ts';
import { createMetrics } from './http/metrics.ts';
import { HttpProblem } from './http/problem.ts';
import { createHttp, type Http } from './http/server.ts';
import { callbackUrl } from './http/signIn.ts';
import type { Candidacy } from './leadership/candidacy.ts';
import { startLeader, type Leader, type LeaderOptions } from './leadership/leader.ts';
import { openTraces } from './leadership/openTraces.ts';
import { joinProcesses } from './leadership/processes.ts';
import type { Role } from './leadership/role.ts';
import { createStandBy, leadershipCheck, leadershipWords, RETRY_AFTER, STANDS_BY } from './leadership/standBy.ts';
import { startWorker, type WorkerProcess } from './leadership/worker.ts';
import { startIdleCollection } from './lib/idleCollection.ts';
import { createLog } from './log.ts';
import { authorizationUrl } from './salesforce/auth/oauth.ts';
import { openStore } from './store/open.ts';
import type { LedStore } from './store/shared.ts';
import type { Store } from './store/store.ts';

export { sendRequest } from './commands/sendRequest.ts';
export { connectJwt } from './connection/connect.ts';
export { connectWithKeyOf } from './deployment/manage.ts';
export { disconnect } from './commands/disconnect.ts';
export { setSyncState } from './commands/setSyncState.ts';
export { doctor } from './commands/doctor.ts';
export { moveStoreToDatabase } from './commands/moveStore.ts';
export { statusOf } from './commands/status.ts';
export { writeSales } from './commands/saleFile.ts';
export { toRequest } from './commands/requestOptions.ts';

/** Of a connection of a deployment. */
export type ServiceOptions = Pick<LeaderOptions, 'claimOrg'>;

export interface Service {
  /** The address that the server listens on. */
  url: string;
  /** That of probes and metrics. */
  probeUrl: string;
  /** Resolves where the process has to end: another one has taken the lead, or this one cannot lead. */
  ended: Promise<Error>;
  /** Accepts no more webhooks, finishes the work under way, and closes the store last. */
  stop(): Promise<void>;
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** @throws BridgeError when the bridge cannot start. An unavailable peer is retried instead. */
export async function startService(config: Config, options: ServiceOptions = {}): Promise<Service> {
  const parts = new AsyncDisposableStack();
  try {
    return await start(config, options, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

/** As a connection of the deployment that has started this process. @throws BridgeError when the bridge cannot start */
export async function startInDeployment(config: Config): Promise<Service> {
  const { claimOrg, ready } = joinDeployment();
  const service = await startService(config, { claimOrg });
  const { url, probeUrl } = service;
  ready({ url, probeUrl });
  return service;
}

/** @param parts receives each started part and stops them in reverse order */
async function start(config: Config, options: ServiceOptions, parts: AsyncDisposableStack): Promise<Service> {
  const log = createLog({
    level: config.logLevel,
    connectionName: config.connection?.name,
    secrets: secretsOf(config),
  });
  const metrics = createMetrics(config.connection?.name);
  const ended = Promise.withResolvers<Error>();
  const route = config.connection?.route;
  let publicUrl = config.publicUrl ?? '';
  let leader: Leader | undefined;
  let standBy: Role | undefined;
  let candidacy: Candidacy | undefined;
  /** @throws HttpProblem while it is not known who leads */
  const role = (): Role => {
    const present = leader ?? standBy;
    if (!present) throw new HttpProblem('unavailable', 'The bridge is starting.', RETRY_AFTER);
    return present;
  };

  // A file has one process: whoever has opened it leads.
  const store = config.databaseUrl === undefined ? await openStore(config, log) : undefined;
  if (store) parts.defer(() => store.close());
  const http: Http = createHttp({
    host: config.host,
    port: config.port,
    probePort: config.probePort,
    perAddress: config.connectionsPerAddress,
    trustedProxies: readRanges(config.trustedProxies),
    logger: log,
    metrics,
    standsBy: () => (leader || !standBy ? undefined : STANDS_BY),
    leads: () => leader !== undefined && (candidacy?.isLeading() ?? true),
    webhookSecret: (id) => role().webhookSecret(id),
    intake: (id, events, unplaced) => role().intake(id, events, unplaced),
    oauth: {
      linkSecret: config.sellfire.webhookSecret,
      route,
      secure: config.publicUrl?.startsWith('https:') ?? false,
      authorizeUrl: ({ state, verifier }) => {
        const { loginUrl, clientId } = config.salesforce;
        return authorizationUrl({ loginUrl, clientId, redirectUri: callbackUrl(publicUrl, route), state, verifier });
      },
      connect: (code, verifier) => role().connect(code, verifier),
    },
    control: (id, state) => role().control(id, state),
    async readiness() {
      const present = leader ?? standBy;
      if (!present)
        return { ready: false, checks: [{ name: 'running', ok: false, detail: 'The bridge is starting.' }] };
      const checks = await present.checks();
      if (leader && candidacy) checks.push(leadershipCheck(candidacy.process, candidacy.seen(), candidacy.problem()));
      return { ready: checks.every(({ ok }) => ok), checks };
    },
  });
  metrics.beforeScrape(async () => {
    const seen = candidacy?.seen();
    metrics.leads.set(candidacy ? (candidacy.isLeading() ? 1 : 0) : leader ? 1 : 0);
    metrics.standingBy.set(seen ? seen.processes.filter(({ id }) => id !== seen.leader).length : 0);
    await (leader ?? standBy)?.measure();
  });

  const lead = async (opened: Store, handover?: LeaderOptions['handover']): Promise<void> => {
    const processes = (): string | undefined => {
      const seen = candidacy?.seen();
      return seen && leadershipWords(seen);
    };
    const common = { config, store: opened, metrics, log, version, publicUrl, processes, handover };
    leader = await startLeader({ ...options, ...common });
  };
  parts.defer(() => http.close());
  const { url, probeUrl } = await http.listen();
  publicUrl ||= url;
  if (store) {
    parts.defer(() => leader?.stop());
    await lead(store);
  } else {
    const { databaseUrl = '' } = config;
    let worker: WorkerProcess | undefined;
    const onLead = async (opened: LedStore): Promise<void> => {
      worker?.abandon();
      const hasOthers = (): boolean => (candidacy?.seen()?.processes.length ?? 0) > 1;
      await lead(opened, config.sharesWork ? { handover: opened.handover, build, hasOthers } : undefined);
    };
    const joined = await joinProcesses({ config, databaseUrl, version, log, onLead, onEnd: ended.resolve });
    const { shared, build } = joined;
    candidacy = joined.candidacy;
    shared.onNotice((notice) => leader?.onNotice(notice));
    parts.defer(() => shared.close());
    parts.defer(() => leader?.stop());
    parts.defer(() => worker?.stop());
    parts.defer(() => candidacy?.stop());
    await candidacy.start();
    const { webhookSecret } = config.sellfire;
    standBy = createStandBy({ ...candidacy, shared, webhookSecret, metrics, logger: log });
    if (config.sharesWork) {
      const traces = await openTraces(config, version, log);
      parts.defer(() => traces?.close());
      worker = startWorker({ ...candidacy, config, shared, traces, logger: log });
    }
  }
  const collection = startIdleCollection();
  parts.defer(() => collection.stop());
  // Runs first at a stop: the bridge reports that it is not ready and accepts no more webhooks.
  parts.defer(() => http.drain());
  const connections = leader?.connected().length ?? 0;
  log.info({ event: 'bridge_started', url, probeUrl, publicUrl, version, connections }, 'The bridge runs');

  return {
    url,
    probeUrl,
    ended: ended.promise,
    async stop() {
      await parts.disposeAsync();
      log.info({ event: 'bridge_stopped' }, 'The bridge has stopped');
    },
  };
}

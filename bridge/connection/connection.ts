// One connected org, running: what both systems tell goes into the inbox, workers carry it over, and reports go out. It starts
// while either system is away, takes in what the other tells meanwhile, and goes on by itself when both are there.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Check } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import { createScheduler } from '../jobs/scheduler.ts';
import { createSweep } from '../jobs/sweep.ts';
import { createWorker } from '../jobs/worker.ts';
import type { SellfireEvent } from '../model/event.ts';
import { BridgeError, PeerError, SHARE_USED } from '../model/fault.ts';
import { receiveEvent, receiveOpen } from '../requests/received.ts';
import { createRequests } from '../requests/runner.ts';
import type { Timings } from '../salesforce/pubsub/timings.ts';
import type { Subscription } from '../salesforce/pubsub/subscription.ts';
import { packageTopics, withPrefix } from '../salesforce/org/topics.ts';
import type { Sellfire } from '../sellfire/client.ts';
import { createFeed } from '../sellfire/feed.ts';
import { subscribe } from '../sellfire/subscription.ts';
import type { Store } from '../store/store.ts';
import { isPhoneMapped } from '../sync/mapping/rules.ts';
import { createBudget, essential } from './budget/budget.ts';
import { createConfigurations } from './configuration.ts';
import { createIntake, cursorName } from './intake.ts';
import { openOrg, salesforcePort } from './org.ts';
import { createPolling } from './polling.ts';
import { closerLook, createReconciliation } from './reconcile.ts';
import { startReports } from './reportPublisher.ts';
import { keepTrying, type Attempts } from './retry.ts';
import { saveConnection, type SavedConnection } from './saved.ts';
import { checksOf, measure, statusFields, type Snapshot } from './status.ts';
import { recordOutcomes } from './workerMetrics.ts';
import { createStreamProblems, wordsFor } from './streamProblems.ts';
import { createOrgMirror, tellingOfCatalogue } from './orgMirror.ts';

export interface ConnectionOptions {
  config: Config;
  saved: SavedConnection;
  store: Store;
  sellfire: Sellfire;
  metrics: Metrics;
  logger: Logger;
  publicUrl: string;
  version: string;
  /** Shorter waits than a day in production needs: for tests. */
  pace?: { stream: Partial<Timings>; pollMs: number; pollLookMs: number };
}

export interface Connection {
  readonly id: string;
  /** Resolves when the events are durable. */
  onWebhook(events: SellfireEvent[]): Promise<void>;
  checks(): Promise<Check[]>;
  measure(): Promise<void>;
  /** Takes in nothing more, finishes what is under way, and lets go of everything. */
  stop(): Promise<void>;
}

/** How often the org is told how the bridge is: often enough to notice that it died, and 1,440 publishes a day. */
const HEARTBEAT_MS = 60_000;
/** An admin saves several mappings in a row; they are read once. */
const SETTLE_MS = 200;
/** How often it is looked for requests whose event never came. */
const REQUESTS_MS = 15 * 60_000;
/** How soon a stream that came up is noticed. */
const LOOK_MS = 50;

export function startConnection(options: ConnectionOptions): Connection {
  const { config, saved, store, sellfire, metrics, logger } = options;
  const id = saved.orgId;
  let current = saved;
  const budget = createBudget({
    store,
    connection: id,
    rest: () => org.rest,
    share: () => configurations.share(),
    alert: sellfire.alert,
    logger,
    counted: () => metrics.apiCalls.inc({ connection: id, api: 'salesforce_rest' }),
  });
  const saveToken = async (refreshToken: string): Promise<void> => {
    current = { ...current, refreshToken };
    await saveConnection(store, config.secretKey, current);
  };
  const org = openOrg(config, saved, saveToken, budget.acquire);
  const canWait = budget.deferrable(org.rest);
  const orgMirror = createOrgMirror({ rest: canWait, reload: reloadSoon, logger });
  const configurations = createConfigurations({
    rest: essential(org.rest),
    session: org.session,
    sellfire,
    country: config.defaultCountry,
    logger,
    onRead(read, problems) {
      reconciling.read(read);
      return orgMirror.read(read, problems);
    },
  });
  const subscriptions: Subscription[] = [];
  let problem: string | undefined = 'Not signed in yet.';
  /** What is tried again, with why it failed. */
  const failing = new Map<string, string>();
  let heartbeat: NodeJS.Timeout | undefined;
  let requestsLook: NodeJS.Timeout | undefined;
  let reloading: NodeJS.Timeout | undefined;
  let settled = false;
  let stopping = false;

  const peers = { salesforce: salesforcePort(org.rest, configurations.current), sellfire };
  const scheduler = createScheduler({
    concurrency: config.concurrency,
    process: createWorker({
      store,
      connection: id,
      config: configurations.current,
      ...peers,
      wake: (keys) => scheduler.wake(keys),
      defers: budget.defers,
      onTurn(turn) {
        recordOutcomes(metrics, id, turn);
        orgMirror.told(turn.reports);
        if (turn.reports.length > 0) reports.wake();
      },
    }),
    onError: (key, error) => logger.error({ err: error, key }, 'A change could not be worked on; it is tried again'),
    onPause: (reason, error) => logger.error({ code: error.fault.code, reason }, 'All work is paused'),
  });
  const intake = createIntake({
    store,
    connection: id,
    config: configurations.current,
    wake: (keys) => scheduler.wake(keys),
    logger,
    counted: (source, result, count) => metrics.events.inc({ connection: id, source, result }, count),
  });
  const reconciling = createReconciliation({
    ...{ store, connection: id, hours: config.reconcileHours, connectedAt: saved.createdAt, logger },
    readBack: (since) => intake.readBack(canWait, since, { closer: closerLook(store, id, configurations.current) }),
  });
  const feed = createFeed({ client: sellfire, store: tellingOfCatalogue(intake.feedStore, reloadSoon), logger });
  const sweep = createSweep({
    store,
    connection: id,
    scheduler,
    onError: (error) => logger.error({ err: error }, 'The sweep failed'),
  });
  const reports = startReports({
    store,
    connection: id,
    publisher: org.pubsub,
    names: () => configurations.current().names,
    logger,
  });

  const requests = createRequests(
    {
      store,
      connection: id,
      rest: canWait,
      sellfire,
      peers,
      config: configurations.current,
      reload: configurations.reload,
      wake: (keys) => scheduler.wake(keys),
      logger,
    },
    org.pubsub,
    () => configurations.current().names,
  );

  const polling = createPolling({
    read: (since) => intake.readBack(org.rest, since),
    hears: () => subscriptions[0]?.state().status === 'connected',
    tier: () => budget.status().tier,
    logger,
    ...(options.pace ? { everyMs: options.pace.pollMs, lookMs: options.pace.pollLookMs } : {}),
  });

  const onProblem = createStreamProblems({
    readBack: (since, only) => intake.readBack(org.rest, since, only),
    connectedAt: saved.createdAt,
    reachedAt: () => subscriptions[0]?.state().cursor?.at ?? saved.createdAt,
    poll: (since, code) => polling.begin(since, code),
    stopped: (why) => (problem = why),
    cut: (reason) => metrics.reconnects.inc({ connection: id, reason }),
    logger,
  });

  async function listen(): Promise<void> {
    const { names } = await configurations.reload();
    const topics = packageTopics(names);
    const cursor = await store.cursor(id, cursorName(topics.changes));
    // Without a place in the stream, only what happens from now on comes: what happened since the connection was made, and was
    // not taken in, is read. The first event gives a place before that is done, so that it is noted when it begins and ends.
    const reading = { name: `${cursorName(topics.changes)}:read`, at: saved.createdAt };
    const isRead = cursor !== undefined && (await store.cursor(id, reading.name))?.value === 'done';
    if (!isRead) await store.append(id, [], { ...reading, value: 'begun' });
    const fieldTypes = (object: string, field: string): string | undefined =>
      configurations.current().objects[object]?.fields[field]?.type;
    subscriptions.push(
      org.pubsub.subscribe({
        topic: topics.changes,
        ...(cursor ? { cursor: { value: cursor.value, at: cursor.at } } : {}),
        fieldTypes,
        deliver: (batch) => intake.changes(topics.changes, batch),
        onProblem,
        ...(options.pace ? { timings: options.pace.stream } : {}),
      }),
      org.pubsub.subscribe({
        topic: topics.configuration,
        deliver: async ({ events }) => {
          if (events.length > 0) reloadSoon();
        },
        // What was saved while the stream was cut is read as well.
        onProblem: (problem) => (problem.kind === 'stopped' ? onProblem(problem) : reloadSoon()),
      }),
      org.pubsub.subscribe({
        topic: topics.requests,
        deliver: async ({ events }) => {
          for (const event of events) {
            const problem = receiveEvent(event, requests, names);
            if (problem !== undefined) logger.error({ problem }, 'A request cannot be understood');
          }
        },
        onProblem: (problem) => (problem.kind === 'cursorLost' ? lookForRequests() : onProblem(problem)),
      }),
    );
    problem = undefined;
    scheduler.start();
    await sweep.start();
    await reconciling.start();
    orgMirror.start();
    await budget.start();
    heartbeat = setInterval(() => void beat(), HEARTBEAT_MS).unref();
    logger.info({ topic: topics.changes }, 'The connection works');
    requestsLook = setInterval(() => void lookForRequests(), REQUESTS_MS).unref();
    await streaming();
    if (!isRead)
      await attempts.run('what changed since the connection is read', async () => {
        await intake.readBack(canWait, saved.createdAt, { createdSince: saved.createdAt });
        await store.append(id, [], { ...reading, value: 'done' });
      });
    // The stream of requests hears from now on what this look no longer sees.
    await lookForRequests();
    void beat();
  }

  async function lookForRequests(): Promise<void> {
    await attempts.run('open requests are looked for', () =>
      receiveOpen(org.rest, requests, configurations.current().names),
    );
  }

  /** Resolves when every stream hears the org, or has ended. */
  async function streaming(): Promise<void> {
    const isUp = (one: Subscription): boolean => ['connected', 'stopped'].includes(one.state().status);
    while (!stopping && !subscriptions.every(isUp)) await sleep(LOOK_MS);
  }

  function reloadSoon(): void {
    clearTimeout(reloading);
    reloading = setTimeout(() => {
      void attempts.run('the configuration is read', async () => {
        await configurations.reload();
        // Work that was held up by the old configuration may go through with the new one.
        scheduler.resume();
        await beat();
      });
    }, SETTLE_MS).unref();
  }

  async function snapshot(): Promise<Snapshot> {
    return {
      connectionProblem: [...failing.values()][0] ?? problem,
      phoneMapped: isMapped(),
      problems: configurations.problems(),
      changes: subscriptions[0]?.state(),
      polling: polling.state(),
      feed: feed.state(),
      jobs: scheduler.stats(),
      counts: await store.counts(id),
      apiCalls: org.rest.usage,
      budget: budget.status(),
      reconciledAt: reconciling.at(),
    };
  }

  function isMapped(): boolean {
    try {
      return isPhoneMapped(configurations.current());
    } catch (error) {
      if (error instanceof BridgeError) return false;
      throw error;
    }
  }

  async function beat(): Promise<void> {
    try {
      const { names } = configurations.current();
      const fields = statusFields(
        await snapshot(),
        { connectedAs: saved.username, version: options.version },
        Date.now(),
      );
      await org.pubsub.publish(packageTopics(names).status, [withPrefix(names, fields)]);
    } catch (error) {
      logger.warn({ err: error }, 'The org could not be told how the bridge is');
    }
  }

  const attempts: Attempts = keepTrying({
    onSuccess: (what) => failing.delete(what),
    onFailure(what, error, retryMs) {
      // That calls run short is told as that.
      if (!(error instanceof PeerError && error.fault.code === SHARE_USED)) failing.set(what, wordsFor(error));
      logger.error({ err: error, retryMs }, `Failed: ${what}; it is tried again`);
    },
  });

  const started = Promise.allSettled([
    attempts.run('the org is connected', listen),
    attempts.run('the webhook is registered', () =>
      subscribe(sellfire, { connection: id, publicUrl: options.publicUrl, secret: config.sellfire.webhookSecret }),
    ),
    // Keeps trying by itself.
    feed.start().catch((error: unknown) => logger.warn({ err: error }, 'The feed could not be read; it is read again')),
  ]);
  void started.then(() => (settled = true));

  return {
    id,
    onWebhook: (events) => feed.onWebhook(events),
    checks: async () => checksOf(await snapshot(), Date.now()),
    measure: async () => measure(metrics, id, await snapshot(), Date.now()),
    async stop() {
      stopping = true;
      attempts.stop();
      clearInterval(heartbeat);
      clearTimeout(reloading);
      clearInterval(requestsLook);
      await Promise.all([feed.stop(), sweep.stop(), reconciling.stop(), ...subscriptions.map((one) => one.close())]);
      await polling.stop();
      await requests.close();
      await scheduler.drain();
      await reports.stop();
      await orgMirror.stop();
      await budget.stop();
      await org.close();
      if (!settled) await started;
    },
  };
}

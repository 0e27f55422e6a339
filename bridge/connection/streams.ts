// The event streams of one org – changes, configuration, requests – and what stands in for them: what changed before there was a
// place in the stream is read once, what a problem has cost is read back, and while no events are delivered it is asked instead.
import type { Logger } from 'pino';
import { pause, systemTimer, type Timer } from '../lib/timer.ts';
import type { SyncConfig } from '../model/config.ts';
import { receiveEvent } from '../requests/received.ts';
import type { Requests } from '../requests/runner.ts';
import type { Rest } from '../salesforce/api/rest.ts';
import { packageTopics } from '../salesforce/org/topics.ts';
import type { PubSub } from '../salesforce/pubsub/client.ts';
import type { SubscribeOptions, Subscription, SubscriptionState } from '../salesforce/pubsub/subscription.ts';
import type { Timings } from '../salesforce/pubsub/timings.ts';
import type { Store } from '../store/store.ts';
import type { Tier } from '../sync/budgetStatus.ts';
import { cursorName, type Intake } from './intake.ts';
import { createPolling, type PollingState } from './polling.ts';
import type { Attempts } from './retry.ts';
import { createStreamProblems } from './streamProblems.ts';

export interface Streams {
  /** Subscribes to every topic, once. */
  open(): Promise<void>;
  /** Resolves when every stream hears the org or has ended, and what changed before that since the connection was made is read. */
  caughtUp(): Promise<void>;
  /** Undefined before it is subscribed. */
  changes(): SubscriptionState | undefined;
  /** While events are replaced by asking. */
  polling(): PollingState | undefined;
  /** Why nothing is heard yet or any more, in words. */
  problem(): string | undefined;
  /** Ends after the deliveries and the reading under way. */
  stop(): Promise<void>;
}

export interface StreamsOptions {
  pubsub: Pick<PubSub, 'subscribe'>;
  store: Store;
  connection: string;
  /** ms since the epoch: nothing from before is followed. */
  connectedAt: number;
  intake: Intake;
  config: () => SyncConfig;
  /** For what must be read at once, and for what can wait. */
  rest: Rest;
  canWait: Rest;
  requests: Requests;
  tier: () => Tier;
  attempts: Attempts;
  /** The configuration may have changed. */
  onConfiguration: () => void;
  /** Requests may have been missed. */
  onRequestsMissed: () => Promise<void>;
  /** Counts a cut by its reason. */
  onCut: (reason: string) => void;
  logger: Logger;
  /** Shorter waits, for tests. */
  pace?: StreamsPace | undefined;
  timer?: Timer;
}

export interface StreamsPace {
  stream: Partial<Timings>;
  pollMs: number;
  pollLookMs: number;
}

/** How soon a stream that came up is noticed. */
const LOOK_MS = 50;

export function createStreams(options: StreamsOptions): Streams {
  const { pubsub, store, connection, connectedAt, intake, config, rest, requests, logger, pace } = options;
  const { timer = systemTimer } = options;
  const subscriptions: Subscription[] = [];
  const stopping = new AbortController();
  let problem: string | undefined = 'Not signed in yet.';
  /** Stores how far the reading of what changed before is; undefined when it is done. */
  let readEarlier: (() => Promise<void>) | undefined;

  const changes = (): SubscriptionState | undefined => subscriptions[0]?.state();
  const polling = createPolling({
    read: (since) => intake.readBack(rest, since),
    hears: () => changes()?.status === 'connected',
    tier: options.tier,
    logger,
    ...(pace ? { everyMs: pace.pollMs, lookMs: pace.pollLookMs } : {}),
  });
  const onProblem = createStreamProblems({
    readBack: (since, only) => intake.readBack(rest, since, only),
    connectedAt,
    reachedAt: () => changes()?.cursor?.at ?? connectedAt,
    poll: (since, code) => polling.begin(since, code),
    stopped: (why) => (problem = why),
    cut: options.onCut,
    logger,
  });

  /**
   * Without a place in the stream, only what happens from now on comes: what happened since the connection was made, and was not
   * taken in, is read. The first event gives a place before that is done, so that it is noted when it begins and ends.
   */
  async function noteReading(topic: string, hasCursor: boolean): Promise<void> {
    const reading = { name: `${cursorName(topic)}:read`, at: connectedAt };
    if (hasCursor && (await store.cursor(connection, reading.name))?.value === 'done') return;
    await store.append(connection, [], { ...reading, value: 'begun' });
    readEarlier = async () => {
      await intake.readBack(options.canWait, connectedAt, { createdSince: connectedAt });
      await store.append(connection, [], { ...reading, value: 'done' });
    };
  }

  function subscribe(subscription: SubscribeOptions): void {
    subscriptions.push(pubsub.subscribe(subscription));
  }

  return {
    async open() {
      if (subscriptions.length > 0) return;
      const { names } = config();
      const topics = packageTopics(names);
      const cursor = await store.cursor(connection, cursorName(topics.changes));
      await noteReading(topics.changes, cursor !== undefined);
      subscribe({
        topic: topics.changes,
        ...(cursor ? { cursor: { value: cursor.value, at: cursor.at } } : {}),
        fieldTypes: (object, field) => config().objects[object]?.fields[field]?.type,
        deliver: (batch) => intake.changes(topics.changes, batch),
        onProblem,
        ...(pace ? { timings: pace.stream } : {}),
      });
      subscribe({
        topic: topics.configuration,
        deliver: async ({ events }) => {
          if (events.length > 0) options.onConfiguration();
        },
        // What was saved while the stream was cut is read as well.
        onProblem: (one) => (one.kind === 'stopped' ? onProblem(one) : options.onConfiguration()),
      });
      subscribe({
        topic: topics.requests,
        deliver: async ({ events }) => {
          for (const event of events) {
            const why = receiveEvent(event, requests, names);
            if (why !== undefined)
              logger.error({ event: 'request_unreadable', problem: why }, 'A request cannot be understood');
          }
        },
        onProblem: (one) => (one.kind === 'cursorLost' ? options.onRequestsMissed() : onProblem(one)),
      });
      problem = undefined;
    },

    async caughtUp() {
      const isUp = (one: Subscription): boolean => ['connected', 'stopped'].includes(one.state().status);
      while (!stopping.signal.aborted && !subscriptions.every(isUp)) await pause(timer, LOOK_MS, stopping.signal);
      if (readEarlier) await options.attempts.run('what changed since the connection is read', readEarlier);
      readEarlier = undefined;
    },

    changes,
    polling: polling.state,
    problem: () => problem,
    async stop() {
      stopping.abort();
      await Promise.all(subscriptions.map((one) => one.close()));
      await polling.stop();
    },
  };
}

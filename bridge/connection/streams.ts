// The event streams of one org: changes, configuration, requests. No change is missed where a stream has a gap: changes from before
// the first replay id are read once, changes that a stream problem lost are read back, and while Salesforce delivers no events the
// org is polled.
import type { Logger } from 'pino';
import { pause, systemTimer, type Timer } from '../lib/timer.ts';
import type { SyncConfig } from '../model/config.ts';
import { say, type Message } from '../model/message.ts';
import { requestIdOf } from '../requests/received.ts';
import { orgTime, type Rest } from '../salesforce/api/rest.ts';
import { packageTopics } from '../salesforce/org/topics.ts';
import type { PubSub } from '../salesforce/pubsub/client.ts';
import type { SubscribeOptions, Subscription, SubscriptionState } from '../salesforce/pubsub/subscription.ts';
import type { Timings } from '../salesforce/pubsub/timings.ts';
import type { Store } from '../store/store.ts';
import type { Tier } from '../sync/budgetStatus.ts';
import { cursorName, type Intake } from './intake.ts';
import { createPolling, type PollingState } from './polling.ts';
import type { Attempts } from './retry.ts';
import { createStreamProblems, type CutReason } from './streamProblems.ts';

export interface Streams {
  /** Subscribes to every topic, once. */
  open(): Promise<void>;
  /** Resolves when every stream is connected or has ended, and earlier changes since the connection was made are read. */
  caughtUp(): Promise<void>;
  /** Undefined before the subscription. */
  changes(): SubscriptionState | undefined;
  /** The state of polling; undefined while events are delivered. */
  polling(): PollingState | undefined;
  /** Whether the events of requests arrive. */
  requestsArrive(): boolean;
  /** Why no events arrive yet or any more. */
  problem(): Message | undefined;
  /** Resolves when the deliveries and the read under way have ended. */
  stop(): Promise<void>;
}

export interface StreamsOptions {
  pubsub: Pick<PubSub, 'subscribe'>;
  store: Store;
  connection: string;
  /** ms since the epoch: earlier changes are not synced. */
  connectedAt: number;
  intake: Intake;
  config: () => SyncConfig;
  /** For reads that must happen at once, and for deferrable ones. */
  rest: Rest;
  canWait: Rest;
  tier: () => Tier;
  attempts: Attempts;
  /** The configuration may have changed. */
  onConfiguration: () => void;
  /** Requests with these ids were made or stopped; undefined of one that cannot be understood. */
  onRequests: (ids: readonly (string | undefined)[]) => void;
  /** Requests may have been missed. */
  onRequestsMissed: () => Promise<void>;
  /** No event of a request arrives until the stream of them is connected again, which may take an hour. */
  onRequestsCut: () => void;
  /** Counts a cut by its reason. */
  onCut: (reason: CutReason) => void;
  logger: Logger;
  /** Shorter waits, for tests. */
  pace?: StreamsPace | undefined;
}

export interface StreamsPace {
  stream?: Partial<Timings>;
  pollMs?: number;
  pollLookMs?: number;
  timer?: Timer;
}

/** How often the streams are checked for being connected. */
const LOOK_MS = 50;

export function createStreams(options: StreamsOptions): Streams {
  const { pubsub, store, connection, connectedAt, intake, config, rest, logger, pace } = options;
  const { timer = systemTimer } = pace ?? {};
  const subscriptions: Subscription[] = [];
  const stopping = new AbortController();
  let problem: Message | undefined = say('notSignedIn');
  /** Reads the earlier changes and notes that it is done; undefined once it is. */
  let readEarlier: (() => Promise<void>) | undefined;

  const orgNow = (): number => orgTime(rest, timer.now());
  const changes = (): SubscriptionState | undefined => subscriptions[0]?.state();
  const polling = createPolling({
    read: (since) => intake.readBack(rest, since),
    isConnected: () => changes()?.status === 'connected',
    tier: options.tier,
    logger,
    ...(pace?.pollMs === undefined ? {} : { everyMs: pace.pollMs }),
    ...(pace?.pollLookMs === undefined ? {} : { lookMs: pace.pollLookMs }),
    timer,
    orgNow,
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
   * Without a replay id, a stream delivers only events from now on. Changes since the connection was made that no event brought are
   * read. The first event stores a replay id before that read has ended, so its begin and its end are saved of their own.
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
    subscriptions.push(pubsub.subscribe({ timer, orgNow, ...subscription }));
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
        ...(pace?.stream ? { timings: pace.stream } : {}),
      });
      subscribe({
        topic: topics.configuration,
        deliver: async ({ events }) => {
          if (events.length > 0) options.onConfiguration();
        },
        // A mapping may have been saved while the stream was cut.
        onProblem: (one) => (one.kind === 'stopped' ? onProblem(one) : options.onConfiguration()),
      });
      subscribe({
        topic: topics.requests,
        deliver: async ({ events }) => {
          if (events.length > 0) options.onRequests(events.map((event) => requestIdOf(event, names)));
        },
        onProblem(one) {
          if (one.kind === 'cursorLost') return options.onRequestsMissed();
          options.onRequestsCut();
          return onProblem(one);
        },
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
    requestsArrive: () => subscriptions.at(-1)?.state().status === 'connected',
    problem: () => problem,
    async stop() {
      stopping.abort();
      await Promise.all(subscriptions.map((one) => one.close()));
      await polling.stop();
    },
  };
}

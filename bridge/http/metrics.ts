// The metrics in Prometheus' format. Dashboards and alert rules depend on their names and labels, so all of them are in this file.
// Units are base units; labels take few values (never a record, a lead or a message). A counter that an alert rule watches is shown at 0
// from the start of its connection: Prometheus sees no increase in a series that appears with its first count.
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

type Labels<N extends string> = Record<N, string | number>;
interface Count<N extends string> {
  inc(labels: Labels<N>, by?: number): void;
}
interface Level<N extends string> {
  set(labels: Labels<N>, value: number): void;
}

export interface Metrics {
  /** Seconds between an event's commit in its system and its being done, for the last one done. */
  syncLag: Level<'connection' | 'topic'>;
  /** Seconds since the time that the topic's cursor stands for. */
  cursorAge: Level<'connection' | 'topic'>;
  /** Seconds since the last message of the topic's server, keepalives included: a dead stream is silent. */
  lastServerMessageAge: Level<'connection' | 'topic'>;
  /** Events received; result: stored, repeated, undecodable … */
  events: Count<'connection' | 'source' | 'result'>;
  inboxPending: Level<'connection'>;
  inboxParked: Level<'connection'>;
  /** Seconds that the oldest pending change has waited; 0 when none is pending. */
  inboxOldest: Level<'connection'>;
  reportsPending: Level<'connection'>;
  /** Writes; direction: to_salesforce, to_sellfire; result: ok, or a fault's class. */
  records: Count<'connection' | 'object' | 'direction' | 'result'>;
  /** Calls sent; api: salesforce_rest, salesforce_pubsub, sellfire … */
  apiCalls: Count<'connection' | 'api'>;
  /** Calls that the bridge may still make today. */
  apiBudgetRemaining: Level<'connection'>;
  /** 1 while no record of the object can be created in Salesforce, else 0. */
  creationPaused: Level<'connection' | 'object'>;
  echoSuppressed: Count<'connection'>;
  /** Turns of keys; run: here, or in another process. */
  turns: Count<'connection' | 'run'>;
  reconnects: Count<'connection' | 'reason'>;
  /** Statements that the core relies on and that did not hold (bridge/sync/invariants.ts): errors of the program. */
  invariantBroken: Count<'connection' | 'invariant'>;
  /** 1 where a check of /health/ready holds, else 0. */
  readinessCheck: Level<'connection' | 'check'>;

  /** 1 where this process leads, else 0. */
  leads: { set(value: number): void };
  /** Processes that stand by, as this one sees them. */
  standingBy: { set(value: number): void };
  /** Processes that run turns for this one, which leads. */
  workers: { set(value: number): void };

  /** Runs before each scrape, for what is measured and not counted. A failure leaves the old values and counts itself. */
  beforeScrape(run: () => void | Promise<void>): void;
  /** Forgets a connection that was disconnected. */
  forget(connection: string): Promise<void>;
  contentType: string;
  /** The whole text of a scrape. */
  render(): Promise<string>;
}

/**
 * A registry of its own, so that two bridges in one process do not share numbers.
 * @param connectionName of a connection of a deployment: every sample carries it
 */
export function createMetrics(connectionName?: string): Metrics {
  const registry = new Registry();
  if (connectionName !== undefined) registry.setDefaultLabels({ connection_name: connectionName });
  collectDefaultMetrics({ register: registry });

  const connected: (Counter<string> | Gauge<string>)[] = [];
  const count = <N extends string>(name: string, help: string, labelNames: readonly N[]): Counter<N> => {
    const counter = new Counter<N>({ name, help, labelNames, registers: [registry] });
    connected.push(counter as Counter<string>);
    return counter;
  };
  const level = <N extends string>(name: string, help: string, labelNames: readonly N[]): Gauge<N> => {
    const gauge = new Gauge<N>({ name, help, labelNames, registers: [registry] });
    connected.push(gauge as Gauge<string>);
    return gauge;
  };
  const topic = ['connection', 'topic'] as const;
  const connection = ['connection'] as const;
  const failures = new Counter({
    name: 'scrape_failures_total',
    help: 'Measurements that failed before a scrape; what they measure shows its last value',
    registers: [registry],
  });
  const measurements: (() => void | Promise<void>)[] = [];

  return {
    syncLag: level('sync_lag_seconds', 'From commit in the source system to done, for the last event done', topic),
    cursorAge: level('cursor_age_seconds', 'Since the time that the cursor stands for', topic),
    lastServerMessageAge: level('last_server_message_age_seconds', 'Since the server said anything', topic),
    events: count('events_total', 'Events received', ['connection', 'source', 'result']),
    inboxPending: level('inbox_pending', 'Changes that wait to be worked on', connection),
    inboxParked: level('inbox_parked', 'Changes that cannot succeed, kept with their reason', connection),
    inboxOldest: level('inbox_oldest_seconds', 'How long the oldest pending change has waited', connection),
    reportsPending: level('reports_pending', 'Report rows that wait to be published', connection),
    records: count('records_total', 'Records written', ['connection', 'object', 'direction', 'result']),
    apiCalls: count('api_calls_total', 'Calls sent', ['connection', 'api']),
    apiBudgetRemaining: level('api_budget_remaining', 'Salesforce calls that may still be made today', connection),
    creationPaused: level('creation_paused', 'Whether creation in Salesforce, or of leads in Sellfire, stands still', [
      'connection',
      'object',
    ]),
    echoSuppressed: count('echo_suppressed_total', 'Events that showed our own write and changed nothing', connection),
    turns: count('turns_total', 'Turns of keys, by the process that ran them', ['connection', 'run']),
    reconnects: count('reconnects_total', 'Streams opened again', ['connection', 'reason']),
    invariantBroken: count('invariant_broken_total', 'What the core relies on and did not hold', [
      'connection',
      'invariant',
    ]),
    readinessCheck: level('readiness_check', 'Whether a check of /health/ready holds', ['connection', 'check']),

    leads: new Gauge({ name: 'leadership_held', help: 'Whether this process leads', registers: [registry] }),
    standingBy: new Gauge({
      name: 'standby_processes',
      help: 'Processes that stand by, as this one sees them',
      registers: [registry],
    }),
    workers: new Gauge({
      name: 'worker_processes',
      help: 'Processes that run turns for this one, which leads',
      registers: [registry],
    }),

    beforeScrape: (run) => void measurements.push(run),
    async forget(id) {
      for (const metric of connected)
        for (const { labels } of (await metric.get()).values) if (labels['connection'] === id) metric.remove(labels);
    },
    contentType: registry.contentType,
    async render() {
      const outcomes = await Promise.allSettled(measurements.map(async (run) => run()));
      failures.inc(outcomes.filter(({ status }) => status === 'rejected').length);
      return registry.metrics();
    },
  };
}

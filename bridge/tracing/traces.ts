// Follows a change from its commit in the one system to what it wrote in the other: one trace a turn, sent to the collector of
// OpenTelemetry that the operator names. Spans carry ids and counts, never values of a record. A collector that is away costs its
// spans and holds nothing up.
// Source: OpenTelemetry specification, "Trace SDK", "OTLP/HTTP".
import { context, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { Turn } from '../jobs/turn.ts';
import { objectOf, peerOf } from '../sync/writes/writes.ts';

export interface Traces {
  /** Records the trace of a finished turn. Nothing waits for it. */
  turn(connection: string, turn: Turn): void;
  /** Sends what is left, for two seconds at most. */
  close(): Promise<void>;
}

export interface TracesOptions {
  /** The collector, for example `http://127.0.0.1:4318`; `/v1/traces` is appended (OTLP/HTTP). */
  endpoint: string;
  version: string;
  logger: Logger;
}

/** A collector that does not answer must not use up the time in which the store is closed. */
const CLOSE_MS = 2_000;
/** Event ids in one span: enough to find the turn by a report, and bounded. */
const LISTED_EVENTS = 10;

export function createTraces({ endpoint, version, logger }: TracesOptions): Traces {
  const exporter = saysFailure(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }), logger);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'sellfire-bridge', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('sellfire-bridge', version);

  return {
    turn(connection, turn) {
      const { times } = turn;
      const committedAt = Math.min(times.begunAt, ...turn.rows.map(({ change }) => change.at));
      const root = tracer.startSpan(
        nameOf(turn),
        { kind: SpanKind.CONSUMER, startTime: committedAt, root: true, attributes: attributesOf(connection, turn) },
        context.active(),
      );
      const refused = turn.reports.find(({ outcome }) => outcome === 'Failed' || outcome === 'Refused');
      if (refused) root.setStatus({ code: SpanStatusCode.ERROR, message: refused.code });
      const within = trace.setSpan(context.active(), root);
      const child = (name: string, from: number, to: number, attributes: Attributes = {}): void =>
        tracer.startSpan(name, { startTime: from, attributes }, within).end(to);
      child('arrive and wait', committedAt, times.begunAt);
      child('decide', times.begunAt, times.decidedAt);
      if (turn.outcomes.length > 0) child('write', times.decidedAt, times.writtenAt, writesOf(turn));
      child('save', times.writtenAt, times.savedAt);
      root.end(times.savedAt);
    },
    async close() {
      await provider.forceFlush({ timeoutMillis: CLOSE_MS }).catch(() => undefined);
      // What the collector has not taken by now is given up.
      void provider.shutdown().catch(() => undefined);
    },
  };
}

/** A collector that takes nothing is named in the log once, and again after it has taken something. */
function saysFailure(exporter: SpanExporter, logger: Logger): SpanExporter {
  let fails = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined || result.code !== 0;
        if (failed && !fails)
          logger.warn({ event: 'traces_not_sent', err: result.error }, 'The collector does not take the traces');
        fails = failed;
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** For example `salesforce change`. */
const nameOf = ({ rows }: Turn): string =>
  `${[...new Set(rows.map(({ change }) => change.source))].sort().join(' and ')} change`;

function attributesOf(connection: string, { rows, reports, link, key }: Turn): Attributes {
  return {
    'sellfire.connection': connection,
    'sellfire.key': key,
    'sellfire.lead_id': link?.leadId,
    'salesforce.record_id': link?.record?.id,
    'salesforce.object': link?.record?.object,
    'sellfire.changes': rows.length,
    'sellfire.attempts': Math.max(0, ...rows.map(({ attempts }) => attempts)),
    'sellfire.events': rows.slice(0, LISTED_EVENTS).map(({ change }) => change.eventId),
    'sellfire.codes': [...new Set(reports.map(({ code }) => code).filter((code) => code !== ''))],
  };
}

function writesOf({ outcomes }: Turn): Attributes {
  const unique = (values: (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];
  return {
    'sellfire.peers': unique(outcomes.map(({ write }) => peerOf(write))),
    'sellfire.objects': unique(outcomes.map(({ write }) => objectOf(write))),
    'sellfire.writes': outcomes.length,
    'sellfire.refused': unique(outcomes.map((one) => (one.ok ? null : one.fault.code))),
  };
}

// One Subscribe stream: what it asked for, where it stands, what it still has coming. It never sends more than was
// requested, never skips a position, and waits when the client's window is full.
// Source: Pub/Sub API guide, "Subscribe RPC Method", "Pull Subscription and Flow Control".
import { randomUUID } from 'node:crypto';
import type { ServerDuplexStream, ServiceError } from '@grpc/grpc-js';
import type { EncodedEvent, EventBus, Topic } from './bus.ts';
import { refusal } from './errors.ts';
import type { Viewer } from './viewer.ts';

export interface FetchRequest {
  topic_name: string;
  replay_preset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  replay_id: Buffer;
  num_requested: number;
}

export interface FetchResponse {
  events: { event: { id: string; schema_id: string; payload: Buffer; headers: never[] }; replay_id: Buffer }[];
  latest_replay_id: Buffer;
  rpc_id: string;
  pending_num_requested: number;
}

/** Switches of the whole server that a stream obeys. */
export interface StreamRules {
  /** ms of silence after which an empty response is sent. */
  keepaliveMs: number;
  /** ms that a stream may stand with nothing pending and nothing requested. */
  idleMs: number;
  /** ms that an event is held back. */
  delayMs: number;
  /** True: the stream stays open and says nothing. */
  silent: boolean;
  /** Takes so many deliveries from the org's allocation; false when it is used up. */
  deliver(count: number): boolean;
}

/** More than this outstanding is treated as this. */
const MAX_OUTSTANDING = 100;
/** A response is kept below what gRPC clients accept by default: 4 MB. */
const MAX_RESPONSE_BYTES = 3_000_000;

export class Subscription {
  private readonly call: ServerDuplexStream<FetchRequest, FetchResponse>;
  private readonly bus: EventBus;
  private readonly rules: StreamRules;
  private readonly viewer: Viewer;
  private topic: Topic | undefined;
  /** The next position to look at, and how many of its events were sent already. */
  private position = 0;
  private sentOfPosition = 0;
  private pending = 0;
  private blocked = false;
  private scheduled = false;
  private closed = false;
  private keepalive: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;
  private delayed: NodeJS.Timeout | undefined;
  private readonly stopListening: () => void;
  private readonly onClosed: () => void;

  constructor(
    call: ServerDuplexStream<FetchRequest, FetchResponse>,
    bus: EventBus,
    rules: StreamRules,
    viewer: Viewer,
    onClosed: () => void,
  ) {
    this.call = call;
    this.bus = bus;
    this.rules = rules;
    this.viewer = viewer;
    this.onClosed = onClosed;
    this.stopListening = bus.onAppended(() => this.schedule());
    call.on('data', (request: FetchRequest) => this.fetch(request));
    call.on('drain', () => {
      this.blocked = false;
      this.schedule();
    });
    call.on('end', () => this.end());
    call.on('cancelled', () => this.release());
    call.on('error', () => this.release());
    this.awaitRequest();
  }

  /** Ends the stream with an error. */
  fail(error: ServiceError): void {
    if (this.closed) return;
    this.release();
    this.call.emit('error', error);
  }

  /** Looks again, after a switch was turned. */
  schedule(): void {
    if (this.scheduled || this.closed) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.pump();
    });
  }

  private end(): void {
    if (this.closed) return;
    this.release();
    this.call.end();
  }

  private fetch(request: FetchRequest): void {
    if (this.closed) return;
    const error = this.topic ? this.check(request, this.topic) : this.start(request);
    if (error) {
      this.fail(error);
      return;
    }
    this.pending = Math.min(MAX_OUTSTANDING, this.pending + request.num_requested);
    clearTimeout(this.idle);
    this.idle = undefined;
    this.restartKeepalive();
    this.schedule();
  }

  private check(request: FetchRequest, topic: Topic): ServiceError | undefined {
    if (request.topic_name && request.topic_name !== topic.name) return refusal('subscription.fetch.topic.mismatch');
    return request.num_requested > 0 ? undefined : refusal('subscription.fetch.requested.events.invalid');
  }

  /** The first request chooses topic and position; in later ones preset and id count for nothing. */
  private start(request: FetchRequest): ServiceError | undefined {
    if (!request.topic_name) return refusal('topic.validation.empty');
    const topic = this.bus.topic(request.topic_name);
    if (!topic) return refusal('topic.not.found', request.topic_name);
    if (topic.object !== undefined && !this.viewer.sees(topic.object)) {
      return refusal('subscription.topic.cannot.subscribe', topic.name);
    }
    if (request.num_requested <= 0) return refusal('subscription.fetch.requested.events.invalid');
    if (!this.rules.deliver(0)) return refusal('subscription.limit.exceeded');
    const { log } = this.bus;
    if (request.replay_preset === 'CUSTOM') {
      if (request.replay_id.length === 0) return refusal('subscription.fetch.replayid.validation.failed');
      const position = log.resolve(request.replay_id);
      if (position === undefined) return refusal('subscription.fetch.replayid.corrupted');
      this.position = position;
    } else {
      this.position = request.replay_preset === 'EARLIEST' ? log.earliest() : log.end;
    }
    this.topic = topic;
    return undefined;
  }

  private pump(): void {
    while (!this.closed && this.topic && !this.rules.silent && !this.blocked && this.pending > 0) {
      const events = this.take(this.topic);
      if (events.length === 0) return;
      if (!this.rules.deliver(events.length)) {
        this.fail(refusal('subscription.limit.exceeded'));
        return;
      }
      this.pending -= events.length;
      this.send(events);
      if (this.pending === 0) this.awaitRequest();
    }
  }

  /** The next events of the topic: as many as are pending and fit into one response. */
  private take(topic: Topic): FetchResponse['events'] {
    const { log } = this.bus;
    const taken: FetchResponse['events'] = [];
    let bytes = 0;
    // What expired while the client was slow is gone.
    this.position = Math.max(this.position, log.earliest());
    while (this.position < log.end && taken.length < this.pending) {
      const entry = log.at(this.position);
      if (entry && this.holdBack(entry.at)) break;
      const events = entry ? topic.eventsAt(entry).flatMap((event) => this.viewer.visible(event) ?? []) : [];
      while (entry && this.sentOfPosition < events.length && taken.length < this.pending) {
        const event = events[this.sentOfPosition];
        if (!event) break;
        if (taken.length > 0 && bytes + event.payload.length > MAX_RESPONSE_BYTES) return taken;
        bytes += event.payload.length;
        taken.push({ event: asMessage(event), replay_id: entry.replayId });
        this.sentOfPosition += 1;
      }
      if (entry && this.sentOfPosition < events.length) break;
      this.position += 1;
      this.sentOfPosition = 0;
    }
    return taken;
  }

  private holdBack(at: number): boolean {
    const wait = at + this.rules.delayMs - this.bus.log.now();
    if (this.rules.delayMs === 0 || wait <= 0) return false;
    this.delayed ??= setTimeout(() => {
      this.delayed = undefined;
      this.schedule();
    }, wait);
    return true;
  }

  private send(events: FetchResponse['events']): void {
    const { log } = this.bus;
    const response: FetchResponse = {
      events,
      latest_replay_id: this.position >= log.end ? log.tip() : log.before(this.position),
      rpc_id: randomUUID(),
      pending_num_requested: this.pending,
    };
    this.blocked = !this.call.write(response);
    this.restartKeepalive();
  }

  private restartKeepalive(): void {
    clearTimeout(this.keepalive);
    this.keepalive = setTimeout(() => {
      if (!this.closed && !this.rules.silent && this.pending > 0 && !this.delayed) this.send([]);
      else this.restartKeepalive();
    }, this.rules.keepaliveMs);
  }

  /** The stream is closed when nothing is asked of it for too long. */
  private awaitRequest(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.end(), this.rules.idleMs);
  }

  private release(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.keepalive);
    clearTimeout(this.idle);
    clearTimeout(this.delayed);
    this.stopListening();
    this.onClosed();
  }
}

function asMessage(event: EncodedEvent): FetchResponse['events'][number]['event'] {
  return { id: event.id, schema_id: event.schemaId, payload: event.payload, headers: [] };
}

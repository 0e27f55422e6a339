// A Pub/Sub client of the tests' own, as bare as can be: the service's contract, grpc-js and avsc. It shares no code with
// the bridge or with the org, so that neither can hide the other's mistakes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Client } from '@grpc/grpc-js';
import {
  credentials,
  loadPackageDefinition,
  Metadata,
  type ClientDuplexStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import avsc, { type Type } from 'avsc';
import type { Org } from '../org.ts';
import type { PubSubServer } from '../pubsub/server.ts';

const PROTO = fileURLToPath(new URL('../../../bridge/salesforce/pubsub/pubsub_api.proto', import.meta.url));

export interface ConsumerEvent {
  event: { id: string; schema_id: string; payload: Buffer };
  replay_id: Buffer;
}
export interface FetchResponse {
  events: ConsumerEvent[];
  latest_replay_id: Buffer;
  rpc_id: string;
  pending_num_requested: number;
}
export interface TopicInfo {
  topic_name: string;
  can_publish: boolean;
  can_subscribe: boolean;
  schema_id: string;
}
export interface PublishResponse {
  results: { replay_id: Buffer; error: { code: string; msg: string } | null; correlation_key: string }[];
  schema_id: string;
}
export interface DecodedEvent {
  [field: string]: unknown;
  ChangeEventHeader: {
    entityName: string;
    recordIds: string[];
    changeType: string;
    changeOrigin: string;
    transactionKey: string;
    sequenceNumber: number;
    commitTimestamp: bigint;
    commitNumber: bigint;
    commitUser: string;
    nulledFields: string[];
    diffFields: string[];
    changedFields: string[];
  };
}
type Stream<Q, A> = ClientDuplexStream<Q, A>;
type Call<A> = (request: object, metadata: Metadata, callback: (error: ServiceError | null, answer: A) => void) => void;
interface Stub extends Client {
  GetTopic: Call<TopicInfo>;
  GetSchema: Call<{ schema_json: string; schema_id: string }>;
  Publish: Call<PublishResponse>;
  Subscribe(metadata: Metadata): Stream<object, FetchResponse>;
  PublishStream(metadata: Metadata): Stream<object, PublishResponse>;
  ManagedSubscribe(metadata: Metadata): Stream<object, unknown>;
}

export class PubSubClient {
  readonly stub: Stub;
  readonly metadata: Metadata;
  private readonly types = new Map<string, Type>();
  private readonly streams = new Set<Subscriber>();

  constructor(org: Org, server: PubSubServer, userId = org.users.integration.id) {
    const loaded = loadPackageDefinition(
      loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true }),
    );
    const { PubSub } = (loaded['eventbus'] as { v1: { PubSub: new (...args: unknown[]) => Stub } } & typeof loaded).v1;
    this.stub = new PubSub(server.address, credentials.createSsl(readFileSync(server.caFile)));
    this.metadata = new Metadata();
    this.metadata.set('accesstoken', org.sessions.open(userId, 'tests').token);
    this.metadata.set('instanceurl', 'http://127.0.0.1');
    this.metadata.set('tenantid', org.id);
  }

  call<A>(method: 'GetTopic' | 'GetSchema' | 'Publish', request: object, metadata = this.metadata): Promise<A> {
    return new Promise((resolve, reject) => {
      (this.stub[method] as Call<unknown>)(request, metadata, (error, answer) => {
        if (error) reject(error);
        else resolve(answer as A);
      });
    });
  }

  subscribe(request: object, metadata = this.metadata): Subscriber {
    const subscriber = new Subscriber(this.stub.Subscribe(metadata));
    this.streams.add(subscriber);
    if (Object.keys(request).length > 0) subscriber.fetch(request);
    return subscriber;
  }

  /** The Avro type of a schema id; 64-bit numbers become bigints. */
  async type(schemaId: string): Promise<Type> {
    const known = this.types.get(schemaId);
    if (known) return known;
    const { schema_json } = await this.call<{ schema_json: string }>('GetSchema', { schema_id: schemaId });
    const type = avsc.Type.forSchema(JSON.parse(schema_json) as avsc.Schema, {
      registry: { long: bigLong as unknown as Type },
      wrapUnions: 'always',
    });
    this.types.set(schemaId, type);
    return type;
  }

  /** The event's record with unions taken off. */
  async decode({ event }: ConsumerEvent): Promise<DecodedEvent> {
    const type = await this.type(event.schema_id);
    return unwrap(type.fromBuffer(event.payload)) as DecodedEvent;
  }

  async encode(schemaId: string, fields: Record<string, unknown>): Promise<Buffer> {
    return (await this.type(schemaId)).toBuffer(fields);
  }

  close(): void {
    for (const stream of this.streams) stream.stream.cancel();
    this.stub.close();
  }
}

/** A Subscribe stream that keeps what it gets. */
export class Subscriber {
  readonly responses: FetchResponse[] = [];
  readonly stream: Stream<object, FetchResponse>;
  error: ServiceError | undefined;
  ended = false;
  private waiting: (() => void)[] = [];

  constructor(stream: Stream<object, FetchResponse>) {
    this.stream = stream;
    stream.on('data', (response: FetchResponse) => {
      this.responses.push(response);
      this.wake();
    });
    stream.on('error', (error: ServiceError) => {
      this.error = error;
      this.wake();
    });
    stream.on('end', () => {
      this.ended = true;
      this.wake();
    });
  }

  get events(): ConsumerEvent[] {
    return this.responses.flatMap((response) => response.events);
  }

  fetch(request: object): void {
    this.stream.write(request);
  }

  /** Waits until the condition holds; a stream that ends before is an error. */
  async until(condition: (self: this) => boolean): Promise<this> {
    while (!condition(this)) {
      if (this.error) throw this.error;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this;
  }

  async take(count: number): Promise<ConsumerEvent[]> {
    await this.until((self) => self.events.length >= count);
    return this.events.slice(0, count);
  }

  /** Waits for the stream to fail and returns why. */
  async failure(): Promise<ServiceError> {
    while (!this.error) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.error;
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

export function errorCode(error: unknown): string {
  const [code] = (error as ServiceError).metadata.get('error-code');
  return String(code ?? '').replace('sfdc.platform.eventbus.grpc.', '');
}

const bigLong = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

/** Unions come as `{ string: 'x' }`; records, which have a prototype of their own, stay what they are. */
function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only && entries.length === 1 && /^(string|long|int|double|boolean|com\.sforce\.eventbus\..+)$/.test(only[0])) {
    return unwrap(only[1]);
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, unwrap(inner)]));
}

// The Pub/Sub API's contract as the bridge uses it: the official proto file, loaded as it stands, and the types of its
// messages (field names as the contract spells them).
import { loadPackageDefinition } from '@grpc/grpc-js';
import type {
  CallOptions,
  ChannelCredentials,
  Client,
  ClientDuplexStream,
  ClientUnaryCall,
  Metadata,
  ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';

export interface TopicInfo {
  topic_name: string;
  can_publish: boolean;
  can_subscribe: boolean;
  /** Empty where a topic carries events of several schemas. */
  schema_id: string;
}

export interface SchemaInfo {
  schema_json: string;
  schema_id: string;
}

export interface ProducerEvent {
  /** UUID. */
  id: string;
  schema_id: string;
  payload: Buffer;
}

export interface ConsumerEvent {
  event: ProducerEvent | null;
  /** Opaque; equal for the events of one replay position. */
  replay_id: Buffer;
}

export interface FetchRequest {
  topic_name: string;
  /** The server reads it in the first request of a stream only, as it does the id. */
  replay_preset?: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  replay_id?: Buffer;
  num_requested: number;
}

export interface FetchResponse {
  events: ConsumerEvent[];
  latest_replay_id: Buffer;
  pending_num_requested: number;
}

export interface PublishRequest {
  topic_name: string;
  events: ProducerEvent[];
}

export interface PublishResponse {
  results: { replay_id: Buffer; error: { code: string; msg: string } | null; correlation_key: string }[];
  schema_id: string;
}

export type Unary<Q, A> = (
  this: Stub,
  request: Q,
  metadata: Metadata,
  options: CallOptions,
  callback: (error: ServiceError | null, answer?: A) => void,
) => ClientUnaryCall;

export interface Stub extends Client {
  GetTopic: Unary<{ topic_name: string }, TopicInfo>;
  GetSchema: Unary<{ schema_id: string }, SchemaInfo>;
  Publish: Unary<PublishRequest, PublishResponse>;
  Subscribe(metadata: Metadata): ClientDuplexStream<FetchRequest, FetchResponse>;
}

interface Contract {
  eventbus: {
    v1: { PubSub: new (address: string, credentials: ChannelCredentials, options: Record<string, unknown>) => Stub };
  };
}

const PROTO = fileURLToPath(new URL('./pubsub_api.proto', import.meta.url));

const definition = loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true });

/**
 * The client class that grpc-js makes of the contract. Its type is asserted: the library reads the contract at run time, and types
 * what it makes only as some tree of services and messages.
 */
export const PubSubStub = (loadPackageDefinition(definition) as unknown as Contract).eventbus.v1.PubSub;

// The Pub/Sub API of the org: gRPC over TLS on the loopback address, by the service's own contract. Whoever calls shows
// an access token of this org; everything that is refused is refused with the platform's code.
// Source: Pub/Sub API guide; bridge/salesforce/pubsub/pubsub_api.proto.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  status,
  type Metadata,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceDefinition,
  type ServiceError,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { eventBus, type EventBus } from './bus.ts';
import { grpcError, refusal } from './errors.ts';
import { createFaults, type PubSubFaults } from './faults.ts';
import type { SignedInOrg } from './org.ts';
import { mayPublish, publishEvents, type PublishRequest, type PublishResponse } from './publish.ts';
import { Subscription, type FetchRequest, type FetchResponse, type StreamRules } from './subscription.ts';
import { loopbackCertificate } from './tls.ts';
import { viewerOf } from './viewer.ts';

export interface PubSubOptions {
  /** 0: any free port. */
  port?: number;
  /** PEM texts, and the path of the file that clients are to trust. */
  tls?: { cert: string; key: string; caFile: string };
  /** The documented bound of a keepalive is 270 s. */
  keepaliveMs?: number;
  /** About 70 s in the platform. */
  idleMs?: number;
  /** Deliveries until the allocation is used up; unlimited when left out. */
  deliveries?: number;
  /** Replay ids that can be taken for numbers, as production's are today; otherwise nothing of the kind. */
  numericReplayIds?: boolean;
}

export interface PubSubServer {
  /** `localhost:<port>`: TLS has no server names that are addresses. */
  address: string;
  /** The certificate that clients are to trust. */
  caFile: string;
  faults: PubSubFaults;
  close(): Promise<void>;
}

const PROTO = fileURLToPath(new URL('../../../bridge/salesforce/pubsub/pubsub_api.proto', import.meta.url));
/** A fetch is due within 70 s, an empty answer within 270 s (Pub/Sub API guide and its contract). */
const IDLE_MS = 70_000;
const KEEPALIVE_MS = 270_000;

/** Starts the server and returns when it answers. */
export async function startPubSub(org: SignedInOrg, options: PubSubOptions = {}): Promise<PubSubServer> {
  const bus = eventBus(org);
  if (options.numericReplayIds === true) bus.log.numberIds();
  const streams = new Set<Subscription>();
  const rules: StreamRules & { deliveries: number } = {
    keepaliveMs: options.keepaliveMs ?? KEEPALIVE_MS,
    idleMs: options.idleMs ?? IDLE_MS,
    delayMs: 0,
    silent: false,
    deliveries: options.deliveries ?? Number.POSITIVE_INFINITY,
    deliver(count) {
      if (this.deliveries <= 0) return false;
      this.deliveries -= count;
      org.usage.deliveredEvents.used += count;
      return true;
    },
  };

  const server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
  server.addService(serviceDefinition(), {
    GetTopic: unary(org, (request: { topic_name: string }, userId) => getTopic(org, bus, request.topic_name, userId)),
    GetSchema: unary(org, (request: { schema_id: string }) => getSchema(bus, request.schema_id)),
    Publish: unary(org, (request: PublishRequest, userId) => publishEvents(org, bus, userId, request)),
    PublishStream(call: ServerDuplexStream<PublishRequest, PublishResponse>) {
      const user = authenticate(org, call.metadata);
      if (isError(user)) call.emit('error', user);
      else publishStream(org, bus, user.userId, call, rules.idleMs);
    },
    Subscribe(call: ServerDuplexStream<FetchRequest, FetchResponse>) {
      const user = authenticate(org, call.metadata);
      if (isError(user)) {
        call.emit('error', user);
        return;
      }
      const stream: Subscription = new Subscription(call, bus, rules, viewerOf(org, bus, user.userId), () =>
        streams.delete(stream),
      );
      streams.add(stream);
    },
    ManagedSubscribe(call: ServerDuplexStream<unknown, unknown>) {
      call.emit('error', grpcError(status.UNIMPLEMENTED, 'This org has no managed event subscriptions.'));
    },
  });

  const own = options.tls ? undefined : await loopbackCertificate();
  const tls = options.tls ?? own;
  if (!tls) throw new Error('No certificate.');
  const credentials = ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) },
  ]);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`localhost:${options.port ?? 0}`, credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });

  const faults = createFaults(bus, rules, streams);
  org.listen({ committed: () => undefined, refreshed: () => void faults.dropStreams() });
  return {
    address: `localhost:${port}`,
    caFile: tls.caFile,
    faults,
    async close() {
      for (const stream of [...streams]) stream.fail(grpcError(status.UNAVAILABLE, 'The server is shutting down.'));
      // Clients that do not hang up are hung up on.
      server.forceShutdown();
      await own?.remove();
    },
  };
}

function serviceDefinition(): ServiceDefinition {
  const loaded = loadPackageDefinition(
    loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true }),
  );
  return (loaded as unknown as { eventbus: { v1: { PubSub: { service: ServiceDefinition } } } }).eventbus.v1.PubSub
    .service;
}

/** The caller's user, or why there is none. */
function authenticate(org: SignedInOrg, metadata: Metadata): { userId: string } | ServiceError {
  const [token, instance, tenant] = ['accesstoken', 'instanceurl', 'tenantid'].map((name) => metadata.get(name)[0]);
  if (!token || !instance || !tenant || !URL.canParse(String(instance)) || String(tenant) !== org.id) {
    return refusal('service.auth.headers.invalid', 'accesstoken, instanceurl and tenantid are needed.');
  }
  return org.sessions.verify(String(token)) ?? refusal('service.auth.error');
}

function unary<Q, A>(org: SignedInOrg, handle: (request: Q, userId: string) => A) {
  return (call: ServerUnaryCall<Q, A>, callback: sendUnaryData<A>): void => {
    const user = authenticate(org, call.metadata);
    if (isError(user)) {
      callback(user);
      return;
    }
    try {
      callback(null, handle(call.request, user.userId));
    } catch (error) {
      callback(isError(error) ? error : grpcError(status.INTERNAL, String(error)));
    }
  };
}

function isError(value: unknown): value is ServiceError {
  return value instanceof Error && 'metadata' in value;
}

function getTopic(org: SignedInOrg, bus: EventBus, name: string, userId: string): object {
  if (!name) throw refusal('topic.validation.empty');
  const topic = bus.topic(name);
  if (!topic) throw refusal('topic.not.found', name);
  return {
    topic_name: name,
    tenant_guid: `core/local/${org.id}`,
    can_publish: mayPublish(org, topic, userId),
    // Anyone may subscribe to a channel; what he may not see does not come.
    can_subscribe: topic.object === undefined || viewerOf(org, bus, userId).sees(topic.object),
    schema_id: topic.schemaId,
    rpc_id: randomUUID(),
  };
}

function getSchema(bus: EventBus, id: string): object {
  if (!id) throw refusal('schema.validation.failed');
  const schema = bus.schemas.byId(id);
  if (!schema) throw refusal('schema.not.found', id);
  return { schema_json: schema.json, schema_id: schema.id, rpc_id: randomUUID() };
}

/** Requests are answered in order; a stream that publishes nothing for too long is closed. */
function publishStream(
  org: SignedInOrg,
  bus: EventBus,
  userId: string,
  call: ServerDuplexStream<PublishRequest, PublishResponse>,
  idleMs: number,
): void {
  let topic = '';
  let idle: NodeJS.Timeout | undefined;
  const fail = (error: unknown): void => {
    clearTimeout(idle);
    call.emit('error', isError(error) ? error : grpcError(status.INTERNAL, String(error)));
  };
  const restart = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => fail(refusal('publish.stream.sweeper.timeout')), idleMs);
  };
  restart();
  call.on('data', (request: PublishRequest) => {
    restart();
    if (topic && request.topic_name && request.topic_name !== topic) {
      fail(refusal('publish.topic.mismatch'));
      return;
    }
    topic ||= request.topic_name;
    try {
      call.write(publishEvents(org, bus, userId, { ...request, topic_name: topic }));
    } catch (error) {
      fail(error);
    }
  });
  call.on('end', () => {
    clearTimeout(idle);
    call.end();
  });
  call.on('cancelled', () => clearTimeout(idle));
}

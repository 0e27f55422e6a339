// One gRPC connection to the Pub/Sub API, signed in as the session is when it is opened. Each subscription attempt has its
// own: a new stream must not reuse a half-open channel.
import { credentials, Metadata } from '@grpc/grpc-js';
import type { ChannelCredentials, ClientDuplexStream } from '@grpc/grpc-js';
import type { Session, Token } from '../auth/session.ts';
import { PubSubStub } from './proto.ts';
import type { FetchRequest, FetchResponse, PublishRequest, PublishResponse, TopicInfo, Unary } from './proto.ts';

export interface ChannelOptions {
  /** `api.pubsub.salesforce.com:7443` */
  address: string;
  /** PEM of the certificate to trust instead of the system's; for a local org. */
  ca?: string;
  session: Session;
}

export interface Channel {
  /** What it is signed in with. */
  readonly token: Token;
  topic(name: string): Promise<TopicInfo>;
  /** The schema's text. */
  schema(id: string): Promise<string>;
  publish(request: PublishRequest): Promise<PublishResponse>;
  subscribe(): ClientDuplexStream<FetchRequest, FetchResponse>;
  close(): void;
}

/** A look-up takes milliseconds; after this the connection counts as dead. */
const DEADLINE_MS = 20_000;

const CHANNEL = {
  // Without its own pool a new client would get the old, perhaps dead, TCP connection.
  'grpc.use_local_subchannel_pool': 1,
  // A half-open connection is noticed after 80 s at the latest; pings more often are answered with GOAWAY by some proxies.
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  // 100 events of up to 1 MB may come in one response; the default would be 4 MB.
  'grpc.max_receive_message_length': 110 * 1024 * 1024,
  // Reconnecting is the subscription's own business.
  'grpc.enable_retries': 0,
};

/**
 * The connection itself is made with the first call.
 * @param signal cancels look-ups that are under way
 * @throws PeerError of the session
 */
export async function openChannel(options: ChannelOptions, signal?: AbortSignal): Promise<Channel> {
  const token = await options.session.token();
  const stub = new PubSubStub(options.address, trust(options.ca), { ...CHANNEL, ...nameOf(options.address) });
  const metadata = new Metadata();
  metadata.set('accesstoken', token.accessToken);
  metadata.set('instanceurl', token.instanceUrl);
  metadata.set('tenantid', token.orgId);

  const call = <Q, A>(method: Unary<Q, A>, request: Q): Promise<A> =>
    new Promise((resolve, reject) => {
      const cancel = (): void => running.cancel();
      const running = method.call(stub, request, metadata, { deadline: Date.now() + DEADLINE_MS }, (error, answer) => {
        signal?.removeEventListener('abort', cancel);
        if (error || answer === undefined) reject(error ?? new Error('The answer of the call was empty.'));
        else resolve(answer);
      });
      signal?.addEventListener('abort', cancel);
    });

  return {
    token,
    topic: (topic_name) => call(stub.GetTopic, { topic_name }),
    schema: async (schema_id) => {
      const answer = await call(stub.GetSchema, { schema_id });
      return answer.schema_json;
    },
    publish: (request) => call(stub.Publish, request),
    subscribe: () => stub.Subscribe(metadata),
    close: () => stub.close(),
  };
}

const trust = (ca: string | undefined): ChannelCredentials =>
  credentials.createSsl(ca === undefined ? null : Buffer.from(ca));

/** A TLS server name cannot be an IP address: a server on this machine is addressed as `localhost`. */
const nameOf = (address: string): Record<string, string> =>
  /^(127\.\d+\.\d+\.\d+|\[::1\]):\d+$/.test(address) ? { 'grpc.ssl_target_name_override': 'localhost' } : {};

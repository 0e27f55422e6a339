// The Pub/Sub API of the light org: streams change events that were made beforehand, as many as are requested, and takes what is published
// without looking at it. What it does not know it asks the local org's own API for.
import { randomUUID } from 'node:crypto';
import { credentials, Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import type { CallOptions, Client } from '@grpc/grpc-js';
import {
  PubSubStub,
  type FetchRequest,
  type FetchResponse,
  type PublishRequest,
  type PublishResponse,
  type Unary,
} from '../../bridge/salesforce/pubsub/proto.ts';
import { loopbackCertificate } from '../../test/salesforce/pubsub/tls.ts';

export interface LightStream {
  /** `localhost:<port>` */
  address: string;
  caFile: string;
  /** Streams these from now on, to those who subscribe to `topic` and know all that came before. */
  release(topic: string, schemaId: string, payloads: readonly Buffer[]): void;
  /** Where the local org's own API is. */
  passTo(target: { pubsubUrl: string; caFile: string }): void;
}

/** Events that may be requested and not sent, and so the most in one response; more count as so many, as in the platform. */
const REQUESTED = 100;

type Message = FetchResponse['events'][number];

export async function startLightStream(): Promise<LightStream> {
  const released = new Map<string, Message[]>();
  const streams = new Set<() => void>();
  let stub: Client | undefined;

  const pass =
    <Q, A>(name: 'GetTopic' | 'GetSchema') =>
    ({ request, metadata }: ServerUnaryCall<Q, A>, answer: sendUnaryData<A>): void => {
      const own = stub as unknown as Record<typeof name, Unary<Q, A>>;
      const options: CallOptions = {};
      own[name].call(stub as never, request, metadata, options, (error, value) => answer(error, value ?? null));
    };

  function subscribe(call: ServerDuplexStream<FetchRequest, FetchResponse>): void {
    let events: Message[] | undefined;
    let position = 0;
    let pending = 0;
    function pump(): void {
      while (events && pending > 0 && position < events.length && !call.writableNeedDrain) {
        const some = events.slice(position, position + pending);
        position += some.length;
        pending -= some.length;
        call.write({ events: some, latest_replay_id: replayIdAt(position), pending_num_requested: pending });
      }
    }
    call.on('data', (request: FetchRequest) => {
      if (!events) {
        events = released.get(request.topic_name) ?? [];
        released.set(request.topic_name, events);
        const known = request.replay_preset === 'CUSTOM' ? positionAfter(events, request.replay_id) : undefined;
        position = known ?? events.length;
        pending = Math.min(REQUESTED, request.num_requested);
        // As a keepalive: who has it has subscribed.
        call.write({ events: [], latest_replay_id: replayIdAt(position), pending_num_requested: pending });
      } else pending = Math.min(REQUESTED, pending + request.num_requested);
      pump();
    });
    call.on('drain', pump);
    call.on('end', () => call.end());
    for (const over of ['cancelled', 'error', 'close']) call.on(over, () => streams.delete(pump));
    streams.add(pump);
  }

  const server = new Server();
  server.addService((PubSubStub as unknown as { service: ServiceDefinition }).service, {
    GetTopic: pass('GetTopic'),
    GetSchema: pass('GetSchema'),
    Publish({ request }: ServerUnaryCall<PublishRequest, PublishResponse>, answer: sendUnaryData<PublishResponse>) {
      const results = request.events.map(({ id }) => ({
        replay_id: Buffer.from([1]),
        error: null,
        correlation_key: id,
      }));
      answer(null, { results, schema_id: request.events[0]?.schema_id ?? '' });
    },
    Subscribe: subscribe,
  });
  const { cert, key, caFile } = await loopbackCertificate();
  const trusted = ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(cert), private_key: Buffer.from(key) }]);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('localhost:0', trusted, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    address: `localhost:${port}`,
    caFile,
    release(topic, schemaId, payloads) {
      const events = released.get(topic) ?? [];
      released.set(topic, events);
      for (const payload of payloads) {
        const event = { id: randomUUID(), schema_id: schemaId, payload };
        events.push({ event, replay_id: replayIdAt(events.length + 1) });
      }
      for (const pump of streams) pump();
    },
    passTo({ pubsubUrl, caFile: trust }) {
      stub = new PubSubStub(pubsubUrl, credentials.createSsl(readFileSync(trust)), {});
    },
  };
}

/** Of the event before the position. */
function replayIdAt(position: number): Buffer {
  const id = Buffer.alloc(8);
  id.writeUInt32BE(position, 4);
  return id;
}

/** Undefined for a replay id of the local org. */
function positionAfter(events: readonly Message[], id: Buffer | undefined): number | undefined {
  if (id?.length !== 8) return undefined;
  const position = id.readUInt32BE(4);
  return position <= events.length ? position : undefined;
}

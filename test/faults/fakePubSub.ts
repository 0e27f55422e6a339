// A Pub/Sub server that says what a test puts into its mouth, over real gRPC and TLS: every stream is handed to the test with
// what was asked of it. For what no well-behaved server does on demand; the local org is for all else.
import { Metadata, Server, ServerCredentials, loadPackageDefinition, status } from '@grpc/grpc-js';
import type { ServerDuplexStream, ServerUnaryCall, ServiceDefinition, sendUnaryData } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import avsc from 'avsc';
import { fileURLToPath } from 'node:url';
import type { FetchRequest, FetchResponse, PublishRequest } from '../../bridge/salesforce/pubsub/proto.ts';
import { loopbackCertificate } from '../salesforce/pubsub/tls.ts';

export interface FakeStream {
  /** Every FetchRequest, in order. */
  requests: FetchRequest[];
  /** Events that may be sent before the client asks again. */
  credit: number;
  accessToken: string;
  /** Each event: replay id, schema id, payload. */
  send(events: [replayId: string, schemaId: string, payload: Buffer][], latest?: string): void;
  keepalive(latest: string): void;
  fail(code: status, errorCode?: string): void;
  end(): void;
}

export interface FakePubSub {
  address: string;
  caFile: string;
  streams: FakeStream[];
  /** Resolves with the n-th stream (from 0) when its first request is in. */
  stream(n: number): Promise<FakeStream>;
  /** Text by id; a missing one is NOT_FOUND. */
  schemas: Map<string, string>;
  schemaRequests: string[];
  published: PublishRequest[];
  /** Refuses streams of these access tokens. */
  expired: Set<string>;
  /** GetTopic's answers, made to fail. */
  topicFault: { code: status; errorCode: string } | undefined;
  /** Ids of events whose publishing is refused, with the message. */
  refusals: Map<number, string>;
  close(): Promise<void>;
}

const PROTO = fileURLToPath(new URL('../../bridge/salesforce/pubsub/pubsub_api.proto', import.meta.url));

const grpcError = (code: status, errorCode = ''): object => {
  const metadata = new Metadata();
  if (errorCode) metadata.set('error-code', `sfdc.platform.eventbus.grpc.${errorCode}`);
  return Object.assign(new Error(errorCode || status[code]), { code, details: errorCode || status[code], metadata });
};

export async function startFakePubSub(): Promise<FakePubSub> {
  const tls = await loopbackCertificate();
  const waiting = new Map<number, (stream: FakeStream) => void>();
  const fake: FakePubSub = {
    address: '',
    caFile: tls.caFile,
    streams: [],
    schemas: new Map(),
    schemaRequests: [],
    published: [],
    expired: new Set(),
    topicFault: undefined,
    refusals: new Map(),
    stream: (n) =>
      new Promise((resolve) => {
        const stream = fake.streams[n];
        if (stream && stream.requests.length > 0) resolve(stream);
        else waiting.set(n, resolve);
      }),
    close: async () => {
      server.forceShutdown();
      await tls.remove();
    },
  };
  const server = new Server();
  const contract = loadPackageDefinition(
    loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true }),
  );
  const { service } = (contract as unknown as { eventbus: { v1: { PubSub: { service: ServiceDefinition } } } }).eventbus
    .v1.PubSub;
  const refused = (metadata: Metadata): object | undefined =>
    fake.expired.has(String(metadata.get('accesstoken')[0]))
      ? grpcError(status.UNAUTHENTICATED, 'service.auth.error')
      : undefined;

  server.addService(service, {
    GetTopic(call: ServerUnaryCall<{ topic_name: string }, object>, callback: sendUnaryData<object>) {
      const fault =
        refused(call.metadata) ?? (fake.topicFault && grpcError(fake.topicFault.code, fake.topicFault.errorCode));
      if (fault) callback(fault);
      else callback(null, { ...call.request, can_publish: true, can_subscribe: true, schema_id: 'topic' });
    },
    GetSchema(call: ServerUnaryCall<{ schema_id: string }, object>, callback: sendUnaryData<object>) {
      const { schema_id } = call.request;
      fake.schemaRequests.push(schema_id);
      const schema_json = fake.schemas.get(schema_id);
      if (schema_json === undefined) callback(grpcError(status.NOT_FOUND, 'schema.not.found'));
      else callback(null, { schema_id, schema_json });
    },
    Publish(call: ServerUnaryCall<PublishRequest, object>, callback: sendUnaryData<object>) {
      const { length } = fake.published.flatMap(({ events }) => events);
      fake.published.push(call.request);
      const results = call.request.events.map((event, index) => {
        const msg = fake.refusals.get(length + index);
        return { replay_id: Buffer.from('r'), correlation_key: event.id, error: msg ? { code: 'PUBLISH', msg } : null };
      });
      callback(null, { results, schema_id: 'topic' });
    },
    Subscribe(call: ServerDuplexStream<FetchRequest, FetchResponse>) {
      const fault = refused(call.metadata);
      if (fault) return void call.emit('error', fault);
      const write = (events: FetchResponse['events'], latest: string): void => {
        stream.credit -= events.length;
        call.write({
          events,
          latest_replay_id: Buffer.from(latest),
          pending_num_requested: Math.max(0, stream.credit),
        });
      };
      const stream: FakeStream = {
        requests: [],
        credit: 0,
        accessToken: String(call.metadata.get('accesstoken')[0]),
        send: (events, latest = '') =>
          write(
            events.map(([replayId, schema_id, payload]) => ({
              event: { id: replayId, schema_id, payload },
              replay_id: Buffer.from(replayId),
            })),
            latest,
          ),
        keepalive: (latest) => write([], latest),
        fail: (code, errorCode) => call.emit('error', grpcError(code, errorCode)),
        end: () => call.end(),
      };
      const n = fake.streams.push(stream) - 1;
      call.on('error', () => {});
      call.on('data', (request: FetchRequest) => {
        stream.requests.push(request);
        stream.credit += request.num_requested;
        waiting.get(n)?.(stream);
        waiting.delete(n);
      });
      call.on('end', () => call.end());
    },
  });
  const credentials = ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) },
  ]);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  fake.address = `127.0.0.1:${port}`;
  return fake;
}

const strings = { type: 'array', items: 'string' };
const header = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: strings },
    {
      name: 'changeType',
      type: {
        type: 'enum',
        name: 'ChangeType',
        symbols: [
          'CREATE',
          'UPDATE',
          'DELETE',
          'UNDELETE',
          'GAP_CREATE',
          'GAP_UPDATE',
          'GAP_DELETE',
          'GAP_UNDELETE',
          'GAP_OVERFLOW',
        ],
      },
    },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: strings },
    { name: 'diffFields', type: strings },
    { name: 'changedFields', type: strings },
  ],
};
const optional = (type: unknown): object => ({ type: ['null', type], default: null });
const record = (name: string, parts: string[]): object => ({
  type: 'record',
  name,
  fields: parts.map((part) => ({ name: part, ...optional('string') })),
});

/** A LeadChangeEvent's schema: positions 1 Name, 2 Company, 3 BillingAddress, 4 Seen_At__c, 5 Born__c, 6 Score__c, 7 …more. */
export function leadSchema(...more: string[]): string {
  return JSON.stringify({
    type: 'record',
    name: 'LeadChangeEvent',
    namespace: 'com.sforce.eventbus',
    fields: [
      { name: 'ChangeEventHeader', type: header },
      {
        name: 'Name',
        doc: 'Name:PersonName',
        ...optional(record('PersonName', ['Salutation', 'FirstName', 'LastName'])),
      },
      { name: 'Company', doc: 'Data:Text', ...optional('string') },
      { name: 'BillingAddress', doc: 'Data:Address', ...optional(record('Address', ['Street', 'City', 'State'])) },
      { name: 'Seen_At__c', doc: 'Data:DateTime', ...optional('long') },
      { name: 'Born__c', doc: 'Data:DateOnly', ...optional('long') },
      { name: 'Score__c', doc: 'Data:Double', ...optional('double') },
      ...more.map((name) => ({ name, doc: 'Data:Text', ...optional('string') })),
    ],
  });
}

/** One more than 2^53, and two: a double cannot distinguish them. */
export const COMMIT_NUMBER = 9_007_199_254_740_993n;
const bigLong = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: number | bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint' || typeof value === 'number',
  compare: () => 0,
});

const types = new Map<string, avsc.Type>();

/** The payload of a change. `fields`: by Avro name; the rest is null. */
export function leadEvent(
  schema: string,
  given: {
    id?: string;
    ids?: string[];
    type?: string;
    entity?: string;
    changed?: string[];
    nulled?: string[];
    diff?: string[];
  },
  fields: Record<string, unknown> = {},
): Buffer {
  const parsed = JSON.parse(schema) as { fields: { name: string }[] };
  const type =
    types.get(schema) ?? avsc.Type.forSchema(parsed as unknown as avsc.Schema, { registry: { long: bigLong } });
  types.set(schema, type);
  const blank = Object.fromEntries(parsed.fields.map(({ name }) => [name, null]));
  return type.toBuffer({
    ...blank,
    ...fields,
    ChangeEventHeader: {
      entityName: given.entity ?? 'Lead',
      recordIds: given.ids ?? [given.id ?? '00Q000000000001AAA'],
      changeType: given.type ?? 'CREATE',
      changeOrigin: 'com/salesforce/api/rest/67.0;client=test',
      transactionKey: 't',
      sequenceNumber: 1,
      commitTimestamp: 1_763_900_000_000,
      commitNumber: COMMIT_NUMBER,
      commitUser: '005000000000001AAA',
      nulledFields: given.nulled ?? [],
      diffFields: given.diff ?? [],
      changedFields: given.changed ?? [],
    },
  });
}

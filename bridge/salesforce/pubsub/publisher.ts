// Publishes platform events over the Pub/Sub API, which spends no API call. Each event has its own result, in the order it
// was given; an event that cannot be encoded fails alone. Publishing is at-least-once: events carry an id of their own.
// Source: Pub/Sub API guide, "Publish RPC Method", "Pub/Sub API Allocations".
import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import { PeerError } from '../../model/fault.ts';
import type { Fault } from '../../model/fault.ts';
import type { Result } from '../../model/result.ts';
import type { SalesforceFields } from '../../model/salesforce.ts';
import { classOfCode } from '../faults.ts';
import type { EventSchema, Schemas } from './avro.ts';
import { openChannel } from './channel.ts';
import type { Channel, ChannelOptions } from './channel.ts';
import { isServiceError, streamFault } from './streamFaults.ts';
import type { ProducerEvent, PublishResponse } from './proto.ts';

/** Events and bytes of one request: the API's limit, and what it recommends (4 MB are refused). */
const MAX_EVENTS = 200;
const MAX_BYTES = 3_000_000;
/** Of one event. */
const MAX_EVENT_BYTES = 1_000_000;

export type PublishResult = Result<{ replayId: string }>;

export interface Publisher {
  /**
   * @param topic `/event/Integration_Report__e`
   * @param events fields by API name, dates and times as REST has them
   * @returns one result for each event, in order
   * @throws PeerError when nothing could be published
   */
  publish(topic: string, events: readonly SalesforceFields[]): Promise<PublishResult[]>;
  close(): void;
}

export function createPublisher(peer: ChannelOptions, schemas: Schemas, { retries = 3 } = {}): Publisher {
  let channel: Promise<Channel> | undefined;

  /** A failed call's connection is not used again, and its token not either where that was refused. */
  async function attempt<T>(work: (channel: Channel) => Promise<T>): Promise<T> {
    const opened = (channel ??= openChannel(peer));
    try {
      return await work(await opened);
    } catch (error) {
      if (channel === opened) channel = undefined;
      const failed = await opened.catch(() => undefined);
      failed?.close();
      const { remedy } = streamFault(error);
      if (failed && remedy === 'refresh') await peer.session.refresh(failed.token.accessToken);
      throw error;
    }
  }

  function send(topic: string, events: ProducerEvent[]): Promise<PublishResponse> {
    return pRetry(() => attempt((open) => open.publish({ topic_name: topic, events })), {
      retries,
      minTimeout: 300,
      randomize: true,
      shouldRetry: ({ error }) => ['retry', 'refresh'].includes(streamFault(error).remedy),
    });
  }

  async function schemaOf(topic: string): Promise<{ schema: EventSchema; userId: string }> {
    return pRetry(
      () =>
        attempt(async (open) => {
          const { schema_id } = await open.topic(topic);
          const schema = await schemas.get(schema_id, (id) => open.schema(id));
          return { schema, userId: open.token.userId };
        }),
      {
        retries,
        minTimeout: 300,
        randomize: true,
        shouldRetry: ({ error }) => ['retry', 'refresh'].includes(streamFault(error).remedy),
      },
    );
  }

  return {
    async publish(topic, events) {
      if (events.length === 0) return [];
      const results: PublishResult[] = [];
      try {
        // The schema is read each time: a field that was added to the event a minute ago is then known.
        const { schema, userId } = await schemaOf(topic);
        const encoded: { index: number; event: ProducerEvent }[] = [];
        events.forEach((fields, index) => {
          const payload = encode(schema, fields, userId);
          if (Buffer.isBuffer(payload))
            encoded.push({ index, event: { id: randomUUID(), schema_id: schema.id, payload } });
          else results[index] = { ok: false, fault: payload };
        });
        for (const chunk of chunks(encoded)) {
          const answer = await send(
            topic,
            chunk.map(({ event }) => event),
          );
          chunk.forEach(({ index }, position) => (results[index] = resultOf(answer.results[position])));
        }
      } catch (error) {
        const fault = faultOf(error);
        // What was published before the failure keeps its result; with nothing published, the call has failed.
        if (!results.some(({ ok }) => ok)) throw new PeerError('salesforce', fault, { cause: error });
        for (let index = 0; index < events.length; index += 1) results[index] ??= { ok: false, fault };
      }
      return results;
    },

    close() {
      void channel?.then((open) => open.close()).catch(() => {});
      channel = undefined;
    },
  };
}

function* chunks<T extends { event: ProducerEvent }>(events: T[]): Generator<T[]> {
  let chunk: T[] = [];
  let bytes = 0;
  for (const one of events) {
    const { length } = one.event.payload;
    if (chunk.length > 0 && (chunk.length === MAX_EVENTS || bytes + length > MAX_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(one);
    bytes += length;
  }
  if (chunk.length > 0) yield chunk;
}

/** By schema: its fields, and whether each is a date or a time. */
const fieldsBySchema = new WeakMap<EventSchema, ReadonlyMap<string, boolean>>();

function fieldsOf(schema: EventSchema): ReadonlyMap<string, boolean> {
  let fields = fieldsBySchema.get(schema);
  if (!fields) {
    fields = new Map(schema.fields.map(({ name, doc }) => [name, /:(DateOnly|DateTime)\b/.test(doc)]));
    fieldsBySchema.set(schema, fields);
  }
  return fields;
}

/** The payload, or why there is none. */
function encode(schema: EventSchema, fields: SalesforceFields, userId: string): Buffer | Fault {
  const known = fieldsOf(schema);
  const unknown = Object.keys(fields).filter((name) => !known.has(name));
  if (unknown.length > 0)
    return refused('INVALID_FIELD', `${schema.name} has no field ${unknown.join(', ')}.`, unknown);
  // The platform writes its own over these two, but its schema asks for them.
  const record: Record<string, unknown> = { CreatedDate: Date.now(), CreatedById: userId };
  for (const [name, isTime] of known) {
    const value = fields[name];
    if (value !== undefined || !(name in record))
      record[name] = isTime && typeof value === 'string' ? Date.parse(value) : (value ?? null);
  }
  try {
    const payload = schema.encode(record);
    if (payload.length <= MAX_EVENT_BYTES) return payload;
    return refused('MESSAGE_TOO_LARGE', `The event has ${payload.length} bytes; ${MAX_EVENT_BYTES} are allowed.`);
  } catch (error) {
    return refused('INVALID_VALUE', error instanceof Error ? error.message : String(error));
  }
}

const refused = (code: string, message: string, fields: string[] = []): Fault => ({
  class: 'record',
  code,
  message,
  fields,
  unknownOutcome: false,
});

function resultOf(result: PublishResponse['results'][number] | undefined): PublishResult {
  if (!result)
    return { ok: false, fault: { ...refused('NO_RESULT', 'No result came for this event.'), class: 'retry' } };
  if (!result.error) return { ok: true, replayId: result.replay_id.toString('base64') };
  const message = result.error.msg;
  const code = /\b[A-Z]+(?:_[A-Z]+)+\b/.exec(message)?.[0] ?? 'PUBLISH';
  return { ok: false, fault: { ...refused(code, message), class: classOfCode(code, message) ?? 'record' } };
}

function faultOf(error: unknown): Fault {
  if (error instanceof PeerError) return error.fault;
  const { remedy, code, message } = streamFault(error);
  const classes = {
    retry: 'retry',
    refresh: 'auth',
    slowDown: 'limit',
    wait: 'limit',
    cursorLost: 'retry',
    stop: 'stop',
  };
  const faultClass = classes[remedy] as Fault['class'];
  return { class: faultClass, code, message, fields: [], unknownOutcome: isServiceError(error) && remedy === 'retry' };
}

// Publishing by a client: the payload is read with the schema that it names, the event passes the org's own rules, and
// each event of a request has its own answer.
// Source: Pub/Sub API guide, "Publish RPC Method".
import { randomUUID } from 'node:crypto';
import type { Row } from '../model.ts';
import type { EventBus, Topic } from './bus.ts';
import { refusal } from './errors.ts';
import type { EventsOrg } from './org.ts';
import { rowValue, type EventSchema } from './schemas.ts';

export interface PublishRequest {
  topic_name: string;
  events: { id: string; schema_id: string; payload: Buffer }[];
}

export interface PublishResponse {
  results: { replay_id: Buffer; error: { code: 'PUBLISH'; msg: string } | null; correlation_key: string }[];
  schema_id: string;
  rpc_id: string;
}

/** Events in one request (Pub/Sub API guide, "Pub/Sub API Allocations and Limits"). */
const MAX_EVENTS = 200;
const NO_REPLAY_ID = Buffer.alloc(0);

/** @throws ServiceError for what is wrong with the request as a whole */
export function publishEvents(org: EventsOrg, bus: EventBus, userId: string, request: PublishRequest): PublishResponse {
  if (!request.topic_name) throw refusal('topic.validation.empty');
  const topic = bus.topic(request.topic_name);
  if (!topic) throw refusal('topic.not.found', request.topic_name);
  if (!mayPublish(org, topic, userId)) throw refusal('publish.topic.cannot.publish', request.topic_name);
  if (request.events.length === 0 || request.events.length > MAX_EVENTS) throw refusal('publish.event.count.invalid');
  const entity = request.topic_name.slice('/event/'.length);
  const events = request.events.map((event) => ({
    id: event.id || randomUUID(),
    decode: () => decode(bus, entity, event.schema_id, event.payload),
  }));
  const answers = bus.publish(entity, userId, events);
  return {
    results: answers.map((answer, index) => ({
      replay_id: 'replayId' in answer ? answer.replayId : NO_REPLAY_ID,
      error: 'error' in answer ? { code: 'PUBLISH', msg: answer.error.message } : null,
      correlation_key: events[index]?.id ?? '',
    })),
    schema_id: topic.schemaId,
    rpc_id: randomUUID(),
  };
}

/** Publishing an event is creating it. */
export function mayPublish(org: EventsOrg, topic: Topic, userId: string): boolean {
  const { object } = topic;
  return topic.canPublish && object !== undefined && org.access.of(userId).object(org.schema.object(object)).create;
}

function decode(bus: EventBus, entity: string, schemaId: string, payload: Buffer): Row {
  const schema: EventSchema | undefined = bus.schemas.byId(schemaId);
  if (schema?.recordName !== entity) throw new Error(`Schema ${schemaId} is not one of ${entity}.`);
  const message = schema.type.fromBuffer(payload) as Record<string, unknown>;
  const row: Row = {};
  for (const { source } of schema.fields) {
    const value = source && message[source.name];
    // A null is a field that was not given, so that the event's own defaults apply.
    if (source && value !== null && value !== undefined) row[source.name] = rowValue(source, value);
  }
  return row;
}

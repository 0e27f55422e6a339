// A bare subscriber: asks for events, decodes them and keeps nothing but when each title came to be. What the local Pub/Sub
// API can give, and at the same time the org's own word on when its records were committed.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { compileSchema, type EventSchema } from '../../bridge/salesforce/pubsub/avro.ts';
import { openChannel, type Channel } from '../../bridge/salesforce/pubsub/channel.ts';
import type { FetchResponse } from '../../bridge/salesforce/pubsub/proto.ts';
import { packageTopics } from '../../bridge/salesforce/org/topics.ts';
import { packageNames } from '../../bridge/model/salesforce.ts';
import type { OrgClient } from './org.ts';
import type { OrgAddress } from './system.ts';

/** What one request may ask for, and how many are asked for ahead: as the bridge does. */
const FETCH = 100;
const WINDOW = 500;

const eventSchema = z.object({
  ChangeEventHeader: z.object({ commitTimestamp: z.number() }),
  Title: z.unknown(),
});

export interface Replay {
  /** ms since the epoch at which a Lead first had this title. */
  committed: Map<string, number>;
  events: number;
  ms: number;
}

/** Reads every change event that the org keeps, until it has seen `last` titles. */
export async function replay(org: OrgAddress, client: OrgClient, last: string): Promise<Replay> {
  const { channel, topic } = await open(org, client);
  const committed = new Map<string, number>();
  const schemas = new Map<string, EventSchema>();
  let events = 0;
  try {
    await channel.topic(topic);
    const stream = channel.subscribe();
    const command = (first = {}): boolean => stream.write({ topic_name: topic, num_requested: FETCH, ...first });
    const began = performance.now();
    command({ replay_preset: 'EARLIEST' });
    for (let asked = FETCH; asked < WINDOW; asked += FETCH) command();
    let owed = 0;
    for await (const response of stream as AsyncIterable<FetchResponse>) {
      for (const { event } of response.events) {
        if (!event) continue;
        const schema =
          schemas.get(event.schema_id) ?? compileSchema(event.schema_id, await channel.schema(event.schema_id));
        schemas.set(schema.id, schema);
        const { Title, ChangeEventHeader } = eventSchema.parse(schema.decode(event.payload));
        const title = titleOf(Title);
        if (title !== undefined && !committed.has(title)) committed.set(title, ChangeEventHeader.commitTimestamp);
      }
      events += response.events.length;
      owed += response.events.length;
      if (committed.has(last)) break;
      for (; owed >= FETCH; owed -= FETCH) command();
    }
    return { committed, events, ms: performance.now() - began };
  } finally {
    channel.close();
  }
}

/** An event as it came, with what it takes to make others like it. */
export interface Sample {
  topic: string;
  schemaId: string;
  schema: string;
  /** base64 */
  payload: string;
}

/** The last event that the org keeps, which has to be the update of a Lead. */
export async function lastUpdate(org: OrgAddress, client: OrgClient): Promise<Sample> {
  const { channel, topic } = await open(org, client);
  try {
    const stream = channel.subscribe();
    stream.write({ topic_name: topic, num_requested: FETCH, replay_preset: 'EARLIEST' });
    for await (const { events } of stream as AsyncIterable<FetchResponse>) {
      const event = events.at(-1)?.event;
      if (!event) break;
      const schema = await channel.schema(event.schema_id);
      return { topic, schemaId: event.schema_id, schema, payload: event.payload.toString('base64') };
    }
    throw new Error('The org keeps no event.');
  } finally {
    channel.close();
  }
}

async function open(org: OrgAddress, { session }: OrgClient): Promise<{ channel: Channel; topic: string }> {
  const channel = await openChannel({ address: org.pubsubUrl, ca: readFileSync(org.caFile, 'utf8'), session });
  return { channel, topic: packageTopics(packageNames('')).changes };
}

/** A nullable text comes bare, or under the name of its branch. */
function titleOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const parsed = z.object({ string: z.string() }).safeParse(value);
  return parsed.success ? parsed.data.string : undefined;
}

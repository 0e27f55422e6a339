// A bare subscriber: asks for events, decodes them and keeps nothing but when each title came to be. What the local Pub/Sub
// API can give, and at the same time the org's own word on when its records were committed.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { compileSchema, type EventSchema } from '../../bridge/salesforce/pubsub/avro.ts';
import { openChannel } from '../../bridge/salesforce/pubsub/channel.ts';
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
  const peer = { address: org.pubsubUrl, ca: readFileSync(org.caFile, 'utf8'), session: client.session };
  const channel = await openChannel(peer);
  const topic = packageTopics(packageNames('')).changes;
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

/** A nullable text comes bare, or under the name of its branch. */
function titleOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const parsed = z.object({ string: z.string() }).safeParse(value);
  return parsed.success ? parsed.data.string : undefined;
}

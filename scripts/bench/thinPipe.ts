// The most that any bridge could do on this machine, as a process of its own: it receives and decodes the change events of an org and sends each
// value to Sellfire in batches, with nothing kept, decided, compared or reported.
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { z } from 'zod';
import { compileSchema, type EventSchema } from '../../bridge/salesforce/pubsub/avro.ts';
import { openChannel } from '../../bridge/salesforce/pubsub/channel.ts';
import type { FetchResponse } from '../../bridge/salesforce/pubsub/proto.ts';
import { packageTopics } from '../../bridge/salesforce/org/topics.ts';
import { packageNames } from '../../bridge/model/salesforce.ts';
import { BATCH_LIMIT } from '../../bridge/sellfire/payloads.ts';
import { leadIdAt, numberOf } from './lightIds.ts';
import { createOrgClient } from './org.ts';
import { orgSchema, sellfireSchema } from './system.ts';

/** Events that may be asked for ahead, fewer of which are not asked for alone, and batches under way: all as the bridge has them. */
const FETCH = 100;
const FEW = 50;
const AT_ONCE = 5;

const { org, sellfire } = z
  .object({ org: orgSchema, sellfire: sellfireSchema })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

interface Operation {
  op: 'update';
  idempotency_key: string;
  lead_id: string;
  lead: { fields: { title: unknown } };
}

const { session } = createOrgClient(org, org.users.integration);
const channel = await openChannel({ address: org.pubsubUrl, ca: readFileSync(org.caFile, 'utf8'), session });
const pool = new Pool(sellfire.url, { connections: AT_ONCE });
const topic_name = packageTopics(packageNames('')).changes;
const schemas = new Map<string, EventSchema>();
const waiting: Operation[] = [];
let underWay = 0;
let owed = 0;

const stream = channel.subscribe();
stream.write({ topic_name, num_requested: FETCH, replay_preset: 'LATEST' });
for await (const { events } of stream as AsyncIterable<FetchResponse>) {
  if (events.length === 0) process.stdout.write(`${JSON.stringify({ event: 'subscribed' })}\n`);
  for (const { event, replay_id } of events) {
    if (!event) continue;
    const schema =
      schemas.get(event.schema_id) ?? compileSchema(event.schema_id, await channel.schema(event.schema_id));
    schemas.set(schema.id, schema);
    const { ChangeEventHeader: header, Title: title } = schema.decode(event.payload) as {
      ChangeEventHeader: { recordIds: string[] };
      Title: unknown;
    };
    for (const recordId of header.recordIds) {
      const number = numberOf(recordId);
      if (number === undefined) continue;
      const key = replay_id.toString('base64');
      waiting.push({ op: 'update', idempotency_key: key, lead_id: leadIdAt(number), lead: { fields: { title } } });
    }
  }
  owed += events.length;
  send();
}

/** Full batches, and what is left where none is under way; more is asked for while little waits. */
function send(): void {
  while (underWay < AT_ONCE && (waiting.length >= BATCH_LIMIT || (underWay === 0 && waiting.length > 0))) {
    const operations = waiting.splice(0, BATCH_LIMIT);
    underWay += 1;
    void post(operations).finally(() => {
      underWay -= 1;
      send();
    });
  }
  if (owed < FEW || waiting.length >= AT_ONCE * BATCH_LIMIT) return;
  stream.write({ topic_name, num_requested: owed });
  owed = 0;
}

async function post(operations: Operation[]): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${sellfire.apiKey}` };
  const path = '/v1/leads/batch';
  const answer = await pool.request({ method: 'POST', path, headers, body: JSON.stringify({ operations }) });
  const { results } = (await answer.body.json()) as { results: unknown[] };
  if (results.length !== operations.length) throw new Error('A batch was answered in part.');
}

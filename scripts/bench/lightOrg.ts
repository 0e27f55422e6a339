// A Salesforce that only answers, as a process of its own: it streams change events that were made beforehand and takes every write without
// saving it. What it does not know by itself, the sign-in, the describe and the configuration, comes from a local org behind it.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { compileSchema, type EventSchema } from '../../bridge/salesforce/pubsub/avro.ts';
import { createArrivals, startFront } from './lightFront.ts';
import { numberOf, pairsOf, recordIdAt } from './lightIds.ts';
import { startLightStream } from './lightStream.ts';

const targetSchema = z.object({ restUrl: z.string(), pubsubUrl: z.string(), caFile: z.string() });
/** An event of the local org, after which all others are made. */
const sampleSchema = z.object({ topic: z.string(), schemaId: z.string(), schema: z.string(), payload: z.string() });
const burstSchema = z.object({ count: z.number(), from: z.number(), of: z.number(), title: z.string() });
const recordsSchema = z.object({ records: z.array(z.object({ Id: z.string() })) });
const eventSchema = z.looseObject({ ChangeEventHeader: z.looseObject({}), Title: z.unknown() });

let topic = '';
let schema: EventSchema | undefined;
let sample: z.infer<typeof eventSchema> | undefined;
const written = createArrivals();
const stream = await startLightStream();
const front = await startFront(({ route, body }) => {
  switch (route) {
    case 'PATCH /services/data/v67.0/composite/sobjects':
      return save(body);
    case 'POST /_light/target':
      return target(body);
    case 'POST /_light/sample':
      return learn(body);
    case 'POST /_light/release':
      return release(body);
    case 'POST /_light/clear':
      return written.clear() ?? {};
    case 'GET /_light/count':
      return { count: written.count() };
    case 'GET /_light/arrived':
      return written.state();
    default:
      return undefined;
  }
});
process.stdout.write(`${JSON.stringify({ url: front.url, pubsubUrl: stream.address, caFile: stream.caFile })}\n`);

/** Undefined, and so passed on, where the records are the local org's. */
function save(body: string): unknown {
  const { records } = recordsSchema.parse(JSON.parse(body));
  if (records.some(({ Id }) => numberOf(Id) === undefined)) return undefined;
  for (const { Id } of records) written.note(Id);
  return records.map(({ Id }) => ({ id: Id, success: true, errors: [] }));
}

function target(body: string): object {
  const to = targetSchema.parse(JSON.parse(body));
  front.target = to.restUrl;
  stream.passTo(to);
  return {};
}

function learn(body: string): object {
  const one = sampleSchema.parse(JSON.parse(body));
  ({ topic } = one);
  schema = compileSchema(one.schemaId, one.schema);
  sample = eventSchema.parse(schema.decode(Buffer.from(one.payload, 'base64')));
  return {};
}

/** @returns when they were, ms since the epoch: all of them at once */
function release(body: string): { at: number } {
  if (!schema || !sample) throw new Error('There is no event yet after which others could be made.');
  const burst = burstSchema.parse(JSON.parse(body));
  const commitTimestamp = Date.now();
  const titled = (title: string): unknown => (typeof sample?.Title === 'string' ? title : { string: title });
  const payloads: Buffer[] = [];
  for (const number of pairsOf(burst)) {
    const header = { ...sample.ChangeEventHeader, recordIds: [recordIdAt(number)], commitTimestamp };
    const Title = titled(`${burst.title} ${number}`);
    payloads.push(schema.encode({ ...sample, ChangeEventHeader: { ...header, transactionKey: randomUUID() }, Title }));
  }
  const at = performance.timeOrigin + performance.now();
  stream.release(topic, schema.id, payloads);
  return { at };
}

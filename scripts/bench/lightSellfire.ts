// A Sellfire that only answers, as a process of its own: it takes every change of a lead without saving it, and sends events that were made
// beforehand by its webhook. What it does not know by itself, the fields and the reps, comes from a local Sellfire behind it.
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { z } from 'zod';
import type { SellfireEvent } from '../../bridge/model/event.ts';
import type { Lead } from '../../bridge/model/lead.ts';
import { sign, SIGNATURE_HEADER } from '../../bridge/sellfire/signature.ts';
import { createArrivals, startFront } from './lightFront.ts';
import { leadIdAt, pairsOf, recordIdAt } from './lightIds.ts';

/** Events of one delivery, as the local Sellfire sends them. */
const DELIVERY = 100;
/** ms until a delivery that was not taken is sent again. */
const AGAIN_MS = 200;

const targetSchema = z.object({ url: z.string(), lastSequence: z.number() });
const burstSchema = z.object({ count: z.number(), from: z.number(), of: z.number(), title: z.string() });
const batchSchema = z.object({
  operations: z.array(z.object({ lead_id: z.string(), lead: z.object({ fields: z.record(z.string(), z.unknown()) }) })),
});
const webhookSchema = z.object({ url: z.string(), secret: z.string() });

/** The lead after which all answers are made. */
let sample: Lead | undefined;
let first = 0;
let version = 1;
let events: SellfireEvent[] = [];
let webhook: z.infer<typeof webhookSchema> | undefined;
let delivered = 0;
let made = Promise.withResolvers<undefined>();
const agent = new Agent();
const taken = createArrivals();
const front = await startFront(({ route, query, body }) => {
  if (route.startsWith('PUT /v1/webhook-subscriptions/')) return subscribe(route, body);
  switch (route) {
    case 'POST /v1/leads/batch':
      return take(body);
    case 'GET /v1/events':
      return page(Number(query.get('after')), Number(query.get('limit') ?? 500));
    case 'POST /_light/target': {
      const target = targetSchema.parse(JSON.parse(body));
      front.target = target.url;
      first = target.lastSequence;
      events = [];
      delivered = 0;
      return {};
    }
    case 'POST /_light/sample':
      return (sample = JSON.parse(body) as Lead);
    case 'POST /_light/release':
      return release(body);
    case 'POST /_light/clear':
      return taken.clear() ?? {};
    case 'GET /_light/count':
      return { count: taken.count() };
    case 'GET /_light/arrived':
      return taken.state();
    default:
      return undefined;
  }
});
process.stdout.write(`${JSON.stringify({ url: front.url })}\n`);
void deliver();

function lead(id: string, fields: Lead['fields'], now: string): Lead {
  if (!sample) throw new Error('There is no lead yet after which others could be made.');
  const changed = Object.fromEntries(Object.keys(fields).map((name) => [name, now]));
  return {
    ...sample,
    ...{ id, version: (version += 1), updated_at: now },
    fields: { ...sample.fields, ...fields },
    changed_at: { ...sample.changed_at, ...changed },
  };
}

function take(body: string): object {
  const { operations } = batchSchema.parse(JSON.parse(body));
  const now = new Date().toISOString();
  const results = operations.map(({ lead_id: id, lead: { fields } }) => {
    taken.note(id);
    return { status: 200, lead: lead(id, fields as Lead['fields'], now) };
  });
  return { results };
}

function subscribe(route: string, body: string): object {
  webhook = webhookSchema.parse(JSON.parse(body));
  delivered = events.length;
  wake();
  return { name: route.split('/').at(-1), url: webhook.url };
}

function page(after: number, limit: number): object {
  const from = Math.max(0, after - first);
  const some = events.slice(from, from + limit);
  return { events: some, last_sequence: first + events.length, has_more: from + some.length < events.length };
}

/** @returns when they were, ms since the epoch: all of them at once */
function release(body: string): { at: number } {
  const burst = burstSchema.parse(JSON.parse(body));
  const now = new Date().toISOString();
  const added: SellfireEvent[] = [];
  for (const number of pairsOf(burst)) {
    const title = `${burst.title} ${number}`;
    const id = leadIdAt(number);
    const whole = lead(id, { title }, now);
    const sequence = first + events.length + added.length + 1;
    added.push({
      ...{ id: `light-${sequence}`, sequence, type: 'lead.updated', occurred_at: now, lead_id: id },
      actor: { kind: 'rep', id: null, request_id: null },
      lead: { ...whole, salesforce: { ...whole.salesforce, lead_id: recordIdAt(number) } },
      changes: { title: { from: null, to: title } },
      ...{ schedule_item: null, activity: null, sale: null },
    });
  }
  events = [...events, ...added];
  wake();
  return { at: performance.timeOrigin + performance.now() };
}

function wake(): void {
  made.resolve(undefined);
  made = Promise.withResolvers();
}

/** One delivery after the other, in order, until the process ends. */
async function deliver(): Promise<never> {
  for (;;) {
    const some = events.slice(delivered, delivered + DELIVERY);
    if (!webhook || some.length === 0) await made.promise;
    else if (await send(webhook, some)) delivered += some.length;
    else await sleep(AGAIN_MS);
  }
}

async function send({ url, secret }: z.infer<typeof webhookSchema>, some: SellfireEvent[]): Promise<boolean> {
  const body = Buffer.from(JSON.stringify({ events: some }));
  const headers = {
    'content-type': 'application/json',
    [SIGNATURE_HEADER]: sign(secret, Math.floor(Date.now() / 1000), body),
  };
  try {
    const answer = await agent.request({ ...originOf(url), method: 'POST', headers, body });
    await answer.body.dump();
    return answer.statusCode < 300;
  } catch {
    return false;
  }
}

function originOf(url: string): { origin: string; path: string } {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname };
}

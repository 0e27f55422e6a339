// The whole way of an event from the local Sellfire into the store: real webhooks over HTTP, the feed, and SQLite on disk.
import { describe, it, expect, beforeAll, afterAll } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../../bridge/log.ts';
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import { createSellfire, type Sellfire } from '../../../bridge/sellfire/client.ts';
import type { FeedStore } from '../../../bridge/sellfire/continuation.ts';
import { createFeed, type Feed } from '../../../bridge/sellfire/feed.ts';
import { subscribe } from '../../../bridge/sellfire/subscription.ts';
import { openSqliteStore } from '../../../bridge/store/sqlite/store.ts';
import type { Store } from '../../../bridge/store/store.ts';
import { startSellfire, type RunningSellfire } from '../../sellfire/sellfire.ts';
import { CONNECTION, SECRET, start, type Started } from '../http/start.ts';

const logger = createLog({ level: 'silent' });
const CURSOR = 'sellfire:feed';

const durable = (store: Store): FeedStore => ({
  async cursor() {
    const cursor = await store.cursor(CONNECTION, CURSOR);
    return cursor && Number(cursor.value);
  },
  async append(events, sequence) {
    const entries = events.map((event) => ({
      source: 'sellfire' as const,
      eventId: event.id,
      recordId: event.lead_id ?? event.id,
      leadId: event.lead_id,
      change: { source: 'sellfire' as const, eventId: event.id, at: Date.parse(event.occurred_at), event },
    }));
    const cursor = sequence === undefined ? undefined : { name: CURSOR, value: String(sequence), at: Date.now() };
    await store.append(CONNECTION, entries, cursor);
  },
});

let folder: string;
let sellfire: RunningSellfire;
let client: Sellfire;
let store: Store;
let feed: Feed;
let bridge: Started;

async function open(): Promise<void> {
  store = await openSqliteStore({ file: join(folder, 'bridge.sqlite') });
  feed = createFeed({ client, store: durable(store), logger });
  bridge = await start({ intake: async (_connection, events) => feed.onWebhook(events) }, 'warn');
  // In this order nothing falls between the feed's end and the first webhook.
  await subscribe(client, { connection: CONNECTION, publicUrl: bridge.url, secret: SECRET });
  await feed.start();
}
async function shut(): Promise<void> {
  await bridge.http.close();
  await feed.stop();
  await store.close();
}
/** What the inbox holds, by sequence. */
async function inbox(): Promise<SellfireEvent[]> {
  const found: SellfireEvent[] = [];
  for (const key of await store.pendingKeys(CONNECTION, 10_000)) {
    for (const { change } of (await store.load(CONNECTION, key, 10_000)).rows)
      if (change.source === 'sellfire') found.push(change.event);
  }
  return found.toSorted((a, b) => a.sequence - b.sequence);
}
/** A business is called: several events each. */
function happen(count: number): void {
  for (let made = 0; made < count; made += 1) {
    const number = 2_000_000 + sellfire.dialer.feed.lastSequence;
    const { id } = sellfire.desk.createLead({ primary_phone_number: `+1555${number}` });
    sellfire.desk.logCall(id, { outcome: 'decision_maker' });
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intake-'));
  sellfire = await startSellfire({ leads: 5, retry: { minTimeout: 5, maxTimeout: 20 } });
  client = createSellfire({ ...sellfire, logger });
});
afterAll(async () => {
  await client.close();
  await sellfire.close();
  await rm(folder, { recursive: true });
});

describe('events on their way into the store', () => {
  it('are there once and without a gap, whatever the webhooks do and whenever the bridge is away', async () => {
    happen(2);
    await open();
    const begin = sellfire.dialer.feed.lastSequence;

    happen(5);
    sellfire.webhooks.control({ repeat: 2 });
    happen(5);
    sellfire.webhooks.control({ repeat: 0, reorder: true });
    happen(20);
    await sellfire.webhooks.idle();

    // Away: what happens meanwhile is in the feed, and its webhooks find nobody.
    await shut();
    happen(10);
    await open();

    // Lost altogether: found by the gap that the next one shows.
    sellfire.webhooks.control({ reorder: false, lose: 1 });
    happen(3);
    await sellfire.webhooks.idle();
    happen(1);
    await sellfire.webhooks.idle();
    await feed.catchUp();

    expect(await inbox()).toEqual(sellfire.dialer.feed.after(begin, 1_000));
    expect(await durable(store).cursor()).toBe(sellfire.dialer.feed.lastSequence);
    expect(bridge.log()).toBe('');
    await shut();
  });
});

// The intake of Sellfire's events: none lost, none out of order, by webhook and by feed.
import { describe, it, expect, beforeEach, afterEach } from '@jest/globals';
import { createLog } from '../../../bridge/log.ts';
import type { SellfireEvent } from '../../../bridge/model/event.ts';
import { createSellfire, type Sellfire } from '../../../bridge/sellfire/client.ts';
import { createFeed, type Feed } from '../../../bridge/sellfire/feed.ts';
import { createClock, type Clock } from '../../helpers/clock.ts';
import { startSellfire, type RunningSellfire } from '../../sellfire/sellfire.ts';

const logger = createLog({ level: 'silent' });
const retry = { retries: 1, minTimeout: 1, factor: 1, maxTimeout: 1, randomize: false };

/** A store that holds intake to its promise: the cursor never passes an event that is not stored. */
class Memory {
  stored = new Map<number, SellfireEvent>();
  begin: number | undefined;
  at: number | undefined;
  broken = false;
  readonly appends: { sequences: number[]; cursor: number | undefined }[] = [];

  async cursor(): Promise<number | undefined> {
    return this.at;
  }
  async append(events: SellfireEvent[], cursor: number | undefined): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.broken) throw new Error('The disk is full.');
    for (const event of events) this.stored.set(event.sequence, event);
    this.appends.push({ sequences: events.map(({ sequence }) => sequence), cursor });
    if (cursor === undefined) return;
    this.begin ??= cursor;
    for (let sequence = this.begin + 1; sequence <= cursor; sequence += 1)
      if (!this.stored.has(sequence)) throw new Error(`The cursor ${cursor} passed event ${sequence}.`);
    this.at = cursor;
  }
}

let sellfire: RunningSellfire;
let client: Sellfire;
let store: Memory;
let clock: Clock;
let feed: Feed;
let reads: number[];

/** Makes that many events in Sellfire. */
function happen(count: number): void {
  for (let made = 0; made < count; made += 1) {
    const number = 2_000_000 + sellfire.dialer.feed.lastSequence;
    sellfire.desk.createLead({ primary_phone_number: `+1555${number}`, business_name: 'Blue Door Bakery' });
  }
}
const events = (...sequences: number[]): SellfireEvent[] =>
  sequences.flatMap((sequence) => sellfire.dialer.feed.after(sequence - 1, 1));

beforeEach(async () => {
  sellfire = await startSellfire();
  client = createSellfire({ ...sellfire, logger, retry });
  store = new Memory();
  clock = createClock();
  reads = [];
  const readFeed = async (after: number, limit?: number) => {
    reads.push(after);
    return client.readFeed(after, limit);
  };
  feed = createFeed({ client: { readFeed }, store, logger, timer: clock });
});
afterEach(async () => {
  await feed.stop();
  await client.close();
  await sellfire.close();
});

describe('the intake of Sellfire’s events', () => {
  it('begins at the feed’s present end, and takes in all that follows', async () => {
    happen(3);
    await feed.start();
    expect(store.at).toBe(3);
    expect(store.stored.size).toBe(0);
    happen(2);
    await feed.catchUp();
    expect([...store.stored.keys()]).toEqual([4, 5]);
    expect(feed.state()).toMatchObject({ cursor: 5, lastSequence: 5, catchingUp: false, error: undefined });
  });

  it('moves the cursor with a webhook that continues it, in the same transaction', async () => {
    await feed.start();
    happen(3);
    await feed.onWebhook(events(1, 2, 3));
    expect(store.appends.at(-1)).toEqual({ sequences: [1, 2, 3], cursor: 3 });
    expect(reads).toEqual([0]);
    expect(feed.state().lastEventAt).toBe(Date.parse(events(3)[0]?.occurred_at ?? ''));
  });

  it('puts the events of a webhook in order, each once', async () => {
    await feed.start();
    happen(4);
    await feed.onWebhook(events(3, 1, 4, 2, 3));
    expect(store.appends.at(-1)).toEqual({ sequences: [1, 2, 3, 4], cursor: 4 });
  });

  it('leaves what comes after a gap in a webhook to the feed, so that events stay in their order', async () => {
    await feed.start();
    happen(6);
    await feed.onWebhook(events(1, 2, 5));
    expect(store.appends.at(-1)).toEqual({ sequences: [1, 2], cursor: 2 });
    await feed.catchUp();
    expect(store.at).toBe(6);
    expect([...store.stored.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('takes a repeated webhook for what it is', async () => {
    await feed.start();
    happen(2);
    await feed.onWebhook(events(1, 2));
    const appends = store.appends.length;
    await feed.onWebhook(events(1, 2));
    await feed.onWebhook(events(1));
    expect(store.appends).toHaveLength(appends);
    expect(store.at).toBe(2);
  });

  it('decides about webhooks that arrive together one after the other', async () => {
    await feed.start();
    happen(30);
    await Promise.all(Array.from({ length: 10 }, (_, n) => feed.onWebhook(events(3 * n + 1, 3 * n + 2, 3 * n + 3))));
    expect(store.at).toBe(30);
    expect(reads).toEqual([0]);
  });

  it('stores nothing and says so when the store is broken', async () => {
    await feed.start();
    happen(1);
    store.broken = true;
    await expect(feed.onWebhook(events(1))).rejects.toThrow('disk is full');
    store.broken = false;
    await feed.onWebhook(events(1));
    expect(store.at).toBe(1);
  });

  it('reads a long feed in pages, each stored with its cursor, while webhooks go on arriving', async () => {
    await feed.start();
    happen(1100);
    const reading = feed.catchUp();
    happen(1);
    await feed.onWebhook(events(1101));
    await reading;
    await feed.catchUp();
    expect(store.at).toBe(1101);
    expect(store.stored.size).toBe(1101);
    const moves = store.appends.flatMap(({ cursor }) => cursor ?? []);
    expect(moves).toEqual([...moves].sort((a, b) => a - b));
  });

  it('runs one catch-up at a time, and one more for those who asked meanwhile', async () => {
    await feed.start();
    reads = [];
    happen(1);
    const first = feed.catchUp();
    await Promise.all([first, feed.catchUp(), feed.catchUp(), feed.catchUp()]);
    expect(reads).toHaveLength(2);
  });

  it('looks again each minute, and sooner after a failure', async () => {
    await feed.start();
    expect(clock.due()).toEqual([60_000]);
    happen(1);
    clock.pass(60_000);
    await feed.catchUp();
    expect(store.at).toBe(1);

    sellfire.faults.set({ cut: 4 });
    await expect(feed.catchUp()).rejects.toThrow();
    expect(clock.due()).toEqual([1_000]);
    expect(feed.state().error).toMatchObject({ code: 'UND_ERR_SOCKET' });
    await expect(feed.catchUp()).rejects.toThrow();
    expect(clock.due()).toEqual([2_000]);
    await feed.catchUp();
    expect(feed.state().error).toBeUndefined();
    expect(clock.due()).toEqual([60_000]);
  });

  it('says that the cursor is lost, and does not pretend to follow', async () => {
    store.at = 99;
    await feed.start();
    expect(feed.state().error).toMatchObject({ code: 'FEED_CURSOR_LOST' });
    expect(store.at).toBe(99);
  });

  it('does not pass a gap in the feed itself', async () => {
    await feed.start();
    happen(3);
    const page = { events: events(1, 3), last_sequence: 3, has_more: false };
    const broken = createFeed({ client: { readFeed: async () => page }, store, logger, timer: clock });
    await expect(broken.catchUp()).rejects.toMatchObject({ code: 'FEED_BROKEN' });
    expect(store.at).toBe(1);
    const endless = { events: events(1), last_sequence: 3, has_more: true };
    const stuck = createFeed({ client: { readFeed: async () => endless }, store, logger, timer: clock });
    await expect(stuck.catchUp()).rejects.toMatchObject({ code: 'FEED_BROKEN' });
    await Promise.all([broken.stop(), stuck.stop()]);
  });

  it('reads nothing and waits for nothing once it is stopped', async () => {
    await feed.start();
    await feed.stop();
    expect(clock.due()).toEqual([]);
    await feed.catchUp();
    expect(reads).toHaveLength(1);
  });
});

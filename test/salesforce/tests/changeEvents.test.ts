// Change events of the local org: which fields they name, in which order they come, and what merges and long texts do.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Row } from '../model.ts';
import { createOrg, type Org } from '../org.ts';
import { bitmapOf, encodeFieldList } from '../pubsub/bitmap.ts';
import { eventBus } from '../pubsub/bus.ts';
import { startPubSub, type PubSubServer } from '../pubsub/server.ts';
import { changedNames } from './bitmaps.ts';
import { channel, customObject, deploy, member, textField } from './packages.ts';
import { PubSubClient, type ConsumerEvent, type DecodedEvent } from './pubsubClient.ts';

const ALL = '/data/All__chn';
const ENRICHED = '/data/Enriched__chn';
const ORIGIN = 'com/salesforce/api/rest/67.0;client=tests';

let org: Org;
let server: PubSubServer;
let client: PubSubClient;

beforeAll(async () => {
  org = createOrg();
  await deploy(org, {
    'objects/Thing__c.object': customObject(textField('Color__c')),
    'platformEventChannels/All__chn.platformEventChannel': channel(),
    'platformEventChannels/Enriched__chn.platformEventChannel': channel(),
    'platformEventChannelMembers/All_LeadChangeEvent.platformEventChannelMember': member('All__chn', 'LeadChangeEvent'),
    'platformEventChannelMembers/All_AccountChangeEvent.platformEventChannelMember': member(
      'All__chn',
      'AccountChangeEvent',
    ),
    'platformEventChannelMembers/Enriched_LeadChangeEvent.platformEventChannelMember': member(
      'Enriched__chn',
      'LeadChangeEvent',
      ['Company', 'OwnerId', 'Address'],
    ),
  });
  server = await startPubSub(org);
  client = new PubSubClient(org, server);
});

afterAll(async () => {
  client.close();
  await server.close();
  org.close();
});

type Work = Parameters<typeof org.transact>[1];
const run = <T>(work: (tx: Parameters<Work>[0]) => T): T =>
  org.transact({ user: org.users.integration.id, origin: ORIGIN }, work);
const lead = (fields: Row = {}): Row => ({ LastName: 'Ng', Company: 'Acme', ...fields });

/** The events of some work on the topic: so many, read from where the stream stood before. */
async function eventsOf<T>(
  count: number,
  work: () => T,
  topic = ALL,
): Promise<{ result: T; raw: ConsumerEvent[]; events: DecodedEvent[] }> {
  const mark = eventBus(org).log.tip();
  const result = work();
  const stream = client.subscribe({ topic_name: topic, num_requested: 100, replay_preset: 'CUSTOM', replay_id: mark });
  const raw = await stream.take(count);
  const events = await Promise.all(raw.map((event) => client.decode(event)));
  expect(stream.events).toHaveLength(count);
  stream.stream.cancel();
  return { result, raw, events };
}

/** The names in both field lists of an event, by the schema that it came with. */
async function lists(
  raw: ConsumerEvent | undefined,
  event: DecodedEvent | undefined,
): Promise<{ changed: string[]; nulled: string[] }> {
  if (!raw || !event) throw new Error('There is no event.');
  const type = await client.type(raw.event.schema_id);
  return {
    changed: changedNames(type, event.ChangeEventHeader.changedFields),
    nulled: changedNames(type, event.ChangeEventHeader.nulledFields),
  };
}

describe('bitmaps', () => {
  it('the lowest position is the lowest bit, in whole bytes and upper case', () => {
    expect(bitmapOf([22])).toBe('0x400000');
    expect(bitmapOf([0])).toBe('0x01');
    expect(bitmapOf([1, 3, 5, 7])).toBe('0xAA');
    expect(bitmapOf([70])).toBe('0x400000000000000000');
  });

  it('a part of a compound stands in a list of its own, and the top level may be missing', () => {
    expect(encodeFieldList({ top: [22], nested: new Map([[4, [0]]]) })).toEqual(['0x400000', '4-0x01']);
    expect(encodeFieldList({ top: [], nested: new Map([[4, [0, 1]]]) })).toEqual(['4-0x03']);
    expect(encodeFieldList({ top: [], nested: new Map() })).toEqual([]);
  });
});

describe('a change event', () => {
  it('a creation carries every value, with dates as numbers, and no field lists', async () => {
    const { result, events } = await eventsOf(1, () =>
      run((tx) =>
        tx.create(
          'Lead',
          lead({ FirstName: 'Ada', Street: '1 Main St', City: 'Austin', State: 'TX', AnnualRevenue: 1200 }),
        ),
      ),
    );
    const [event] = events;
    expect(event).toMatchObject({
      Name: { FirstName: 'Ada', LastName: 'Ng', Salutation: null },
      Address: { Street: '1 Main St', City: 'Austin', State: 'TX', PostalCode: null },
      Company: 'Acme',
      AnnualRevenue: 1200,
      IsConverted: false,
      OwnerId: org.users.integration.id,
      Phone: null,
    });
    expect(event?.['CreatedDate']).toBe(BigInt(Date.parse(String(org.get('Lead', result)?.['CreatedDate']))));
    expect(Object.keys(event ?? {})).not.toEqual(expect.arrayContaining(['Id']));
    expect(Object.keys(event ?? {})).not.toEqual(expect.arrayContaining(['SystemModstamp']));
    expect(event?.ChangeEventHeader).toMatchObject({
      entityName: 'Lead',
      recordIds: [result],
      changeType: 'CREATE',
      changeOrigin: ORIGIN,
      sequenceNumber: 1,
      commitUser: org.users.integration.id,
      changedFields: [],
      nulledFields: [],
      diffFields: [],
    });
  });

  it('an update carries what changed, null for all else, and lists what changed and what was emptied', async () => {
    const id = run((tx) =>
      tx.create('Lead', lead({ Phone: '1', Email: 'a@b.example', Street: '1 Main St', City: 'Austin' })),
    );
    const { events, raw } = await eventsOf(1, () =>
      run((tx) => tx.update('Lead', id, { Phone: '2', Email: null, Street: '2 Main St', LastName: 'Lee' })),
    );
    const [event] = events;
    expect(event).toMatchObject({
      Phone: '2',
      Email: null,
      Company: null,
      Status: null,
      Name: { FirstName: null, LastName: 'Lee' },
      Address: { Street: '2 Main St', City: null },
    });
    expect(event?.['LastModifiedDate']).not.toBeNull();
    const { changed, nulled } = await lists(raw[0], event);
    expect(changed.sort()).toEqual(['Address.Street', 'Email', 'LastModifiedDate', 'Name.LastName', 'Phone']);
    expect(nulled).toEqual(['Email']);
  });

  it('a part of a compound that is emptied is listed as that part, a whole one as the compound', async () => {
    const id = run((tx) => tx.create('Lead', lead({ Street: '1 Main St', City: 'Austin' })));
    const part = await eventsOf(1, () => run((tx) => tx.update('Lead', id, { City: null })));
    expect((await lists(part.raw[0], part.events[0])).nulled).toEqual(['Address.City']);
    const whole = await eventsOf(1, () => run((tx) => tx.update('Lead', id, { Street: null })));
    const { changed, nulled } = await lists(whole.raw[0], whole.events[0]);
    expect(whole.events[0]?.['Address']).toBeNull();
    expect(nulled).toEqual(['Address']);
    expect(changed).toContain('Address.Street');
  });

  it('an account of a business has its name as text', async () => {
    const { events } = await eventsOf(1, () =>
      run((tx) => tx.create('Account', { Name: 'Acme', BillingCity: 'Austin', ShippingCity: 'Dallas' })),
    );
    expect(events[0]).toMatchObject({
      Name: 'Acme',
      BillingAddress: { City: 'Austin' },
      ShippingAddress: { City: 'Dallas' },
    });
  });

  it('a deletion carries no values', async () => {
    const id = run((tx) => tx.create('Lead', lead()));
    const { events } = await eventsOf(1, () => run((tx) => tx.remove('Lead', id)));
    const { ChangeEventHeader: header, ...body } = events[0] as DecodedEvent;
    expect(header).toMatchObject({ changeType: 'DELETE', recordIds: [id], changedFields: [] });
    expect(Object.values(body).every((value) => value === null)).toBe(true);
  });
});

describe('a long text', () => {
  const lines = Array.from({ length: 30 }, (_unused, index) => `Line ${index + 1} ${'x'.repeat(60)}`);
  const edit = (over: Record<number, string | undefined>): string =>
    lines.flatMap((line, index) => (index in over ? (over[index] ?? []) : line)).join('\n');
  const updated = async (from: string, to: string) => {
    const id = run((tx) => tx.create('Lead', lead({ Description: from })));
    const { raw, events } = await eventsOf(1, () => run((tx) => tx.update('Lead', id, { Description: to })));
    const [event] = events;
    if (!event || !raw[0]) throw new Error('There is no event.');
    const type = await client.type(raw[0].event.schema_id);
    return {
      text: String(event['Description']),
      diffs: changedNames(type, event.ChangeEventHeader.diffFields),
      changed: changedNames(type, event.ChangeEventHeader.changedFields),
    };
  };

  it('is sent as a unified diff with the hash of the whole, and listed in diffFields', async () => {
    const to = edit({ 1: 'Second', 20: undefined }) + '\nAdded';
    const { text, diffs, changed } = await updated(lines.join('\n'), to);
    expect(diffs).toEqual(['Description']);
    expect(changed).toContain('Description');
    const hash = createHash('sha256').update(to).digest('hex');
    expect(text.split('\n')).toEqual([
      '--- ',
      `+++ ${hash}`,
      '@@ -2,1 +2,1 @@',
      `-${String(lines[1])}`,
      '+Second',
      '@@ -21,1 +20,0 @@',
      `-${String(lines[20])}`,
      '@@ -30,0 +30,1 @@',
      '+Added',
    ]);
    expect(applyDiff(lines.join('\n'), text)).toBe(to);
  });

  it('is sent whole where it is short, was empty, or a diff would not pay', async () => {
    const long = lines.join('\n');
    const third = Object.fromEntries(lines.slice(0, 10).map((_line, index) => [index, `new ${index}`]));
    for (const [from, to] of [
      ['a'.repeat(999), 'b'.repeat(1_001)],
      ['short', long],
      [long, edit(third)],
      [long, lines.slice(0, 14).join('\n')],
      ['a'.repeat(5_000), `${'a'.repeat(5_000)}b`],
    ] as const) {
      const { text, diffs } = await updated(from, to);
      expect(diffs).toEqual([]);
      expect(text).toBe(to);
    }
  });

  it('is sent whole where one event is about several records', async () => {
    const Description = lines.join('\n');
    const ids = run((tx) => [1, 2].map(() => tx.create('Lead', lead({ Description }))));
    const to = edit({ 3: 'Fourth' });
    const { events } = await eventsOf(1, () =>
      run((tx) => ids.forEach((id) => tx.update('Lead', id, { Description: to }))),
    );
    expect(events[0]?.ChangeEventHeader).toMatchObject({ recordIds: ids, diffFields: [] });
    expect(events[0]?.['Description']).toBe(to);
  });
});

/** What a client does with a unified diff without context lines. */
function applyDiff(text: string, diff: string): string {
  const old = text.split('\n');
  const result: string[] = [];
  let next = 0;
  for (const line of diff.split('\n').slice(2)) {
    const hunk = /^@@ -(\d+),(\d+) /.exec(line);
    if (hunk) {
      const [start, removed] = [Number(hunk[1]), Number(hunk[2])];
      const until = removed > 0 ? start - 1 : start;
      result.push(...old.slice(next, until));
      next = until + removed;
    } else if (line.startsWith('+')) result.push(line.slice(1));
  }
  return [...result, ...old.slice(next)].join('\n');
}

describe('transactions', () => {
  it('several saves of a record in one transaction are one event with the first kind and the last values', async () => {
    const { result, events } = await eventsOf(1, () =>
      run((tx) => {
        const id = tx.create('Lead', lead({ Company: 'First' }));
        tx.update('Lead', id, { Company: 'Last' });
        return id;
      }),
    );
    expect(events[0]?.ChangeEventHeader).toMatchObject({ changeType: 'CREATE', recordIds: [result] });
    expect(events[0]?.['Company']).toBe('Last');
  });

  it('one key and rising numbers hold a transaction together, with gaps where nothing is selected', async () => {
    const { events } = await eventsOf(2, () =>
      run((tx) => {
        tx.create('Account', { Name: 'Acme' });
        tx.create('Thing__c', { Name: 'unselected' });
        tx.create('Lead', lead());
      }),
    );
    expect(events.map(({ ChangeEventHeader: { entityName, sequenceNumber } }) => [entityName, sequenceNumber])).toEqual(
      [
        ['Account', 1],
        ['Lead', 3],
      ],
    );
    expect(new Set(events.map((event) => event.ChangeEventHeader.transactionKey)).size).toBe(1);
    const next = await eventsOf(1, () => run((tx) => tx.create('Lead', lead())));
    expect(next.events[0]?.ChangeEventHeader.transactionKey).not.toBe(events[0]?.ChangeEventHeader.transactionKey);
  });

  it('a transaction that fails has no event', async () => {
    const { events } = await eventsOf(1, () => {
      expect(() =>
        run((tx) => {
          tx.create('Lead', lead({ Company: 'Undone' }));
          throw new Error('no');
        }),
      ).toThrow('no');
      run((tx) => tx.create('Lead', lead({ Company: 'Done' })));
    });
    expect(events[0]?.['Company']).toBe('Done');
  });

  it('commit numbers rise and need more than the 53 bits of a double', async () => {
    const { events } = await eventsOf(2, () => [
      run((tx) => tx.create('Lead', lead())),
      run((tx) => tx.create('Lead', lead())),
    ]);
    const [first, second] = events.map((event) => event.ChangeEventHeader.commitNumber);
    expect(first).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(second).toBeGreaterThan(first ?? 0n);
  });
});

describe('merging', () => {
  it('the same change of several records of an object in one transaction is one event', async () => {
    const ids = run((tx) => [1, 2, 3].map((n) => tx.create('Lead', lead({ Company: `C${n}` }))));
    const { events } = await eventsOf(2, () =>
      run((tx) => {
        tx.update('Lead', ids[0] ?? '', { Phone: '9' });
        tx.update('Lead', ids[1] ?? '', { Phone: '8' });
        tx.update('Lead', ids[2] ?? '', { Phone: '9' });
      }),
    );
    expect(events.map((event) => event.ChangeEventHeader.recordIds)).toEqual([[ids[0], ids[2]], [ids[1]]]);
    const removed = await eventsOf(1, () => run((tx) => ids.forEach((id) => tx.remove('Lead', id))));
    expect(removed.events[0]?.ChangeEventHeader.recordIds).toEqual(ids);
  });

  it('an enriched channel has an event for each record, under the same replay id, with the values of now', async () => {
    const ids = run((tx) => [1, 2].map((n) => tx.create('Lead', lead({ Company: `C${n}`, City: 'Austin' }))));
    const mark = eventBus(org).log.tip();
    run((tx) => ids.forEach((id) => tx.update('Lead', id, { Phone: '9' })));
    run((tx) => tx.update('Lead', ids[1] ?? '', { Company: 'Later' }));
    const stream = client.subscribe({
      topic_name: ENRICHED,
      num_requested: 1,
      replay_preset: 'CUSTOM',
      replay_id: mark,
    });
    await stream.take(1);
    // One event of the run was asked for, so the rest of it waits.
    expect(stream.events).toHaveLength(1);
    stream.fetch({ num_requested: 5 });
    const raw = await stream.take(3);
    const events = await Promise.all(raw.map((event) => client.decode(event)));
    expect(raw[0]?.replay_id).toEqual(raw[1]?.replay_id);
    expect(raw[2]?.replay_id).not.toEqual(raw[1]?.replay_id);
    expect(events.map((event) => [event.ChangeEventHeader.recordIds, event['Company'], event['Phone']])).toEqual([
      [[ids[0]], 'C1', '9'],
      [[ids[1]], 'Later', '9'],
      [[ids[1]], 'Later', null],
    ]);
    expect(events[0]).toMatchObject({ Address: { City: 'Austin' }, OwnerId: org.users.integration.id });
    // What is only there to enrich did not change.
    expect((await lists(raw[0], events[0])).changed.sort()).toEqual(['LastModifiedDate', 'Phone']);
  });

  it('a deletion on an enriched channel carries what the record held', async () => {
    const id = run((tx) => tx.create('Lead', lead({ Company: 'Gone' })));
    const { events } = await eventsOf(1, () => run((tx) => tx.remove('Lead', id)), ENRICHED);
    expect(events[0]).toMatchObject({ Company: 'Gone', Phone: null });
  });
});

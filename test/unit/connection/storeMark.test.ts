// A store that is lost, emptied or an older copy is noticed by the mark of the last heartbeat, and stays noticed until an admin
// decides. The right store goes on by itself.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createStoreMark, type StoreMark } from '../../../bridge/connection/storeMark.ts';
import { createLog } from '../../../bridge/log.ts';
import { packageNames } from '../../../bridge/model/salesforce.ts';
import { createRest, type Rest } from '../../../bridge/salesforce/api/rest.ts';
import { OVERLAP_MS } from '../../../bridge/salesforce/lookups/changes.ts';
import { openSqliteStore } from '../../../bridge/store/sqlite/store.ts';
import type { Store } from '../../../bridge/store/store.ts';
import { rowsAnswer, startFakeApi, type FakeApi } from '../salesforce/fakeApi.ts';
import { linked, recordId, settlement } from '../../store/fixtures.ts';

const ORG = '00D000000000001AAA';
const NOW = Date.parse('2026-03-02T12:00:00Z');
const SEEN = Date.parse('2026-03-02T11:00:00Z');
const logger = createLog({ level: 'silent' });

let api: FakeApi;
let rest: Rest;
const stores: Store[] = [];
/** What the org shows. */
let mark: string | null | undefined;
let state: string | null;
let carriers: number;
/** When the org saved it. */
let savedAt: string | undefined;
beforeEach(async () => {
  [mark, state, carriers, savedAt] = [undefined, 'Running', 0, undefined];
  api = await startFakeApi(({ query }) => {
    const soql = query.get('q') ?? '';
    if (!soql.includes('Bridge_Status__c'))
      return rowsAnswer(Array.from({ length: carriers }, () => ({ Id: recordId(1) })));
    const seen = { Last_Seen_At__c: new Date(SEEN).toISOString(), Lag_Seconds__c: 60, SystemModstamp: savedAt };
    return rowsAnswer(mark === undefined ? [] : [{ Store_Mark__c: mark, Sync_State__c: state, ...seen }]);
  });
  const token = { accessToken: 't', instanceUrl: api.url, orgId: ORG, userId: '005' };
  rest = createRest({
    session: { token: async () => token, refresh: async () => token, revoke: async () => undefined },
  });
});
afterEach(async () => {
  await rest.close();
  await api.close();
  for (const store of stores.splice(0)) await store.close();
});

async function newStore(): Promise<Store> {
  const store = await openSqliteStore({ file: ':memory:' });
  stores.push(store);
  return store;
}
/** A start of the bridge with this store. */
const begin = (store: Store): StoreMark =>
  createStoreMark({
    ...{ store, connection: ORG, org: { essential: rest }, config: () => ({ names: packageNames('') }) },
    ...{ logger, now: () => NOW },
  });
const link = (store: Store, number: number) =>
  store.settle(ORG, settlement(`lead-${number}`, { link: linked(`lead-${number}`, recordId(number)) }));

/** A store that has run, and the org shows its heartbeat. */
async function running(): Promise<Store> {
  const store = await newStore();
  await link(store, 1);
  const one = begin(store);
  await one.check();
  mark = await one.next();
  return store;
}

/** A start that has compared the store with the org. */
async function compared(store: Store): Promise<StoreMark> {
  const one = begin(store);
  await one.check();
  return one;
}
const problemOf = async (store: Store): Promise<string | undefined> => (await compared(store)).problem();

describe('the mark of the store', () => {
  it('is part of no heartbeat before the store is compared, and grows with each one after', async () => {
    const one = begin(await newStore());
    await expect(one.next()).resolves.toBeUndefined();
    await one.check();
    expect(one.problem()).toBeUndefined();
    const [first, second] = [await one.next(), await one.next()];
    expect(first?.split(':')[0]).toBe(second?.split(':')[0]);
    expect([first, second].map((text) => text?.split(':')[1])).toEqual(['1', '2']);
  });

  it('of the right store is known at the next start, and where the last heartbeat did not reach the org', async () => {
    const store = await running();
    expect(await problemOf(store)).toBeUndefined();
    const one = begin(store);
    await one.check();
    await one.next();
    expect(await problemOf(store)).toBeUndefined();
  });
});

describe('a store that the org does not know', () => {
  it('is lost where it is new, and changes are missing since the last heartbeat, less what waited then', async () => {
    await running();
    const one = await compared(await newStore());
    expect(one.problem()).toContain('its links are lost');
    expect(one.missingSince()).toBe(SEEN - 60_000 - OVERLAP_MS);
    await expect(one.checked()).resolves.toBe(one.missingSince());
  });

  it('is missed since the org saved the last heartbeat, where the clock of the machine was ahead of it', async () => {
    await running();
    savedAt = new Date(SEEN - 3_600_000).toISOString();
    expect((await compared(await newStore())).missingSince()).toBe(SEEN - 3_660_000 - OVERLAP_MS);
    savedAt = new Date(SEEN + 3_600_000).toISOString();
    expect((await compared(await newStore())).missingSince()).toBe(SEEN - 60_000 - OVERLAP_MS);
  });

  it('is lost where records carry the ids of leads, though the org shows no heartbeat', async () => {
    carriers = 1;
    expect(await problemOf(await newStore())).toContain('its links are lost');
  });

  it('is none of these where nothing ever ran', async () => {
    expect(await problemOf(await newStore())).toBeUndefined();
    [mark, state] = ['other:7', 'NotStarted'];
    expect(await problemOf(await newStore())).toBeUndefined();
  });

  it('is an older copy where the org shows a later heartbeat, or that of another store', async () => {
    const store = await running();
    const [id, revision] = mark?.split(':') ?? [];
    mark = `${id}:${Number(revision) + 1}`;
    expect(await problemOf(store)).toContain('an older copy');
    const other = await running();
    mark = 'another:1';
    expect(await problemOf(other)).toContain('an older copy');
  });

  it('is emptied where it has fewer links than at its last heartbeat', async () => {
    const store = await running();
    const counts = async () => ({ ...(await store.counts(ORG)), links: 0 });
    expect(await problemOf({ ...store, counts })).toContain('has lost links');
  });

  it('stays noticed over a restart, and its heartbeats leave the mark of the org as it is', async () => {
    await running();
    const shown = mark;
    const store = await newStore();
    const one = await compared(store);
    expect(one.problem()).toContain('its links are lost');
    await expect(one.next()).resolves.toBe(shown);
    mark = undefined;
    const again = await compared(store);
    expect(again.problem()).toContain('its links are lost');
    await expect(again.next()).resolves.toBe(shown);
  });

  it('is that of the org once an admin has decided, from when changes are missing all the same', async () => {
    await running();
    const store = await newStore();
    const one = await compared(store);
    expect(one.problem()).toContain('its links are lost');
    const since = one.missingSince();
    await one.accept();
    expect([one.problem(), one.missingSince()]).toEqual([undefined, since]);
    const former = mark;
    mark = await one.next();
    expect(mark?.split(':')[0]).not.toBe(former?.split(':')[0]);
    const again = begin(store);
    await again.check();
    expect(again.problem()).toBeUndefined();
    expect(again.missingSince()).toBe(since);
  });

  it('gets a mark of its own once it is accepted', async () => {
    const store = await running();
    const [id, revision] = mark?.split(':') ?? [];
    mark = `${id}:${Number(revision) + 1}`;
    const one = await compared(store);
    await one.accept();
    mark = await one.next();
    expect(mark).not.toContain(id);
    expect(await problemOf(store)).toBeUndefined();
  });
});

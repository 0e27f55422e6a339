// What every store promises, whatever it keeps its rows in. Each dialect runs this suite.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Change } from '../../bridge/model/change.ts';
import { newLink, type Link } from '../../bridge/model/link.ts';
import type { Cursor, InboxEntry, Store } from '../../bridge/store/store.ts';
import { arriving } from './arriving.ts';
import { ACCOUNT, change, CONTACT_RECORD, entry, LEAD_RECORD, linked, report, settlement } from './fixtures.ts';
import { linkRecords } from './linkRecords.ts';
import { settling } from './settling.ts';
import { settlingTogether } from './settlingTogether.ts';
import type { StoreContext } from './storeContext.ts';

export interface StoreUnderTest {
  /** Empty. */
  store: Store;
  /** Closes the store and opens what it kept; absent where nothing is kept (`durable: false`). */
  reopen?: () => Promise<Store>;
  /** Closes what is open and removes what was kept. */
  remove(): Promise<void>;
}

const CURSOR: Cursor = { name: 'salesforce:/data/Sellfire__chn', value: 'AAAAAAAABgkAAA==', at: 1_795_500_000_000 };

export function storeConformance(name: string, open: () => Promise<StoreUnderTest>, { durable = true } = {}): void {
  describe(`a store (${name})`, () => {
    let under: StoreUnderTest;
    let store: Store;
    /** Each promise has an org, and a neighbour, of its own. */
    let org = '';
    let otherOrg = '';
    let orgs = 0;
    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    beforeEach(() => {
      const orgId = () => `00D${String(++orgs).padStart(12, '0')}AAA`;
      org = orgId();
      otherOrg = orgId();
    });
    afterAll(() => under.remove());

    const load = (key: string) => store.load(org, key, 100);
    const seqs = async (key: string) => (await load(key)).rows.map((row) => row.seq);
    const events = async (key: string) => (await load(key)).rows.map((row) => row.change.eventId);
    /** Saves a link without any work. */
    const save = (link: Link) => store.settle(org, settlement(link.leadId, { link }));
    const at: StoreContext = {
      get store() {
        return store;
      },
      get org() {
        return org;
      },
      get otherOrg() {
        return otherOrg;
      },
      load,
      seqs,
      events,
      save,
    };

    describe('receiving', () => {
      it('keeps a change as it came, with the cursor that covers it', async () => {
        await expect(store.append(org, [entry('e1')], CURSOR)).resolves.toEqual({ stored: 1, keys: [LEAD_RECORD] });
        await expect(load(LEAD_RECORD)).resolves.toEqual({
          key: LEAD_RECORD,
          rows: [{ seq: expect.any(Number), change: change('e1', LEAD_RECORD), attempts: 0 }],
          link: undefined,
        });
        await expect(store.cursor(org, CURSOR.name)).resolves.toEqual(CURSOR);
      });

      it('keeps every text and number of a change as it came, and optional arguments may be left open', async () => {
        const fields = {
          Empty: '',
          None: null,
          Wide: '𝔄 😀 👩‍👩‍👧',
          Half: 'cut \uD83D',
          Lines: 'a\r\n"b"\\\u2028\u0000',
          Large: Number.MAX_SAFE_INTEGER,
          Exponent: 1e21,
          Fraction: 0.1 + 0.2,
          Truth: false,
        };
        const full = { ...change('e1', LEAD_RECORD), fields };
        await expect(store.append(org, [entry('e1', LEAD_RECORD, { change: full })], undefined)).resolves.toEqual({
          stored: 1,
          keys: [LEAD_RECORD],
        });
        expect((await load(LEAD_RECORD)).rows.map((row) => row.change)).toEqual([full]);
        await expect(store.pendingKeys(org, 10, undefined)).resolves.toEqual([LEAD_RECORD]);
      });

      it('keeps neither the changes nor the cursor when either cannot be kept', async () => {
        const broken = { ...CURSOR, value: null as unknown as string };
        await expect(store.append(org, [entry('e1')], broken)).rejects.toThrow();
        await expect(store.pendingKeys(org, 10)).resolves.toEqual([]);
        await expect(store.cursor(org, CURSOR.name)).resolves.toBeUndefined();
      });

      it('skips what it has already, wakes nobody for it, and still moves the cursor', async () => {
        await store.append(org, [entry('e1')], CURSOR);
        const later = { ...CURSOR, value: 'AAAAAAAABgoAAA==', at: CURSOR.at + 1 };
        await expect(store.append(org, [entry('e1'), entry('e1')], later)).resolves.toEqual({ stored: 0, keys: [] });
        await expect(events(LEAD_RECORD)).resolves.toEqual(['e1']);
        await expect(store.cursor(org, CURSOR.name)).resolves.toEqual(later);
      });

      it('moves the cursor for a keepalive without changes', async () => {
        await store.append(org, [], CURSOR);
        await expect(store.cursor(org, CURSOR.name)).resolves.toEqual(CURSOR);
      });

      it('takes one event about two records, from two sources and in two orgs, for different changes', async () => {
        const other = '00Q000000000002EAA';
        const twice = [entry('e1'), entry('e1', other), entry('e1', LEAD_RECORD, { source: 'sellfire' })];
        await expect(store.append(org, twice)).resolves.toMatchObject({ stored: 3 });
        await expect(store.append(otherOrg, [entry('e1')])).resolves.toMatchObject({ stored: 1 });
        await expect(events(LEAD_RECORD)).resolves.toHaveLength(2);
        await expect(events(other)).resolves.toHaveLength(1);
      });

      it('keeps the order in which changes were received, and hands out as many as were asked for', async () => {
        await store.append(org, [entry('e3'), entry('e1')]);
        await store.append(org, [entry('e2')]);
        await expect(events(LEAD_RECORD)).resolves.toEqual(['e3', 'e1', 'e2']);
        const first = await store.load(org, LEAD_RECORD, 2);
        expect(first.rows.map((row) => row.change.eventId)).toEqual(['e3', 'e1']);
      });

      it('names the keys with work, the one that waits longest first', async () => {
        await store.append(org, [entry('e1', 'r-2'), entry('e2', 'r-1'), entry('e3', 'r-2'), entry('e4', 'r-3')]);
        await expect(store.pendingKeys(org, 10)).resolves.toEqual(['r-2', 'r-1', 'r-3']);
        await expect(store.pendingKeys(org, 2)).resolves.toEqual(['r-2', 'r-1']);
        await expect(store.pendingKeys(otherOrg, 10)).resolves.toEqual([]);
      });

      it('distinguishes old work from new', async () => {
        const before = Date.now();
        await store.append(org, [entry('e1')]);
        await expect(store.pendingKeys(org, 10, before)).resolves.toEqual([]);
        await expect(store.pendingKeys(org, 10, Date.now() + 1_000)).resolves.toEqual([LEAD_RECORD]);
      });
    });

    describe('the key of a change', () => {
      it('is the lead that an earlier change of the record named, also before there is a link', async () => {
        const batch = [entry('e1', LEAD_RECORD, { leadId: 'lead-1' }), entry('e2')];
        await expect(store.append(org, batch)).resolves.toEqual({ stored: 2, keys: ['lead-1'] });
        await expect(store.append(org, [entry('e3')])).resolves.toMatchObject({ keys: ['lead-1'] });
        await expect(store.append(otherOrg, [entry('e3')])).resolves.toMatchObject({ keys: [LEAD_RECORD] });
        // The link knows better once it is there.
        await save(linked('lead-2', LEAD_RECORD));
        await expect(store.append(org, [entry('e4')])).resolves.toMatchObject({ keys: ['lead-2'] });
      });

      it('is the lead that the change names', async () => {
        const { keys } = await store.append(org, [entry('e1', LEAD_RECORD, { leadId: 'lead-2' })]);
        expect(keys).toEqual(['lead-2']);
      });

      it('is the lead that the record is linked to, whatever lead an event of the record names', async () => {
        await save(linked('lead-1', LEAD_RECORD));
        const { keys } = await store.append(org, [entry('e1', LEAD_RECORD, { leadId: 'lead-2' })]);
        expect(keys).toEqual(['lead-1']);
        await save({ ...linked('lead-1', LEAD_RECORD), revision: 1, ended: { by: 'sellfire', at: 9 } });
        const later = await store.append(org, [entry('e2', LEAD_RECORD, { leadId: 'lead-2' })]);
        expect(later.keys).toEqual(['lead-2']);
      });

      it('is else the lead that the record is linked to', async () => {
        await save(linked('lead-1', LEAD_RECORD, ACCOUNT));
        const { keys } = await store.append(org, [entry('e1'), entry('e2', ACCOUNT), entry('e3', CONTACT_RECORD)]);
        expect(keys).toEqual(['lead-1', CONTACT_RECORD]);
        await expect(events('lead-1')).resolves.toEqual(['e1', 'e2']);
      });

      it('is every lead that shares the Account', async () => {
        await save(linked('lead-1', LEAD_RECORD, ACCOUNT));
        await save(linked('lead-2', CONTACT_RECORD, ACCOUNT, 'Contact'));
        const account = entry('e1', ACCOUNT, { change: change('e1', ACCOUNT, 'Account') });
        await expect(store.append(org, [account])).resolves.toEqual({ stored: 1, keys: ['lead-1', 'lead-2'] });
        await expect(events('lead-1')).resolves.toEqual(['e1']);
        await expect(events('lead-2')).resolves.toEqual(['e1']);
      });

      it('is not given again to an Account change that is repeated after one more lead came to share it', async () => {
        await save(linked('lead-1', LEAD_RECORD, ACCOUNT));
        await store.append(org, [entry('e1', ACCOUNT)]);
        await save(linked('lead-2', CONTACT_RECORD, ACCOUNT, 'Contact'));
        await expect(store.append(org, [entry('e1', ACCOUNT)])).resolves.toEqual({ stored: 0, keys: [] });
      });

      it('is the record again once the link names another one', async () => {
        await save(linked('lead-1', LEAD_RECORD));
        await save({ ...linked('lead-1', CONTACT_RECORD, undefined, 'Contact'), revision: 1 });
        const { keys } = await store.append(org, [entry('e1', LEAD_RECORD), entry('e2', CONTACT_RECORD)]);
        expect(keys).toEqual([LEAD_RECORD, 'lead-1']);
      });
    });

    arriving(at);
    settling(at);

    linkRecords(at);

    describe('requests', () => {
      const asked = (number: number, request = 'a00000000000001AAA', leadId = `lead-${number}`): InboxEntry => ({
        source: 'request',
        eventId: `${request}:${number}`,
        recordId: '',
        leadId,
        change: {
          source: 'request',
          eventId: `${request}:${number}`,
          at: 1_795_500_000_000,
          leadId,
          record: null,
          command: { kind: 'compare', create: false },
        },
      });
      const progress = () => store.requestProgress(org, 'a00000000000001AAA');

      it('are counted by what became of their rows, apart from those of another request', async () => {
        const entries = [asked(1), asked(2), asked(3), asked(4), asked(1, 'a00000000000002AAA', 'lead-9')];
        await store.append(org, entries);
        await expect(progress()).resolves.toEqual({ pending: 4, done: 0, failed: 0 });
        const [first = 0] = await seqs('lead-1');
        const [second = 0] = await seqs('lead-2');
        const [third = 0] = await seqs('lead-3');
        await store.settle(org, settlement('lead-1', { done: [first] }));
        await store.settle(org, settlement('lead-2', { done: [second], failure: 'PHONE_EXISTS' }));
        await store.settle(org, settlement('lead-3', { parked: [{ seq: third, code: 'POISON', reason: 'x' }] }));
        await expect(progress()).resolves.toEqual({ pending: 1, done: 3, failed: 2 });
      });

      it('are stored once, however often they are appended', async () => {
        await store.append(org, [asked(1), asked(2)]);
        await expect(store.append(org, [asked(1), asked(2)])).resolves.toMatchObject({ stored: 0 });
        await expect(progress()).resolves.toEqual({ pending: 2, done: 0, failed: 0 });
      });

      it('are taken back as far as they wait, and what was under way by then is finished and counted', async () => {
        await store.append(org, [asked(1), asked(2)]);
        const [first = 0] = await seqs('lead-1');
        await expect(store.withdrawRequest(org, 'a00000000000001AAA')).resolves.toBe(2);
        await expect(events('lead-2')).resolves.toEqual([]);
        await expect(progress()).resolves.toEqual({ pending: 0, done: 0, failed: 0 });
        await store.settle(org, settlement('lead-1', { done: [first], link: newLink('lead-1') }));
        await expect(progress()).resolves.toEqual({ pending: 0, done: 1, failed: 0 });
      });

      it('go through all living links page by page', async () => {
        for (const id of ['lead-3', 'lead-1', 'lead-2']) await save(newLink(id));
        await save({ ...newLink('lead-4'), ended: { by: 'sellfire', at: 1 } });
        await expect(store.links(org, '', 2)).resolves.toMatchObject([{ leadId: 'lead-1' }, { leadId: 'lead-2' }]);
        await expect(store.links(org, 'lead-2', 2)).resolves.toMatchObject([{ leadId: 'lead-3' }]);
      });
    });

    describe('beside each other', () => {
      settlingTogether(at);

      it('calls fail alone', async () => {
        await save(newLink('lead-1'));
        const outcomes = await Promise.allSettled([
          store.append(org, [entry('e1')], CURSOR),
          save(newLink('lead-1')),
          store.append(org, [entry('e2'), entry('e3')], { ...CURSOR, at: null as unknown as number }),
          store.append(org, [entry('e4')]),
          store.settle(org, settlement('none', { done: [999_999] })),
          store.addReports(org, [report('one')]),
        ]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual([
          'fulfilled',
          'rejected',
          'rejected',
          'fulfilled',
          'rejected',
          'fulfilled',
        ]);
        await expect(events(LEAD_RECORD)).resolves.toEqual(['e1', 'e4']);
        await expect(store.counts(org)).resolves.toMatchObject({ pending: 2, links: 1, reports: 1 });
        await expect(store.cursor(org, CURSOR.name)).resolves.toEqual(CURSOR);
      });

      it('calls are done in the order in which they were made', async () => {
        const made = Array.from({ length: 50 }, (_, i) => store.append(org, [entry(`e${i}`)]));
        await Promise.all(made);
        await expect(events(LEAD_RECORD)).resolves.toEqual(Array.from({ length: 50 }, (_, i) => `e${i}`));
      });
    });

    describe('the outbox', () => {
      it('gives each report a UUID of its own and hands them out in order', async () => {
        await store.addReports(org, [report('first'), report('second')]);
        await store.addReports(org, [report('third')]);
        const waiting = await store.reports(org, 2);
        const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(waiting).toEqual([
          { ...report('first'), id: uuid },
          { ...report('second'), id: uuid },
        ]);
        expect(waiting[0]?.id).not.toBe(waiting[1]?.id);
      });

      it('takes a report that brings its own id once', async () => {
        const id = '6f9619ff-8b86-4d01-8b42-00cf4fc964ff';
        await store.addReports(org, [{ ...report('first'), id }, report('second')]);
        await store.addReports(org, [{ ...report('first'), id }]);
        await expect(store.reports(org, 10)).resolves.toMatchObject([{ id, reason: 'first' }, { reason: 'second' }]);
      });

      it('forgets what was published, of this org only', async () => {
        await store.addReports(org, [report('first'), report('second')]);
        const [first] = await store.reports(org, 1);
        await store.dropReports(otherOrg, [first?.id ?? '']);
        await expect(store.reports(org, 10)).resolves.toHaveLength(2);
        await store.dropReports(org, [first?.id ?? '', 'unknown']);
        await expect(store.reports(org, 10)).resolves.toMatchObject([{ reason: 'second' }]);
      });
    });

    describe('connections', () => {
      it('are saved, replaced and removed', async () => {
        const one = { id: org, createdAt: 2, details: '{"user":"a"}', sealed: 'v1.abc' };
        const two = { id: otherOrg, createdAt: 1, details: '{}', sealed: 'v1.def' };
        await store.saveConnection(one);
        await store.saveConnection(two);
        await store.saveConnection({ ...one, sealed: 'v1.new' });
        await expect(store.connections()).resolves.toEqual([two, { ...one, sealed: 'v1.new' }]);
        await store.removeConnection(two.id);
        await store.removeConnection('unknown');
        await expect(store.connections()).resolves.toEqual([{ ...one, sealed: 'v1.new' }]);
      });

      it('find their links and cursors again when they come back', async () => {
        await store.append(org, [entry('e1')], CURSOR);
        await save(newLink('lead-1'));
        await store.removeConnection(org);
        await expect(store.counts(org)).resolves.toMatchObject({ pending: 1, links: 1 });
        await expect(store.cursor(org, CURSOR.name)).resolves.toEqual(CURSOR);
      });
    });

    describe('keeping house', () => {
      it('counts what is there', async () => {
        await expect(store.counts(org)).resolves.toEqual({
          pending: 0,
          parked: 0,
          reports: 0,
          links: 0,
          oldestPendingAt: undefined,
          oldestFromSalesforceAt: undefined,
          oldestFromSellfireAt: undefined,
        });
        const before = Date.now();
        await store.append(org, [entry('e1'), entry('e2'), entry('e3')]);
        const [first = 0, second = 0] = await seqs(LEAD_RECORD);
        await store.settle(
          org,
          settlement(LEAD_RECORD, {
            done: [first],
            parked: [{ seq: second, code: 'X', reason: 'x' }],
            link: newLink('lead-1'),
            reports: [report('a'), report('b')],
          }),
        );
        const counts = await store.counts(org);
        expect(counts).toMatchObject({ pending: 1, parked: 1, reports: 2, links: 1 });
        expect(counts.oldestPendingAt).toBeGreaterThanOrEqual(before);
        expect(counts.oldestPendingAt).toBeLessThanOrEqual(Date.now());
        expect(counts.oldestFromSalesforceAt).toBe(counts.oldestPendingAt);
        expect(counts.oldestFromSellfireAt).toBeUndefined();
      });

      it('knows a finished change until it is pruned, and never prunes what is not finished', async () => {
        await store.append(org, [entry('e1'), entry('e2'), entry('e3')]);
        const [first = 0, second = 0] = await seqs(LEAD_RECORD);
        const parked = [{ seq: second, code: 'X', reason: 'x' }];
        const before = Date.now();
        await store.settle(org, settlement(LEAD_RECORD, { done: [first], parked }));
        await expect(store.append(org, [entry('e1')])).resolves.toMatchObject({ stored: 0 });
        await store.prune(before);
        await expect(store.append(org, [entry('e1')])).resolves.toMatchObject({ stored: 0 });
        await expect(store.prune(Date.now() + 1_000)).resolves.toBeGreaterThanOrEqual(1);
        await expect(store.append(org, [entry('e1'), entry('e2')])).resolves.toMatchObject({ stored: 1 });
        await expect(store.counts(org)).resolves.toMatchObject({ pending: 2, parked: 1 });
      });

      it('prunes more than fits into one turn', async () => {
        const many = Array.from({ length: 12_000 }, (_, i) => entry(`e${i}`));
        await store.prune(Date.now() + 1_000);
        await store.append(org, many);
        const { rows } = await store.load(org, LEAD_RECORD, 20_000);
        await store.settle(org, settlement(LEAD_RECORD, { done: rows.map((row) => row.seq) }));
        await expect(store.prune(Date.now() + 1_000)).resolves.toBe(12_000);
      });

      it('answers what was asked before it was closed, and refuses what is asked afterwards', async () => {
        const own = await open();
        const asked = own.store.append(org, [entry('e1')]);
        const closed = own.store.close();
        await expect(asked).resolves.toMatchObject({ stored: 1 });
        await closed;
        await expect(own.store.pendingKeys(org, 1)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
        await own.store.close();
        await own.remove();
      });

      if (!durable) return;
      it('has everything again after it was closed and opened', async () => {
        if (!under.reopen) throw new Error(`${name} cannot be opened again.`);
        await store.append(org, [entry('e1'), entry('e2')], CURSOR);
        const [first = 0] = await seqs(LEAD_RECORD);
        const link = linked('lead-1', LEAD_RECORD);
        await store.settle(org, settlement(LEAD_RECORD, { done: [first], link, reports: [report('linked')] }));
        const [waiting] = await store.reports(org, 1);
        store = await under.reopen();
        await expect(events('lead-1')).resolves.toEqual(['e2']);
        await expect(store.linkOfRecord(org, LEAD_RECORD)).resolves.toEqual({ ...link, revision: 1 });
        await expect(store.cursor(org, CURSOR.name)).resolves.toEqual(CURSOR);
        await expect(store.reports(org, 10)).resolves.toEqual([waiting]);
        await expect(store.append(org, [entry('e1'), entry('e2')])).resolves.toMatchObject({ stored: 0 });
      });

      it('parks a row that this version cannot read, and hands out the ones behind it', async () => {
        if (!under.reopen) throw new Error(`${name} cannot be opened again.`);
        const strange = { ...change('e1', LEAD_RECORD), kind: 'from a later version' } as unknown as Change;
        await store.append(org, [entry('e1', LEAD_RECORD, { change: strange }), entry('e2')]);
        store = await under.reopen();
        await expect(events(LEAD_RECORD)).resolves.toEqual(['e2']);
        await expect(store.parked(org, 10)).resolves.toMatchObject([{ eventId: 'e1', code: 'CHANGE_UNREADABLE' }]);
      });

      it('counts what was pending when it was opened as tried: it may have been under way', async () => {
        if (!under.reopen) throw new Error(`${name} cannot be opened again.`);
        await store.append(org, [entry('e1')]);
        store = await under.reopen();
        expect((await load(LEAD_RECORD)).rows.map((row) => row.attempts)).toEqual([1]);
      });
    });
  });
}

// What a store makes of events that need nothing but their link: they are done as they come, in order, and never over a link that was saved
// in between.
import { describe, expect, it } from '@jest/globals';
import type { FieldState, Link } from '../../bridge/model/link.ts';
import type { Cursor, OnArrival } from '../../bridge/store/store.ts';
import { CONTACT_RECORD, entry, LEAD_RECORD, linked, settlement } from './fixtures.ts';
import type { StoreContext } from './storeContext.ts';

const CURSOR: Cursor = { name: 'salesforce:/data/Sellfire__chn', value: 'AAAAAAAABgkAAA==', at: 1_795_500_000_000 };
const STATE: FieldState = { previousValues: [], replicas: {}, flipFlops: 0, suspended: false };

/** Notes the event in the link. */
const noting: OnArrival = (_key, link, { eventId }) => ({ ...link, fields: { ...link.fields, [eventId]: STATE } });
const noted = (link: Link | undefined): string[] => Object.keys(link?.fields ?? {}).sort();

export function arriving(at: StoreContext): void {
  const { events, load, save } = at;
  const append = (ids: string[], onArrival?: OnArrival) =>
    at.store.append(
      at.org,
      ids.map((id) => entry(id)),
      CURSOR,
      onArrival,
    );

  describe('an event that needs nothing but its link', () => {
    it('is done as it comes, with the link and the cursor, and known when it comes again', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      await expect(append(['e1'], noting)).resolves.toEqual({ stored: 1, settled: 1, keys: [] });
      for (const onArrival of [noting, undefined])
        await expect(append(['e1'], onArrival)).resolves.toMatchObject({ stored: 0, keys: [] });
      await expect(at.store.cursor(at.org, CURSOR.name)).resolves.toEqual(CURSOR);
      const { rows, link } = await load('lead-1');
      expect([rows.length, link?.revision, noted(link)]).toEqual([0, 2, ['e1']]);
      await expect(at.store.linkOfLead(at.org, 'lead-1')).resolves.toEqual(link);
      await expect(at.store.counts(at.org)).resolves.toMatchObject({ pending: 0, parked: 0 });
    });

    it('of Sellfire is done under its lead, and one that leaves the link as it is saves nothing', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      const ofLead = entry('e1', LEAD_RECORD, { source: 'sellfire', leadId: 'lead-1' });
      const unchanged: OnArrival = (_key, link) => link;
      await expect(at.store.append(at.org, [ofLead], undefined, unchanged)).resolves.toMatchObject({ settled: 1 });
      expect((await load('lead-1')).link?.revision).toBe(1);
    });

    it('follows the one before it in the same delivery', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      await expect(append(['e1', 'e2'], noting)).resolves.toEqual({ stored: 2, settled: 2, keys: [] });
      const { link } = await load('lead-1');
      expect([link?.revision, noted(link)]).toEqual([3, ['e1', 'e2']]);
    });

    it('waits behind what waits for its lead, and so does all that comes with it', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      await append(['e1']);
      const other = linked('lead-2', CONTACT_RECORD, undefined, 'Contact');
      await save(other);
      const batch = [entry('e2'), entry('e3', CONTACT_RECORD), entry('e4')];
      const { stored, keys } = await at.store.append(at.org, batch, CURSOR, noting);
      expect([stored, keys.includes('lead-1')]).toEqual([3, true]);
      await expect(events('lead-1')).resolves.toEqual(['e1', 'e2', 'e4']);
      expect(noted((await load('lead-1')).link)).toEqual([]);
      await expect(at.store.cursor(at.org, CURSOR.name)).resolves.toEqual(CURSOR);
    });

    it('waits behind one of the same delivery that takes a turn', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      const second: OnArrival = (key, link, change) =>
        change.eventId === 'e1' ? undefined : noting(key, link, change);
      await expect(append(['e1', 'e2'], second)).resolves.toMatchObject({ stored: 2, keys: ['lead-1'] });
      await expect(events('lead-1')).resolves.toEqual(['e1', 'e2']);
    });

    it('is not done over a link that was saved in between', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      const saved = { ...linked('lead-1', LEAD_RECORD), revision: 1, fields: { title: STATE } };
      const [, { settled = 0 }] = await Promise.all([save(saved), append(['e1'], noting)]);
      const { rows, link } = await load('lead-1');
      expect(noted(link)).toContain('title');
      expect(rows.length + settled).toBe(1);
      expect(noted(link)).toHaveLength(1 + settled);
      await expect(at.store.linkOfLead(at.org, 'lead-1')).resolves.toEqual(link);
    });

    it('takes a turn where there is no link, it has ended, or it would have other records', async () => {
      const moving: OnArrival = (_key, link) => ({ ...link, record: { object: 'Contact', id: CONTACT_RECORD } });
      await expect(append(['e1'], noting)).resolves.toMatchObject({ stored: 1, settled: 0, keys: [LEAD_RECORD] });
      const [seq = 0] = await at.seqs(LEAD_RECORD);
      await at.store.settle(at.org, settlement(LEAD_RECORD, { done: [seq], link: linked('lead-1', LEAD_RECORD) }));
      await expect(append(['e2'], moving)).resolves.toMatchObject({ stored: 1, settled: 0, keys: ['lead-1'] });
      const [second = 0] = await at.seqs('lead-1');
      const ended: Link = { ...linked('lead-1', LEAD_RECORD), revision: 1, ended: { by: 'sellfire', at: 1 } };
      await at.store.settle(at.org, settlement('lead-1', { done: [second], link: ended }));
      await expect(append(['e3'], noting)).resolves.toMatchObject({ stored: 1, settled: 0, keys: ['lead-1'] });
    });
  });
}

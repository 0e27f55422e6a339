// What a turn leaves in a store: finished and parked rows, the link, the reports, in one transaction.
import { describe, expect, it } from '@jest/globals';
import { newLink, type Link } from '../../bridge/model/link.ts';
import { StaleLinkError } from '../../bridge/store/store.ts';
import { ACCOUNT, CONTACT_RECORD, entry, LEAD_RECORD, linked, report, settlement } from './fixtures.ts';
import type { StoreContext } from './storeContext.ts';

export function settling(at: StoreContext): void {
  const { seqs, load, save, events } = at;

  describe('settling', () => {
    it('finishes the rows, saves the link and keeps the reports together', async () => {
      await at.store.append(at.org, [entry('e1'), entry('e2')]);
      const [first = 0] = await seqs(LEAD_RECORD);
      await at.store.settle(
        at.org,
        settlement(LEAD_RECORD, { done: [first], link: linked('lead-1', LEAD_RECORD), reports: [report('linked')] }),
      );
      await expect(load('lead-1')).resolves.toMatchObject({
        rows: [{ change: { eventId: 'e2' } }],
        link: { ...linked('lead-1', LEAD_RECORD), revision: 1 },
      });
      await expect(at.store.reports(at.org, 10)).resolves.toMatchObject([{ reason: 'linked' }]);
    });

    it('finds a link by its lead, its record and its account', async () => {
      const link: Link = {
        ...linked('lead-1', LEAD_RECORD, ACCOUNT),
        ownerDiffers: { salesforce: null, sellfire: 'rep-1', at: 5 },
        fields: {
          business_name: {
            register: { value: 'Núñez', at: 7, by: 'salesforce', version: 3 },
            previousValues: ['Nunez', null],
            replicas: { sellfire: { lastKnown: ['a', 'b'], at: 6, targetVersion: 3, delivered: 2, confirmed: 1 } },
            flipFlops: 1,
            suspended: false,
          },
        },
      };
      await save(link);
      const saved = { ...link, revision: 1 };
      await expect(at.store.linkOfLead(at.org, 'lead-1')).resolves.toEqual(saved);
      await expect(at.store.linkOfRecord(at.org, LEAD_RECORD)).resolves.toEqual(saved);
      await expect(at.store.linkOfRecord(at.org, ACCOUNT)).resolves.toEqual(saved);
      await expect(at.store.linkOfRecord(at.org, CONTACT_RECORD)).resolves.toBeUndefined();
      await expect(at.store.linkOfLead(at.otherOrg, 'lead-1')).resolves.toBeUndefined();
    });

    it('hands out a link as it was saved last, however often it was read before', async () => {
      const names = (link: Link | undefined) => [link?.revision, ...Object.keys(link?.fields ?? {})];
      const state = { previousValues: [], replicas: {}, flipFlops: 0, suspended: false };
      await save(newLink('lead-1'));
      expect(names((await load('lead-1')).link)).toEqual([1]);
      await save({ ...newLink('lead-1'), revision: 1, fields: { title: state } });
      expect(names((await load('lead-1')).link)).toEqual([2, 'title']);
      const late = { ...newLink('lead-1'), revision: 1, fields: { city: state } };
      await expect(save(late)).rejects.toThrow(StaleLinkError);
      expect(names((await load('lead-1')).link)).toEqual([2, 'title']);
      expect(names(await at.store.linkOfLead(at.org, 'lead-1'))).toEqual([2, 'title']);
    });

    it('refuses a link that was saved in between, and then keeps nothing of the settlement', async () => {
      await save(newLink('lead-1'));
      await save({ ...newLink('lead-1'), revision: 1 });
      await at.store.append(at.org, [entry('e1', LEAD_RECORD, { leadId: 'lead-1' })]);
      const done = await seqs('lead-1');
      for (const revision of [0, 1, 3]) {
        const late = settlement('lead-1', { done, link: { ...newLink('lead-1'), revision }, reports: [report('x')] });
        await expect(at.store.settle(at.org, late)).rejects.toThrow(StaleLinkError);
      }
      await expect(load('lead-1')).resolves.toMatchObject({ rows: [{}], link: { revision: 2 } });
      await expect(at.store.reports(at.org, 10)).resolves.toEqual([]);
    });

    it('lets exactly one of many win who decided on the same revision', async () => {
      await save(newLink('lead-1'));
      const tries = Array.from({ length: 20 }, (_, i) =>
        at.store.settle(
          at.org,
          settlement('lead-1', { link: { ...newLink('lead-1'), revision: 1 }, reports: [report(`try ${i}`)] }),
        ),
      );
      const outcomes = await Promise.allSettled(tries);
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      await expect(at.store.counts(at.org)).resolves.toMatchObject({ links: 1, reports: 1 });
    });

    it('refuses a decision made without a link when there is one by now', async () => {
      await at.store.append(at.org, [entry('e1', LEAD_RECORD, { leadId: 'lead-1' })]);
      const done = await seqs('lead-1');
      await save(newLink('lead-1'));
      await expect(at.store.settle(at.org, settlement('lead-1', { done }))).rejects.toThrow(StaleLinkError);
      await expect(seqs('lead-1')).resolves.toEqual(done);
    });

    it('refuses to finish rows that have moved to the lead their record was linked to', async () => {
      await at.store.append(at.org, [entry('e1')]);
      const rows = await seqs(LEAD_RECORD);
      await save(linked('lead-1', LEAD_RECORD));
      await expect(at.store.settle(at.org, settlement(LEAD_RECORD, { done: rows }))).rejects.toThrow(StaleLinkError);
      const parked = rows.map((seq) => ({ seq, code: 'X', reason: 'x' }));
      await expect(at.store.settle(at.org, settlement(LEAD_RECORD, { parked }))).rejects.toThrow(StaleLinkError);
      await expect(seqs('lead-1')).resolves.toEqual(rows);
    });

    it('moves what waits under the records of a new link to its lead, in order, and says so', async () => {
      await at.store.append(at.org, [
        entry('e1'),
        entry('e2', ACCOUNT),
        entry('e3', LEAD_RECORD, { leadId: 'lead-1' }),
      ]);
      const link = linked('lead-1', LEAD_RECORD, ACCOUNT);
      await expect(at.store.settle(at.org, settlement('lead-1', { link }))).resolves.toEqual({ keys: ['lead-1'] });
      await expect(events('lead-1')).resolves.toEqual(['e1', 'e2', 'e3']);
      await expect(at.store.pendingKeys(at.org, 10)).resolves.toEqual(['lead-1']);
      await expect(at.store.settle(at.org, settlement('lead-1', { link: { ...link, revision: 1 } }))).resolves.toEqual({
        keys: [],
      });
    });

    it('keeps a parked row with its code and reason, out of the way, until it is released', async () => {
      await at.store.append(at.org, [entry('e1'), entry('e2')]);
      const [first = 0, second = 0] = await seqs(LEAD_RECORD);
      const reason = 'Company: data value too large (max length=255)';
      await at.store.attempted(at.org, [first]);
      await at.store.settle(
        at.org,
        settlement(LEAD_RECORD, { parked: [{ seq: first, code: 'STRING_TOO_LONG', reason }] }),
      );
      await expect(seqs(LEAD_RECORD)).resolves.toEqual([second]);
      await expect(at.store.parked(at.org, 10)).resolves.toEqual([
        {
          seq: first,
          key: LEAD_RECORD,
          source: 'salesforce',
          eventId: 'e1',
          recordId: LEAD_RECORD,
          attempts: 1,
          parkedAt: expect.any(Number),
          code: 'STRING_TOO_LONG',
          reason,
        },
      ]);
      await expect(at.store.append(at.org, [entry('e1')])).resolves.toMatchObject({ stored: 0 });
      await save(linked('lead-1', LEAD_RECORD));
      await expect(at.store.release(at.org, [first])).resolves.toEqual({ keys: ['lead-1'] });
      await expect(seqs('lead-1')).resolves.toEqual([first, second]);
      await expect(at.store.parked(at.org, 10)).resolves.toEqual([]);
    });

    it('counts attempts of rows that are still to do', async () => {
      await at.store.append(at.org, [entry('e1'), entry('e2')]);
      const [first = 0] = await seqs(LEAD_RECORD);
      await at.store.attempted(at.org, [first]);
      await at.store.attempted(at.org, [first]);
      expect((await load(LEAD_RECORD)).rows.map((row) => row.attempts)).toEqual([2, 0]);
    });
  });
}

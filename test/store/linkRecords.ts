// Which lead has which record in a store, and whose rows wait for it.
import { describe, expect, it } from '@jest/globals';
import { type Link } from '../../bridge/model/link.ts';
import { RecordClaimedError } from '../../bridge/store/store.ts';
import { ACCOUNT, CONTACT_RECORD, entry, LEAD_RECORD, linked, report, settlement } from './fixtures.ts';
import type { StoreContext } from './storeContext.ts';

export function linkRecords(at: StoreContext): void {
  const { save, seqs, events, load } = at;

  describe('the records of links', () => {
    it('gives a Lead or Contact to one lead only, and names both leads to the other', async () => {
      await save(linked('lead-1', CONTACT_RECORD, ACCOUNT, 'Contact'));
      await at.store.append(at.org, [entry('e1', LEAD_RECORD, { leadId: 'lead-2' })]);
      const done = await seqs('lead-2');
      const link = linked('lead-2', CONTACT_RECORD, undefined, 'Contact');
      const refused = at.store.settle(at.org, settlement('lead-2', { done, link, reports: [report('x')] }));
      await expect(refused).rejects.toThrow(RecordClaimedError);
      await expect(refused).rejects.toMatchObject({ code: 'RECORD_CLAIMED', holder: 'lead-1', leadId: 'lead-2' });
      await expect(seqs('lead-2')).resolves.toEqual(done);
      await expect(at.store.linkOfLead(at.org, 'lead-2')).resolves.toBeUndefined();
      await expect(at.store.linkOfRecord(at.org, CONTACT_RECORD)).resolves.toMatchObject({ leadId: 'lead-1' });
    });

    it('reserves a record for a turn that is about to link it, until that turn is settled', async () => {
      const claim = (leadId: string) =>
        at.store.claim(at.org, { recordId: LEAD_RECORD, key: leadId, leadId, revision: 0 });
      await at.store.append(at.org, [
        entry('e1', LEAD_RECORD, { leadId: 'lead-1' }),
        entry('e2', ACCOUNT, { leadId: 'lead-2' }),
      ]);
      await expect(claim('lead-1')).resolves.toBeUndefined();
      await expect(claim('lead-1')).resolves.toBeUndefined();
      await expect(claim('lead-2')).resolves.toEqual({ busy: true });
      await at.store.settle(at.org, settlement('lead-1', { done: await seqs('lead-1') }));
      await expect(claim('lead-2')).resolves.toBeUndefined();
    });

    it('refuses a turn that loaded the link of its lead before another turn saved it, so that it decides again', async () => {
      const claim = (revision: number) =>
        at.store.claim(at.org, { recordId: LEAD_RECORD, key: 'lead-1', leadId: 'lead-1', revision });
      await save(linked('lead-1', LEAD_RECORD));
      await expect(claim(0)).resolves.toEqual({ stale: true });
      await expect(claim(1)).resolves.toBeUndefined();
    });

    it('gives back what a refused turn has reserved, so that two turns never wait for each other', async () => {
      const claim = (key: string, recordId: string) =>
        at.store.claim(at.org, { recordId, key, leadId: key, revision: 0 });
      await at.store.append(at.org, [
        entry('e1', LEAD_RECORD, { leadId: 'lead-1' }),
        entry('e2', ACCOUNT, { leadId: 'lead-2' }),
      ]);
      await claim('lead-1', LEAD_RECORD);
      await claim('lead-2', CONTACT_RECORD);
      await expect(claim('lead-1', CONTACT_RECORD)).resolves.toEqual({ busy: true });
      await expect(claim('lead-2', LEAD_RECORD)).resolves.toBeUndefined();
    });

    it('refuses a record that another lead has, and has it claimed once the other link has left it', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      await expect(
        at.store.claim(at.org, { recordId: LEAD_RECORD, key: 'lead-2', leadId: 'lead-2', revision: 0 }),
      ).resolves.toEqual({
        holder: 'lead-1',
      });
      const waiting: Link = { ...linked('lead-2', CONTACT_RECORD, undefined, 'Contact') };
      await save({ ...waiting, awaits: { object: 'Lead', id: LEAD_RECORD } });
      await expect(events('lead-2')).resolves.toEqual([]);
      const ended: Link = { ...linked('lead-1', LEAD_RECORD), revision: 1, ended: { by: 'sellfire', at: 9 } };
      await expect(save(ended)).resolves.toEqual({ keys: ['lead-2'] });
      const { rows } = await load('lead-2');
      expect(rows.map(({ change: row }) => row)).toMatchObject([
        { source: 'request', leadId: 'lead-2', record: { id: LEAD_RECORD }, command: { kind: 'claim' } },
      ]);
    });

    it('has a record claimed that the link of another lead has left for another record', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      await save({ ...linked('lead-2', ACCOUNT), record: undefined, awaits: { object: 'Lead', id: LEAD_RECORD } });
      const moved: Link = { ...linked('lead-1', CONTACT_RECORD, undefined, 'Contact'), revision: 1 };
      await expect(save(moved)).resolves.toEqual({ keys: ['lead-2'] });
      await expect(events('lead-2')).resolves.toHaveLength(1);
    });

    it('holds no record for a turn that is settled, though its key has more work, or whose work is gone', async () => {
      const claim = (leadId: string) =>
        at.store.claim(at.org, { recordId: LEAD_RECORD, key: leadId, leadId, revision: 0 });
      await at.store.append(at.org, [
        entry('e1', CONTACT_RECORD, { leadId: 'lead-1' }),
        entry('e2', CONTACT_RECORD, { leadId: 'lead-1' }),
        entry('e3', ACCOUNT, { leadId: 'lead-2' }),
      ]);
      const [first] = await seqs('lead-1');
      await expect(claim('lead-1')).resolves.toBeUndefined();
      await at.store.settle(at.org, settlement('lead-1', { done: [first ?? 0] }));
      await expect(claim('lead-2')).resolves.toBeUndefined();
      await at.store.rekey(at.org, await seqs('lead-2'), 'lead-3');
      await expect(claim('lead-1')).resolves.toBeUndefined();
    });

    it('has a record claimed at once that was left before the wait was noted', async () => {
      const waiting = { ...linked('lead-2', CONTACT_RECORD, undefined, 'Contact') };
      await expect(save({ ...waiting, awaits: { object: 'Lead', id: LEAD_RECORD } })).resolves.toEqual({
        keys: ['lead-2'],
      });
    });

    it('finds, of an Account that several leads share, the lead that was linked first', async () => {
      await save(linked('lead-2', LEAD_RECORD, ACCOUNT));
      await save(linked('lead-1', CONTACT_RECORD, ACCOUNT, 'Contact'));
      await expect(at.store.linkOfRecord(at.org, ACCOUNT)).resolves.toMatchObject({ leadId: 'lead-2' });
    });

    it('gives the record of an ended link to a living one, and never back', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      const ended: Link = { ...linked('lead-1', LEAD_RECORD), ended: { by: 'sellfire', at: 9 } };
      await save({ ...ended, revision: 1 });
      await expect(at.store.linkOfRecord(at.org, LEAD_RECORD)).resolves.toMatchObject({ leadId: 'lead-1' });
      await save(linked('lead-2', LEAD_RECORD));
      await expect(at.store.linkOfRecord(at.org, LEAD_RECORD)).resolves.toMatchObject({ leadId: 'lead-2' });
      await save({ ...ended, revision: 2 });
      await expect(at.store.linkOfRecord(at.org, LEAD_RECORD)).resolves.toMatchObject({ leadId: 'lead-2' });
    });

    it('belong to their own org', async () => {
      await save(linked('lead-1', LEAD_RECORD));
      const elsewhere = settlement('lead-2', { link: linked('lead-2', LEAD_RECORD) });
      await expect(at.store.settle(at.otherOrg, elsewhere)).resolves.toEqual({ keys: [] });
    });
  });

  it('puts rows under the lead that they turn out to be about, in their order', async () => {
    await at.store.append(at.org, [entry('e1'), entry('e2'), entry('e3', CONTACT_RECORD, { leadId: 'lead-1' })]);
    await expect(at.store.rekey(at.org, await seqs(LEAD_RECORD), 'lead-1')).resolves.toBe(2);
    await expect(events(LEAD_RECORD)).resolves.toEqual([]);
    await expect(events('lead-1')).resolves.toEqual(['e1', 'e2', 'e3']);
    // A record that has been linked in between: its lead.
    await save(linked('lead-2', CONTACT_RECORD));
    await at.store.rekey(at.org, await seqs('lead-1'), CONTACT_RECORD);
    await expect(events('lead-2')).resolves.toEqual(['e1', 'e2', 'e3']);
  });
}

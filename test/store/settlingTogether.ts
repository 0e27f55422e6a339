// What turns leave in a store that end at the same time, and are saved together: each all of its own or nothing.
import { expect, it } from '@jest/globals';
import type { Link } from '../../bridge/model/link.ts';
import type { Settlement } from '../../bridge/store/store.ts';
import { ACCOUNT, CONTACT_RECORD, entry, linked, recordId, report, settlement } from './fixtures.ts';
import type { StoreContext } from './storeContext.ts';

export function settlingTogether(at: StoreContext): void {
  const { seqs, save } = at;

  it('ends of turns each save all of theirs or nothing, whatever becomes of those beside them', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `lead-${i}`);
    const linkOf = (name: string): Link => linked(name, recordId(names.indexOf(name)), ACCOUNT);
    await Promise.all(names.slice(0, 10).map((name) => save(linkOf(name))));
    await at.store.append(
      at.org,
      names.map((name) => entry(`e-${name}`, recordId(names.indexOf(name)), { leadId: name })),
    );
    const rows = new Map(await Promise.all(names.map(async (name) => [name, await seqs(name)] as const)));
    const ends = (name: string, link: Link | undefined, more: Partial<Settlement> = {}) =>
      at.store.settle(at.org, settlement(name, { done: rows.get(name) ?? [], reports: [report(name)], link, ...more }));
    const again = (name: string): Link => ({ ...linkOf(name), revision: 1 });
    const outcomes = await Promise.allSettled([
      ends('lead-0', again('lead-0')),
      // Saved by somebody else since.
      ends('lead-1', { ...again('lead-1'), revision: 7 }),
      // A row that is not there.
      ends('lead-2', again('lead-2'), { done: [...(rows.get('lead-2') ?? []), 999_999] }),
      // Another one's record.
      ends('lead-3', { ...again('lead-3'), record: { object: 'Lead', id: recordId(4) } }),
      ends('lead-4', again('lead-4'), { failure: 'REFUSED' }),
      // A record that nobody has, and one left.
      ends('lead-5', { ...again('lead-5'), record: { object: 'Contact', id: CONTACT_RECORD } }),
      // Decided without the link that is there.
      ends('lead-6', undefined),
      // Twice: the second knows a link that is saved by then.
      ends('lead-7', again('lead-7')),
      ends('lead-7', again('lead-7')),
      ends('lead-8', { ...again('lead-8'), ended: { by: 'salesforce', at: 5 } }),
      // Without its Account.
      ends('lead-9', { ...linked('lead-9', recordId(9)), revision: 1 }),
      ends('lead-10', undefined),
      ends('lead-11', linkOf('lead-11')),
    ]);
    expect(outcomes.map(({ status }) => (status === 'fulfilled' ? 'saved' : 'failed'))).toEqual([
      'saved',
      'failed',
      'failed',
      'failed',
      'saved',
      'saved',
      'failed',
      'saved',
      'failed',
      'saved',
      'saved',
      'saved',
      'saved',
    ]);
    const failed = ['lead-1', 'lead-2', 'lead-3', 'lead-6'];
    for (const name of names) {
      const { rows: waiting, link } = await at.store.load(at.org, name, 10);
      const isNew = ['lead-10', 'lead-11'].includes(name);
      expect([name, waiting.length, link?.revision ?? 0]).toEqual([
        name,
        failed.includes(name) ? 1 : 0,
        (isNew ? 0 : 1) + (failed.includes(name) || name === 'lead-10' ? 0 : 1),
      ]);
    }
    const reported = (await at.store.reports(at.org, 100)).map(({ reason }) => reason);
    expect(reported.sort()).toEqual(names.filter((name) => !failed.includes(name)).sort());
    await expect(at.store.linkOfRecord(at.org, CONTACT_RECORD)).resolves.toMatchObject({ leadId: 'lead-5' });
    await expect(at.store.linkOfRecord(at.org, recordId(5))).resolves.toBeUndefined();
    await expect(at.store.linkOfRecord(at.org, recordId(4))).resolves.toMatchObject({ leadId: 'lead-4' });
    await expect(at.store.linkOfRecord(at.org, recordId(11))).resolves.toMatchObject({ leadId: 'lead-11' });
  });
}

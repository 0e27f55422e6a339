// The links that were used last are kept in the revision that was kept last, up to a limit.
import { describe, expect, it } from '@jest/globals';
import { newLink, type Link } from '../../../bridge/model/link.ts';
import { createLinkCache } from '../../../bridge/store/linkCache.ts';
import { createClock } from '../../helpers/clock.ts';

const written = (link: Link) => ({ link, texts: undefined });

describe('the links that were used last', () => {
  it('are kept apart for each connection, in the revision that was kept last', () => {
    const cache = createLinkCache();
    cache.set('org-1', written(newLink('lead-1')));
    cache.set('org-1', written({ ...newLink('lead-1'), revision: 2 }));
    expect(cache.get('org-1', 'lead-1')).toMatchObject({ link: { revision: 2 } });
    expect(cache.get('org-2', 'lead-1')).toBeUndefined();
  });

  it('are no more than the limit: the one that was kept longest ago goes', () => {
    const cache = createLinkCache(2);
    for (const leadId of ['lead-1', 'lead-2', 'lead-1', 'lead-3']) cache.set('org', written(newLink(leadId)));
    expect(['lead-1', 'lead-2', 'lead-3'].map((leadId) => cache.get('org', leadId)?.link.leadId)).toEqual([
      'lead-1',
      undefined,
      'lead-3',
    ]);
  });

  it('are given up once none has been kept for a while, and kept again', () => {
    const clock = createClock();
    const cache = createLinkCache(2, clock);
    const isKept = () => cache.get('org', 'lead-1') !== undefined;
    cache.set('org', written(newLink('lead-1')));
    clock.pass(9_000);
    cache.set('org', written(newLink('lead-2')));
    clock.pass(9_000);
    expect(isKept()).toBe(true);
    clock.pass(2_000);
    expect([isKept(), clock.due()]).toEqual([false, []]);
    cache.set('org', written(newLink('lead-1')));
    expect(isKept()).toBe(true);
    clock.pass(10_000);
    expect(isKept()).toBe(false);
  });
});

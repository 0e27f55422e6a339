// A store that the org does not know is recognized before anything is written, and one that it knows is never taken for lost.
import { describe, expect, it } from '@jest/globals';
import {
  carriedUntil,
  markText,
  storeVerdict,
  type LastHeartbeat,
  type Mark,
} from '../../../bridge/sync/storeVerdict.ts';

const mark = (given: Partial<Mark> = {}): Mark => ({ id: 'a', revision: 7, links: 3, ...given });
const heartbeat = (given: Partial<LastHeartbeat> = {}): LastHeartbeat => ({
  ...{ mark: markText(mark()), syncState: 'Running', seenAt: 1_000_000, lagMs: 0 },
  ...given,
});

describe('a store', () => {
  it.each<[string, Mark | undefined, number, LastHeartbeat | undefined]>([
    ['whose last heartbeat the org has', mark(), 3, heartbeat()],
    ['with links made since that heartbeat', mark(), 5, heartbeat()],
    ['whose last heartbeats never arrived', mark({ revision: 9 }), 3, heartbeat()],
    ['of an org that had no bridge', undefined, 0, undefined],
    ['of an org whose sync was never started', undefined, 0, heartbeat({ syncState: 'NotStarted' })],
    ['of an org that was installed anew', mark(), 3, undefined],
    ['of an org whose last bridge made no marks', undefined, 3, heartbeat({ mark: null })],
    ['whose mark the org has not got yet', mark(), 3, heartbeat({ mark: null })],
  ])('%s is the right one', (_which, known, links, last) => {
    expect(storeVerdict(known, links, last)).toBeUndefined();
  });

  it.each<[string, string, Mark | undefined, number, LastHeartbeat | undefined]>([
    ['lost', 'that is empty, in an org that was in step', undefined, 0, heartbeat()],
    ['lost', 'that is empty, after a bridge that made no marks', undefined, 0, heartbeat({ mark: null })],
    ['lost', 'that begins anew, with a mark of its own', mark({ id: 'b', links: 0 }), 0, heartbeat()],
    ['older', 'that was behind the last heartbeat', mark({ revision: 6 }), 3, heartbeat()],
    ['older', 'of another bridge', mark({ id: 'b' }), 3, heartbeat()],
    ['older', 'from before the first mark', undefined, 3, heartbeat()],
    ['emptied', 'with fewer links than it had', mark(), 2, heartbeat()],
    ['emptied', 'with fewer links than it had, whatever the org says', mark(), 0, undefined],
  ])('is %s: one %s', (loss, _which, known, links, last) => {
    expect(storeVerdict(known, links, last)).toBe(loss);
  });

  it('has carried everything until its last heartbeat, less what waited then or was under way', () => {
    expect(carriedUntil(heartbeat({ lagMs: 2_000 }), 5_000_000, 10_000)).toBe(988_000);
    expect(carriedUntil(undefined, 5_000_000, 10_000)).toBe(4_990_000);
    expect(carriedUntil(heartbeat({ seenAt: 1 }), 5_000_000, 10_000)).toBe(0);
  });
});

// A call that is under way is shared by whoever calls meanwhile.
import { describe, expect, it } from '@jest/globals';
import { coalesced, singleFlight } from '../../../bridge/lib/singleFlight.ts';

/** Work that ends when the test releases it. */
function held() {
  const runs: PromiseWithResolvers<number>[] = [];
  const work = (): Promise<number> => {
    const run = Promise.withResolvers<number>();
    runs.push(run);
    return run.promise;
  };
  return { runs, work };
}

describe('a single flight', () => {
  it('is shared by calls during it, and a call after it starts another', async () => {
    const { runs, work } = held();
    const flight = singleFlight(work);
    const calls = [flight(), flight()];
    expect(runs).toHaveLength(1);
    runs[0]?.resolve(1);
    expect(await Promise.all(calls)).toEqual([1, 1]);
    expect(flight.underWay).toBeUndefined();
    const later = flight();
    runs[1]?.resolve(2);
    expect(await later).toBe(2);
  });

  it('fails for all callers that share it, and starts anew afterwards', async () => {
    const { runs, work } = held();
    const flight = singleFlight(work);
    const calls = Promise.allSettled([flight(), flight()]);
    runs[0]?.reject(new Error('away'));
    expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const later = flight();
    runs[1]?.resolve(2);
    expect(await later).toBe(2);
  });
});

describe('a coalesced run', () => {
  it('is followed by one more, which all calls during it share', async () => {
    const { runs, work } = held();
    const run = coalesced(work);
    const first = run();
    const meanwhile = [run(), run()];
    expect(runs).toHaveLength(1);
    runs[0]?.resolve(1);
    expect(await first).toBe(1);
    await Promise.resolve();
    expect(runs).toHaveLength(2);
    runs[1]?.resolve(2);
    expect(await Promise.all(meanwhile)).toEqual([2, 2]);
    expect(runs).toHaveLength(2);
    expect(run.underWay).toBeUndefined();
  });

  it('is followed by another one also when it fails', async () => {
    const { runs, work } = held();
    const run = coalesced(work);
    const first = Promise.allSettled([run()]);
    const meanwhile = run();
    runs[0]?.reject(new Error('away'));
    expect(await first).toMatchObject([{ status: 'rejected' }]);
    await Promise.resolve();
    runs[1]?.resolve(2);
    expect(await meanwhile).toBe(2);
  });
});

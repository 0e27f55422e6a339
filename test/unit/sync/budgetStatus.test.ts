// The status of the API budget: the worse of two uses, with its effect and its remedy.
import { describe, expect, it } from '@jest/globals';
import { budgetStatus, type Tier } from '../../../bridge/sync/budgetStatus.ts';

const of = (own: number, used = own, share = 50) => budgetStatus({ own, org: { used, allowed: 100_000 }, share });

describe('the status of the API budget', () => {
  it.each<[own: number, tier: Tier, left: number]>([
    [0, 'normal', 50_000],
    [39_999, 'normal', 10_001],
    [40_000, 'warned', 10_000],
    [47_499, 'warned', 2_501],
    [47_500, 'deferred', 2_500],
    [49_999, 'deferred', 1],
    [50_000, 'paused', 0],
    [60_000, 'paused', 0],
  ])('with %i of 50,000 calls made is %s', (own, tier, left) => {
    expect(of(own)).toMatchObject({ tier, left, allowance: 50_000 });
  });

  it.each<[used: number, tier: Tier]>([
    [94_999, 'normal'],
    [95_000, 'deferred'],
    [100_000, 'paused'],
    [120_000, 'paused'],
  ])('with %i of the org’s 100,000 calls made by others is %s, however few are ours', (used, tier) => {
    expect(of(10, used).tier).toBe(tier);
    expect(of(10, used).left).toBe(Math.max(0, Math.min(49_990, 100_000 - used)));
  });

  it('is the worse of the two, and says which it is', () => {
    expect(of(40_000, 96_000)).toMatchObject({
      tier: 'deferred',
      reason: expect.stringMatching(/^The org used 96,000/),
    });
    expect(of(50_000, 96_000)).toMatchObject({
      tier: 'paused',
      reason: expect.stringMatching(/^The bridge made 50,000/),
    });
  });

  it('follows the share that the settings give (M19)', () => {
    expect(of(40_000, 40_000, 100).tier).toBe('normal');
    expect(of(40_000, 40_000, 40).tier).toBe('paused');
    expect(budgetStatus({ own: 1, org: { used: 1, allowed: 15_000 }, share: 33 }).allowance).toBe(4_950);
  });

  it('of an org that allows nothing is paused, and of one whose use is not known yet is normal', () => {
    expect(budgetStatus({ own: 0, org: { used: 0, allowed: 0 }, share: 50 }).tier).toBe('paused');
    expect(budgetStatus({ own: 1_000_000, org: undefined, share: 1 })).toMatchObject({
      tier: 'normal',
      left: undefined,
    });
  });

  it('names the use, its effect and the remedy, and nothing while the use is normal', () => {
    expect(of(10).reason).toBe('');
    expect(of(40_000).reason).toContain('40,000 of the 50,000');
    expect(of(40_000).reason).toContain('Raise the bridge’s share'.replace('’', "'"));
    expect(of(48_000).reason).toContain('leads, phases and sales go on');
    expect(of(50_000).reason).toContain('nothing is lost');
    expect(of(1, 96_000).reason).toContain('System Overview');
  });
});

// What the org has used of its calls, by answers that come in any order.
import { describe, expect, it } from '@jest/globals';
import { createLatestUsage } from '../../../../bridge/salesforce/api/limitInfo.ts';

const count = (used: number, allowed = 10_000): string => `api-usage=${used}/${allowed}`;

describe('the calls that the org has used', () => {
  it('are those of the later call, whose answer came first', () => {
    const usage = createLatestUsage();
    const [first, second] = [usage.sent(), usage.sent()];
    second(count(10_000));
    first(count(9_999));
    expect(usage.value).toEqual({ used: 10_000, allowed: 10_000 });
  });

  it('fall where a call that was sent after the last answer says so', () => {
    const usage = createLatestUsage();
    usage.sent()(count(10_000));
    usage.sent()(count(9_000));
    expect(usage.value).toEqual({ used: 9_000, allowed: 10_000 });
  });

  it('are taken in with another allowance, however many there were', () => {
    const usage = createLatestUsage();
    const [first, second] = [usage.sent(), usage.sent()];
    first(count(10_000));
    second(count(500, 100_000));
    expect(usage.value).toEqual({ used: 500, allowed: 100_000 });
  });

  it('stay where an answer does not say them', () => {
    const usage = createLatestUsage();
    usage.sent()(count(18));
    usage.sent()(undefined);
    expect(usage.value).toEqual({ used: 18, allowed: 10_000 });
  });
});

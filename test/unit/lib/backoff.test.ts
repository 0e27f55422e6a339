// One formula gives the delay of every retry.
import { expect, it } from '@jest/globals';
import { backoffDelay } from '../../../bridge/lib/backoff.ts';
import { seeded } from '../../helpers/clock.ts';

it('doubles the delay with every failure in a row, up to a maximum', () => {
  const backoff = { first: 1_000, longest: 60_000 };
  expect([1, 2, 3, 6, 7, 5_000].map((failures) => backoffDelay(backoff, failures))).toEqual([
    1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
  ]);
});

it.each([0.5, 1])('randomizes %d of the delay', (jitter) => {
  const random = seeded(7);
  const waits = Array.from({ length: 1_000 }, () => backoffDelay({ first: 200, longest: 1_000, jitter }, 9, random));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_000 * (1 - jitter));
  expect(Math.max(...waits)).toBeLessThan(1_000);
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(900 * jitter);
});

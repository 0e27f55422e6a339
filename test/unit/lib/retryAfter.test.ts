// How long a peer asks to wait, in each form of the header.
import { expect, it } from '@jest/globals';
import { retryAfter } from '../../../bridge/lib/retryAfter.ts';

const NOW = Date.parse('2026-11-24T06:00:00Z');

it.each<[string | string[] | undefined, number]>([
  ['5', 5_000],
  ['0', 0],
  ['Tue, 24 Nov 2026 06:00:30 GMT', 30_000],
  ['Tue, 24 Nov 2026 05:59:30 GMT', 0],
  ['soon', 0],
  ['', 0],
  [undefined, 0],
  [['5', '6'], 0],
])('Retry-After %j asks for %i ms', (header, ms) => {
  expect(retryAfter(header, NOW)).toBe(ms);
});

// A random id is 16 characters of base64url, and none comes twice.
import { expect, it } from '@jest/globals';
import { randomId } from '../../../bridge/lib/randomId.ts';

it('makes ids of 16 characters of which no two are the same, over several pools', () => {
  const ids = Array.from({ length: 2_000 }, randomId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\w-]{16}$/);
});

// Work that does not end holds nobody up.
import { describe, expect, it } from '@jest/globals';
import { within } from '../../../bridge/lib/deadline.ts';

const never = new Promise<string>(() => undefined);

describe('work with a deadline', () => {
  it('is what it comes to, or what it fails with, in time', async () => {
    await expect(within(60_000, Promise.resolve('done'), () => 'late')).resolves.toBe('done');
    await expect(within(60_000, Promise.reject(new Error('no')), () => 'late')).rejects.toThrow('no');
  });

  it('is late afterwards', async () => {
    await expect(within(1, never, () => 'late')).resolves.toBe('late');
  });
});

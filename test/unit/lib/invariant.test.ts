// A broken invariant is passed on, and ends the work only where going on would write something wrong.
import { describe, expect, it } from '@jest/globals';
import { invariant, InvariantError } from '../../../bridge/lib/invariant.ts';
import type { Broken } from '../../../bridge/model/invariant.ts';

const broken = (name: string, isUnsafe: boolean): Broken => ({ invariant: name, detail: 'lead_1', isUnsafe });

describe('a broken invariant', () => {
  it('is passed on, and the work goes on where that is safe', () => {
    const seen: string[] = [];
    invariant([broken('a', false), broken('b', false)], (one) => seen.push(one.invariant));
    expect(seen).toEqual(['a', 'b']);
  });

  it('ends the work where going on would write something wrong, after all were passed on', () => {
    const seen: string[] = [];
    const check = (): void => invariant([broken('a', true), broken('b', false)], (one) => seen.push(one.invariant));
    expect(check).toThrow(InvariantError);
    expect(seen).toEqual(['a', 'b']);
  });
});

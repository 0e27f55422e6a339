// The answers of a pure function are remembered, in bounded memory.
import { describe, expect, it } from '@jest/globals';
import { remembered } from '../../../bridge/model/remembered.ts';

function counted(limit: number): { ask: (text: string) => string | null; asked: string[] } {
  const asked: string[] = [];
  const answer = (text: string): string | null => {
    asked.push(text);
    return text === '' ? null : text.toUpperCase();
  };
  return { ask: remembered(answer, { limit, longest: 5 }), asked };
}

describe('a function that remembers its answers', () => {
  it('computes each once, null among them', () => {
    const { ask, asked } = counted(10);
    expect(['a', 'a', '', '', 'b', 'a'].map(ask)).toEqual(['A', 'A', null, null, 'B', 'A']);
    expect(asked).toEqual(['a', '', 'b']);
  });

  it('knows at least the last texts up to its limit, and at most twice as many', () => {
    const { ask, asked } = counted(2);
    ['a', 'b', 'c', 'd', 'e'].forEach(ask);
    asked.length = 0;
    ['e', 'd', 'c', 'a'].forEach(ask);
    expect(asked).toEqual(['a']);
    const many = Array.from({ length: 50 }, (_, index) => String(index));
    many.forEach(ask);
    asked.length = 0;
    many.slice(0, -4).forEach(ask);
    expect(asked).toEqual(many.slice(0, -4));
  });

  it('keeps no text that is longer than it may be', () => {
    const { ask, asked } = counted(2);
    ['longer', 'longer'].forEach(ask);
    expect(asked).toEqual(['longer', 'longer']);
  });
});

// Tests that the matrix says which pairs of a fault and an operation a run has reached, and that a history of the swarm is what its
// seed and the features that it may have say.
import { describe, expect, it } from '@jest/globals';
import { drawHistory } from './history.ts';
import { matrixOf } from './matrix.ts';
import { playRange } from './player.ts';
import { DEEPER_FROM, EVERYTHING_FROM, FEATURES, FOLLOWED_FROM, SWARM_FROM } from './swarm.ts';

describe('the matrix of faults and operations', () => {
  it('names what each fault befell and how often, and what it never did', () => {
    const matrix = matrixOf({ gap: { editRecord: 2, createRecord: 1 }, paused: { sell: 3 } });
    expect(matrix).toMatch(/^3 of \d+ pairs of a fault and an operation were reached\./);
    expect(matrix).toContain('gap (2 of 9): createRecord 1, editRecord 2\n    never: deleteRecord, convertLead');
    expect(matrix).toContain('lost (0 of 9): none\n    never: createRecord');
  });

  it('is counted by the histories of a range', async () => {
    const { hits } = await playRange({ from: SWARM_FROM, to: SWARM_FROM + 60 });
    for (const fault of ['crash', 'refused', 'unanswered', 'meanwhile', 'redelivered', 'paused', 'resets'])
      expect(Object.keys(hits[fault] ?? {})).not.toEqual([]);
  });
});

describe('the swarm', () => {
  it('leaves the seeds before it as they are', () => {
    const { features, missing } = drawHistory(SWARM_FROM - 1);
    expect({ features, missing: [...missing] }).toEqual({ features: [], missing: [] });
  });

  it('draws the later features from their border on, and none before', () => {
    const names = (from: number): Set<string> =>
      new Set(
        Array.from({ length: 100 }, (_, index) => drawHistory(from + index).features)
          .flat()
          .map(({ name }) => name),
      );
    expect([...names(EVERYTHING_FROM)].filter((name) => !names(EVERYTHING_FROM - 100).has(name)).sort()).toEqual([
      'budget',
      'imports',
      'mappings',
      'switches',
      'types',
      'unreadable',
    ]);
  });

  it('draws every feature for some histories and leaves it out of others', () => {
    // These two ranges draw from all of them.
    const drawn = [DEEPER_FROM, FOLLOWED_FROM].flatMap((from) =>
      Array.from({ length: 100 }, (_, index) => drawHistory(from + index).features),
    );
    for (const feature of FEATURES) {
      const count = drawn.filter((features) => features.includes(feature)).length;
      expect([feature.name, count > 0, count < drawn.length]).toEqual([feature.name, true, true]);
    }
  });

  it('draws the same history without a feature, but for it', () => {
    const seed = SWARM_FROM + 1;
    const whole = drawHistory(seed);
    const part = drawHistory(seed, ['pause']);
    expect(part.missing).toEqual(whole.missing);
    expect(part.faultRates).toEqual(whole.faultRates);
    expect(part.features).toEqual(whole.features.filter(({ name }) => name !== 'pause'));
  });
});

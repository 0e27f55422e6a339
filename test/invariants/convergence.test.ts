// The invariants of the registers under edits on both sides, delays, repeats and crashes: a failing seed replays exactly.
import { describe, expect, it } from '@jest/globals';
import { World, type Edit } from './world.ts';

const SEEDS = 2_000;
const STEPS = 60;

function play(seed: number): World {
  const world = new World(seed);
  for (let step = 0; step < STEPS; step += 1) world.step();
  world.settle();
  return world;
}

const last = (edits: readonly Edit[]): Edit | undefined =>
  edits.reduce<Edit | undefined>((best, edit) => (!best || edit.at >= best.at ? edit : best), undefined);

describe(`over ${SEEDS} histories`, () => {
  const worlds = Array.from({ length: SEEDS }, (_, seed) => ({ seed, world: play(seed) }));

  it('both sides hold the later edit of a two-way field', () => {
    for (const { seed, world } of worlds) {
      const final = last(world.edits.filter(({ name }) => name === 'business_name'))?.value ?? 'Acme';
      expect({
        seed,
        sellfire: world.sellfireValue('business_name'),
        salesforce: world.salesforceValue('business_name'),
      }).toEqual({
        seed,
        sellfire: final,
        salesforce: final,
      });
    }
  });

  it('a field that Salesforce owns is never written there, and Sellfire holds its last value that is not blank', () => {
    for (const { seed, world } of worlds) {
      const theirs = world.edits.filter(({ name, side }) => name === 'title' && side === 'salesforce');
      expect({ seed, value: world.salesforceValue('title') }).toEqual({ seed, value: last(theirs)?.value ?? null });
      const spoken = last(theirs.filter(({ value }) => value !== null));
      const own = last(world.edits.filter(({ name, side }) => name === 'title' && side === 'sellfire'));
      if (spoken && (!own || own.at < spoken.at))
        expect({ seed, value: world.sellfireValue('title') }).toEqual({ seed, value: spoken.value });
    }
  });

  it('a field that Sellfire owns is never written there, and Salesforce holds its last value unless edited after it', () => {
    for (const { seed, world } of worlds) {
      const ours = last(world.edits.filter(({ name, side }) => name === 'email' && side === 'sellfire'));
      const theirs = last(world.edits.filter(({ name, side }) => name === 'email' && side === 'salesforce'));
      expect({ seed, value: world.sellfireValue('email') }).toEqual({ seed, value: ours?.value ?? null });
      if (ours && (!theirs || theirs.at < ours.at))
        expect({ seed, value: world.salesforceValue('email') }).toEqual({ seed, value: ours.value });
    }
  });

  it('writes stay bounded by the edits: no echo is answered', () => {
    for (const { seed, world } of worlds) {
      expect({ seed, bounded: world.writes <= 2 * world.edits.length + 10 }).toEqual({ seed, bounded: true });
      expect({ seed, bouncing: world.reports.some(({ code }) => code === 'BOUNCING') }).toEqual({
        seed,
        bouncing: false,
      });
    }
  });
});

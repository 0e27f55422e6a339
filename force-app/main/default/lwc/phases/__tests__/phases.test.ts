import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meaningOf, stepsOf } from 'c/phases';

const PICKLIST = readFileSync(join(__dirname, '../../../objects/Lead/fields/Phase__c.field-meta.xml'), 'utf8');
const NAMES = [...PICKLIST.matchAll(/<value>\s*<fullName>(\w+)</g)].map(([, name = '']) => name);
const path = (phase: string): string[] => stepsOf(phase).map(({ label, state }) => `${label} ${state}`);

describe('a phase of the sales cycle (M15)', () => {
  it('has a meaning and a place on the path, each of the picklist', () => {
    expect(NAMES).toHaveLength(14);
    for (const name of NAMES) {
      expect(meaningOf(name)).toMatch(/\.$/);
      expect(stepsOf(name).filter(({ state }) => state === 'now')).toHaveLength(1);
    }
  });

  it('has what was done before it and what is ahead', () => {
    expect(path('ColdCallDM')).toEqual(['Cold calls now', 'Demo set ahead', 'Demo held ahead', 'Customer ahead']);
    expect(path('PostHoldPhase')).toEqual(['Cold calls past', 'Demo set past', 'Demo held now', 'Customer ahead']);
  });

  it('that ends the cycle leaves out the steps that were not taken', () => {
    expect(path('RetiredColdCall')).toEqual(['Cold calls past', 'Retired now']);
    expect(path('LongResting')).toEqual(['Cold calls past', 'Demo set past', 'Demo held past', 'Resting now']);
  });

  it('of a later version has neither', () => {
    expect([meaningOf('Asleep'), stepsOf('Asleep')]).toEqual([undefined, []]);
  });
});

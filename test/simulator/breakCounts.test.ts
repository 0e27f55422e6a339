// Tests that the simulator counts what breaks by its kind, in as many processes as `--jobs` says.
import { describe, expect, it } from '@jest/globals';
import { playAll } from './players.ts';
import { tableOf } from './breakCounts.ts';

describe('the count of broken histories', () => {
  it('puts problems of one kind on one line, the most frequent first, with their first seeds', () => {
    const phase = (seed: number, lead: number) => ({
      seed,
      problem: `I1: the phase of lead_sim0000${lead} is Resting in Sellfire and null at Lead.Phase__c.`,
    });
    const breaks = [
      { seed: 70, problem: 'I2: Lead 00Q000000000001EAA is connected to nothing.' },
      phase(9, 1),
      phase(8, 2),
    ];
    expect(tableOf(breaks)).toBe(
      [
        '2  8 9  I1: the phase of lead is Resting in Sellfire and … at Lead.Phase__c.',
        '1  70   I2: Lead record is connected to nothing.',
      ].join('\n'),
    );
  });

  it('plays every seed once, in one process and in several', async () => {
    for (const jobs of [1, 3]) {
      const ranges: number[] = [];
      await playAll({ from: 10, to: 250 }, jobs, ({ breaks, range: { from, to } }) => {
        expect(breaks).toEqual([]);
        ranges.push(from, to);
      });
      expect(ranges.toSorted((a, b) => a - b)).toEqual([10, 110, 110, 210, 210, 250]);
    }
  }, 60_000);
});

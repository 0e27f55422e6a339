// The promise of the spine: whatever happens to the bridge, both systems agree in the end.
// More kills: KILLS=500 SEED=7 npm run jest -- test/faults/kill.test.ts.
import { describe, expect, it } from '@jest/globals';
import { killAgainAndAgain } from './killing.ts';

const KILLS = Number(process.env['KILLS'] ?? 50);
/** A seed that is not given is a new one each time; a failure names it. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** A kill and a start take some two seconds. */
const MOST_MS = 60_000 + KILLS * 6_000;

describe('kill -9 of the bridge', () => {
  it(
    `at any instant, ${KILLS} times under load, loses nothing and doubles nothing`,
    async () => {
      const { wrong, ...figures } = await killAgainAndAgain({ kills: KILLS, seed: SEED });
      expect({ ...figures, wrong }).toEqual({ ...figures, wrong: [] });
      // A run in which the bridge had nothing to do when it died would prove nothing.
      expect(figures.busy).toBeGreaterThan(KILLS / 10);
    },
    MOST_MS,
  );
});

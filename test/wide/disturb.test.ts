// The promise of several processes: whatever happens to them and to their database, both systems agree in the end.
// npm run test:wide; more: DISTURBANCES=200 PROCESSES=3 SEED=7 npm run test:wide.
import { describe, expect, it } from '@jest/globals';
import { disturbAgainAndAgain } from './disturbing.ts';

const DISTURBANCES = Number(process.env['DISTURBANCES'] ?? 50);
/** As many processes as a small deployment has. */
const PROCESSES = Number(process.env['PROCESSES'] ?? 2);
/** A seed that is not given is a new one each time; a failure names it. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const MOST_MS = 180_000 + DISTURBANCES * 20_000;

describe('processes of the bridge on one database', () => {
  it(
    'lose nothing and double nothing, however often they and the database are ended, stopped and cut off',
    async () => {
      const { wrong, ...figures } = await disturbAgainAndAgain({
        processes: PROCESSES,
        disturbances: DISTURBANCES,
        seed: SEED,
        progress: (line) => void process.stderr.write(`${line}\n`),
      });
      process.stderr.write(`${JSON.stringify(figures)}\n`);
      expect({ ...figures, wrong }).toEqual({ ...figures, wrong: [] });
      // A run in which the bridge had nothing to do when it was disturbed would prove nothing.
      expect(figures.busy).toBeGreaterThan(0);
    },
    MOST_MS,
  );
});

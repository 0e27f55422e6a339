// Plays histories of both systems with the real core between them: the invariants hold in each, and the simulator finds
// each planted fault.
import { describe, expect, it } from '@jest/globals';
import { BUGS } from './bugs.ts';
import { drawHistory, play, STEPS } from './history.ts';
import { findPlanted, simulate } from './plant.ts';
import { ARRIVALS_FROM } from './simulation.ts';
import { ASKED_FROM, EVERYTHING_FROM, HURRIED_FROM, SWARM_FROM } from './swarm.ts';

/** About a minute of one core; a million: `npm run simulate -- --seeds 1000000`. */
const SEEDS = 10_000;
const SWARM_SEEDS = 1_200;
const EVERYTHING_SEEDS = 200;
const ASKED_SEEDS = 100;
const ARRIVALS_SEEDS = 200;
const HURRIED_SEEDS = 100;
/** Three times as long as the others. */
const STORMS = 125;

/** Histories that broke once, after which the cause was mended. */
const MENDED = [
  192_861, 208_601, 235_126, 1_003_436, 109_612, 127_250, 137_421, 138_572, 144_075, 148_191, 149_051, 172_643, 181_578,
  7_779_164, 20_000_999, 236_729, 1_004_680, 2_027_478, 2_057_028, 2_058_271, 7_833_091, 7_833_816, 20_000_310,
  20_001_487, 20_003_186, 20_004_949, 20_008_727, 20_010_445, 20_020_754, 20_023_730, 20_028_878, 20_039_740,
  20_040_221, 20_042_664, 20_048_882, 20_057_548, 20_074_723, 20_077_398, 20_034_224, 20_082_235, 20_082_687,
  30_007_401, 30_027_103, 30_029_306, 30_033_186, 30_043_281, 30_045_298, 30_047_171, 30_048_328, 30_051_908,
  30_069_738, 31_010_549, 40_013_271, 40_015_783, 40_014_249, 40_011_442, 40_102_356, 40_105_476, 30_070_346,
  30_048_877, 30_090_010, 31_001_671, 40_103_490, 40_106_879, 42_005_880, 42_005_925, 42_007_401, 42_009_670,
  42_010_340, 42_011_649, 42_018_576, 42_018_597, 42_019_293, 42_020_346, 41_000_261, 41_000_340, 41_000_526,
  41_002_000, 41_002_416, 41_003_404, 41_006_009, 41_006_805, 41_008_268, 41_012_149, 41_019_166, 41_021_206, 1_003_000,
  1_004_838, 41_027_579, 41_001_742, 41_025_505, 41_026_387, 70_002_822, 70_003_520, 70_000_306, 70_003_726, 70_003_274,
  90_000_240, 90_002_165, 44_009_575, 71_000_014, 72_003_477, 70_002_385, 32_020_695, 41_025_602, 41_024_502,
  43_000_806, 44_007_813, 44_000_470, 70_003_161, 70_003_731, 70_004_187, 72_001_187, 72_002_945, 72_002_972,
];
const MENDED_STORMS = [41_503_356, 41_503_624, 60_000_054, 60_000_079, 73_000_285, 73_002_378];

describe('the simulator', () => {
  it(`holds the invariants over ${SEEDS} histories`, async () => {
    await expect(simulate(['--seeds', String(SEEDS)])).resolves.toEqual({
      code: 0,
      out: `${SEEDS} histories hold, from seed 0 on.\n`,
    });
  }, 600_000);

  it(`holds the invariants over ${SWARM_SEEDS} histories of the swarm: automations, refusals, requests, pauses, clocks`, async () => {
    const args = ['--seeds', String(SWARM_SEEDS), '--from', String(SWARM_FROM)];
    await expect(simulate(args)).resolves.toEqual({
      code: 0,
      out: `${SWARM_SEEDS} histories hold, from seed ${SWARM_FROM} on.\n`,
    });
  }, 600_000);

  it(`holds the invariants over ${EVERYTHING_SEEDS} histories with everything: other types than texts, mappings and settings that change`, async () => {
    const args = ['--seeds', String(EVERYTHING_SEEDS), '--from', String(EVERYTHING_FROM)];
    await expect(simulate(args)).resolves.toEqual({
      code: 0,
      out: `${EVERYTHING_SEEDS} histories hold, from seed ${EVERYTHING_FROM} on.\n`,
    });
  }, 600_000);

  it(`holds the invariants over ${ASKED_SEEDS} histories in which admins ask: mappings of any fields, rights, alerts, files`, async () => {
    const args = ['--seeds', String(ASKED_SEEDS), '--from', String(ASKED_FROM)];
    await expect(simulate(args)).resolves.toEqual({
      code: 0,
      out: `${ASKED_SEEDS} histories hold, from seed ${ASKED_FROM} on.\n`,
    });
  }, 600_000);

  it(`holds the invariants over ${ARRIVALS_SEEDS} histories in which what needs nothing but its link is done as it arrives`, async () => {
    const args = ['--seeds', String(ARRIVALS_SEEDS), '--from', String(ARRIVALS_FROM)];
    await expect(simulate(args)).resolves.toEqual({
      code: 0,
      out: `${ARRIVALS_SEEDS} histories hold, from seed ${ARRIVALS_FROM} on.\n`,
    });
  }, 600_000);

  it(`holds the invariants over ${HURRIED_SEEDS} histories in which people edit one field again and again`, async () => {
    const args = ['--seeds', String(HURRIED_SEEDS), '--from', String(HURRIED_FROM)];
    await expect(simulate(args)).resolves.toEqual({
      code: 0,
      out: `${HURRIED_SEEDS} histories hold, from seed ${HURRIED_FROM} on.\n`,
    });
  }, 600_000);

  it.each([SWARM_FROM, EVERYTHING_FROM])(
    `loses, doubles and falsifies nothing in ${STORMS} storms: any number of faults, up to the last step (from seed %i on)`,
    async (from) => {
      await expect(simulate(['--storm', '--seeds', String(STORMS), '--from', String(from)])).resolves.toEqual({
        code: 0,
        out: `${STORMS} histories hold, from seed ${from} on.\n`,
      });
    },
    600_000,
  );

  it.each(MENDED)('holds the invariants in history %i, which broke once', async (seed) => {
    expect((await play(drawHistory(seed))).problems).toEqual([]);
  });

  it.each(MENDED_STORMS)('loses, doubles and falsifies nothing in storm %i, which broke once', async (seed) => {
    expect((await play(drawHistory(seed, [], true))).problems).toEqual([]);
  });

  it('replays a seed exactly', async () => {
    // The key of a request may differ between runs; nothing depends on it.
    const states = async (): Promise<string> => {
      const { simulation } = await play(drawHistory(7));
      const state = [simulation.now, simulation.org.stream, simulation.dialer.feed.after(0, Infinity)];
      return JSON.stringify(state).replaceAll(/bridge:update:[\w-]{16}/g, 'bridge:update');
    };
    expect(await states()).toBe(await states());
  });

  it.each(BUGS)(
    'finds $name, and makes the history small that shows it',
    async (bug) => {
      const out = await findPlanted(bug, SEEDS);
      expect(out).toMatch(/^Seed \d+: [\s\S]*\nReplay: /);
      const steps = /^Steps: (.*)$/m.exec(out)?.[1]?.split(' ');
      expect(steps?.length).toBeLessThan(STEPS / 2);
    },
    300_000,
  );
});

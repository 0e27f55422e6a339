// Plays histories of both systems with the real core between them: the invariants hold in each, and the simulator finds
// each planted fault.
import { describe, expect, it } from '@jest/globals';
import { BUGS } from './bugs.ts';
import { drawHistory, play, STEPS } from './history.ts';
import { MENDED, MENDED_STORMS } from './mended.ts';
import { findPlanted, simulate } from './plant.ts';
import { ARRIVALS_FROM } from './simulation.ts';
import { ASKED_FROM, DEEPER_FROM, EVERYTHING_FROM, HURRIED_FROM, SWARM_FROM } from './swarm.ts';

/** About a minute of one core; a million: `npm run simulate -- --seeds 1000000`. */
const SEEDS = 10_000;
const SWARM_SEEDS = 1_200;
const EVERYTHING_SEEDS = 200;
const ASKED_SEEDS = 60;
const DEEPER_SEEDS = 60;
const ARRIVALS_SEEDS = 200;
const HURRIED_SEEDS = 100;
/** Three times as long as the others. */
const STORMS = 125;

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

  it(`holds the invariants over ${DEEPER_SEEDS} histories in which records are like those of leads, and the org is set up in other ways`, async () => {
    const args = ['--seeds', String(DEEPER_SEEDS), '--from', String(DEEPER_FROM)];
    await expect(simulate(args)).resolves.toEqual({
      code: 0,
      out: `${DEEPER_SEEDS} histories hold, from seed ${DEEPER_FROM} on.\n`,
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

// Settings of an admin (M19): directions that are off from the start, and settings that change during the history.
import { reconfigure } from '../eras.ts';
import type { Feature } from './feature.ts';

const SWITCHES = ['createInSalesforce', 'updateInSalesforce', 'createInSellfire', 'updateInSellfire'] as const;

export const SETTINGS: Feature = {
  name: 'directions',
  begin(simulation) {
    const off = Object.fromEntries(SWITCHES.map((name) => [name, simulation.random.chance(0.6)]));
    simulation.config = { ...simulation.config, settings: { ...simulation.config.settings, ...off } };
  },
};

const CHANGING = [...SWITCHES, 'activitySync', 'opportunityAtDemo', 'accountAtDemo', 'connectionUpdate'] as const;

/** From one step to a later one; most of the time all is on. */
export const CHANGING_SETTINGS: Feature = {
  name: 'switches',
  async step(simulation) {
    const name = simulation.random.pick(CHANGING);
    await simulation.quiet();
    const { settings } = simulation.config;
    reconfigure(simulation, { settings: { ...settings, [name]: !settings[name] } });
  },
  end(simulation) {
    // Back on, so that what follows goes both ways.
    const on = Object.fromEntries(SWITCHES.map((name) => [name, true]));
    if (simulation.eras.length > 1) reconfigure(simulation, { settings: { ...simulation.config.settings, ...on } });
  },
};

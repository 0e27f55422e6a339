// Directions that an admin has turned off from the start (M19): nothing is written that way.
import type { Feature } from './feature.ts';

const SWITCHES = ['createInSalesforce', 'updateInSalesforce', 'createInSellfire', 'updateInSellfire'] as const;

export const SETTINGS: Feature = {
  name: 'directions',
  begin(simulation) {
    const off = Object.fromEntries(SWITCHES.map((name) => [name, simulation.random.chance(0.6)]));
    simulation.config = { ...simulation.config, settings: { ...simulation.config.settings, ...off } };
  },
};

// The clocks of the two systems and of the bridge. The systems differ from each other and jump ahead; the clock of the bridge
// jumps either way. A system that dates a later edit earlier than one before it breaks its own order, so theirs never go back.
import type { Feature } from './feature.ts';

const SYSTEMS = ['salesforce', 'sellfire'] as const;
const DIFFERENCES = [200, 3_000, 45_000, 3_600_000];

export const CLOCKS: readonly Feature[] = [
  {
    name: 'skew',
    begin(simulation) {
      const system = simulation.random.pick(SYSTEMS);
      simulation.advanceClock(system, simulation.random.pick(DIFFERENCES));
    },
  },
  {
    name: 'jump',
    step(simulation) {
      const system = simulation.random.pick(SYSTEMS);
      simulation.advanceClock(system, simulation.random.pick(DIFFERENCES));
    },
  },
  {
    name: 'bridgeClock',
    step({ random, clocks }) {
      clocks.bridge += random.pick([-1, 1]) * random.pick(DIFFERENCES);
    },
  },
];

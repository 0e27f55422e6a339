// The share of the org's API calls (M19, I6): from one step to a later one what can wait is put off, or nothing calls Salesforce at all.
import type { Feature } from './feature.ts';

export const BUDGET: Feature = {
  name: 'budget',
  step(simulation) {
    simulation.budget = simulation.random.pick(['free', 'short', 'used']);
  },
  end(simulation) {
    simulation.budget = 'free';
  },
};

// Adds to the configuration of a simulation what a feature needs (M2, M19). A configuration is replaced, and never changed in place.
import type { Simulation } from '../simulation.ts';

/** Mappings, objects and settings come to those that there are; anything else takes the place of what there is. */
export function configure(simulation: Simulation, change: Partial<Simulation['config']>): void {
  const { mappings, objects, settings } = simulation.config;
  simulation.config = {
    ...simulation.config,
    ...change,
    mappings: [...mappings, ...(change.mappings ?? [])],
    objects: { ...objects, ...change.objects },
    settings: { ...settings, ...change.settings },
  };
}

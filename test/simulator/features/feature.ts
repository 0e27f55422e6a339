// A feature of the two systems that a history has or lacks. Its draws are its own, so that a history without it is unchanged.
import type { Simulation } from '../simulation.ts';

export interface Feature {
  name: string;
  /** Called before the first step. */
  begin?(simulation: Simulation): void;
  /** One of the steps that belong to it; the simulation's randomness is that of the step. */
  step?(simulation: Simulation): void | Promise<void>;
  /** Called after the last step, before all work is done. */
  end?(simulation: Simulation): void;
  /** Called once all work is done, before anything is checked; then what it has set off is done. */
  finish?(simulation: Simulation): Promise<void>;
  /**
   * Asks the core what no event asks it, once everything else holds.
   * @returns what is wrong, as sentences
   */
  ask?(simulation: Simulation): string[] | Promise<string[]>;
}

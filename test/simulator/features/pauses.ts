// Pauses of sync: events are received and kept, and nothing is written until somebody resumes it.
import type { Feature } from './feature.ts';

export const PAUSE: Feature = {
  name: 'pause',
  step(simulation) {
    simulation.paused = !simulation.paused;
  },
  end(simulation) {
    simulation.paused = false;
  },
};

// A story has chapters of steps, each a sentence and what makes it true.
import type { Workplace } from '../workplace.ts';

export interface Step {
  name: string;
  run(at: Workplace): Promise<void>;
}

export interface Chapter {
  name: string;
  steps: readonly Step[];
}

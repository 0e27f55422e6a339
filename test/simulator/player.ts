// A worker process of the simulator: plays the seeds that its parent names, a range after the other.
import { drawHistory, play } from './history.ts';
import { Reached, type Hits } from './matrix.ts';
import type { Break } from './breakCounts.ts';

/** Seeds from `from` up to, and without, `to`. */
export interface Range {
  from: number;
  to: number;
  /** Names of features that no history has. */
  without?: readonly string[];
  /** Faults without end. */
  storm?: boolean;
}

/** What the histories of a range showed. */
export interface Played {
  range: Range;
  breaks: Break[];
  hits: Hits;
}

/** A history throws some fifty refusals and crashes, and nobody reads where; --shrink keeps the stacks. */
export const throwWithoutStacks = (): void => {
  Error.stackTraceLimit = 0;
};

/** Plays every history of the range. */
export async function playRange(range: Range): Promise<Played> {
  const breaks: Break[] = [];
  const reached = new Reached();
  for (let seed = range.from; seed < range.to; seed += 1) {
    const { simulation, problems } = await play(drawHistory(seed, range.without, range.storm));
    reached.addAll(simulation.reached.hits);
    const [problem] = problems;
    if (problem !== undefined) breaks.push({ seed, problem });
  }
  return { range, breaks, hits: reached.hits };
}

if (process.send) {
  throwWithoutStacks();
  process.once('disconnect', () => process.exit());
  process.on('message', (range: Range) => void playRange(range).then((played) => process.send?.(played)));
}

// A worker process of the simulator: plays the seeds that its parent names, a range after the other.
import { drawHistory, play } from './history.ts';
import type { Break } from './tally.ts';

/** Seeds from `from` up to, and without, `to`. */
export interface Range {
  from: number;
  to: number;
}

/** Plays every history of the range. */
export async function breaksIn({ from, to }: Range): Promise<Break[]> {
  const breaks: Break[] = [];
  for (let seed = from; seed < to; seed += 1) {
    const [problem] = (await play(drawHistory(seed))).problems;
    if (problem !== undefined) breaks.push({ seed, problem });
  }
  return breaks;
}

if (process.send) {
  process.once('disconnect', () => process.exit());
  process.on('message', (range: Range) => void breaksIn(range).then((breaks) => process.send?.({ range, breaks })));
}

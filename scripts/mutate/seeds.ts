// The seeds that a mutant is played with: those before the swarm, those in it, and those with everything take turns, since each finds what
// the others do not.
import { EVERYTHING_FROM, SWARM_FROM } from '../../test/simulator/swarm.ts';

const STARTS = [0, SWARM_FROM, EVERYTHING_FROM] as const;

/** @param index from 0 */
export const seedOf = (index: number): number =>
  (STARTS[index % STARTS.length] ?? 0) + Math.floor(index / STARTS.length);

// The seeds that a mutant is played with: those before the swarm, those in it, those with everything, and those in which admins ask take turns,
// since each finds what the others do not.
import { ASKED_FROM, EVERYTHING_FROM, SWARM_FROM } from '../../test/simulator/swarm.ts';

const STARTS = [0, SWARM_FROM, EVERYTHING_FROM, ASKED_FROM] as const;

/** @param index from 0 */
export const seedOf = (index: number): number =>
  (STARTS[index % STARTS.length] ?? 0) + Math.floor(index / STARTS.length);

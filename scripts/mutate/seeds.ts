// The seeds that a mutant is played with: those before the swarm and those in it take turns, since each finds what the other does not.
import { SWARM_FROM } from '../../test/simulator/swarm.ts';

/** @param index from 0 */
export const seedOf = (index: number): number => Math.floor(index / 2) + (index % 2 === 0 ? 0 : SWARM_FROM);

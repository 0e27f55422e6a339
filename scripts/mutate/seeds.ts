// The seeds that a mutant is played with: first those that broke once, each of which goes where few others go; then those before the swarm, those in
// it, those with everything, those in which admins ask, those that draw the rest, of two kinds, and the calm ones take turns, since each finds what the others do not.
import { MENDED } from '../../test/simulator/mended.ts';
import {
  ASKED_FROM,
  CALM_FROM,
  DEEPER_FROM,
  EVERYTHING_FROM,
  FOLLOWED_FROM,
  SWARM_FROM,
} from '../../test/simulator/swarm.ts';

const STARTS = [0, SWARM_FROM, EVERYTHING_FROM, ASKED_FROM, DEEPER_FROM, FOLLOWED_FROM, CALM_FROM] as const;

/** @param index from 0 */
export function seedOf(index: number): number {
  const drawn = index - MENDED.length;
  return MENDED[index] ?? (STARTS[drawn % STARTS.length] ?? 0) + Math.floor(drawn / STARTS.length);
}

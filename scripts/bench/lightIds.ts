// The ids of the made-up pairs that the light peers know: the number of a pair says both, so that nobody has to keep a million of them.
import { counterOf, idAt } from '../../test/salesforce/ids.ts';

/** Far behind the records that the local org makes itself. */
const FIRST = 100_000_000;

/** The Lead of a pair, by its number from 0. */
export const recordIdAt = (number: number): string => idAt('00Q', FIRST + number);

/** The number of the pair; undefined for a record of the local org itself. */
export function numberOf(recordId: string): number | undefined {
  const number = counterOf(recordId) - FIRST;
  return number >= 0 ? number : undefined;
}

/** The lead of a pair, in the form and order of the local Sellfire's own. */
export const leadIdAt = (number: number): string => `light_${number.toString(36).padStart(7, '0')}`;

/** Which pairs a burst changes: `count` of them, spread evenly over all. */
export interface Burst {
  count: number;
  /** The first pair; each round begins with another one. */
  from: number;
  /** How many pairs there are. */
  of: number;
  title: string;
}

export function* pairsOf({ count, from, of }: Burst): Generator<number> {
  const step = Math.max(1, Math.floor(of / count));
  for (let index = 0; index < count; index += 1) yield (from + index * step) % of;
}

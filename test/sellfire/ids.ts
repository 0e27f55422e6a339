// Ids that are never given twice: a prefix for the noun, a run, and a count, so that a restarted server repeats none.
import { randomBytes } from 'node:crypto';

export type MakeId = (noun: string) => string;

/** @param run distinguishes this run's ids from another's; seeded records have the seed in it, so that they are the same each time. */
export function createIds(run: string = randomBytes(4).toString('hex')): MakeId {
  const counts = new Map<string, number>();
  return (noun) => {
    const count = (counts.get(noun) ?? 0) + 1;
    counts.set(noun, count);
    return `${noun}_${run}${count.toString(36).padStart(5, '0')}`;
  };
}

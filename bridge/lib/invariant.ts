// Assertions that live in production: each that is broken is passed on, to be counted and logged. It ends the work in hand only
// where going on would write something wrong; whatever else is broken, one lead that goes on is better than one that stands still.
import type { Broken } from '../model/invariant.ts';

/** The work in hand must not go on. */
export class InvariantError extends Error {
  readonly invariant: string;

  constructor({ invariant, detail }: Broken) {
    super(`The invariant ${invariant} is broken: ${detail}`);
    this.invariant = invariant;
  }
}

/** @throws InvariantError for the first that makes it unsafe to go on, after each was passed on */
export function invariant(broken: readonly Broken[], onBroken: (one: Broken) => void = () => {}): void {
  for (const one of broken) onBroken(one);
  const unsafe = broken.find(({ isUnsafe }) => isUnsafe);
  if (unsafe) throw new InvariantError(unsafe);
}

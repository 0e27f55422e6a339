// The list of reps, read at most every few seconds for any number of callers. Sellfire refuses a rep who was deleted since, so an
// outdated list costs a call and causes no error.
import type { Rep } from '../model/rep.ts';

/** How old a list may be: owners change in bursts (a reassignment of many leads), reps a few times a month. */
const FRESH_MS = 10_000;
/** An unknown id may be a new rep's, so the list is read again, but not for each of many unknown ids. */
const UNKNOWN_MS = 1_000;

export interface Reps {
  /** Deleted ones too; null for an id that no rep has. @throws PeerError */
  find(id: string): Promise<Rep | null>;
}

/** @param now ms, from any fixed start. */
export function createReps(read: () => Promise<Rep[]>, now: () => number = () => performance.now()): Reps {
  let list: { readAt: number; byId: Promise<Map<string, Rep>> } | undefined;

  async function within(ms: number): Promise<Map<string, Rep>> {
    if (list === undefined || now() - list.readAt > ms) {
      const reading = {
        readAt: now(),
        byId: (async () => new Map((await read()).map((rep) => [rep.id, rep])))(),
      };
      list = reading;
      reading.byId.catch(() => {
        if (list === reading) list = undefined;
      });
    }
    return list.byId;
  }

  return {
    find: async (id) => (await within(FRESH_MS)).get(id) ?? (await within(UNKNOWN_MS)).get(id) ?? null,
  };
}

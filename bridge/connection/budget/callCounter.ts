// Counts the bridge's calls of the last 24 hours by hour, restarts included: the org counts the calls of all clients together.
import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { HOUR_MS } from '../../model/durations.ts';

const CURSOR = 'budget:calls';
/** The current hour and the 24 before it: the count is rather too high than too low. */
const HOURS = 25;

const hoursSchema = z.record(z.string().regex(/^\d+$/), z.int().nonnegative());

export interface CallCounter {
  /** Adds the calls of an earlier run. @throws what the store throws */
  load(): Promise<void>;
  count(calls?: number): void;
  last24h(): number;
  /** Calls of each of the last hours, the oldest first; the last one is the current hour. */
  byHour(count: number): number[];
  /** When fewer than `limit` of the calls made until now count, ms since the epoch; undefined when that is so now. */
  below(limit: number): number | undefined;
  /** Saves the counts. A crash loses what was counted since the last save. */
  save(): Promise<void>;
}

/** @param now ms since the epoch */
export function createCallCounter(
  store: Pick<Store, 'append' | 'cursor'>,
  connection: string,
  now: () => number = Date.now,
): CallCounter {
  /** By hours since the epoch. */
  const hours = new Map<number, number>();
  let unsaved = false;

  const hourNow = (): number => Math.floor(now() / HOUR_MS);
  function add(hour: number, calls: number): void {
    hours.set(hour, (hours.get(hour) ?? 0) + calls);
  }
  function forget(): void {
    for (const hour of hours.keys()) if (hour <= hourNow() - HOURS) hours.delete(hour);
  }
  function total(from: number): number {
    return [...hours].reduce((sum, [hour, calls]) => (hour >= from ? sum + calls : sum), 0);
  }

  return {
    async load() {
      const kept = await store.cursor(connection, CURSOR);
      const parsed = kept && hoursSchema.safeParse(JSON.parse(kept.value));
      for (const [hour, calls] of Object.entries(parsed?.data ?? {})) add(Number(hour), calls);
    },
    count(calls = 1) {
      add(hourNow(), calls);
      unsaved = true;
    },
    last24h: () => total(hourNow() - HOURS + 1),
    byHour: (count) => Array.from({ length: count }, (_, index) => hours.get(hourNow() - count + 1 + index) ?? 0),
    below(limit) {
      for (let hour = hourNow() - HOURS + 1; hour <= hourNow(); hour += 1) {
        if (total(hour) < limit) return hour === hourNow() - HOURS + 1 ? undefined : (hour + HOURS - 1) * HOUR_MS;
      }
      return (hourNow() + HOURS) * HOUR_MS;
    },
    async save() {
      if (!unsaved) return;
      unsaved = false;
      forget();
      try {
        const value = JSON.stringify(Object.fromEntries(hours));
        await store.append(connection, [], { name: CURSOR, value, at: now() });
      } catch (error) {
        unsaved = true;
        throw error;
      }
    },
  };
}

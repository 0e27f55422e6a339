// What a step expects: read until it holds, or once. An error names what was expected and what was seen.
import { isDeepStrictEqual } from 'node:util';
import { until } from '../../../test/helpers/until.ts';

/** A change is across within a second; on a busy machine it may be several. */
const PATIENCE_MS = 10_000;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Looks until a record shows these values, whatever else it shows.
 * @param look undefined or null where there is no record yet
 * @returns the record. @throws with what was seen last
 */
export async function shows<T extends Fields>(
  what: string,
  look: () => Promise<T | undefined | null>,
  expected: Partial<Record<keyof T, unknown>>,
  ms = PATIENCE_MS,
): Promise<T> {
  let last: T | undefined | null;
  try {
    return await until(
      what,
      async () => {
        last = await look();
        return last && differences(last, expected).length === 0 ? last : undefined;
      },
      ms,
    );
  } catch (error) {
    if (!last)
      throw new Error(`${what}: expected ${show(expected)}, saw nothing within ${ms / 1000} s.`, { cause: error });
    const wrong = differences(last, expected);
    throw wrong.length === 0 ? error : new Error(`${what}: ${wrong.join('; ')}.`, { cause: error });
  }
}

/** Looks until there is one. @throws when there is none in time */
export async function finds<T>(what: string, look: () => Promise<T | undefined | null>, ms = PATIENCE_MS): Promise<T> {
  try {
    return await until(what, look, ms);
  } catch (error) {
    throw new Error(`${what}: expected, and not seen within ${ms / 1000} s.`, { cause: error });
  }
}

/** @throws when it is not so now */
export function same(what: string, seen: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(seen, expected)) throw new Error(`${what}: expected ${show(expected)}, saw ${show(seen)}.`);
}

function differences(seen: Fields, expected: Fields): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(seen[name] ?? null, value))
    .map(([name, value]) => `${name}: expected ${show(value)}, saw ${show(seen[name] ?? null)}`);
}

const show = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : JSON.stringify(value));

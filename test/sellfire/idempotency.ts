// The same idempotency key with the same request gets the first answer again; with another request it is a conflict.
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from './clock.ts';
import { Refusal } from './problem.ts';

/** How long a key is remembered. */
const KEPT_MS = 30 * 24 * 3600 * 1000;
/** How often the oldest are looked at. */
const FORGET_MS = 1000;

interface Kept {
  request: unknown;
  answer: unknown;
  at: number;
}

export class Idempotency {
  readonly #clock: Clock;
  /** In order of `at`, so that forgetting looks only at the oldest. */
  readonly #kept = new Map<string, Kept>();
  #forgotAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs an operation at most once per key. A refusal (an exception) has changed nothing and is not kept.
   * @param request what makes the request the one it is, as JSON values; the order of members does not matter. @throws Refusal idempotency_conflict.
   */
  once<T>(key: string, request: unknown, operation: () => T): T {
    const kept = this.#kept.get(key);
    if (kept && kept.at + KEPT_MS > this.#clock()) {
      if (!isDeepStrictEqual(kept.request, request))
        throw new Refusal('idempotency_conflict', `The key "${key}" was used for a different request.`);
      return kept.answer as T;
    }
    const answer = operation();
    if (kept) this.#kept.delete(key);
    this.#kept.set(key, { request, answer, at: this.#clock() });
    this.#forget();
    return answer;
  }

  #forget(): void {
    if (this.#clock() < this.#forgotAt + FORGET_MS) return;
    this.#forgotAt = this.#clock();
    for (const [key, { at }] of this.#kept) {
      if (at + KEPT_MS > this.#clock()) return;
      this.#kept.delete(key);
    }
  }
}

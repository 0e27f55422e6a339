// Bad days of the API, on demand: the next requests are answered as if Sellfire were down, busy or slow.
import { z } from 'zod';
import type { ProblemCode } from '../../bridge/sellfire/problem.ts';
import { Refusal } from './problem.ts';

export const faultsSchema = z.strictObject({
  unavailable: z.int().min(0).meta({ description: 'How many of the next requests are answered 503' }),
  rate_limited: z.int().min(0).meta({ description: 'How many of the next requests are answered 429' }),
  /** The request is carried out and its connection cut before the answer. */
  cut: z.int().min(0).meta({ description: 'How many of the next answers are never sent' }),
  latency_ms: z.int().min(0).max(60_000).meta({ description: 'How long every request waits first' }),
});
export type FaultSettings = z.infer<typeof faultsSchema>;

/** Requests that are refused with a code of the contract. */
export interface Refusing {
  code: ProblemCode;
  detail: string;
  /** Only requests whose path contains this text. */
  path: string;
}

export class Faults {
  /** Until it is taken away. */
  refusing: Refusing | undefined;
  #settings: FaultSettings = { unavailable: 0, rate_limited: 0, cut: 0, latency_ms: 0 };

  get settings(): FaultSettings {
    return this.#settings;
  }

  set(change: { [name in keyof FaultSettings]?: FaultSettings[name] | undefined }): FaultSettings {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#settings = { ...this.#settings, ...Object.fromEntries(given) };
    return this.#settings;
  }

  /** Uses up one of the faults that are set. @throws Refusal */
  strike(path: string): void {
    if (this.refusing && path.includes(this.refusing.path)) throw new Refusal(this.refusing.code, this.refusing.detail);
    if (this.#spend('unavailable')) throw new Refusal('unavailable', 'Sellfire is being maintained.');
    if (this.#spend('rate_limited')) throw new Refusal('rate_limited', 'The account has sent too many requests.');
  }

  /** Whether this answer is to be lost. */
  cutsAnswer(): boolean {
    return this.#spend('cut');
  }

  #spend(fault: 'unavailable' | 'rate_limited' | 'cut'): boolean {
    if (this.#settings[fault] === 0) return false;
    this.#settings = { ...this.#settings, [fault]: this.#settings[fault] - 1 };
    return true;
  }
}

// What a gate of the package is: one promise, checked against the source, with a count of what was looked at.
import type { PackageSource } from './source.ts';

export interface GateResult {
  /** How many things were checked. A gate that found nothing to check has not passed. */
  checked: number;
  /** What was counted, in the plural: `files`, `references` … */
  unit: string;
  /** One sentence each, beginning with the file or component it is about. */
  problems: string[];
}

export interface Gate {
  name: string;
  promise: string;
  check(source: PackageSource): GateResult | Promise<GateResult>;
}

/** Counts what a gate looks at and gathers what it finds wrong. */
export class Findings {
  readonly unit: string;
  readonly problems: string[] = [];
  checked = 0;

  constructor(unit: string) {
    this.unit = unit;
  }

  /** Counts one thing; where it does not hold, the problem is noted. */
  expect(holds: boolean, problem: string): void {
    this.checked += 1;
    if (!holds) this.problems.push(problem);
  }
}

// A probe asks an org one question that no documentation answers for certain, or whose answer depends on the org, and gives
// a verdict in words.
import type { Connection } from 'jsforce';
import type { PackageSource } from '../package/source.ts';

export type Verdict = 'holds' | 'does not hold' | 'unknown';

export interface Finding {
  verdict: Verdict;
  /** One or two sentences: what was seen, and what follows from it. */
  words: string;
}

export interface Ground {
  connection: Connection;
  source: PackageSource;
  /** `sellfire__` in an installed package, '' after a deployment of the sources. */
  prefix: string;
}

export interface Probe {
  /** What the package or the bridge takes for granted. */
  assumption: string;
  /** Creates records and deletes them again; asked only with --write. */
  writes?: true;
  ask(spec: Ground): Promise<Finding>;
}

export const holds = (words: string): Finding => ({ verdict: 'holds', words });
export const fails = (words: string): Finding => ({ verdict: 'does not hold', words });
export const unknown = (words: string): Finding => ({ verdict: 'unknown', words });

/** The platform's code of a refusal, or its message. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errorCode } = error as Error & { errorCode?: unknown };
  return typeof errorCode === 'string' ? errorCode : error.message;
}

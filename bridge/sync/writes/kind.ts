// Defines what the bridge needs to know of a kind of write beside its data: the peer, the object, and how each outcome
// changes the link. jobs/execute.ts executes each kind.
import type { Fault } from '../../model/fault.ts';
import type { Outcome, Write } from '../../model/plan.ts';
import type { Draft } from '../turn/draft.ts';

export type WriteOf<K extends Write['kind']> = Extract<Write, { kind: K }>;
/** The answer of a peer to a successful write. */
export type Answer = Omit<Extract<Outcome, { ok: true }>, 'ok' | 'write'>;

export interface WriteKind<W extends Write> {
  peer: 'salesforce' | 'sellfire';
  /** The written object, for metrics; null where no record is written. */
  objectOf(write: W): string | null;
  /** @param at ms: when the change that led to the write happened */
  settled(draft: Draft, write: W, answer: Answer, at: number): void;
  /** Called for final faults only; a retryable fault fails the whole job before. */
  failed(draft: Draft, write: W, fault: Fault, at: number): void;
}

// What the bridge has to know of a kind of write beside what it carries: who carries it out, what it is about, and what its outcome
// makes of the link. How each is carried out stands in jobs/execute.ts.
import type { Fault } from '../../model/fault.ts';
import type { Outcome, Write } from '../../model/plan.ts';
import type { Draft } from '../turn/draft.ts';

export type WriteOf<K extends Write['kind']> = Extract<Write, { kind: K }>;
/** What a peer answers to a write that it has carried out. */
export type Answer = Omit<Extract<Outcome, { ok: true }>, 'ok' | 'write'>;

export interface WriteKind<W extends Write> {
  peer: 'salesforce' | 'sellfire';
  /** The object that is written, for metrics; null where no record is. */
  objectOf(write: W): string | null;
  /** @param at ms: when the change behind the write happened */
  settled(draft: Draft, write: W, answer: Answer, at: number): void;
  /** A fault that a later attempt may cure fails the whole job before. */
  failed(draft: Draft, write: W, fault: Fault, at: number): void;
}

// Recognizes a rule that no describe shows – a validation rule or a flow of the org, a field that Sellfire requires – by its refusals
// (B23): where a system refuses one new record after the other with the same words, creation pauses, and a few at a time try whether it
// goes again.
import { explainFault } from '../../model/catalogue/catalogue.ts';
import type { CreationRefusal } from '../../model/config.ts';
import type { Fault } from '../../model/fault.ts';

/** Leads in a row, each refused with the same words and none created between them. Data that is wrong differs from lead to lead. */
const ALIKE = 5;

/** What the refusals of one object's new records say so far. */
export interface RefusalsSeen {
  /** Leads in a row that were refused with the same words. */
  streak?: { words: string; leads: ReadonlySet<string> };
  /** Its creation pauses. */
  paused?: CreationRefusal;
}

/** What became of the creation for one lead, or for one record of Salesforce. */
export type CreationOutcome = { subject: string } & ({ ok: true } | { ok: false; fault: Fault });

/** Code and message of the system: refusals with the same words have the same cause. */
export const wordsOf = ({ code, message }: Fault): string => `${code} ${message}`;

/** @returns the same object where the outcome says nothing new */
export function afterCreation(seen: RefusalsSeen, outcome: CreationOutcome): RefusalsSeen {
  if (outcome.ok) return {};
  const { subject, fault } = outcome;
  if (fault.class !== 'record') return seen;
  const { paused, streak } = seen;
  const words = wordsOf(fault);
  if (paused) {
    if (!paused.isTried) return seen;
    // Another refusal is of the lead itself: the rule has let it pass.
    return paused.words === words ? { paused: { ...paused, isTried: false } } : {};
  }
  const leads = new Set(streak?.words === words ? streak.leads : []).add(subject);
  if (leads.size < ALIKE) return { streak: { words, leads } };
  return { paused: { why: explainFault(fault), words, isTried: false, first: [...leads] } };
}

/** Some leads are about to try; what becomes of the first of them decides. @returns the same object where others try already */
export function duringTrial(seen: RefusalsSeen): RefusalsSeen {
  const { paused } = seen;
  return !paused || paused.isTried ? seen : { paused: { ...paused, isTried: true } };
}

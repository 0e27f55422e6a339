// Decides which phase changes Sellfire accepts from Salesforce (M15). Every phase flows to Salesforce; five may come
// back.
import { explain } from '../../model/catalogue/catalogue.ts';
import type { Explanation } from '../../model/catalogue/entry.ts';
import { PHASES, type Phase } from '../../model/phase.ts';

export const ACCEPTED_FROM_SALESFORCE: readonly Phase[] = [
  'ColdCallCold',
  'Resting',
  'LongResting',
  'Retired',
  'Customer',
];

/** Phases that end a cycle. A lead may restart from them at ColdCallCold. */
const CYCLE_ENDS: readonly Phase[] = [
  'RestingColdCall',
  'LongRestingColdCall',
  'Resting',
  'LongResting',
  'RetiredColdCall',
  'Retired',
  'Customer',
];
const COLD_CALL: readonly Phase[] = ['ColdCallCold', 'ColdCallWorkingNum', 'ColdCallNDM', 'ColdCallDM'];

export type PhaseVerdict = { accepted: true } | { accepted: false; why: Explanation };

const refused = (why: Explanation): PhaseVerdict => ({ accepted: false, why });
const ACCEPTED = ACCEPTED_FROM_SALESFORCE.join(', ');

/** M15: whether Salesforce may set this phase on a lead whose phase is `current`. */
export function phaseFromSalesforce(current: Phase, wanted: string | null): PhaseVerdict {
  if (wanted === null) return refused(explain('PHASE_REFUSED.blank', { current }));
  if (!PHASES.some((phase) => phase === wanted)) {
    return refused(explain('PHASE_REFUSED.unknown', { wanted, current, accepted: ACCEPTED }));
  }
  if (!ACCEPTED_FROM_SALESFORCE.some((phase) => phase === wanted)) {
    return refused(explain('PHASE_REFUSED.notAccepted', { wanted, current, accepted: ACCEPTED }));
  }
  if (wanted === 'ColdCallCold' && current !== 'ColdCallCold' && !CYCLE_ENDS.includes(current)) {
    return refused(explain('PHASE_REFUSED.backwards', { current }));
  }
  return { accepted: true };
}

/**
 * M17, M20: whether the change moves the lead from a cold-call phase to its first demo of the cycle, which makes it a
 * Contact.
 */
export function entersHeldPhase(from: unknown, to: unknown): boolean {
  return to === 'HeldPhase' && COLD_CALL.some((phase) => phase === from);
}

// Which phase changes Sellfire accepts from Salesforce (M15). All phases flow to Salesforce; five may come back.
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

/** Phases that end a cycle: after them a lead may begin again at ColdCallCold. */
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

/** M15: may Salesforce set this phase on a lead that is in `current`? */
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

/** M17, M20: the move that makes a lead a Contact – from a cold-call phase to its first demo of the cycle. */
export function entersHeldPhase(from: unknown, to: unknown): boolean {
  return to === 'HeldPhase' && COLD_CALL.some((phase) => phase === from);
}

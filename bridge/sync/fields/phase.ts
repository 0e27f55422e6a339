// Which phase changes Sellfire accepts from Salesforce (M15). All phases flow to Salesforce; five may come back.
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

export type PhaseVerdict = { accepted: true } | { accepted: false; code: string; reason: string };

/** M15: may Salesforce set this phase on a lead that is in `current`? */
export function phaseFromSalesforce(current: Phase, wanted: string | null): PhaseVerdict {
  if (wanted === null) {
    return { accepted: false, code: 'PHASE_BLANK', reason: `A lead always has a phase; Sellfire keeps ${current}.` };
  }
  if (!PHASES.some((phase) => phase === wanted)) {
    return {
      accepted: false,
      code: 'PHASE_UNKNOWN',
      reason: `"${wanted}" is not one of the 14 phases; Sellfire keeps ${current}.`,
    };
  }
  if (!ACCEPTED_FROM_SALESFORCE.some((phase) => phase === wanted)) {
    return {
      accepted: false,
      code: 'PHASE_NOT_ACCEPTED',
      reason: `${wanted} follows from what reps do in Sellfire and cannot be set from Salesforce, which may set ${ACCEPTED_FROM_SALESFORCE.join(', ')}. Sellfire keeps ${current}.`,
    };
  }
  if (wanted === 'ColdCallCold' && current !== 'ColdCallCold' && !CYCLE_ENDS.includes(current)) {
    return {
      accepted: false,
      code: 'PHASE_BACKWARDS',
      reason: `The lead is in ${current} and never goes back inside a sales cycle. End the cycle first (Resting, LongResting, Retired or Customer).`,
    };
  }
  return { accepted: true };
}

/** M17, M20: the move that makes a lead a Contact – from a cold-call phase to its first demo of the cycle. */
export function entersHeldPhase(from: unknown, to: unknown): boolean {
  return to === 'HeldPhase' && COLD_CALL.some((phase) => phase === from);
}

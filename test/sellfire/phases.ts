// The 14 phases and what moves a lead between them: inside a cycle never backwards; a cycle ends by a rest, Retired or Customer.
import type { Phase } from '../../bridge/model/phase.ts';

/** What a lead has behind it: in this cycle, and ever. */
export interface Standing {
  phase: Phase;
  /** A demo was held in this cycle. */
  held: boolean;
  /** A demo was held in any cycle. */
  everHeld: boolean;
}

/** What a rep reports of a lead (spec §6). */
export type Disposition =
  | 'dialled'
  | 'gatekeeper'
  | 'decision_maker'
  | 'demo_set'
  | 'demo_missed'
  | 'demo_held'
  | 'not_interested'
  | 'retire'
  | 'sale';

/** How far a phase is in its cycle; phases of one stage may follow each other in either order. */
const STAGES: Readonly<Record<Phase, number>> = {
  ColdCallCold: 0,
  ColdCallWorkingNum: 1,
  ColdCallNDM: 2,
  ColdCallDM: 3,
  HeldPhase: 4,
  PostInitialHelPhaseDemoNotHeld: 5,
  PostHoldPhase: 6,
  RestingColdCall: 7,
  LongRestingColdCall: 7,
  Resting: 7,
  LongResting: 7,
  RetiredColdCall: 8,
  Retired: 8,
  Customer: 8,
};
const LAST_COLD_STAGE = 3;
const REST_STAGE = 7;

const COLD_RESTS: readonly Phase[] = ['RestingColdCall', 'LongRestingColdCall'];

/** Phases that are accepted from outside (spec §6). */
const OPEN_PHASES: readonly Phase[] = ['ColdCallCold', 'Resting', 'LongResting', 'Retired', 'Customer'];

export const isColdCall = (phase: Phase): boolean => STAGES[phase] <= LAST_COLD_STAGE;
export const isResting = (phase: Phase): boolean => STAGES[phase] === REST_STAGE;
/** Retired or a customer: nobody claims, dials or is assigned the lead. */
export const isClosed = (phase: Phase): boolean => STAGES[phase] > REST_STAGE;
/** The cycle is over: what follows is ColdCallCold in the next one. */
export const isCycleOver = (phase: Phase): boolean => STAGES[phase] >= REST_STAGE;
/** A rest of the long kind. */
export const isLongRest = (phase: Phase): boolean => phase === 'LongResting' || phase === 'LongRestingColdCall';

const forward = (from: Phase, to: Phase): Phase => (STAGES[to] > STAGES[from] ? to : from);

/** The phase after a disposition; the same phase when it moves nothing. The caller has made sure that the cycle runs. */
export function nextPhase({ phase, held, everHeld }: Standing, disposition: Disposition): Phase {
  switch (disposition) {
    case 'dialled':
      return forward(phase, 'ColdCallWorkingNum');
    case 'gatekeeper':
      return forward(phase, 'ColdCallNDM');
    case 'decision_maker':
      return forward(phase, 'ColdCallDM');
    case 'demo_set':
      return forward(phase, 'HeldPhase');
    case 'demo_missed':
      return phase === 'HeldPhase' ? 'PostInitialHelPhaseDemoNotHeld' : phase;
    case 'demo_held':
      return forward(phase, 'PostHoldPhase');
    case 'not_interested':
      if (isColdCall(phase)) return everHeld ? 'LongRestingColdCall' : 'RestingColdCall';
      return held ? 'LongResting' : 'Resting';
    case 'retire':
      return isColdCall(phase) || COLD_RESTS.includes(phase) ? 'RetiredColdCall' : 'Retired';
    case 'sale':
      return 'Customer';
  }
}

/** Why a phase is not accepted from outside, in words; null when it is. `from` is null for a lead that is being created. */
export function whyRefused(from: Phase | null, to: Phase | null): string | null {
  if (to === null) return 'A lead always has a phase.';
  if (from === to) return null;
  if (!OPEN_PHASES.includes(to)) return `${to} is reached by what a rep does in Sellfire, not from outside.`;
  if (from === null) return null;
  if (to === 'ColdCallCold')
    return isCycleOver(from) ? null : `The lead is in ${from}: inside a cycle it does not go back to ColdCallCold.`;
  if (STAGES[to] >= STAGES[from]) return null;
  return `The cycle ended with ${from}: set ColdCallCold to bring the lead back to work.`;
}
